//! A change of one file as a patch.

use similar::{Algorithm, TextDiff};

/// The change of a file as a unified diff with three lines of context, for
/// `git apply` and for `patch -p1`; empty if nothing has changed. `path` is the
/// file as it is named where the patch is applied, without `a/`.
#[must_use]
pub fn patch(path: &str, old: &str, new: &str) -> String {
    // Cut here and not by `similar`, for which a lone CR ends a line, too; git
    // knows no end but LF.
    let (before, after): (Vec<&str>, Vec<&str>) = (
        old.split_inclusive('\n').collect(),
        new.split_inclusive('\n').collect(),
    );
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .newline_terminated(true)
        .diff_slices(&before, &after);
    // A tab ends a name that holds a space.
    let end = if path.contains(' ') { "\t" } else { "" };
    diff.unified_diff()
        .context_radius(3)
        .header(&format!("a/{path}{end}"), &format!("b/{path}{end}"))
        .to_string()
}
