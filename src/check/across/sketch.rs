//! An article as far as others are compared with it.

use super::super::words::{fold, telling_words};
use crate::articles::model::{Claim, Registry, Source};
use crate::content::{ArticleFile, Names, Place};
use crate::dates::{Calendar, HistoricalDate};

/// An article as far as others are compared with it; small enough that those
/// of 100,000 articles are held at once.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// The file, below the content folder.
    pub path: String,
    /// From the name of the file.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// Where the file says it.
    pub title_place: Place,
    /// What tells the title from others: folded words without years, sorted.
    pub title_words: Vec<String>,
    /// The names that it carries.
    pub names: Vec<ListedName>,
    /// Slugs of the entries of its places.
    pub places: Vec<String>,
    /// The declared dates with both bounds known.
    pub dates: Vec<Days>,
    /// Who says what.
    pub claims: Vec<SketchedClaim>,
    /// Whether readers do not see it yet.
    pub draft: bool,
}

/// A name as an article lists it.
#[derive(Clone, Debug)]
pub struct ListedName {
    /// Where its entry should be.
    pub registry: Registry,
    /// The name.
    pub name: String,
    /// Where the file says so.
    pub place: Place,
}

/// The first and last day that a declared date may mean, as day numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
    /// Whether the article is known by this date.
    pub primary: bool,
}

/// A claim in the form in which it is compared.
#[derive(Clone, Debug)]
pub struct SketchedClaim {
    /// What it is about, and what of it, folded.
    pub about: (String, String),
    /// The property as the file writes it.
    pub property: String,
    /// The value as the file writes it.
    pub value: String,
    /// What the value is compared by: dates by their days, all else without
    /// case, spacing and kinds of quotation marks.
    pub likeness: String,
    /// Where the file says so.
    pub place: Place,
    /// Whether the editors have ruled.
    pub ruled: bool,
    /// The works that say so.
    pub works: Works,
}

/// Cited works, each with the id that its article gives it and with what tells
/// it from others everywhere: its address, or its author and title.
pub type Works = Vec<(String, String)>;

impl Sketch {
    /// The sketch of one file.
    #[must_use]
    pub fn of(path: &str, file: &ArticleFile, names: &Names) -> Sketch {
        let calendar = file
            .details
            .primary()
            .map_or(Calendar::Gregorian, |date| date.calendar);
        let claims = file.details.claims.iter().zip(&file.whereabouts.claims);
        Sketch {
            path: path.to_owned(),
            slug: file.slug.to_string(),
            title: file.title.clone(),
            title_place: file.whereabouts.title.clone(),
            title_words: telling_words(&file.title),
            names: file
                .names
                .iter()
                .zip(&file.whereabouts.names)
                .map(|((registry, name), place)| ListedName {
                    registry: *registry,
                    name: name.clone(),
                    place: place.clone(),
                })
                .collect(),
            places: Sketch::named(file, names)
                .filter(|(registry, _)| *registry == Registry::Places)
                .map(|(_, slug)| slug)
                .collect(),
            dates: days(file),
            claims: claims
                .map(|(claim, place)| sketched(claim, place, &file.details.sources, calendar))
                .collect(),
            draft: file.draft,
        }
    }

    /// The registry and the slug of each entry that an article names; an entry
    /// need not have a file of its own.
    pub fn named<'a>(
        file: &'a ArticleFile,
        names: &'a Names,
    ) -> impl Iterator<Item = (Registry, String)> + 'a {
        file.names
            .iter()
            .map(|(registry, name)| (*registry, names.resolve(*registry, name)))
    }
}

fn days(file: &ArticleFile) -> Vec<Days> {
    let dates = file.details.dates.iter();
    dates
        .filter_map(|declared| {
            let date = declared.date().ok()?;
            Some(Days {
                first: date.first_day()?.0,
                last: date.last_day()?.0,
                primary: declared.primary,
            })
        })
        .collect()
}

fn sketched(claim: &Claim, place: &Place, sources: &[Source], calendar: Calendar) -> SketchedClaim {
    let works = claim.sources.iter().map(|id| {
        let source = sources.iter().find(|source| source.id == *id);
        (id.to_string(), source.map(identity).unwrap_or_default())
    });
    SketchedClaim {
        about: (claim.subject.to_string(), fold(&claim.property)),
        property: claim.property.clone(),
        value: claim.value.clone(),
        likeness: likeness(&claim.property, &claim.value, calendar),
        place: place.clone(),
        ruled: claim.ruling.is_some(),
        works: works.collect(),
    }
}

/// What tells a work from all others.
fn identity(source: &Source) -> String {
    match &source.url {
        Some(url) => {
            let url = url
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            url.trim_start_matches("www.")
                .trim_end_matches('/')
                .to_owned()
        }
        None => {
            let author = source.author.as_deref().unwrap_or_default();
            format!("{} {}", fold(author), fold(&source.title))
        }
    }
}

fn likeness(property: &str, value: &str, calendar: Calendar) -> String {
    if fold(property).starts_with("date")
        && let Ok(date) = HistoricalDate::parse(value, calendar)
        && let (Some(first), Some(last)) = (date.first_day(), date.last_day())
    {
        return format!("{}..{}", first.0, last.0);
    }
    let plain = value
        .to_lowercase()
        .replace(['‘', '’'], "'")
        .replace(['“', '”'], "\"");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_alike_in_spite_of_case_spaces_and_quotation_marks() {
        let like = |property: &str, one: &str, two: &str| {
            likeness(property, one, Calendar::Gregorian)
                == likeness(property, two, Calendar::Gregorian)
        };
        assert!(like("captor", "Mao’s  army", "mao's army "));
        assert!(!like("captor", "Mao’s army", "Kim’s army"));
        assert!(like("date", "1951-01-04", " 1951-01-04"));
        assert!(like("date of battle", "1951-01-XX", "1951-01"));
        assert!(!like("date", "1951-01-04", "1951-01-07"));
    }
}
