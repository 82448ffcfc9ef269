//! The shape of the answers, each member in the place in which Wikimedia sends
//! it, and what an address asks for.

use serde::Serialize;
use utoipa::ToSchema;

use crate::dates::Day;

/// What happened on a day. It holds the list that was asked for, and with `all`
/// the five of them.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = OnThisDay)]
pub(super) struct Answer {
    /// About five events, chosen anew each year.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) selected: Option<Vec<Item>>,
    /// Everything that stands on the page of the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) events: Option<Vec<Item>>,
    /// People of the registry whose day of birth is sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) births: Option<Vec<Item>>,
    /// People of the registry whose day of death is sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) deaths: Option<Vec<Item>>,
    /// Always empty: this site keeps no holidays.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) holidays: Option<Vec<Item>>,
}

/// An event, a birth or a death.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OnThisDayItem)]
pub(super) struct Item {
    /// What happened, in a line of plain text without its year.
    #[schema(example = "Chinese and North Korean forces capture Seoul.")]
    pub(super) text: String,
    /// The pages about it, never none: first that of the event or of the
    /// person, then those of the people, places, organisations and topics that
    /// the article names.
    #[schema(min_items = 1)]
    pub(super) pages: Vec<Summary>,
    /// The year, in the calendar as sourced. The years before the common era
    /// are their plain numbers with a minus: 399 BCE is -399.
    #[schema(example = 1951)]
    pub(super) year: i64,
}

/// A page, as an article of Wikipedia would be told of.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PageSummary)]
pub(super) struct Summary {
    /// `standard`, or `no-extract` of a page whose text is not there or kept
    /// back.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "standard")]
    pub(super) kind: SummaryKind,
    /// The title with underscores instead of spaces.
    pub(super) title: String,
    /// The title as HTML.
    pub(super) displaytitle: String,
    /// Always the main namespace.
    pub(super) namespace: Namespace,
    /// The item of Wikidata, of people and places that have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "Q1048")]
    pub(super) wikibase_item: Option<String>,
    /// The title in three forms.
    pub(super) titles: Titles,
    /// A number that belongs to the address of the page, from 1 to 2147483647.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    pub(super) pageid: u32,
    /// The illustration in its smallest width.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) thumbnail: Option<Image>,
    /// The illustration in its largest width.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) originalimage: Option<Image>,
    /// Language of the text, as in BCP 47.
    #[schema(example = "en")]
    pub(super) lang: &'static str,
    /// Direction of the text.
    #[schema(example = "ltr")]
    pub(super) dir: &'static str,
    /// The number of the article's revision; of other pages a number that
    /// changes with what they say. Digits.
    #[schema(example = "3")]
    pub(super) revision: String,
    /// A UUID that changes with the revision.
    pub(super) tid: String,
    /// When the article was last corrected or clarified, RFC 3339, UTC.
    #[schema(format = "date-time")]
    pub(super) timestamp: String,
    /// What the page is about, in a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) description: Option<String>,
    /// Always `local`, where there is a description.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) description_source: Option<&'static str>,
    /// Where it was, of places, and of events at a known place.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub(super) coordinates: Option<Coordinates>,
    /// The page and what belongs to it.
    pub(super) content_urls: ContentUrls,
    /// The beginning of the text, plain.
    pub(super) extract: String,
    /// The same as HTML.
    pub(super) extract_html: String,
    /// The title with spaces.
    pub(super) normalizedtitle: String,
}

/// Whether a page has a text to quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SummaryKind {
    Standard,
    NoExtract,
}

/// A namespace of MediaWiki.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Namespace {
    /// Always 0.
    pub(super) id: u8,
    /// Always empty.
    pub(super) text: &'static str,
}

/// A title in three forms.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Titles {
    /// With underscores instead of spaces.
    pub(super) canonical: String,
    /// With spaces.
    pub(super) normalized: String,
    /// As HTML.
    pub(super) display: String,
}

/// A picture.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Image {
    /// Its address, absolute.
    #[schema(format = "uri")]
    pub(super) source: String,
    /// Pixels.
    pub(super) width: u32,
    /// Pixels.
    pub(super) height: u32,
}

/// Degrees.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct Coordinates {
    /// North.
    #[schema(minimum = -90, maximum = 90)]
    pub(super) lat: f64,
    /// East.
    #[schema(minimum = -180, maximum = 180)]
    pub(super) lon: f64,
}

/// The same addresses twice: the pages of this site fit every screen.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ContentUrls {
    /// For large screens.
    pub(super) desktop: Urls,
    /// For small ones.
    pub(super) mobile: Urls,
}

/// A page and what belongs to it; all absolute.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Urls {
    /// The page itself.
    #[schema(format = "uri")]
    pub(super) page: String,
    /// What it said before; the page itself where that is not kept.
    #[schema(format = "uri")]
    pub(super) revisions: String,
    /// Where an error in it is reported.
    #[schema(format = "uri")]
    pub(super) edit: String,
    /// What was decided about it, of articles.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri")]
    pub(super) talk: Option<String>,
}

/// An error (RFC 9457), with the members that Wikimedia sends.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OnThisDayProblem)]
pub(super) struct Problem {
    /// The status of the answer.
    pub(super) status: u16,
    /// Always `not_found`.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    /// The same in words.
    pub(super) title: &'static str,
    /// What is wrong with the address, and what to ask for instead.
    pub(super) detail: &'static str,
    /// The method of the request.
    pub(super) method: &'static str,
    /// The path that was asked for, cut after 200 characters.
    pub(super) uri: String,
}

/// What an address asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    All,
    Selected,
    Events,
    Births,
    Deaths,
    Holidays,
}

impl Kind {
    /// Reads the word in an address.
    pub(super) fn parse(text: &str) -> Option<Kind> {
        match text {
            "all" => Some(Kind::All),
            "selected" => Some(Kind::Selected),
            "events" => Some(Kind::Events),
            "births" => Some(Kind::Births),
            "deaths" => Some(Kind::Deaths),
            "holidays" => Some(Kind::Holidays),
            _ => None,
        }
    }

    /// Whether the answer holds this list.
    pub(super) fn has(self, list: Kind) -> bool {
        self == list || self == Kind::All
    }
}

/// The day that an address names, each number with or without a zero before it.
pub(super) fn day(month: &str, day: &str) -> Option<Day> {
    Day::new(number(month)?, number(day)?)
}

fn number(text: &str) -> Option<u8> {
    let digits = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_with_and_without_a_zero_and_nothing_else_is() {
        assert_eq!(day("01", "04"), Day::new(1, 4));
        assert_eq!(day("1", "4"), Day::new(1, 4));
        assert_eq!(day("02", "29"), Some(Day::LEAP));
        for (month, date) in [
            ("02", "30"),
            ("04", "31"),
            ("13", "01"),
            ("00", "01"),
            ("01", "32"),
            ("01", "0"),
            ("001", "01"),
            ("", "1"),
            ("+1", "1"),
            ("-1", "1"),
            ("1 ", "1"),
            ("١", "١"),
            ("jan", "four"),
        ] {
            assert_eq!(day(month, date), None, "{month}/{date}");
        }
    }
}
