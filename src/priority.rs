//! Who waits for whom: readers never for an import, nor for what is done beside
//! their answers.

/// How much less of a busy processor the calling thread gets from now on, and
/// every thread that it starts: about a tenth of what a thread that answers
/// requests gets.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Lets the calling thread, and every thread that it starts from now on, give
/// way to those that answer requests. For threads that work beside a server;
/// `daybook ingest` has somebody waiting for it, and does not. Where the
/// system has no such thing for threads, nothing happens.
pub fn give_way() {
    // Linux keeps this for each thread, and threads begin with that of the one
    // that starts them.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        tracing::warn!("what is done beside the answers is as urgent as they are: {error}");
    }
}
