//! What becomes of reports: cases, their decisions, what is withheld from
//! readers meanwhile, and the record of every change.
//!
//! Tables: cases, case_notes, holds, audit. A report is folded into a case when
//! it arrives ([`file`]). Editors settle it at the desk; the file of the article
//! closes it ([`settle`]). Every change of state is one function here, which
//! writes the case, its line in the audit and the mails that it causes, all in
//! the transaction of the caller.

pub mod audit;
mod category;
mod fold;
mod model;
mod notices;
mod queries;

pub use category::Category;
pub use model::{
    Acceptance, Actor, Arrival, Change, Hold, HoldKind, Kind, Named, NoteKind, Refusal, State, Step,
};
pub use queries::Case;
pub use queries::audit::changed_at;
pub use queries::changing::{accept, decline, hold, merge, release, reopen, take, write_note};
pub use queries::filing::{file, mark_as_spam, unmark_spam};
pub use queries::reading::{
    Note, PublicStep, by_id, held_articles, holds_on, notes, public_steps, similar,
};
pub use queries::rules::{SpamRule, spam_rules};
pub use queries::settling::{rename, settle};
pub use queries::telling::tell_reporter;
