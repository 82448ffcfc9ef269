//! A stretch of time as annals: what the pages of years, decades and centuries
//! have in common.

use actix_web::HttpResponse;
use askama::Template;

use super::entries::Listing;
use super::lives::LivesView;
use super::{Given, MAX_AGE, hrefs};
use crate::articles::inputs;
use crate::articles::queries::Range;
use crate::calendar::structured;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::site::shell::{Link, Section, Shell};
use crate::site::turning::Turn;
use crate::site::{self, CachePolicy};

/// A year, a decade or a century in order of time.
#[derive(Template)]
#[template(path = "calendar/annals.html")]
pub(super) struct AnnalsPage {
    pub(super) shell: Shell,
    /// The larger pages around this one, the largest first.
    pub(super) path: Vec<Link>,
    pub(super) heading: Heading,
    pub(super) note: Option<String>,
    /// "years", "decades", "centuries".
    pub(super) kind: &'static str,
    /// The pages before and after that have articles.
    pub(super) nearest: (Option<Link>, Option<Link>),
    pub(super) parts: Vec<Part>,
    /// Where the list can be longer than a page.
    pub(super) turn: Option<Turn>,
    /// Who was born and died in a year.
    pub(super) lives: Vec<LivesView>,
}

/// How the page is headed.
pub(super) enum Heading {
    /// "1951"; "1950" and "s".
    Figure { number: String, unit: String },
    /// "20th century".
    Name(String),
}

impl Heading {
    fn words(&self) -> String {
        match self {
            Heading::Figure { number, unit } => format!("{number}{unit}"),
            Heading::Name(name) => name.clone(),
        }
    }
}

/// What stands under one heading in the spine: a month, a year, a decade.
pub(super) struct Part {
    pub(super) label: String,
    pub(super) href: Option<String>,
    pub(super) count_words: Option<String>,
    /// The heading says what is unknown.
    pub(super) is_unknown: bool,
    pub(super) groups: Vec<Group>,
}

/// What stands beside one figure in the column: a day of a month, a year of a
/// decade.
pub(super) struct Group {
    pub(super) figure: Option<Link>,
    /// What a figure that is a day leaves to its part: the month, for those who
    /// hear the figure alone.
    pub(super) month: Option<String>,
    /// Others of its part have figures, and it has none.
    pub(super) is_indented: bool,
    /// "Year unknown".
    pub(super) unknown: Option<&'static str>,
    pub(super) listing: Listing,
}

impl Part {
    /// What has no smaller heading of its own.
    pub(super) fn unknown(label: &str, listing: Listing) -> Part {
        Part {
            label: label.to_owned(),
            href: None,
            count_words: None,
            is_unknown: true,
            groups: vec![Group::plain(listing)],
        }
    }
}

impl Group {
    /// A list under its part.
    pub(super) fn plain(listing: Listing) -> Group {
        Group {
            figure: None,
            month: None,
            is_indented: false,
            unknown: None,
            listing,
        }
    }
}

impl Given {
    /// The answer with such a page, turning to those nearest to it.
    /// `range` is what stands on it.
    pub(super) fn annals(
        &self,
        range: Range,
        mut page: AnnalsPage,
    ) -> Result<HttpResponse, AppError> {
        let (previous, next) = hrefs(&page.nearest);
        let turn = page.turn.as_ref();
        let previous = turn.and_then(Turn::previous).or(previous);
        let next = turn.and_then(Turn::next).or(next);
        let block = structured::place(&page.shell, &page.path, &page.heading.words());
        page.shell = page
            .shell
            .section(Section::Timeline)
            .neighbours(previous, next)
            .structured(block);
        let cache = CachePolicy::Public { max_age: MAX_AGE };
        let years = (range.first..=range.last).map(inputs::in_year);
        Ok(depends_on(
            site::page(&page, cache)?,
            Inputs::of(years).and([inputs::told_years()]),
        ))
    }
}
