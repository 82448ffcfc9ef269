//! The YAML between two `---` lines at the head of a file.
//!
//! Everything wrong with it is said as a sentence with line and column: an
//! unknown key is refused with the nearest known one named, a date is read at
//! once, so that the editor sees the place in the file.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_saphyr::{Location, Spanned};

use super::Diagnostic;
use super::document::Alias;
use crate::articles::model::{
    Claim, Correction, Details, EventDate, Illustration, Registry, Role, Slug, Source,
    site_day_number,
};
use crate::dates::{Calendar, HistoricalDate};

/// A file cut in two.
#[derive(Debug)]
pub(super) struct Split<'a> {
    /// The YAML, without its fences.
    pub(super) yaml: &'a str,
    /// The text after it.
    pub(super) body: &'a str,
    /// How many lines of the file stand before the body.
    pub(super) lines_before_body: usize,
}

/// What an article's file says, read and checked as far as one file can be.
#[derive(Debug)]
pub(super) struct ArticleMatter {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) names: Vec<(Registry, String)>,
    pub(super) pictures: Vec<Illustration>,
    pub(super) aliases: Vec<Alias>,
    /// Codes of the warnings that the article silences.
    pub(super) allow: Vec<String>,
    pub(super) draft: bool,
    /// Day number from which it is shown.
    pub(super) published: i64,
    pub(super) details: Details,
}

/// What a registry entry's file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryMatter {
    pub(super) name: String,
    #[serde(default)]
    pub(super) also: Vec<String>,
    pub(super) wikidata: Option<String>,
    pub(super) born: Option<Spanned<String>>,
    pub(super) died: Option<Spanned<String>>,
    pub(super) lat: Option<f64>,
    pub(super) lon: Option<f64>,
    pub(super) country: Option<String>,
    #[serde(default)]
    pub(super) calendar: Calendar,
}

/// What a page of the site about itself says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageMatter {
    pub(super) title: String,
    pub(super) summary: String,
}

/// `content/removed.yaml`: one entry for each removed article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Removed {
    pub(super) slug: Slug,
    pub(super) date: Spanned<String>,
    pub(super) reason: String,
    pub(super) see: Option<Slug>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawArticle {
    title: Spanned<String>,
    summary: Spanned<String>,
    date: Option<Spanned<String>>,
    dates: Option<Spanned<Vec<RawDate>>>,
    #[serde(default)]
    calendar: Calendar,
    date_note: Option<String>,
    place: Option<RawPlace>,
    places: Option<Spanned<Vec<RawPlace>>>,
    #[serde(default)]
    people: Vec<Spanned<String>>,
    #[serde(default)]
    organisations: Vec<Spanned<String>>,
    #[serde(default)]
    topics: Vec<Spanned<String>>,
    illustration: Option<Illustration>,
    #[serde(default)]
    pictures: Vec<Illustration>,
    #[serde(default)]
    sources: Vec<Spanned<Source>>,
    #[serde(default)]
    claims: Vec<Spanned<Claim>>,
    #[serde(default)]
    corrections: Vec<Spanned<Correction>>,
    author: Option<String>,
    reviewer: Option<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    draft: bool,
    published: Option<Spanned<String>>,
    #[serde(default)]
    allow: Vec<Spanned<Allow>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDate {
    on: Spanned<String>,
    role: Option<Role>,
    label: Option<String>,
    #[serde(default)]
    primary: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RawPlace {
    Name(Spanned<String>),
    #[expect(dead_code, reason = "the map reads the coordinates, when it comes")]
    At {
        name: Spanned<String>,
        lat: f64,
        lon: f64,
    },
}

/// A lint that the article silences, with the reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allow {
    code: String,
    reason: String,
}

/// Cuts a file at its fences. A byte-order mark and CRLF line ends have been
/// taken out before.
pub(super) fn split(text: &str) -> Result<Split<'_>, Diagnostic> {
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
pub(super) fn read<T: DeserializeOwned>(yaml: &str, lines_before: usize) -> Result<T, Diagnostic> {
    let options = serde_saphyr::options! { with_snippet: false };
    serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), place);
        Diagnostic::error(
            lines_before + line,
            column,
            "F003",
            &sentence(&error.to_string()),
        )
    })
}

/// Reads the front matter of an article. With errors there is no article, but
/// all of them are told at once as far as the YAML can be read.
pub(super) fn article(yaml: &str) -> (Option<ArticleMatter>, Vec<Diagnostic>) {
    let raw: RawArticle = match read(yaml, 1) {
        Ok(raw) => raw,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let mut found = Vec::new();
    let matter = raw.check(&mut found);
    let broken = found.iter().any(Diagnostic::is_error);
    (matter.filter(|_| !broken), found)
}

/// Where in the file something stands, the opening fence counted.
pub(super) fn at(location: Location) -> (usize, usize) {
    let (line, column) = place(location);
    (line + 1, column)
}

fn place(location: Location) -> (usize, usize) {
    let number = |n: u64| usize::try_from(n).unwrap_or(1).max(1);
    (number(location.line()), number(location.column()))
}

impl RawArticle {
    fn check(self, found: &mut Vec<Diagnostic>) -> Option<ArticleMatter> {
        let mut error = |location: Location, code, message: &str| {
            let (line, column) = at(location);
            found.push(Diagnostic::error(line, column, code, message));
        };
        let title = self.title.value.trim().to_owned();
        if title.is_empty() || title.chars().count() > 200 {
            error(
                self.title.referenced,
                "F010",
                "`title` must hold between 1 and 200 characters",
            );
        }
        let summary = self.summary.value.trim().to_owned();
        let length = summary.chars().count();
        if length == 0 || length > 300 {
            error(
                self.summary.referenced,
                "F011",
                &format!("`summary` must hold between 1 and 300 characters; it has {length}"),
            );
        }
        let dates = check_dates(self.date, self.dates, self.calendar, &mut error);

        let mut names: Vec<(Registry, String)> = Vec::new();
        if let (Some(_), Some(both)) = (&self.place, &self.places) {
            error(
                both.referenced,
                "F014",
                "`place` and `places` are both given: keep one of them",
            );
        }
        let places = self
            .place
            .into_iter()
            .chain(self.places.map(|places| places.value).unwrap_or_default())
            .map(|place| match place {
                RawPlace::Name(name) | RawPlace::At { name, .. } => name,
            });
        let lists = [
            (Registry::Places, places.collect::<Vec<_>>()),
            (Registry::People, self.people),
            (Registry::Organisations, self.organisations),
            (Registry::Topics, self.topics),
        ];
        for (registry, list) in lists {
            for name in list {
                let trimmed = name.value.trim();
                if Slug::from_name(trimmed).is_none() {
                    error(
                        name.referenced,
                        "F015",
                        &format!(
                            "“{trimmed}” in `{}` holds no letter or digit",
                            registry.slug()
                        ),
                    );
                } else if !names.contains(&(registry, trimmed.to_owned())) {
                    names.push((registry, trimmed.to_owned()));
                }
            }
        }

        let mut sources: Vec<Source> = Vec::new();
        for source in self.sources {
            if sources.iter().any(|other| other.id == source.value.id) {
                let message = format!("the source id `{}` is given twice", source.value.id);
                error(source.referenced, "F016", &message);
            }
            for (key, url) in [
                ("url", &source.value.url),
                ("archive", &source.value.archive),
            ] {
                if let Some(url) = url
                    && !is_web_address(url)
                {
                    let message = format!(
                        "`{key}` of the source `{}` must begin with https:// or http://",
                        source.value.id
                    );
                    error(source.referenced, "F017", &message);
                }
            }
            sources.push(source.value);
        }
        for claim in &self.claims {
            for id in &claim.value.sources {
                if !sources.iter().any(|source| source.id == *id) {
                    let message = format!(
                        "the claim on `{}` cites `{id}`, which is not among the sources",
                        claim.value.property
                    );
                    error(claim.referenced, "F018", &message);
                }
            }
        }
        for correction in &self.corrections {
            if site_day_number(&correction.value.date).is_none() {
                let message = format!(
                    "“{}” is no day: write a correction's date as 2026-12-02",
                    correction.value.date
                );
                error(correction.referenced, "F019", &message);
            }
        }
        let mut published = 0;
        if let Some(text) = &self.published {
            match site_day_number(&text.value) {
                Some(day) => published = day.0,
                None => error(
                    text.referenced,
                    "F020",
                    &format!(
                        "“{}” is no day: write `published` as 2026-11-22",
                        text.value
                    ),
                ),
            }
        }
        let aliases = self
            .aliases
            .into_iter()
            .filter_map(|alias| {
                let (line, column) = at(alias.referenced);
                match alias_path(&alias.value) {
                    Some(path) => Some(Alias { path, line, column }),
                    None => {
                        let message = format!("“{}” is no alias: give an old slug, or an old path that begins with a slash and holds letters, digits and - . _ ~ /", alias.value);
                        error(alias.referenced, "F021", &message);
                        None
                    }
                }
            })
            .collect();
        for allow in &self.allow {
            if allow.value.reason.trim().is_empty() || allow.value.code.trim().is_empty() {
                error(
                    allow.referenced,
                    "F022",
                    "an `allow` needs the `code` of a lint and a `reason`",
                );
            }
        }
        Some(ArticleMatter {
            title,
            summary,
            names,
            pictures: self.pictures,
            aliases,
            allow: self.allow.into_iter().map(|one| one.value.code).collect(),
            draft: self.draft,
            published,
            details: Details {
                dates: dates?,
                date_note: self.date_note,
                sources,
                claims: self.claims.into_iter().map(|claim| claim.value).collect(),
                corrections: self.corrections.into_iter().map(|one| one.value).collect(),
                illustration: self.illustration,
                author: self.author,
                reviewer: self.reviewer,
                published: self.published.map(|text| text.value),
            },
        })
    }
}

fn check_dates(
    date: Option<Spanned<String>>,
    dates: Option<Spanned<Vec<RawDate>>>,
    calendar: Calendar,
    error: &mut impl FnMut(Location, &'static str, &str),
) -> Option<Vec<EventDate>> {
    let raw = match (date, dates) {
        (Some(_), Some(dates)) => {
            error(
                dates.referenced,
                "F012",
                "`date` and `dates` are both given: keep one of them",
            );
            return None;
        }
        (None, None) => {
            error(
                Location::UNKNOWN,
                "F012",
                "the article has no date: give `date: 1951-01-04`, or `dates:` with their roles",
            );
            return None;
        }
        (Some(on), None) => vec![RawDate {
            on,
            role: None,
            label: None,
            primary: true,
        }],
        (None, Some(dates)) => {
            let primary = dates.value.iter().filter(|date| date.primary).count();
            if dates.value.len() > 1 && primary != 1 {
                let message =
                    format!("exactly one of `dates` must say `primary: true`; {primary} do");
                error(dates.referenced, "F013", &message);
            }
            if dates.value.is_empty() {
                error(dates.referenced, "F013", "`dates` holds no date");
            }
            dates.value
        }
    };
    let only = raw.len() == 1;
    let mut checked = Vec::new();
    for date in raw {
        match HistoricalDate::parse(&date.on.value, calendar) {
            Ok(value) => checked.push(EventDate {
                on: value.edtf().to_owned(),
                calendar,
                role: date.role,
                label: date.label,
                primary: date.primary || only,
            }),
            Err(problem) => error(date.on.referenced, "D001", &problem.to_string()),
        }
    }
    Some(checked)
}

/// The path under which an alias answers: an old slug stands below
/// `/articles/`, an old path stands as it is.
fn alias_path(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    if let Ok(slug) = Slug::parse(&text) {
        return Some(crate::paths::article(slug.as_str()));
    }
    let plain = text.starts_with('/')
        && text.len() > 1
        && text.len() <= 300
        && !text.contains("//")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~/".contains(&b));
    plain.then(|| text.trim_end_matches('/').to_owned())
}

/// Whether a text is an address on the web that a page may link to.
fn is_web_address(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
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
        return "a place is a name, or {name: …, lat: …, lon: …}".to_owned();
    } else if message == "expected string scalar" {
        return "a text is expected here, not a list or a group of keys".to_owned();
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
