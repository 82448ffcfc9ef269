//! Articles: the kernel. Other features read its model and its queries.
//!
//! URLs: /articles/{slug}, /random, /media/{name}. Tables: articles, standings,
//! tags, tallies, aliases, claims, tombstones, pictures, picture_uses, renditions,
//! revisions.

mod accounts;
mod cards;
pub mod inputs;
pub mod lead;
pub mod locator;
mod media;
pub mod model;
mod notices;
mod pages;
mod picture;
pub mod queries;
mod revisions;
mod source_view;
mod structured;
mod teaser;

use actix_web::web;

use crate::dates::{DateStyle, DayNumber};
use crate::error::{AppError, Gone};
use crate::paths;

pub(crate) use accounts::SaidView;
pub use accounts::{Contradiction, DisputedAccount, Saying, claimed_date};
pub use cards::{Face, FaceDate, FaceEvent, FaceKind, FacePicture, MOST_EVENTS};
pub use locator::{Gazetteer, MapView};
pub use notices::{HoldNotice, NoticeView, Notices, case_link};
pub(crate) use pages::{
    ARTICLE_CACHE, Arrival, ArticlePage, ArticleView, DateView, NeighbourView, answer, arrive,
};
pub use picture::Picture;
pub use revisions::{Revision, Revisions};
pub use source_view::SourceView;
use teaser::years_since_spot;
pub use teaser::{Teaser, YearsAgo, teasers, years_since};

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::ARTICLE_ROUTE).get(pages::show))
        .service(web::resource(paths::RANDOM).get(pages::random))
        .service(web::resource(paths::MEDIA_ROUTE).get(media::show));
}

/// The answer for a removed article, with the day of its removal in words.
#[must_use]
pub fn gone(gone: Gone, style: DateStyle) -> AppError {
    AppError::Gone(Gone {
        date: model::site_date_words(&gone.date, style),
        ..gone
    })
}

/// Who the site is shown to: readers, or editors who look at drafts.
#[derive(Clone, Debug)]
pub struct Audience {
    /// Drafts, and what is to be published in the future, are shown too.
    pub drafts: bool,
    /// The zone whose day decides what has been published.
    pub zone: jiff::tz::TimeZone,
}

/// What may be seen at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visibility {
    /// Articles published on this day number or before.
    pub until: i64,
    /// Drafts too.
    pub drafts: bool,
}

impl Visibility {
    /// Drafts and articles of the future too, for editors.
    pub const EVERYTHING: Visibility = Visibility {
        until: i64::MAX,
        drafts: true,
    };
}

impl Audience {
    /// What may be seen now.
    #[must_use]
    pub fn now(&self) -> Visibility {
        if self.drafts {
            return Visibility::EVERYTHING;
        }
        let today = jiff::Timestamp::now().to_zoned(self.zone.clone()).date();
        Visibility {
            until: day_number(today),
            drafts: false,
        }
    }
}

/// What is published on a day has this number in the database.
fn day_number(day: jiff::civil::Date) -> i64 {
    let (month, date) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    DayNumber::from_gregorian(i64::from(day.year()), month, date).map_or(0, |day| day.0)
}
