//! What an article is: its dates with their roles, its names, sources, claims
//! and corrections. Parsing that needs no file and no database is here too.

mod entry;
mod event_date;
mod evidence;
mod kept;
mod places_in_time;
mod registry;
mod slug;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::dates::{Calendar, DateStyle, DayNumber, HistoricalDate};

pub use entry::{EntryDetails, LifeDate};
pub use event_date::{EventDate, Role};
pub use evidence::{Claim, Correction, CorrectionKind, Source, SourceKind};
pub use kept::KeptFile;
pub use places_in_time::PlaceInTime;
pub use registry::{Registry, Tag};
pub use slug::{Slug, SlugError};

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
    /// Places that the file itself locates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<NamedPoint>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who checked it.
    pub reviewer: Option<String>,
    /// The day of publication, `2026-11-22`, if the file names one.
    pub published: Option<String>,
}

/// A place with coordinates that the front matter gives, in millionths of a
/// degree: numbers that are equal after any way through JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPoint {
    /// As it stands among the article's places.
    pub name: String,
    /// Millionths of a degree north, −90 to 90 million.
    pub lat_micro: i64,
    /// Millionths of a degree east, −180 to 180 million.
    pub lon_micro: i64,
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

    /// The day number by which articles are put in order of time.
    #[must_use]
    pub fn first_day(&self) -> i64 {
        self.primary()
            .and_then(|date| date.date().ok())
            .and_then(|date| date.first_day().or(date.last_day()))
            .map_or(0, |day| day.0)
    }
}

impl Illustration {
    /// The line under a picture that says what it is and whose: "Map: Ada
    /// Writer, CC0".
    #[must_use]
    pub fn credit_line(&self) -> String {
        let mut line = self.kind.words().to_owned();
        for (before, part) in [(": ", &self.credit), (", ", &self.licence)] {
            if let Some(part) = part
                .as_deref()
                .map(str::trim)
                .filter(|part| !part.is_empty())
            {
                line.push_str(before);
                line.push_str(part);
            }
        }
        line
    }
}

impl NamedPoint {
    /// Takes degrees north and east.
    #[must_use]
    pub fn new(name: String, lat: f64, lon: f64) -> NamedPoint {
        let micro = |degrees: f64| (degrees * 1e6).round() as i64;
        NamedPoint {
            name,
            lat_micro: micro(lat),
            lon_micro: micro(lon),
        }
    }

    /// Degrees north.
    #[must_use]
    pub fn lat(&self) -> f64 {
        self.lat_micro as f64 / 1e6
    }

    /// Degrees east.
    #[must_use]
    pub fn lon(&self) -> f64 {
        self.lon_micro as f64 / 1e6
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

/// A moment of ours, given in epoch milliseconds (UTC): in words, by the clock
/// of `zone`, and as machines read it (RFC 3339, UTC).
#[must_use]
pub fn site_moment(milliseconds: i64, zone: &TimeZone, style: DateStyle) -> (String, String) {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let local = moment.to_zoned(zone.clone());
    let day = site_date_words(&local.date().to_string(), style);
    let words = format!("{day}, {}", local.strftime("%H:%M %Z"));
    (words, moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// A moment of ours, given in epoch milliseconds (UTC), as RFC 3339 with the
/// offset of `zone`, so that its day is the one that the site calls it by.
#[must_use]
pub fn site_time(milliseconds: i64, zone: &TimeZone) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH);
    let local = moment.to_zoned(zone.clone());
    local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
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

    #[test]
    fn a_moment_is_told_by_the_clock_of_the_site_which_is_named() {
        let seoul = TimeZone::get("Asia/Seoul").unwrap();
        let (words, iso) = site_moment(1_795_304_705_123, &seoul, DateStyle::Mdy);
        assert_eq!(words, "November 22, 2026, 08:45 KST");
        assert_eq!(iso, "2026-11-21T23:45:05Z");
        assert_eq!(
            site_time(1_795_304_705_123, &seoul),
            "2026-11-22T08:45:05+09:00"
        );
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
