//! The files of cards.

use std::time::Duration;

use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue, LOCATION};
use actix_web::{HttpResponse, web};
use diesel::QueryResult;

use super::{Imprint, Plate, Press, design};
use crate::articles::model::{EntryDetails, Registry};
use crate::articles::{
    self, Audience, Face, FaceKind, FacePicture, Gazetteer, MOST_EVENTS, Visibility, inputs,
    locator, queries,
};
use crate::config::Config;
use crate::dates::{DateStyle, Day};
use crate::db::{AnyConnection, Db};
use crate::editions::{Inputs, depends_on};
use crate::error::{AppError, Gone};
use crate::paths::{self, sharing};
use crate::pictures::{self, Format, Wanted};
use crate::site;
use crate::site::shell::Identity;
use crate::site::uncoded::{Keeping, Uncoded};

/// How long an answer may be kept that is another one tomorrow.
const SHORT: &str = "public, max-age=60";

/// The same, for ourselves.
const SHORT_TIME: Duration = Duration::from_secs(60);

/// The longest slug that anything has, and more.
const LONGEST_NAME: usize = 300;

/// What the handler works with.
type Given = (
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
    web::Data<Gazetteer>,
    web::Data<Press>,
);

/// What a card is asked for by.
#[derive(Clone)]
struct Asked {
    kind: FaceKind,
    slug: String,
    style: DateStyle,
    visibility: Visibility,
    site: String,
}

/// What there is under an address.
enum Found {
    /// The card as it is now, and the picture on it.
    Card(Box<Face>, Option<Vec<u8>>),
    /// The article lives under another slug.
    Alias(String, i64),
    Gone(Gone),
    Nothing,
}

/// `GET /cards/{kind}/{slug}.{revision}.png`. Another revision than the present
/// one leads to the present card, so that the preview of an old link learns of
/// corrections; one that there never was leads nowhere.
pub(super) async fn show(
    path: web::Path<(String, String)>,
    (db, audience, site, config, gazetteer, press): Given,
) -> Result<HttpResponse, AppError> {
    let (kind, name) = path.into_inner();
    let kind = FaceKind::ALL.into_iter().find(|one| one.as_str() == kind);
    let kind = kind.ok_or(AppError::NotFound)?;
    let (slug, revision) = parts(&name).ok_or(AppError::NotFound)?;
    let (style, visibility) = (config.date_style, audience.now());
    let asked = Asked {
        kind,
        slug: slug.to_owned(),
        style,
        visibility,
        site: site.name.clone(),
    };
    let found = db
        .read_public(move |conn| asked.find(conn, &gazetteer))
        .await?;
    let (face, rendition) = match found {
        Found::Card(face, rendition) => (*face, rendition),
        Found::Alias(slug, now) => {
            let known = known_revision(FaceKind::Article, revision, &now.to_string());
            return if known {
                Ok(elsewhere(&sharing::card(
                    "article",
                    &slug,
                    &now.to_string(),
                )))
            } else {
                Err(AppError::NotFound)
            };
        }
        Found::Gone(gone) => return Err(articles::gone(gone, style)),
        Found::Nothing => return Err(AppError::NotFound),
    };
    let now = face.revision();
    if now != revision {
        return if known_revision(kind, revision, &now) {
            Ok(elsewhere(&face.path()))
        } else {
            Err(AppError::NotFound)
        };
    }
    let is_waiting = face.picture.is_some() && rendition.is_none();
    let is_fleeting = face.is_held || visibility.drafts || is_waiting;
    let imprint = Imprint {
        name: site.name.clone(),
        host: host(&site.base_url),
    };
    let key = format!("{} {}", face.digest(), rendition.is_some());
    let draw = move || {
        let credit = face.picture.as_ref().map(|one| one.credit.clone());
        let plate = rendition
            .zip(credit)
            .and_then(|(bytes, credit)| Plate::new(&bytes, credit));
        design::draw(&face, &imprint, plate.as_ref())
    };
    let bytes = press.card(key, draw).await?;
    let mut response = site::immutable("image/png", bytes);
    let headers = response.headers_mut();
    if is_fleeting {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(SHORT));
    }
    let inputs = match kind {
        FaceKind::Article => Inputs::of([inputs::article(slug), inputs::places()]),
        FaceKind::Day => Inputs::of(Day::parse_slug(slug).map(inputs::on_day)),
        FaceKind::Person => of_entry(Registry::People, slug),
        FaceKind::Place => of_entry(Registry::Places, slug).and([inputs::places()]),
        FaceKind::Site => Inputs::nothing(),
    };
    // Whoever shows the link shows the card, from wherever they are.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    if is_waiting && let Some(uncoded) = response.extensions_mut().get_mut::<Uncoded>() {
        // No change says when the picture is ready.
        uncoded.keeping = Keeping::For(SHORT_TIME);
    }
    Ok(depends_on(response, inputs))
}

fn of_entry(registry: Registry, slug: &str) -> Inputs {
    Inputs::of([inputs::entry(registry, slug), inputs::named(registry, slug)])
}

impl Asked {
    fn find(&self, conn: &mut AnyConnection, gazetteer: &Gazetteer) -> QueryResult<Found> {
        let face = match self.kind {
            FaceKind::Article => return self.article(conn, gazetteer),
            FaceKind::Day => self.day(conn)?,
            FaceKind::Person => self.entry(conn, gazetteer, Registry::People)?,
            FaceKind::Place => self.entry(conn, gazetteer, Registry::Places)?,
            FaceKind::Site => Some(Face::of_site(&self.site)).filter(|face| face.slug == self.slug),
        };
        Ok(face.map_or(Found::Nothing, |face| Found::Card(Box::new(face), None)))
    }

    /// Found, moved, gone or not there as for the article's own page.
    fn article(&self, conn: &mut AnyConnection, gazetteer: &Gazetteer) -> QueryResult<Found> {
        let Some(article) = queries::by_slug(conn, &self.slug, self.visibility)? else {
            let moved = queries::alias_target(conn, &paths::article(&self.slug))?;
            if let Some(slug) = moved
                && let Some(article) = queries::by_slug(conn, &slug, self.visibility)?
            {
                return Ok(Found::Alias(slug, article.revision));
            }
            return Ok(queries::tombstone(conn, &self.slug)?.map_or(Found::Nothing, Found::Gone));
        };
        let mut face = Face::of_article(&article, None, self.style);
        let rendition = match &face.picture {
            Some(picture) => rendition(conn, picture)?,
            None => None,
        };
        // The map also stands in for a picture that is not ready yet.
        if rendition.is_none() {
            let places = gazetteer.places(conn)?;
            face.map = locator::of_article(&article.details, &article.tags, &places);
        }
        Ok(Found::Card(Box::new(face), rendition))
    }

    fn day(&self, conn: &mut AnyConnection) -> QueryResult<Option<Face>> {
        let Some(day) = Day::parse_slug(&self.slug) else {
            return Ok(None);
        };
        let (month, number) = (i64::from(day.month()), i64::from(day.day()));
        let spots = queries::outline_of_day(conn, month, Some(number), self.visibility)?;
        let events = queries::some_of_day(conn, &spots, MOST_EVENTS, self.visibility)?;
        Ok(Some(Face::of_day(day, &events)))
    }

    /// A person or a place, with a file of its own or only named.
    fn entry(
        &self,
        conn: &mut AnyConnection,
        gazetteer: &Gazetteer,
        registry: Registry,
    ) -> QueryResult<Option<Face>> {
        let slug = &self.slug;
        let outline = queries::outline_of_entry(conn, registry, slug, self.visibility)?;
        let events = queries::some_of_entry(conn, &outline, MOST_EVENTS, self.visibility)?;
        let (name, details) = match queries::written_entry(conn, registry, slug)? {
            Some(written) => (written.name, written.details),
            None => {
                let named = queries::first_name(conn, registry, slug, &outline)?;
                let Some(name) = named else {
                    return Ok(None);
                };
                (name, EntryDetails::default())
            }
        };
        if registry == Registry::People {
            let face = Face::of_person(slug, &name, &details, &events, self.style);
            return Ok(Some(face));
        }
        let map = locator::of_place(slug, &*gazetteer.places(conn)?);
        Ok(Some(Face::of_place(slug, &name, &details, &events, map)))
    }
}

/// The narrowest rendition that is wide enough, if it has been made.
fn rendition(conn: &mut AnyConnection, picture: &FacePicture) -> QueryResult<Option<Vec<u8>>> {
    let widths = pictures::widths(picture.stored.width);
    let enough = |width: &&u32| f64::from(**width) >= design::PLATE_WIDTH;
    let Some(width) = widths.iter().find(enough).or(widths.last()) else {
        return Ok(None);
    };
    let wanted = Wanted {
        width: *width,
        format: Format::WebP,
    };
    queries::rendition(conn, &picture.stored.hash, wanted)
}

/// The slug and the revision in the name of a file.
fn parts(name: &str) -> Option<(&str, &str)> {
    let stem = name.strip_suffix(".png")?;
    let (slug, revision) = stem.rsplit_once('.')?;
    (name.len() <= LONGEST_NAME && !slug.is_empty()).then_some((slug, revision))
}

/// Whether a card may have had this revision before the present one: an
/// article any lower number, anything else any hash.
fn known_revision(kind: FaceKind, revision: &str, now: &str) -> bool {
    if kind != FaceKind::Article {
        let is_digit = |one: u8| one.is_ascii_digit() || (b'a'..=b'f').contains(&one);
        return revision.len() == now.len() && revision.bytes().all(is_digit);
    }
    let number = revision.parse().ok();
    let number = number.filter(|number: &i64| number.to_string() == revision);
    number
        .zip(now.parse().ok())
        .is_some_and(|(number, now)| (1..=now).contains(&number))
}

/// The card is another one since that address was written down.
fn elsewhere(path: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((LOCATION, path))
        .insert_header((CACHE_CONTROL, SHORT))
        .finish()
}

/// An address without what every browser leaves out.
fn host(base_url: &str) -> String {
    let address = base_url
        .split_once("://")
        .map_or(base_url, |(_, rest)| rest);
    address.trim_start_matches("www.").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_slug_a_revision_and_an_end() {
        assert_eq!(parts("a.b.3.png"), Some(("a.b", "3")));
        let long = format!("{}.1.png", "a".repeat(10_000));
        for name in ["", "a", "a.png", ".png", ".1.png", "a.1.svg", "a.1", &long] {
            assert_eq!(parts(name), None, "{name}");
        }
    }

    #[test]
    fn only_what_was_once_leads_to_what_is() {
        let article = |revision| known_revision(FaceKind::Article, revision, "3");
        assert!(article("1") && article("2"));
        for never in ["4", "0", "-1", "01", "+1", "", "x", "99999999999999999999"] {
            assert!(!article(never), "{never}");
        }
        let day = |revision| known_revision(FaceKind::Day, revision, "0123456789ab");
        assert!(day("ffffffffffff") && !day("fffffffffffg") && !day("ffff") && !day(""));
    }
}
