//! What a form is about: an article as it is or was, or nothing in particular.

use super::queries::Reported;
use crate::articles::model::Slug;
use crate::cases::Category;
use crate::content::passages::{self, Anchor};
use crate::paths;

/// What a form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// An article.
    Article {
        /// The slug in the address of the form, and so in its seal.
        slug: Slug,
        /// Its text; `None` while the database is away, and where the article
        /// was removed after the form had been opened.
        text: Option<Reported>,
    },
    /// A letter to the editors.
    Contact,
}

impl Subject {
    /// Where the form stands and is sent to. It goes into the seal of the
    /// form, so that a form for one page is not good for another.
    pub(super) fn path(&self) -> String {
        match self {
            Subject::Article { slug, .. } => paths::report_action(slug.as_str()),
            Subject::Contact => paths::CONTACT.to_owned(),
        }
    }

    /// What can be chosen in the form.
    pub(super) fn categories(&self) -> Vec<Category> {
        let is_letter = matches!(self, Subject::Contact);
        Category::ALL
            .into_iter()
            .filter(|category| is_letter || *category != Category::SomethingElse)
            .collect()
    }

    /// The text, if there is one.
    pub(super) fn text(&self) -> Option<&Reported> {
        match self {
            Subject::Article { text, .. } => text.as_ref(),
            Subject::Contact => None,
        }
    }

    /// Puts in the text that was found for an article.
    pub(super) fn set_text(&mut self, found: Reported) {
        if let Subject::Article { text, .. } = self {
            *text = Some(found);
        }
    }

    /// Whether there is an article of which nothing is known, so that a passage
    /// has to be taken at the reader's word.
    pub(super) fn is_unknown(&self) -> bool {
        matches!(self, Subject::Article { text: None, .. })
    }

    /// Where a passage stands in the text.
    pub(super) fn anchor(&self, paragraph: Option<usize>, passage: &str) -> Option<Anchor> {
        passages::anchor(&self.text()?.paragraphs, paragraph, passage)
    }
}
