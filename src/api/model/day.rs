//! A day of the year.

use serde::Serialize;
use utoipa::ToSchema;

use super::article::Summary;
use super::{Date, Terms};
use crate::articles::model::Registry;
use crate::articles::queries::LifeDay;
use crate::dates;
use crate::paths::{self, api};

/// A day of the year in the list of all.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct DaySummary {
    /// The address of its page, which is its id everywhere.
    id: String,
    /// The address of its page.
    url: String,
    /// Its address here.
    api: String,
    /// The last part of both addresses.
    #[schema(example = "january-4")]
    slug: String,
    /// 1 to 12.
    #[schema(example = 1)]
    month: u8,
    /// 1 to 31; February has 29 days.
    #[schema(example = 4)]
    day: u8,
    /// The day in words.
    #[schema(example = "January 4")]
    words: String,
    /// How many events stand on it.
    #[schema(example = 7)]
    events: i64,
}

/// A day of the year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Day {
    /// The address of its page, which is its id everywhere.
    id: String,
    /// The address of its page.
    url: String,
    /// Its address here.
    api: String,
    /// The last part of both addresses.
    #[schema(example = "january-4")]
    slug: String,
    /// 1 to 12.
    #[schema(example = 1)]
    month: u8,
    /// 1 to 31; February has 29 days.
    #[schema(example = 4)]
    day: u8,
    /// The day in words.
    #[schema(example = "January 4")]
    words: String,
    /// What happened on it, the earliest year first. An event of several days
    /// stands on its first and on its last; a date stands on the day that its
    /// source names, in whichever calendar.
    pub(in crate::api) events: Vec<DayEvent>,
    /// Who was born on it, as far as that is sure.
    births: Vec<Life>,
    /// Who died on it, as far as that is sure.
    deaths: Vec<Life>,
    /// The day before, here.
    previous: String,
    /// The day after, here.
    next: String,
}

/// An event of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct DayEvent {
    /// The year, astronomical: 0 is 1 BCE.
    #[schema(example = 1951)]
    pub(in crate::api) year: i64,
    /// The year in words.
    #[schema(example = "1951")]
    pub(in crate::api) year_words: String,
    /// What happened on this very day, in words; may be empty.
    #[schema(example = "captured")]
    pub(in crate::api) label: String,
    /// The date, of all that the article has, that stands on this day; EDTF, as
    /// sourced.
    #[schema(example = "1951-01-04")]
    pub(in crate::api) edtf: String,
    /// The article.
    pub(in crate::api) article: Summary,
}

/// A birth or a death.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Life {
    /// The address of the person's page, which is their id everywhere.
    id: String,
    /// The address of the person's page.
    url: String,
    /// The person here.
    api: String,
    /// The last part of both addresses.
    #[schema(example = "isaac-newton")]
    slug: String,
    /// The person's name.
    #[schema(example = "Isaac Newton")]
    name: String,
    /// The year, astronomical: 0 is 1 BCE.
    #[schema(example = 1643)]
    year: i64,
    /// The date of the birth or of the death.
    date: Date,
}

impl DaySummary {
    /// A day and how many events it has.
    pub(in crate::api) fn new(day: dates::Day, events: i64, terms: &Terms) -> DaySummary {
        let slug = day.slug();
        let url = terms.url(&paths::day(&slug));
        DaySummary {
            id: url.clone(),
            url,
            api: terms.url(&api::day(&slug)),
            month: day.month(),
            day: day.day(),
            words: day.words(terms.style),
            events,
            slug,
        }
    }
}

impl Day {
    /// A day with its events, births and deaths.
    pub(in crate::api) fn new(
        day: dates::Day,
        events: Vec<DayEvent>,
        [births, deaths]: [Vec<Life>; 2],
        terms: &Terms,
    ) -> Day {
        let slug = day.slug();
        let url = terms.url(&paths::day(&slug));
        Day {
            id: url.clone(),
            url,
            api: terms.url(&api::day(&slug)),
            month: day.month(),
            day: day.day(),
            words: day.words(terms.style),
            events,
            births,
            deaths,
            previous: terms.url(&api::day(&day.previous().slug())),
            next: terms.url(&api::day(&day.next().slug())),
            slug,
        }
    }
}

impl Life {
    /// A birth or a death.
    pub(in crate::api) fn new(life: &LifeDay, terms: &Terms) -> Life {
        let kind = Registry::People.slug();
        let url = terms.url(&paths::entry(kind, &life.slug));
        Life {
            id: url.clone(),
            url,
            api: terms.url(&api::entry(kind, &life.slug)),
            slug: life.slug.clone(),
            name: life.name.clone(),
            year: life.year.astronomical(),
            date: Date::read(&life.edtf, life.calendar, terms.style),
        }
    }
}
