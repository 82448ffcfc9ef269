//! A row of the table `cases`.

use diesel::prelude::*;
use serde::Serialize;

use crate::cases::Category;
use crate::cases::model::{Kind, NoteKind, State};
use crate::db::schema::cases;

/// A case as it is kept. `migrations/` says what each column holds; the methods
/// give the closed lists among them as types.
#[derive(
    Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Serialize,
)]
#[diesel(table_name = cases, treat_none_as_null = true)]
#[diesel(treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the migration describes the columns")]
pub struct Case {
    pub id: String,
    pub kind: String,
    pub state: String,
    pub urgent: bool,
    pub article: Option<String>,
    pub category: String,
    pub passage: String,
    pub reports: i64,
    pub opened_at: i64,
    pub taken_at: Option<i64>,
    pub decided_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub changed_at: i64,
    pub version: i64,
    pub editor: Option<String>,
    pub merged_into: Option<String>,
    pub reason: String,
    pub note_kind: String,
    pub note: String,
    pub note_date: String,
    pub amended: String,
    pub amended_from: String,
    pub corrected_in: Option<i64>,
}

impl Case {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        State::parse(&self.state).unwrap_or(State::Checking)
    }

    /// What it is about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::parse(&self.kind).unwrap_or(Kind::Error)
    }

    /// What its reports are about.
    #[must_use]
    pub fn category(&self) -> Category {
        Category::of_row(&self.category)
    }

    /// What sort of correction it led to.
    #[must_use]
    pub fn note_kind(&self) -> Option<NoteKind> {
        NoteKind::parse(&self.note_kind)
    }

    /// Whether the ledger shows it: decided, and not a letter. A merged one is
    /// found under its address, which names the case that answers it, but is
    /// not counted twice.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.decided_at.is_some() && self.kind() != Kind::Letter
    }
}
