//! The pages of an article's past.

mod compare;
mod list;
mod revision;
mod since;
mod source;

use std::sync::Arc;

use crate::articles::queries::Whole;
use crate::paths;
use crate::site::shell::{Identity, Shell};

pub(super) use compare::{choose, compare};
pub(super) use list::list;
pub(super) use revision::revision;
pub(super) use since::{names_revision, since};
pub(super) use source::source;

/// The frame of a page about an article.
fn shell(site: &Arc<Identity>, path: &str, article: &Whole) -> Shell {
    Shell::new(site, path).report(paths::report(&article.slug, article.revision, None))
}

/// A number of a revision, as an address has it: digits that begin with no 0.
fn number(text: &str) -> Option<i64> {
    let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}
