//! The form of the text: how it reads, not what it says.

use super::Subject;
use crate::content::Diagnostic;

/// Adds what is wrong to `found`.
pub(super) fn lint(_subject: &Subject, _found: &mut Vec<Diagnostic>) {}
