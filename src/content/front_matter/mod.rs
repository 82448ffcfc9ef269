//! The YAML between two `---` lines at the head of a file.
//!
//! Everything wrong with it is said as a sentence with line and column: an
//! unknown key is refused with the nearest known one named, a date is read at
//! once, so that the editor sees the place in the file.

mod article;
mod evidence;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_saphyr::{Location, Spanned};

use super::{Diagnostic, Place};
use crate::articles::model::{Slug, Source};
use crate::dates::{Calendar, Year};

pub(super) use article::{ArticleMatter, article};
pub(super) use evidence::sources;

/// A file cut in two.
#[derive(Debug)]
pub(in crate::content) struct Split<'a> {
    /// The YAML, without its fences.
    pub(in crate::content) yaml: &'a str,
    /// The text after it.
    pub(in crate::content) body: &'a str,
    /// How many lines of the file stand before the body.
    pub(in crate::content) lines_before_body: usize,
}

/// What a registry entry's file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct EntryMatter {
    pub(in crate::content) name: Spanned<String>,
    #[serde(default)]
    pub(in crate::content) also: Vec<String>,
    pub(in crate::content) sort: Option<String>,
    pub(in crate::content) wikidata: Option<String>,
    pub(in crate::content) born: Option<Spanned<RawLifeDate>>,
    pub(in crate::content) died: Option<Spanned<RawLifeDate>>,
    pub(in crate::content) lat: Option<f64>,
    pub(in crate::content) lon: Option<f64>,
    pub(in crate::content) country: Option<String>,
    #[serde(default)]
    pub(in crate::content) calendar: Calendar,
    #[serde(default)]
    pub(in crate::content) sources: Vec<Spanned<Source>>,
}

/// A date of a life: EDTF in the calendar of the entry, or in one of its own.
/// What is untagged has no places inside, so the place is around it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(in crate::content) enum RawLifeDate {
    Plain(RawOn),
    Sourced { on: RawOn, calendar: Calendar },
}

/// EDTF as YAML reads it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(in crate::content) enum RawOn {
    Text(String),
    /// A bare `1809`, which YAML takes for a number.
    Year(i64),
}

impl RawOn {
    /// The EDTF; a year that was written without quotation marks gets back the
    /// zeros that it lost as a number.
    pub(in crate::content) fn edtf(self) -> String {
        match self {
            RawOn::Text(text) => text,
            RawOn::Year(year) => Year::from_astronomical(year).edtf(),
        }
    }
}

/// What a page of the site about itself says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct PageMatter {
    pub(in crate::content) title: String,
    pub(in crate::content) summary: String,
}

/// `content/removed.yaml`: one entry for each removed article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct Removed {
    pub(in crate::content) slug: Slug,
    pub(in crate::content) date: Spanned<String>,
    pub(in crate::content) reason: String,
    pub(in crate::content) see: Option<Slug>,
}

/// Whether a text is the public number of a case: `C-` and six characters of
/// Crockford's alphabet, which has no I, L, O and U.
pub(in crate::content) fn is_case_id(text: &str) -> bool {
    text.strip_prefix("C-").is_some_and(|id| {
        let allowed = |byte: u8| {
            byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"ILOU".contains(&byte))
        };
        id.len() == 6 && id.bytes().all(allowed)
    })
}

/// Cuts a file at its fences. A byte-order mark and CRLF line ends have been
/// taken out before.
pub(in crate::content) fn split(text: &str) -> Result<Split<'_>, Diagnostic> {
    let Some(rest) = text.strip_prefix("---\n") else {
        return Err(Diagnostic::error(
            1,
            1,
            "F001",
            "the file has no front matter: its first line must be three hyphens, then come `title:` and the other keys, then three hyphens again",
        ));
    };
    let end = if rest.starts_with("---\n") || rest == "---" {
        Some(0)
    } else {
        rest.find("\n---\n")
            .or_else(|| rest.ends_with("\n---").then(|| rest.len() - 4))
            .map(|at| at + 1)
    };
    let Some(end) = end else {
        return Err(Diagnostic::error(
            1,
            1,
            "F002",
            "the front matter is not closed: a second line of three hyphens must stand before the text",
        ));
    };
    let yaml = &rest[..end];
    let body = rest[end..].strip_prefix("---").unwrap_or_default();
    let body = body.strip_prefix('\n').unwrap_or(body);
    Ok(Split {
        yaml,
        body,
        lines_before_body: yaml.matches('\n').count() + 2,
    })
}

/// Reads YAML into `T`; `lines_before` is how many lines of the file stand
/// before it.
pub(in crate::content) fn read<T: DeserializeOwned>(
    yaml: &str,
    lines_before: usize,
) -> Result<T, Diagnostic> {
    // The key `on` is a word, and no truth value as in the YAML of old.
    let options = serde_saphyr::options! { with_snippet: false, strict_booleans: true };
    serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), line_and_column);
        Diagnostic::error(
            lines_before + line,
            column,
            "F003",
            &sentence(&error.to_string()),
        )
    })
}

/// Where in the file something stands, the opening fence counted.
pub(in crate::content) fn at(location: Location) -> (usize, usize) {
    let (line, column) = line_and_column(location);
    (line + 1, column)
}

/// Where in the file something stands, and how wide it is.
pub(in crate::content) fn place(location: Location) -> Place {
    let (line, column) = at(location);
    Place {
        file: String::new(),
        line,
        column,
        width: usize::try_from(location.span().len()).unwrap_or(0),
    }
}

fn line_and_column(location: Location) -> (usize, usize) {
    let number = |n: u64| usize::try_from(n).unwrap_or(1).max(1);
    (number(location.line()), number(location.column()))
}

/// The YAML reader's message as a sentence for an editor, with the nearest
/// known word where one is unknown.
fn sentence(message: &str) -> String {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(before, _)| before);
    let unknown = |kind: &str, rest: &str| -> Option<String> {
        let (word, known) = rest.split_once("`, expected one of ")?;
        let known: Vec<&str> = known
            .split(", ")
            .map(|word| word.trim_matches('`'))
            .collect();
        let nearest = known
            .iter()
            .map(|known| (strsim::damerau_levenshtein(word, known), *known))
            .min()
            .filter(|(distance, known)| *distance <= 2.max(known.len() / 3))
            .map(|(_, known)| format!("; did you mean `{known}`?"));
        let hint = nearest.unwrap_or_else(|| format!("; known are {}", known.join(", ")));
        Some(format!("unknown {kind} `{word}`{hint}"))
    };
    if let Some(rest) = message.strip_prefix("unknown field `") {
        if let Some(sentence) = unknown("key", rest) {
            return sentence;
        }
    } else if let Some(rest) = message.strip_prefix("unknown variant `") {
        if let Some(sentence) = unknown("word", rest) {
            return sentence;
        }
    } else if let Some(rest) = message.strip_prefix("missing field `") {
        return format!("the key `{}` is missing", rest.trim_end_matches('`'));
    } else if let Some(rest) = message.strip_prefix("duplicate mapping key: ") {
        let key = rest.split(',').next().unwrap_or(rest);
        return format!("the key `{key}` is given twice");
    } else if message.contains("did not match any variant") {
        return "a place is a name, or {name: …, lat: …, lon: …}; a date of a life is EDTF, or {on: …, calendar: …}".to_owned();
    } else if message == "expected string scalar" {
        return "a text is expected here, not a list or a group of keys; a date such as \"[1340..1345]\" stands in quotation marks".to_owned();
    } else if message.contains("mapping values are not allowed") {
        return "a colon followed by a space stands in this text: put the whole text in quotation marks".to_owned();
    }
    format!("this cannot be read: {message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused_and_the_nearest_named() {
        let (matter, found) = article("title: a\nsumary: b\ndate: 1951-01-04\n");
        assert!(matter.is_none());
        assert_eq!((found[0].line, found[0].column), (3, 1));
        assert!(
            found[0].message.contains("did you mean `summary`"),
            "{found:?}"
        );
    }

    #[test]
    fn an_unknown_role_is_refused_where_it_stands() {
        let (_, found) = article(
            "title: a\nsummary: b\ndates:\n  - {on: 1951-01-04, role: captred, primary: true}\n",
        );
        assert_eq!(found[0].line, 5);
        assert!(
            found[0].message.contains("did you mean `captured`"),
            "{found:?}"
        );
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_where_it_stands() {
        let (_, found) = article("title: a\nsummary: b\ndate: 1951-02-30\n");
        assert_eq!((found[0].line, found[0].column), (4, 7));
    }

    #[test]
    fn places_may_have_coordinates_and_dates_of_a_life_a_calendar_of_their_own() {
        let (matter, found) = article(
            "title: a\nsummary: b\ndate: 1951-01-04\nplaces: [Rome, {name: Ostia, lat: 41.7, lon: 12.3}]\n",
        );
        let matter = matter.unwrap_or_else(|| panic!("{found:?}"));
        assert_eq!(matter.whereabouts.coordinates, [(1, 41.7, 12.3)]);
        assert_eq!(matter.whereabouts.names[1].line, 5);
        for (born, expected) in [
            ("1564-02-15", "1564-02-15"),
            ("1809", "1809"),
            ("{on: 79, calendar: julian}", "0079"),
            ("{on: \"-0043-03-15\", calendar: julian}", "-0043-03-15"),
        ] {
            let entry: EntryMatter = read(&format!("name: a\nborn: {born}\n"), 1)
                .unwrap_or_else(|error| panic!("{error:?}"));
            let on = match entry.born.unwrap().value {
                RawLifeDate::Plain(on) | RawLifeDate::Sourced { on, .. } => on.edtf(),
            };
            assert_eq!(on, expected);
        }
    }

    #[test]
    fn fences_are_found_or_missed_with_a_sentence() {
        assert!(split("title: a\n").is_err());
        assert!(split("---\ntitle: a\n").is_err());
        let both = split("---\na: b\n---\ntext\n");
        assert!(
            both.is_ok_and(|s| s.yaml == "a: b\n"
                && s.body == "text\n"
                && s.lines_before_body == 3)
        );
    }
}
