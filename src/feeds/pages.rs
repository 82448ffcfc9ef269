//! The page that explains feeds and calendars to people, and lists them.

use actix_web::HttpResponse;
use askama::Template;

use super::Given;
use crate::articles::Visibility;
use crate::articles::model::Registry;
use crate::articles::queries;
use crate::db::AnyConnection;
use crate::error::AppError;
use crate::paths::{self, feeds, record};
use crate::site::feed::Format;
use crate::site::shell::{Identity, Link, Shell};
use crate::site::{self, CachePolicy};

/// Everything that can be followed.
#[derive(Template)]
#[template(path = "feeds/index.html")]
struct FeedsPage {
    shell: Shell,
    subjects: Vec<Subject>,
    calendar: Calendar,
    /// One entry of each registry that has any, with its addresses.
    examples: Vec<Example>,
    privacy_href: String,
}

/// What can be followed in three forms.
struct Subject {
    heading: &'static str,
    words: String,
    /// The page that shows the same.
    page: Link,
    addresses: Vec<Link>,
}

/// Every day of the year.
struct Calendar {
    /// For programs that subscribe.
    webcal: String,
    /// For those that are given an address.
    address: String,
}

/// An entry of a registry that many articles name.
struct Example {
    /// "Place".
    kind: &'static str,
    entry: Link,
    forms: Vec<Link>,
}

/// `GET /feeds`
pub(super) async fn show(given: Given) -> Result<HttpResponse, AppError> {
    let (_, db, audience, site, config) = given;
    let visibility = audience.now();
    let largest = db
        .read_public(move |conn| largest(conn, visibility))
        .await?;
    let zone = config.time_zone.iana_name().unwrap_or("UTC");
    let page = FeedsPage {
        shell: Shell::new(&site, feeds::FEEDS)
            .title("Feeds")
            .description(format!(
                "Follow {} in a feed reader or in your own calendar: new articles, today in history, corrections.",
                site.name
            )),
        subjects: subjects(&site, &zone.replace('_', " ")),
        calendar: Calendar {
            webcal: feeds::webcal(&site.base_url, feeds::CALENDAR),
            address: paths::absolute(&site.base_url, feeds::CALENDAR),
        },
        examples: largest.into_iter().map(Example::new).collect(),
        privacy_href: paths::about("privacy"),
    };
    site::page(&page, CachePolicy::Public { max_age: 300 })
}

fn subjects(site: &Identity, zone: &str) -> Vec<Subject> {
    let link = |href: &str, label: &str| Link {
        href: href.to_owned(),
        label: label.to_owned(),
    };
    let addresses = |path: &dyn Fn(Format) -> String| -> Vec<Link> {
        let all = Format::ALL.into_iter().map(|format| Link {
            href: paths::absolute(&site.base_url, &path(format)),
            label: format.name().to_owned(),
        });
        all.collect()
    };
    vec![
        Subject {
            heading: "New articles",
            words: "Each article when it is published, the whole of it. A comma that changes disturbs nobody; after a correction your reader has the text as it is now, and what was wrong before.".to_owned(),
            page: link(paths::HOME, "Front page"),
            addresses: addresses(&|format| feeds::feed(format.as_str())),
        },
        Subject {
            heading: "Today in history",
            words: format!("One entry a day, at midnight by the clock of {zone}, with everything that happened on that day of the year. It keeps the last two weeks, for whoever was away."),
            page: link(paths::TODAY, "Today"),
            addresses: addresses(&|format| feeds::today(format.as_str())),
        },
        Subject {
            heading: "Corrections",
            words: "Every report of an error that the editors have decided: what was wrong, what was not, and why.".to_owned(),
            page: link(record::LEDGER, "All corrections"),
            addresses: addresses(&|format| record::ledger_feed(format.as_str())),
        },
    ]
}

/// Of topics, places and people the one that most articles name.
fn largest(
    conn: &mut AnyConnection,
    visibility: Visibility,
) -> diesel::QueryResult<Vec<(Registry, String, String)>> {
    let mut found = Vec::new();
    for registry in [Registry::Places, Registry::People, Registry::Topics] {
        let counts = queries::tag_counts(conn, registry, visibility)?;
        let most = counts
            .into_iter()
            .max_by(|one, other| (one.2, &other.0).cmp(&(other.2, &one.0)));
        if let Some((slug, named, _)) = most {
            let written = queries::written_entry(conn, registry, &slug)?;
            found.push((
                registry,
                slug,
                written.map_or(named, |written| written.name),
            ));
        }
    }
    Ok(found)
}

impl Example {
    fn new((registry, slug, name): (Registry, String, String)) -> Example {
        let form = |extension: &str, label: &str| Link {
            href: feeds::of_entry(registry.slug(), &slug, extension),
            label: label.to_owned(),
        };
        let formats = Format::ALL.map(|format| form(format.as_str(), format.name()));
        Example {
            kind: registry.singular(),
            forms: formats
                .into_iter()
                .chain([form("ics", "Calendar")])
                .collect(),
            entry: Link {
                href: paths::entry(registry.slug(), &slug),
                label: name,
            },
        }
    }
}
