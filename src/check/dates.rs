//! Dates in words against the dates that the front matter declares.

use super::Subject;
use crate::content::Diagnostic;

/// Adds what is wrong to `found`.
pub(super) fn lint(_subject: &Subject, _found: &mut Vec<Diagnostic>) {}
