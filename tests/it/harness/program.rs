//! The program as an operator starts it: its own process, its own folder, and
//! nothing in its environment that the test did not put there.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use super::Corpus;

/// The program with these arguments, in this folder, to be run to its end.
pub(crate) fn daybook(folder: &Path, arguments: &[&str]) -> assert_cmd::Command {
    assert_cmd::Command::from_std(command(folder, arguments))
}

/// A running `daybook serve`. It is killed when it is dropped.
pub(crate) struct Program {
    child: Child,
    /// Reads what it logs, to its end.
    log: Option<JoinHandle<String>>,
    /// While it is there, nobody reads.
    unread: Option<Sender<()>>,
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Starts `daybook serve` over a corpus and waits until it listens.
    pub(crate) fn serve(corpus: &Corpus) -> Program {
        Program::serve_with(corpus, &[])
    }

    /// As [`Program::serve`], with these environment variables.
    pub(crate) fn serve_with(corpus: &Corpus, variables: &[(&str, &str)]) -> Program {
        let mut program = Program::serve_unread(corpus, variables);
        program.unread = None;
        program
    }

    /// As [`Program::serve_with`]; once it listens, nobody reads its log until
    /// its end.
    pub(crate) fn serve_unread(corpus: &Corpus, variables: &[(&str, &str)]) -> Program {
        let mut command = command(corpus.outside("").as_path(), &["serve"]);
        command
            .args(["--listen", "127.0.0.1:0"])
            .args(["--database-url", corpus.database.url()])
            .envs(variables.iter().copied())
            .stderr(Stdio::piped())
            .stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut log = String::new();
        let address = loop {
            let mut line = String::new();
            let length = stderr.read_line(&mut line).unwrap();
            assert!(length > 0, "it ended before it listened: {log}");
            log.push_str(&line);
            if let Some((_, after)) = line.split_once("Daybook is on http://") {
                let end = after
                    .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':'))
                    .unwrap();
                break after[..end].parse().unwrap();
            }
        };
        let (unread, is_read) = channel();
        let log = std::thread::spawn(move || {
            let _ = is_read.recv();
            let _ = stderr.read_to_string(&mut log);
            log
        });
        Program {
            child,
            log: Some(log),
            unread: Some(unread),
            address,
        }
    }

    /// Sends SIGTERM and waits for the end; gives the whole log.
    pub(crate) fn terminate(mut self) -> (ExitStatus, String) {
        let kill = format!("kill -TERM {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(sent.success());
        let status = self.child.wait().unwrap();
        self.unread = None;
        (status, self.log.take().unwrap().join().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Both fail harmlessly where it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
    command.current_dir(folder).args(arguments).env_clear();
    command
}
