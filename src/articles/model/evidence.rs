//! What an article rests on and what was changed in it: sources, claims,
//! corrections.

use serde::{Deserialize, Serialize};

use super::Slug;

/// A work that an article cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What the text cites it by: `[^appleman]`.
    pub id: Slug,
    /// What sort of work it is.
    pub kind: SourceKind,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    #[serde(default)]
    pub author: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The year of publication, in words (`1990`, `c. 1100`).
    #[serde(default)]
    pub year: Option<String>,
    /// International Standard Book Number.
    #[serde(default)]
    pub isbn: Option<String>,
    /// Where it can be read.
    #[serde(default)]
    pub url: Option<String>,
    /// When it was read there, `2026-11-22`.
    #[serde(default)]
    pub accessed: Option<String>,
    /// A copy that stays.
    #[serde(default)]
    pub archive: Option<String>,
    /// Which pages of it.
    #[serde(default)]
    pub pages: Option<String>,
}

/// The sorts of work that can be cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the word it is written as")]
pub enum SourceKind {
    Archive,
    Article,
    Book,
    Encyclopedia,
    Newspaper,
    Primary,
    Report,
    Video,
    Website,
}

/// Who says what about one property of one subject. Unlike values for the same
/// subject and property make it disputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What the claim is about, a slug of its own.
    pub subject: Slug,
    /// What of it, such as `captor`.
    pub property: String,
    /// What is claimed.
    pub value: String,
    /// Ids of the sources that say so.
    #[serde(default)]
    pub sources: Vec<Slug>,
    /// What the editors hold.
    #[serde(default)]
    pub ruling: Option<String>,
}

/// A public note that the text was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The day of the change, `2026-12-02`.
    pub date: String,
    /// How much it matters.
    pub kind: CorrectionKind,
    /// What was said before and what is said now.
    pub text: String,
    /// The case that it settles, `C-7K3Q2M`.
    #[serde(default)]
    pub case: Option<String>,
}

/// How much a correction matters to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionKind {
    /// Something false was said.
    Correction,
    /// Something was said so that it could be misread.
    Clarification,
    /// A slip that misled nobody; it does not move the date of the update.
    Minor,
}

impl Source {
    /// One line of plain text for a footnote: author, title, year. Without an
    /// author the publisher follows the title, so that the
    /// [`short_name`](Self::short_name) is always part of it.
    #[must_use]
    pub fn label(&self) -> String {
        let mut label = String::new();
        if let Some(author) = &self.author {
            label.push_str(author);
            label.push_str(", ");
        }
        label.push_str(&self.title);
        if let (None, Some(publisher)) = (&self.author, &self.publisher) {
            label.push_str(", ");
            label.push_str(publisher);
        }
        if let Some(year) = &self.year {
            label.push_str(&format!(" ({year})"));
        }
        label
    }

    /// A few words for who says something, where the whole entry is one step
    /// away: the author, or else the publisher, with the year; the title where
    /// neither is known.
    #[must_use]
    pub fn short_name(&self) -> String {
        let name = self.author.as_ref().or(self.publisher.as_ref());
        let mut short = name.unwrap_or(&self.title).clone();
        if let Some(year) = &self.year {
            short.push_str(&format!(" ({year})"));
        }
        short
    }
}

impl SourceKind {
    /// The word that readers see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            SourceKind::Archive => "archive",
            SourceKind::Article => "article",
            SourceKind::Book => "book",
            SourceKind::Encyclopedia => "encyclopedia",
            SourceKind::Newspaper => "newspaper",
            SourceKind::Primary => "primary source",
            SourceKind::Report => "report",
            SourceKind::Video => "video",
            SourceKind::Website => "website",
        }
    }
}

impl CorrectionKind {
    /// The word in files and tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            CorrectionKind::Correction => "correction",
            CorrectionKind::Clarification => "clarification",
            CorrectionKind::Minor => "minor",
        }
    }

    /// The word that readers see.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            CorrectionKind::Correction => "Correction",
            CorrectionKind::Clarification => "Clarification",
            CorrectionKind::Minor => "Minor edit",
        }
    }
}
