//! Sitemaps (<https://www.sitemaps.org>): every page that answers by itself,
//! allows to be found, and is not another spelling of one that is listed.

use std::collections::BTreeSet;
use std::io;

use actix_web::{HttpResponse, web};
use diesel::QueryResult;
use jiff::tz::TimeZone;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::queries as own;
use crate::articles::model::Registry;
use crate::articles::queries::{self, Published, Range, Stretch};
use crate::articles::{Audience, Visibility};
use crate::cases::HoldKind;
use crate::dates::{Day, Year, month_slug};
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::paths::{self, api, feeds, record, sharing};
use crate::pictures::Sources;
use crate::site::shell::Identity;
use crate::site::{CachePolicy, document};

/// How many addresses a file holds. The standard allows 50,000 of them and
/// 50 MB, and 50,000 files; with fewer in each, none takes long to write or
/// much memory.
const LIMIT: usize = 2_000;

const KEPT: CachePolicy = CachePolicy::Public { max_age: 3_600 };

const XML: &str = "application/xml; charset=utf-8";

const SITEMAPS: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The extension for pictures; of its elements only `image:loc` is still read.
const IMAGES: &str = "http://www.google.com/schemas/sitemap-image/1.1";

/// All sitemaps of a site.
#[derive(Clone, Debug)]
pub struct Sitemaps {
    /// Scheme and host, without a slash at the end.
    pub base_url: String,
    /// The zone of the site, in which the days of its files are meant.
    pub zone: TimeZone,
    /// What all readers may see.
    pub visibility: Visibility,
    /// How many addresses a file holds, at least 1.
    pub limit: usize,
}

/// The kinds of file.
#[derive(Clone, Copy)]
enum Kind {
    Articles,
    /// Days, months, years, decades, centuries.
    Dates,
    /// Entries of the registries.
    Names,
    /// What the site has besides.
    Pages,
}

/// One `<url>`.
struct Entry {
    loc: String,
    lastmod: Option<String>,
    images: Vec<String>,
}

/// `GET /sitemap.xml`
pub(super) async fn index(
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let sitemaps = Sitemaps::new(&audience, &site);
    let text = db.read_public(move |conn| sitemaps.index(conn)).await?;
    Ok(document::answer(XML, text, KEPT))
}

/// `GET /sitemaps/{name}.xml`
pub(super) async fn part(
    name: web::Path<String>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let name = name.into_inner();
    let sitemaps = Sitemaps::new(&audience, &site);
    let text = db
        .read_public(move |conn| sitemaps.part(conn, &name))
        .await?;
    Ok(document::answer(XML, text.ok_or(AppError::NotFound)?, KEPT))
}

impl Sitemaps {
    fn new(audience: &Audience, site: &Identity) -> Sitemaps {
        // An instance that previews drafts lists them nowhere.
        let public = Audience {
            drafts: false,
            zone: audience.zone.clone(),
        };
        Sitemaps {
            base_url: site.base_url.clone(),
            zone: audience.zone.clone(),
            visibility: public.now(),
            limit: LIMIT,
        }
    }

    /// The index, which names every file that has something in it.
    ///
    /// # Errors
    /// The database's.
    pub fn index(&self, conn: &mut AnyConnection) -> QueryResult<String> {
        let mut names = Vec::new();
        for kind in Kind::ALL {
            let count = match kind {
                Kind::Articles => {
                    let count = queries::number_of_articles(conn, self.visibility)?;
                    usize::try_from(count).unwrap_or(0)
                }
                _ => self.paths(conn, kind)?.len(),
            };
            for number in 1..=count.div_ceil(self.limit.max(1)) {
                names.push(format!("{}-{number}", kind.name()));
            }
        }
        written(|writer| {
            writer
                .create_element("sitemapindex")
                .with_attribute(("xmlns", SITEMAPS))
                .write_inner_content(|writer| {
                    for name in &names {
                        let address = paths::absolute(&self.base_url, &feeds::sitemap(name));
                        writer
                            .create_element("sitemap")
                            .write_inner_content(|writer| element(writer, "loc", &address))?;
                    }
                    Ok(())
                })?;
            Ok(())
        })
    }

    /// One file, by a name such as `articles-1`; `None` if there is none.
    ///
    /// # Errors
    /// The database's.
    pub fn part(&self, conn: &mut AnyConnection, name: &str) -> QueryResult<Option<String>> {
        let Some((kind, number)) = Kind::parse(name) else {
            return Ok(None);
        };
        let limit = self.limit.max(1);
        let Some(skip) = (number - 1).checked_mul(limit) else {
            return Ok(None);
        };
        let entries = match kind {
            Kind::Articles => {
                let stretch = Stretch {
                    skip: i64::try_from(skip).unwrap_or(i64::MAX),
                    at_most: i64::try_from(limit).ok(),
                    ..Stretch::default()
                };
                let mut entries = Vec::new();
                queries::each_published(conn, &stretch, &self.zone, self.visibility, |one| {
                    entries.push(self.article(&one));
                })?;
                entries
            }
            _ => self
                .paths(conn, kind)?
                .into_iter()
                .skip(skip)
                .take(limit)
                .map(|path| Entry {
                    loc: paths::absolute(&self.base_url, &path),
                    lastmod: None,
                    images: Vec::new(),
                })
                .collect(),
        };
        if entries.is_empty() {
            return Ok(None);
        }
        written(|writer| {
            writer
                .create_element("urlset")
                .with_attribute(("xmlns", SITEMAPS))
                .with_attribute(("xmlns:image", IMAGES))
                .write_inner_content(|writer| {
                    entries.iter().try_for_each(|one| one.write(writer))
                })?;
            Ok(())
        })
        .map(Some)
    }

    fn article(&self, article: &Published) -> Entry {
        let at = |path: &str| paths::absolute(&self.base_url, path);
        let mut images = Vec::new();
        if let Some(picture) = &article.picture {
            images.push(at(&Sources::widest(&picture.hash, picture.width)));
        }
        if !article.held.contains(&HoldKind::Text) {
            let revision = article.revision.to_string();
            images.push(at(&sharing::card("article", &article.slug, &revision)));
        }
        Entry {
            loc: at(&paths::article(&article.slug)),
            lastmod: jiff::Timestamp::from_millisecond(article.times.updated_at)
                .ok()
                .map(|at| at.to_string()),
            images,
        }
    }

    fn paths(&self, conn: &mut AnyConnection, kind: Kind) -> QueryResult<Vec<String>> {
        match kind {
            Kind::Articles => Ok(Vec::new()),
            Kind::Dates => self.dates(conn),
            Kind::Names => self.names(conn),
            Kind::Pages => pages(conn),
        }
    }

    /// The pages of time on which something stands.
    fn dates(&self, conn: &mut AnyConnection) -> QueryResult<Vec<String>> {
        let days = queries::days_with_entries(conn, self.visibility)?;
        let small = |number: i64| u8::try_from(number).ok();
        let days: Vec<Day> = days
            .into_iter()
            .filter_map(|(month, day)| Day::new(small(month)?, small(day)?))
            .collect();
        let mut months = BTreeSet::new();
        for month in 1..=12 {
            let has_days = days.iter().any(|day| day.month() == month);
            if has_days || queries::is_told_without_day(conn, i64::from(month), self.visibility)? {
                months.insert(month);
            }
        }
        let all = Range {
            first: -Year::LIMIT,
            last: Year::LIMIT,
            spans: (1, 100),
        };
        let told = queries::told_in(conn, all, self.visibility)?;
        let years = |span: i64| {
            let told = told.iter().filter(move |one| one.span <= span);
            told.map(|one| Year::from_astronomical(one.year))
        };
        let decades: BTreeSet<(Year, String)> = years(10)
            .map(|year| (year.decade().first(), year.decade().slug()))
            .collect();
        let centuries: BTreeSet<(Year, String)> = years(100)
            .map(|year| (year.century().first(), year.century().slug()))
            .collect();
        let mut found: Vec<String> = Vec::new();
        found.extend(days.iter().map(|day| paths::day(&day.slug())));
        let months = months.into_iter().filter_map(month_slug);
        found.extend(months.map(paths::month));
        found.extend(years(1).map(|year| paths::year(&year.slug())));
        found.extend(decades.iter().map(|(_, slug)| paths::decade(slug)));
        found.extend(centuries.iter().map(|(_, slug)| paths::century(slug)));
        Ok(found)
    }

    /// The entries that articles name.
    fn names(&self, conn: &mut AnyConnection) -> QueryResult<Vec<String>> {
        let mut found = Vec::new();
        for registry in Registry::ALL {
            let mut slugs: Vec<String> = queries::tag_counts(conn, registry, self.visibility)?
                .into_iter()
                .map(|(slug, ..)| slug)
                .collect();
            slugs.sort_unstable();
            found.extend(slugs.iter().map(|slug| paths::entry(registry.slug(), slug)));
        }
        Ok(found)
    }
}

/// What the site has besides: the ways in, and what it says about itself. The
/// front page is not among them: it is the page of a day under another address.
fn pages(conn: &mut AnyConnection) -> QueryResult<Vec<String>> {
    let ways = [
        paths::TIMELINE,
        paths::MAP,
        record::LEDGER,
        feeds::FEEDS,
        api::API,
        paths::COLOPHON,
    ];
    let mut found: Vec<String> = ways.map(str::to_owned).to_vec();
    found.extend(Registry::ALL.map(|registry| paths::registry(registry.slug())));
    let about = own::pages(conn)?
        .into_iter()
        .map(|slug| paths::about(&slug));
    // The form stands where its words would.
    found.extend(about.filter(|path| path != paths::CONTACT));
    Ok(found)
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Articles, Kind::Dates, Kind::Names, Kind::Pages];

    fn name(self) -> &'static str {
        match self {
            Kind::Articles => "articles",
            Kind::Dates => "dates",
            Kind::Names => "names",
            Kind::Pages => "pages",
        }
    }

    /// The kind and the number, from 1, of a file by its name; only in the one
    /// spelling that the index has.
    fn parse(name: &str) -> Option<(Kind, usize)> {
        let (kind, number) = name.rsplit_once('-')?;
        let kind = Kind::ALL.into_iter().find(|one| one.name() == kind)?;
        let known: usize = number.parse().ok().filter(|number| *number > 0)?;
        (known.to_string() == number).then_some((kind, known))
    }
}

impl Entry {
    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        writer.create_element("url").write_inner_content(|writer| {
            element(writer, "loc", &self.loc)?;
            if let Some(lastmod) = &self.lastmod {
                element(writer, "lastmod", lastmod)?;
            }
            for image in &self.images {
                writer
                    .create_element("image:image")
                    .write_inner_content(|writer| element(writer, "image:loc", image))?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    writer
        .create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

fn written(write: impl FnOnce(&mut Writer<Vec<u8>>) -> io::Result<()>) -> QueryResult<String> {
    let mut writer = Writer::new(Vec::new());
    let declaration = BytesDecl::new("1.0", Some("UTF-8"), None);
    let result = writer
        .write_event(Event::Decl(declaration))
        .and_then(|()| write(&mut writer));
    // Memory takes whatever is written to it, and what is written is text.
    let text = result.and_then(|()| {
        String::from_utf8(writer.into_inner())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    });
    text.map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name() {
        assert!(matches!(
            Kind::parse("articles-1"),
            Some((Kind::Articles, 1))
        ));
        assert!(matches!(Kind::parse("names-12"), Some((Kind::Names, 12))));
        for other in [
            "articles",
            "articles-",
            "articles-0",
            "articles-01",
            "articles-+1",
            "articles--1",
            "other-1",
            "-1",
            "articles-99999999999999999999999",
        ] {
            assert!(Kind::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn what_means_something_in_xml_is_escaped() {
        let text = written(|writer| element(writer, "loc", "https://x.example/?a=1&b=<'\">"));
        let text = text.unwrap();
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        assert!(text.contains("?a=1&amp;b=&lt;"), "{text}");
    }
}
