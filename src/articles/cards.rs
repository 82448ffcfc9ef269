//! What the share card of a page says.
//!
//! The page and whoever draws the card build the same [`Face`] here, so the
//! address on the page is that of the file, and changes with what the card
//! shows. An article's card is known by the number of its revision alone, so
//! that its page need not ask what else is on it.

use std::fmt::Write;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::accounts::{self, Teller};
use super::model::{EntryDetails, Registry};
use super::pages::{BigDate, DateView};
use super::queries::{Listed, StoredPicture, Whole, evenly};
use crate::cartography::{Locator, country};
use crate::cases::HoldKind;
use crate::dates::{DateStyle, Day, HistoricalDate};
use crate::paths::sharing;

/// Part of every hash. Raise it with each change to how cards look.
const VERSION: u32 = 1;

/// How many events a card lists.
pub const MOST_EVENTS: usize = 3;

/// What a card is of; the word for it in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceKind {
    /// An article.
    Article,
    /// A day of the year.
    Day,
    /// A person of the registry.
    Person,
    /// A place of the registry.
    Place,
    /// The site itself.
    Site,
}

/// All that a card shows but the name of the site at its foot.
#[derive(Clone, Debug)]
pub struct Face {
    /// What it is of.
    pub kind: FaceKind,
    /// The name in its address.
    pub slug: String,
    /// What it is of, as large as it can be: a title, a name. Empty where it is
    /// kept back.
    pub title: String,
    /// The date above the title.
    pub date: FaceDate,
    /// Under the date or the name: where it was, in which calendar.
    pub line: String,
    /// Accounts that the article itself cites differ on the date.
    pub is_disputed: bool,
    /// A few events with their years, in order of time.
    pub events: Vec<FaceEvent>,
    /// The picture at the head of an article.
    pub picture: Option<FacePicture>,
    /// Where it was; for a page that has no picture.
    pub map: Option<Locator>,
    /// Of an article: the number of its revision.
    pub number: Option<i64>,
    /// What a hold keeps back, or marks: the card may be another one tomorrow
    /// under the same address.
    pub is_held: bool,
}

/// The date on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaceDate {
    /// None is known, or none is wanted.
    None,
    /// One that is sure and lies in one month of one year.
    Big {
        /// "January".
        month: &'static str,
        /// "4" or "4–7".
        day: String,
        /// "1951", "44 BCE"; none for a day of every year.
        year: Option<String>,
    },
    /// Any other: "between 1340 and 1345".
    Words(String),
}

/// An event in a list on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceEvent {
    /// "1951", "44 BCE"; empty where no year is known.
    pub year: String,
    /// The article's headline.
    pub title: String,
}

/// The picture on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacePicture {
    /// Its hash, and how many pixels it has.
    pub stored: StoredPicture,
    /// What sort of picture it is, who made it, and its terms.
    pub credit: String,
}

impl FaceKind {
    /// All of them.
    pub const ALL: [FaceKind; 5] = [
        FaceKind::Article,
        FaceKind::Day,
        FaceKind::Person,
        FaceKind::Place,
        FaceKind::Site,
    ];

    /// The word in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            FaceKind::Article => "article",
            FaceKind::Day => "day",
            FaceKind::Person => "person",
            FaceKind::Place => "place",
            FaceKind::Site => "site",
        }
    }
}

impl Face {
    /// The card of an article. `map` is that of its page, which has none if it
    /// has a picture. Whether its date is disputed is asked of its own claims
    /// alone, because those of others change without a new revision.
    #[must_use]
    pub fn of_article(article: &Whole, map: Option<Locator>, style: DateStyle) -> Face {
        let own = Teller::from(article);
        let disputed = accounts::dates_among(own, &accounts::disputes(own, &[]));
        let primary = article.details.dates.iter().position(|date| date.primary);
        let view = primary.and_then(|index| article.details.dates.get(index));
        let view = view.map(|date| DateView::new(date, false, style));
        let is_kept_back = keeps_back_text(article);
        let places = article.tags.iter();
        let mut line: Vec<String> = places
            .filter(|tag| tag.registry == Registry::Places)
            .take(1)
            .map(|tag| tag.name.clone())
            .collect();
        line.extend(view.as_ref().and_then(|view| view.calendar_note.clone()));
        let illustration = article.details.illustration.as_ref();
        Face {
            title: shown_title(article).to_owned(),
            date: view.map_or(FaceDate::None, FaceDate::from),
            line: line.join(" · "),
            is_disputed: primary.is_some_and(|index| disputed.contains(&index)),
            picture: illustration
                .zip(article.picture.clone())
                .filter(|_| !is_kept_back)
                .map(|(described, stored)| FacePicture {
                    stored,
                    credit: described.credit_line(),
                }),
            map,
            number: Some(article.revision),
            is_held: !article.holds.is_empty(),
            ..Face::bare(FaceKind::Article, &article.slug)
        }
    }

    /// The card of a day, with a few of the articles that stand on it.
    #[must_use]
    pub fn of_day(day: Day, events: &[Listed]) -> Face {
        Face {
            date: FaceDate::Big {
                month: day.month_name(),
                day: day.day().to_string(),
                year: None,
            },
            events: chosen(events, |one| {
                let standing = one.standing.as_ref()?;
                Some(crate::dates::Year::from_astronomical(standing.year).words())
            }),
            ..Face::bare(FaceKind::Day, &day.slug())
        }
    }

    /// The card of a person, with a few of the articles that name them.
    #[must_use]
    pub fn of_person(
        slug: &str,
        name: &str,
        details: &EntryDetails,
        events: &[Listed],
        style: DateStyle,
    ) -> Face {
        let words = |date: &Option<super::model::LifeDate>| {
            Some(date.as_ref()?.date()?.words(style)).filter(|words| !words.is_empty())
        };
        let life = match (words(&details.born), words(&details.died)) {
            (Some(born), Some(died)) => format!("{born} – {died}"),
            (Some(born), None) => format!("born {born}"),
            (None, Some(died)) => format!("died {died}"),
            (None, None) => String::new(),
        };
        Face {
            title: name.to_owned(),
            line: life,
            events: chosen(events, primary_year),
            ..Face::bare(FaceKind::Person, slug)
        }
    }

    /// The card of a place, with its map and a few of the articles that name it.
    #[must_use]
    pub fn of_place(
        slug: &str,
        name: &str,
        details: &EntryDetails,
        events: &[Listed],
        map: Option<Locator>,
    ) -> Face {
        let code = details.country.as_deref().unwrap_or_default();
        let land = country::name(&code.trim().to_ascii_uppercase()).unwrap_or(code);
        Face {
            title: name.to_owned(),
            line: if name.ends_with(land) {
                String::new()
            } else {
                land.to_owned()
            },
            events: chosen(events, primary_year),
            map,
            ..Face::bare(FaceKind::Place, slug)
        }
    }

    /// The card of the site, which stands for every page without one of its own.
    #[must_use]
    pub fn of_site(name: &str) -> Face {
        Face {
            title: name.to_owned(),
            line: "What happened on this day, with its sources, and with a public answer to \
                   every report of an error."
                .to_owned(),
            ..Face::bare(FaceKind::Site, "site")
        }
    }

    /// What makes the address another one whenever the card is: of an article
    /// the number of its revision, of anything else twelve hexadecimal digits.
    #[must_use]
    pub fn revision(&self) -> String {
        match self.number {
            Some(number) => number.to_string(),
            None => self.digest()[..12].to_owned(),
        }
    }

    /// The address of the card.
    #[must_use]
    pub fn path(&self) -> String {
        sharing::card(self.kind.as_str(), &self.slug, &self.revision())
    }

    /// 64 hexadecimal digits that change with anything that the card shows.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut all = format!("{VERSION} {:?} {:?}", self.kind, self.date);
        // Each part with its length, so that no two faces run into one.
        for part in [&self.title, &self.line] {
            let _ = write!(all, " {} {part}", part.len());
        }
        for event in &self.events {
            let _ = write!(all, " {} {} {}", event.year, event.title.len(), event.title);
        }
        let map = self.map.as_ref().map(Locator::hash);
        let picture = &self.picture;
        let _ = write!(all, " {picture:?} {map:?} {}", self.is_disputed);
        HEXLOWER.encode(&Sha256::digest(all))
    }

    /// What the card shows, in words.
    #[must_use]
    pub fn alt(&self) -> String {
        let mut parts = vec![self.title.clone()];
        parts.push(match &self.date {
            FaceDate::None => String::new(),
            FaceDate::Big { month, day, year } => {
                let year = year.iter().map(|year| format!(", {year}"));
                format!("{month} {day}{}", year.collect::<String>())
            }
            FaceDate::Words(words) => words.clone(),
        });
        parts.push(self.line.clone());
        parts.extend(self.events.iter().map(|event| {
            let year = Some(&event.year).filter(|year| !year.is_empty());
            year.map_or_else(
                || event.title.clone(),
                |year| format!("{year}: {}", event.title),
            )
        }));
        parts.retain(|part| !part.is_empty());
        format!("Share card: {}", parts.join("; "))
    }

    fn bare(kind: FaceKind, slug: &str) -> Face {
        Face {
            kind,
            slug: slug.to_owned(),
            title: String::new(),
            date: FaceDate::None,
            line: String::new(),
            is_disputed: false,
            events: Vec::new(),
            picture: None,
            map: None,
            number: None,
            is_held: false,
        }
    }
}

impl From<DateView> for FaceDate {
    fn from(view: DateView) -> FaceDate {
        match view.big {
            Some(BigDate {
                month_name,
                day_number,
                year_words,
                ..
            }) => FaceDate::Big {
                month: month_name,
                day: day_number,
                year: Some(year_words),
            },
            None if view.words.is_empty() => FaceDate::None,
            None => FaceDate::Words(view.words),
        }
    }
}

/// The address of an article's card, and what it shows in words, for the page
/// that knows no more of it than this.
pub(super) fn of_page(article: &Whole, date_words: &str) -> (String, String) {
    let revision = article.revision.to_string();
    let path = sharing::card(FaceKind::Article.as_str(), &article.slug, &revision);
    let parts: Vec<&str> = [shown_title(article), date_words]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    (path, format!("Share card: {}", parts.join("; ")))
}

/// The headline, which travels further than the page: it stays at home while a
/// request about the text is examined.
fn shown_title(article: &Whole) -> &str {
    if keeps_back_text(article) {
        "This article is being examined"
    } else {
        &article.title
    }
}

fn keeps_back_text(article: &Whole) -> bool {
    let mut holds = article.holds.iter();
    holds.any(|hold| hold.kind == HoldKind::Text)
}

/// The first, the last and one between, of those that nothing holds back.
fn chosen(events: &[Listed], year: impl Fn(&Listed) -> Option<String>) -> Vec<FaceEvent> {
    let free: Vec<&Listed> = events.iter().filter(|one| !one.is_held).collect();
    evenly(&free, MOST_EVENTS)
        .map(|one| FaceEvent {
            year: year(one).unwrap_or_default(),
            title: one.title.clone(),
        })
        .collect()
}

fn primary_year(one: &Listed) -> Option<String> {
    let date: HistoricalDate = one.details.primary()?.date().ok()?;
    Some(date.years().first()?.words())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(title: &str, is_held: bool) -> Listed {
        Listed {
            slug: title.to_lowercase(),
            title: title.to_owned(),
            summary: String::new(),
            details: serde_json::from_str(
                r#"{"dates": [], "date_note": null, "sources": [], "claims": [],
                    "corrections": [], "illustration": null, "author": null, "reviewer": null,
                    "published": null}"#,
            )
            .unwrap(),
            tags: Vec::new(),
            picture: None,
            standing: None,
            disputed_dates: std::collections::BTreeSet::new(),
            is_held,
        }
    }

    #[test]
    fn a_card_lists_the_first_the_last_and_one_between() {
        let titles = |count: usize| -> Vec<String> {
            let events: Vec<Listed> = ["A", "B", "C", "D", "E"][..count]
                .iter()
                .map(|title| listed(title, *title == "A" && count == 5))
                .collect();
            let face = Face::of_day(Day::new(1, 4).unwrap(), &events);
            face.events.into_iter().map(|event| event.title).collect()
        };
        assert!(titles(0).is_empty());
        assert_eq!(titles(1), ["A"]);
        assert_eq!(titles(2), ["A", "B"]);
        assert_eq!(titles(4), ["A", "B", "D"]);
        assert_eq!(titles(5), ["B", "C", "E"]);
    }

    #[test]
    fn an_address_changes_with_whatever_the_card_shows() {
        let day = Day::new(1, 4).unwrap();
        let one = Face::of_day(day, &[listed("A", false)]);
        let other = Face::of_day(day, &[listed("B", false)]);
        assert_eq!(one.path(), Face::of_day(day, &[listed("A", false)]).path());
        assert_ne!(one.path(), other.path());
        assert_ne!(
            Face::of_site("Daybook").path(),
            Face::of_site("Nightbook").path()
        );
        assert_eq!(one.alt(), "Share card: January 4; A");
    }
}
