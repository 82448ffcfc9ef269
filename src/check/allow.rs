//! `allow` in the front matter: findings that an editor has looked at.

use crate::content::{Allow, Diagnostic};

/// The findings without those that the article silences, and with what is
/// wrong in that list.
pub(super) fn apply(allows: &[Allow], mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.retain(|one| !allows.iter().any(|allow| allow.code == one.code));
    found
}
