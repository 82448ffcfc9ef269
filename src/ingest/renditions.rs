//! Makes the renditions of pictures after an import, beside the server or
//! before the command ends. No import waits for them: what is asked for before
//! it is there is made for the request alone.

use indicatif::ProgressBar;

use super::{bar, queries};
use crate::db::Db;
use crate::pictures;

/// Makes every rendition that is missing and throws away those that nothing
/// wants any more. Each picture is a transaction of its own, and none is open
/// while a picture is worked on. Between two pictures `stopped` may end it; what
/// is left then comes next time. Returns how many were made.
///
/// # Errors
/// The database cannot be read or written.
pub fn make_renditions(
    db: &Db,
    progress: bool,
    stopped: impl Fn() -> bool,
) -> anyhow::Result<usize> {
    let mut conn = db.connect()?;
    let plan = conn.snapshot(queries::renditions::plan)?;
    if !plan.unwanted.is_empty() {
        conn.long_change(|conn| queries::renditions::remove(conn, &plan.unwanted))?;
    }
    let bar: ProgressBar = bar(plan.missing.len() as u64, progress);
    bar.set_message("pictures");
    let mut made = 0;
    for (hash, missing) in plan.missing {
        if stopped() {
            break;
        }
        let whole = conn.snapshot(|conn| crate::articles::queries::picture_bytes(conn, &hash))?;
        let Some(whole) = whole else {
            continue; // It went in between.
        };
        match pictures::render(&whole, &missing) {
            Ok(renditions) => {
                made +=
                    conn.long_change(|conn| queries::renditions::write(conn, &hash, &renditions))?;
            }
            // It was sound when it was taken in, so the fault is ours; the
            // other pictures do not wait for it.
            Err(words) => tracing::error!(hash, "a picture has no renditions: {words}"),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(made)
}
