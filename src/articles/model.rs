//! What an article is: its dates with their roles, its names, sources, claims
//! and corrections. Parsing that needs no file and no database is here too.

use serde::{Deserialize, Serialize};

use crate::dates::{Calendar, DateError, DateStyle, DayNumber, Edge, HistoricalDate};

/// The permanent name of an article, a registry entry or a page in its URL:
/// lower-case ASCII letters, digits and single hyphens, at most 100 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

/// The four registries, and so the four kinds of name that an article carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Registry {
    /// People who appear in an article.
    People,
    /// Where it happened.
    Places,
    /// Armies, companies, parliaments, academies.
    Organisations,
    /// Subjects and longer stories.
    Topics,
}

/// A name as an article writes it, and the registry entry it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Which registry.
    pub registry: Registry,
    /// The name that readers see.
    pub name: String,
    /// The slug of its entry, which need not have a file of its own.
    pub entry: String,
}

/// A date with the part it plays in the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDate {
    /// EDTF, in the calendar as sourced.
    pub on: String,
    /// The calendar in which the source gives it.
    pub calendar: Calendar,
    /// What happened on it; `None` where the article has one date only.
    pub role: Option<Role>,
    /// Words that stand in place of the role's own.
    pub label: Option<String>,
    /// Whether this is the date by which the article is known.
    pub primary: bool,
}

/// What a date says of an event. A closed list, so that every role has words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the word it is written as")]
pub enum Role {
    Adopted,
    Announced,
    Battle,
    Began,
    Born,
    Captured,
    Celebrated,
    Completed,
    Declared,
    Destroyed,
    Died,
    Discovered,
    Ended,
    Erupted,
    First,
    Founded,
    Granted,
    Happened,
    Independence,
    Issued,
    Killed,
    Landed,
    Launched,
    Observed,
    Opened,
    Premiered,
    Published,
    Released,
    Signed,
    Struck,
    TookEffect,
    Won,
}

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

/// A picture as the front matter describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Illustration {
    /// The file, beside the article.
    pub file: String,
    /// What sort of picture it is.
    pub kind: PictureKind,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// The words under it.
    #[serde(default)]
    pub caption: Option<String>,
    /// Who made it.
    #[serde(default)]
    pub credit: Option<String>,
    /// Under what terms it is shown.
    #[serde(default)]
    pub licence: Option<String>,
}

/// The sorts of picture, which the caption names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the word it is written as")]
pub enum PictureKind {
    Diagram,
    Document,
    Drawing,
    Generated,
    Map,
    Painting,
    Photograph,
}

/// All that the front matter says beyond what has a column of its own; kept as
/// JSON beside the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// At least one, exactly one of them primary.
    pub dates: Vec<EventDate>,
    /// Why a date is as it is.
    pub date_note: Option<String>,
    /// Cited works, in the order of the file.
    pub sources: Vec<Source>,
    /// Claims on which accounts may differ.
    pub claims: Vec<Claim>,
    /// Public notes of changes.
    pub corrections: Vec<Correction>,
    /// The picture at the head.
    pub illustration: Option<Illustration>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who checked it.
    pub reviewer: Option<String>,
    /// The day of publication, `2026-11-22`, if the file names one.
    pub published: Option<String>,
}

/// One page on which an article stands: a day, a month (day unknown) or a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceInTime {
    /// Astronomical year: 0 is 1 BCE.
    pub year: i64,
    /// 1 to 12, if the date has a month.
    pub month: Option<i64>,
    /// 1 to 31, if the date has a day.
    pub day: Option<i64>,
    /// Orders what stands on one page.
    pub first_day: i64,
    /// What happened then, in words; empty if the article has one plain date.
    pub label: String,
    /// The EDTF text of the date that stands there.
    pub edtf: String,
}

/// A text is no slug.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no slug: use lower-case letters, digits and single hyphens, at most 100")]
pub struct SlugError(String);

impl Slug {
    /// Takes a text that is already in the form of a slug.
    ///
    /// # Errors
    /// Any other text.
    pub fn parse(text: &str) -> Result<Slug, SlugError> {
        let plain = !text.is_empty()
            && text.len() <= 100
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if plain {
            Ok(Slug(text.to_owned()))
        } else {
            Err(SlugError(text.chars().take(40).collect()))
        }
    }

    /// Makes a slug from a name in any script, by transliteration. `None`
    /// where nothing of it can be written in ASCII.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Slug> {
        let mut slug = String::new();
        for character in deunicode::deunicode(name).chars() {
            if character.is_ascii_alphanumeric() {
                slug.push(character.to_ascii_lowercase());
            } else if character != '\'' && !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
            if slug.len() >= 100 {
                break;
            }
        }
        let slug = slug.trim_end_matches('-');
        (!slug.is_empty()).then(|| Slug(slug.to_owned()))
    }

    /// The text of the slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Slug, SlugError> {
        Slug::parse(&text)
    }
}

impl Registry {
    /// All four, in the order in which pages show them.
    pub const ALL: [Registry; 4] = [
        Registry::Places,
        Registry::People,
        Registry::Organisations,
        Registry::Topics,
    ];

    /// The word in URLs, folders and tables.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Registry::People => "people",
            Registry::Places => "places",
            Registry::Organisations => "organisations",
            Registry::Topics => "topics",
        }
    }

    /// The heading of its index.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Registry::People => "People",
            Registry::Places => "Places",
            Registry::Organisations => "Organisations",
            Registry::Topics => "Topics",
        }
    }

    /// The word for one of its entries.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Registry::People => "Person",
            Registry::Places => "Place",
            Registry::Organisations => "Organisation",
            Registry::Topics => "Topic",
        }
    }

    /// Reads the word in URLs, folders and tables.
    #[must_use]
    pub fn parse(text: &str) -> Option<Registry> {
        Registry::ALL.into_iter().find(|one| one.slug() == text)
    }
}

impl Role {
    /// What stands before the title on a day page and beside the date on the
    /// article: lower case, no verb of being.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Role::Adopted => "adopted",
            Role::Announced => "announced",
            Role::Battle => "the battle",
            Role::Began => "began",
            Role::Born => "born",
            Role::Captured => "captured",
            Role::Celebrated => "celebrated",
            Role::Completed => "completed",
            Role::Declared => "declared",
            Role::Destroyed => "destroyed",
            Role::Died => "died",
            Role::Discovered => "discovered",
            Role::Ended => "ended",
            Role::Erupted => "erupted",
            Role::First => "for the first time",
            Role::Founded => "founded",
            Role::Granted => "granted",
            Role::Happened => "happened",
            Role::Independence => "independence",
            Role::Issued => "issued",
            Role::Killed => "killed",
            Role::Landed => "landed",
            Role::Launched => "launched",
            Role::Observed => "observed",
            Role::Opened => "opened",
            Role::Premiered => "premiered",
            Role::Published => "published",
            Role::Released => "released",
            Role::Signed => "signed",
            Role::Struck => "struck",
            Role::TookEffect => "took effect",
            Role::Won => "won",
        }
    }
}

impl EventDate {
    /// The date as a value to compute with.
    ///
    /// # Errors
    /// The text is no date; ingest refuses such a file.
    pub fn date(&self) -> Result<HistoricalDate, DateError> {
        HistoricalDate::parse(&self.on, self.calendar)
    }

    /// What happened on it, in words; empty where the article says nothing.
    #[must_use]
    pub fn words(&self) -> &str {
        match (&self.label, self.role) {
            (Some(label), _) => label,
            (None, Some(role)) => role.words(),
            (None, None) => "",
        }
    }

    /// The words for the first or the last day of an interval.
    fn edge_words(&self, edge: Edge) -> String {
        let words = self.words();
        match (edge, words.is_empty()) {
            (Edge::Whole, _) => words.to_owned(),
            (Edge::First, true) => "began".to_owned(),
            (Edge::Last, true) => "ended".to_owned(),
            (Edge::First, false) => format!("{words}, first day"),
            (Edge::Last, false) => format!("{words}, last day"),
        }
    }
}

impl Details {
    /// The date by which the article is known.
    #[must_use]
    pub fn primary(&self) -> Option<&EventDate> {
        self.dates.iter().find(|date| date.primary)
    }

    /// The day of the latest correction or clarification. A minor one does not
    /// move it, and it is read from the file, so that a rebuilt site says the
    /// same.
    #[must_use]
    pub fn updated(&self) -> Option<&str> {
        self.corrections
            .iter()
            .filter(|correction| correction.kind != CorrectionKind::Minor)
            .map(|correction| correction.date.as_str())
            .max()
    }

    /// Every page on which the article stands. A date stands on the day as it
    /// is conventionally cited, that is, as sourced; an interval on its first
    /// and its last day and not between; a date without a day on no day page,
    /// but on its month's and its year's.
    #[must_use]
    pub fn places_in_time(&self) -> Vec<PlaceInTime> {
        let mut places: Vec<PlaceInTime> = Vec::new();
        for event_date in &self.dates {
            let Ok(date) = event_date.date() else {
                continue;
            };
            let standings = date.standings();
            let sort = |edge| match edge {
                Edge::Last => date.last_day(),
                Edge::Whole | Edge::First => date.first_day(),
            };
            for standing in &standings {
                places.push(PlaceInTime {
                    year: standing.year.astronomical(),
                    month: Some(i64::from(standing.day.month())),
                    day: Some(i64::from(standing.day.day())),
                    first_day: sort(standing.edge).map_or(0, |day| day.0),
                    label: event_date.edge_words(standing.edge),
                    edtf: event_date.on.clone(),
                });
            }
            if standings.is_empty() {
                let month = date.start().and_then(|start| start.month).map(i64::from);
                for year in date.years() {
                    places.push(PlaceInTime {
                        year: year.astronomical(),
                        month,
                        day: None,
                        first_day: date.first_day().or(date.last_day()).map_or(0, |day| day.0),
                        label: event_date.words().to_owned(),
                        edtf: event_date.on.clone(),
                    });
                }
            }
        }
        // Two dates of one article on one day are one entry of that day: the
        // first that the file names, which is most often the primary one.
        let mut seen = Vec::new();
        places.retain(|place| {
            let key = (place.year, place.month, place.day);
            let fresh = !seen.contains(&key);
            seen.push(key);
            fresh
        });
        places
    }

    /// The day number by which articles are put in order of time.
    #[must_use]
    pub fn first_day(&self) -> i64 {
        self.primary()
            .and_then(|date| date.date().ok())
            .and_then(|date| date.first_day().or(date.last_day()))
            .map_or(0, |day| day.0)
    }
}

impl Source {
    /// One line of plain text for a footnote: author, title, year.
    #[must_use]
    pub fn label(&self) -> String {
        let mut label = String::new();
        if let Some(author) = &self.author {
            label.push_str(author);
            label.push_str(", ");
        }
        label.push_str(&self.title);
        if let Some(year) = &self.year {
            label.push_str(&format!(" ({year})"));
        }
        label
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

impl PictureKind {
    /// The word that the caption begins with.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            PictureKind::Diagram => "Diagram",
            PictureKind::Document => "Document",
            PictureKind::Drawing => "Drawing",
            PictureKind::Generated => "Generated picture",
            PictureKind::Map => "Map",
            PictureKind::Painting => "Painting",
            PictureKind::Photograph => "Photograph",
        }
    }
}

/// The words for a day of ours, given as `2026-11-22`; the text itself where it
/// is no such day.
#[must_use]
pub fn site_date_words(iso: &str, style: DateStyle) -> String {
    HistoricalDate::parse(iso, Calendar::Gregorian)
        .map_or_else(|_| iso.to_owned(), |date| date.words(style))
}

/// The day number of a day of ours, given as `2026-11-22`.
#[must_use]
pub fn site_day_number(iso: &str) -> Option<DayNumber> {
    let date: jiff::civil::Date = iso.parse().ok()?;
    DayNumber::from_gregorian(
        i64::from(date.year()),
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(dates: Vec<EventDate>) -> Details {
        Details {
            dates,
            date_note: None,
            sources: Vec::new(),
            claims: Vec::new(),
            corrections: Vec::new(),
            illustration: None,
            author: None,
            reviewer: None,
            published: None,
        }
    }

    fn on(edtf: &str, role: Option<Role>) -> EventDate {
        EventDate {
            on: edtf.to_owned(),
            calendar: Calendar::Gregorian,
            role,
            label: None,
            primary: role.is_none(),
        }
    }

    #[test]
    fn an_interval_stands_on_its_first_and_last_day_and_not_between() {
        let places =
            details(vec![on("1950-12-31/1951-01-07", Some(Role::Battle))]).places_in_time();
        let days: Vec<_> = places.iter().map(|p| (p.year, p.month, p.day)).collect();
        assert_eq!(days, [(1950, Some(12), Some(31)), (1951, Some(1), Some(7))]);
        assert_eq!(places[0].label, "the battle, first day");
        assert_eq!(places[1].label, "the battle, last day");
    }

    #[test]
    fn a_month_without_a_day_stands_on_no_day_page() {
        let places = details(vec![on("1324-07", None)]).places_in_time();
        assert_eq!(places.len(), 1);
        assert_eq!((places[0].month, places[0].day), (Some(7), None));
    }

    #[test]
    fn slugs_are_made_from_names_in_any_script() {
        let slug = |name| Slug::from_name(name).map(|slug| slug.to_string());
        assert_eq!(
            slug("K’inich Janaab’ Pakal"),
            Some("kinich-janaab-pakal".into())
        );
        assert_eq!(slug("Chichén Itzá"), Some("chichen-itza".into()));
        assert_eq!(slug("!!!"), None);
        assert!(Slug::parse("a--b").is_err());
        assert!(Slug::parse("Ä").is_err());
    }
}
