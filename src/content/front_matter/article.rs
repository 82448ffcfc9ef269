//! The front matter of an article.

use serde::Deserialize;
use serde_saphyr::{Location, Spanned};

use super::super::document::{Alias, Allow, Whereabouts};
use super::{Diagnostic, Place, at, is_case_id, place, read, sources};
use crate::articles::model::{
    Claim, Correction, Details, EventDate, Illustration, NamedPoint, Registry, Role, Slug, Source,
    site_day_number,
};
use crate::dates::{Calendar, HistoricalDate};
use crate::markdown::smart_quotes;

/// What an article's file says, read and checked as far as one file can be.
#[derive(Debug)]
pub(in crate::content) struct ArticleMatter {
    pub(in crate::content) title: String,
    pub(in crate::content) summary: String,
    pub(in crate::content) names: Vec<(Registry, String)>,
    pub(in crate::content) pictures: Vec<Illustration>,
    pub(in crate::content) aliases: Vec<Alias>,
    pub(in crate::content) allow: Vec<Allow>,
    pub(in crate::content) draft: bool,
    /// Day number from which it is shown.
    pub(in crate::content) published: i64,
    pub(in crate::content) details: Details,
    pub(in crate::content) whereabouts: Whereabouts,
}

/// Reads the front matter of an article. With errors there is no article, but
/// all of them are told at once as far as the YAML can be read.
pub(in crate::content) fn article(yaml: &str) -> (Option<ArticleMatter>, Vec<Diagnostic>) {
    let raw: RawArticle = match read(yaml, 1) {
        Ok(raw) => raw,
        Err(diagnostic) => return (None, vec![diagnostic]),
    };
    let mut found = Vec::new();
    let matter = raw.check(&mut found);
    let broken = found.iter().any(Diagnostic::is_error);
    (matter.filter(|_| !broken), found)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawArticle {
    title: Spanned<String>,
    summary: Spanned<String>,
    date: Option<Spanned<String>>,
    dates: Option<Spanned<Vec<RawDate>>>,
    #[serde(default)]
    calendar: Calendar,
    date_note: Option<Spanned<String>>,
    place: Option<Spanned<RawPlace>>,
    places: Option<Spanned<Vec<Spanned<RawPlace>>>>,
    #[serde(default)]
    people: Vec<Spanned<String>>,
    #[serde(default)]
    organisations: Vec<Spanned<String>>,
    #[serde(default)]
    topics: Vec<Spanned<String>>,
    illustration: Option<Spanned<Illustration>>,
    #[serde(default)]
    pictures: Vec<Spanned<Illustration>>,
    #[serde(default)]
    sources: Vec<Spanned<Source>>,
    #[serde(default)]
    claims: Vec<Spanned<Claim>>,
    #[serde(default)]
    corrections: Vec<Spanned<Correction>>,
    author: Option<String>,
    reviewer: Option<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    draft: bool,
    published: Option<Spanned<String>>,
    #[serde(default)]
    allow: Vec<Spanned<RawAllow>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDate {
    on: Spanned<String>,
    calendar: Option<Calendar>,
    role: Option<Role>,
    label: Option<String>,
    #[serde(default)]
    primary: bool,
}

/// What is untagged has no places inside, so the place is around it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum RawPlace {
    Name(String),
    At { name: String, lat: f64, lon: f64 },
}

/// A lint that the article silences, with the reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAllow {
    code: String,
    reason: String,
}

impl RawArticle {
    fn check(self, found: &mut Vec<Diagnostic>) -> Option<ArticleMatter> {
        let mut error = |location: Location, code, message: &str| {
            found.push(Diagnostic::error_at(&place(location), code, message));
        };
        let title = smart_quotes(self.title.value.trim());
        if title.is_empty() || title.chars().count() > 200 {
            error(
                self.title.referenced,
                "F010",
                "`title` must hold between 1 and 200 characters",
            );
        }
        let summary = smart_quotes(self.summary.value.trim());
        let length = summary.chars().count();
        if length == 0 || length > 300 {
            error(
                self.summary.referenced,
                "F011",
                &format!("`summary` must hold between 1 and 300 characters; it has {length}"),
            );
        }
        let dates = check_dates(self.date, self.dates, self.calendar, &mut error);
        let date_note_place = self.date_note.as_ref().map(|note| place(note.referenced));

        let mut names: Vec<(Registry, String)> = Vec::new();
        let mut name_places = Vec::new();
        let mut coordinates = Vec::new();
        let mut points = Vec::new();
        if let (Some(_), Some(both)) = (&self.place, &self.places) {
            error(
                both.referenced,
                "F014",
                "`place` and `places` are both given: keep one of them",
            );
        }
        let places = self
            .place
            .into_iter()
            .chain(self.places.map(|places| places.value).unwrap_or_default())
            .enumerate()
            .map(|(index, place)| {
                let name = match place.value {
                    RawPlace::Name(name) => name,
                    RawPlace::At { name, lat, lon } => {
                        coordinates.push((index, lat, lon));
                        points.push(NamedPoint::new(smart_quotes(name.trim()), lat, lon));
                        name
                    }
                };
                (name, place.referenced)
            })
            .collect::<Vec<_>>();
        let lists = [
            (Registry::Places, places),
            (Registry::People, names_of(self.people)),
            (Registry::Organisations, names_of(self.organisations)),
            (Registry::Topics, names_of(self.topics)),
        ];
        for (registry, list) in lists {
            for (name, location) in list {
                let trimmed = smart_quotes(name.trim());
                if Slug::from_name(&trimmed).is_none() {
                    error(
                        location,
                        "F015",
                        &format!(
                            "“{trimmed}” in `{}` holds no letter or digit",
                            registry.slug()
                        ),
                    );
                } else if !names.contains(&(registry, trimmed.clone())) {
                    names.push((registry, trimmed));
                    name_places.push(place(location));
                }
            }
        }

        let (sources, source_places): (Vec<Source>, Vec<Place>) =
            sources(self.sources, found).into_iter().unzip();
        let mut error = |location: Location, code, message: &str| {
            found.push(Diagnostic::error_at(&place(location), code, message));
        };
        for claim in &self.claims {
            for id in &claim.value.sources {
                if !sources.iter().any(|source| source.id == *id) {
                    let message = format!(
                        "the claim on `{}` cites `{id}`, which is not among the sources",
                        claim.value.property
                    );
                    error(claim.referenced, "F018", &message);
                }
            }
        }
        for correction in &self.corrections {
            if site_day_number(&correction.value.date).is_none() {
                let message = format!(
                    "“{}” is no day: write a correction's date as 2026-12-02",
                    correction.value.date
                );
                error(correction.referenced, "F019", &message);
            }
            if let Some(case) = &correction.value.case
                && !is_case_id(case)
            {
                let message = format!(
                    "“{case}” is no case: write `case` as the desk does, C- and six digits or \
                     capital letters, such as C-7K3Q2M"
                );
                error(correction.referenced, "F023", &message);
            }
        }
        let mut published = 0;
        if let Some(text) = &self.published {
            match site_day_number(&text.value) {
                Some(day) => published = day.0,
                None => error(
                    text.referenced,
                    "F020",
                    &format!(
                        "“{}” is no day: write `published` as 2026-11-22",
                        text.value
                    ),
                ),
            }
        }
        let aliases = self
            .aliases
            .into_iter()
            .filter_map(|alias| {
                let (line, column) = at(alias.referenced);
                match alias_path(&alias.value) {
                    Some(path) => Some(Alias { path, line, column }),
                    None => {
                        let message = format!("“{}” is no alias: give an old slug, or an old path that begins with a slash and holds letters, digits and - . _ ~ /", alias.value);
                        error(alias.referenced, "F021", &message);
                        None
                    }
                }
            })
            .collect();
        for allow in &self.allow {
            if allow.value.reason.trim().is_empty() || allow.value.code.trim().is_empty() {
                error(
                    allow.referenced,
                    "F022",
                    "an `allow` needs the `code` of a lint and a `reason`",
                );
            }
        }
        let (dates, date_places) = dates?.into_iter().unzip();
        let (claims, claim_places) = apart(self.claims, typeset_claim);
        let (pictures, picture_places) = apart(self.pictures, typeset_picture);
        let illustration_place = self.illustration.as_ref().map(|one| place(one.referenced));
        Some(ArticleMatter {
            whereabouts: Whereabouts {
                title: place(self.title.referenced),
                summary: place(self.summary.referenced),
                dates: date_places,
                date_note: date_note_place,
                names: name_places,
                coordinates,
                sources: source_places,
                claims: claim_places,
                illustration: illustration_place,
                pictures: picture_places,
            },
            title,
            summary,
            names,
            pictures,
            aliases,
            allow: self
                .allow
                .into_iter()
                .map(|one| Allow {
                    place: place(one.referenced),
                    code: one.value.code.trim().to_owned(),
                    reason: one.value.reason,
                })
                .collect(),
            draft: self.draft,
            published,
            details: Details {
                dates,
                date_note: typeset(self.date_note.map(|note| note.value)),
                sources,
                claims,
                corrections: self
                    .corrections
                    .into_iter()
                    .map(|one| Correction {
                        text: smart_quotes(&one.value.text),
                        ..one.value
                    })
                    .collect(),
                illustration: self.illustration.map(|one| typeset_picture(one.value)),
                points,
                author: typeset(self.author),
                reviewer: typeset(self.reviewer),
                published: self.published.map(|text| text.value),
            },
        })
    }
}

fn check_dates(
    date: Option<Spanned<String>>,
    dates: Option<Spanned<Vec<RawDate>>>,
    calendar: Calendar,
    error: &mut impl FnMut(Location, &'static str, &str),
) -> Option<Vec<(EventDate, Place)>> {
    let raw = match (date, dates) {
        (Some(_), Some(dates)) => {
            error(
                dates.referenced,
                "F012",
                "`date` and `dates` are both given: keep one of them",
            );
            return None;
        }
        (None, None) => {
            error(
                Location::UNKNOWN,
                "F012",
                "the article has no date: give `date: 1951-01-04`, or `dates:` with their roles",
            );
            return None;
        }
        (Some(on), None) => vec![RawDate {
            on,
            calendar: None,
            role: None,
            label: None,
            primary: true,
        }],
        (None, Some(dates)) => {
            let primary = dates.value.iter().filter(|date| date.primary).count();
            if dates.value.len() > 1 && primary != 1 {
                let message =
                    format!("exactly one of `dates` must say `primary: true`; {primary} do");
                error(dates.referenced, "F013", &message);
            }
            if dates.value.is_empty() {
                error(dates.referenced, "F013", "`dates` holds no date");
            }
            dates.value
        }
    };
    let only = raw.len() == 1;
    let mut checked = Vec::new();
    for date in raw {
        let calendar = date.calendar.unwrap_or(calendar);
        match HistoricalDate::parse(&date.on.value, calendar) {
            Ok(value) => {
                let checked_date = EventDate {
                    on: value.edtf().to_owned(),
                    calendar,
                    role: date.role,
                    label: typeset(date.label),
                    primary: date.primary || only,
                };
                checked.push((checked_date, place(date.on.referenced)));
            }
            Err(problem) => error(date.on.referenced, "D001", &problem.to_string()),
        }
    }
    Some(checked)
}

pub(super) fn typeset(text: Option<String>) -> Option<String> {
    text.map(|text| smart_quotes(&text))
}

fn names_of(list: Vec<Spanned<String>>) -> Vec<(String, Location)> {
    list.into_iter()
        .map(|name| (name.value, name.referenced))
        .collect()
}

/// Values and where they stand.
fn apart<T>(list: Vec<Spanned<T>>, typeset: impl Fn(T) -> T) -> (Vec<T>, Vec<Place>) {
    list.into_iter()
        .map(|one| (typeset(one.value), place(one.referenced)))
        .unzip()
}

fn typeset_claim(claim: Claim) -> Claim {
    Claim {
        property: smart_quotes(&claim.property),
        value: smart_quotes(&claim.value),
        ruling: typeset(claim.ruling),
        ..claim
    }
}

fn typeset_picture(picture: Illustration) -> Illustration {
    Illustration {
        alt: smart_quotes(&picture.alt),
        caption: typeset(picture.caption),
        credit: typeset(picture.credit),
        ..picture
    }
}

/// The path under which an alias answers: an old slug stands below
/// `/articles/`, an old path stands as it is.
fn alias_path(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    if let Ok(slug) = Slug::parse(&text) {
        return Some(crate::paths::article(slug.as_str()));
    }
    let plain = text.starts_with('/')
        && text.len() > 1
        && text.len() <= 300
        && !text.contains("//")
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~/".contains(&b));
    plain.then(|| text.trim_end_matches('/').to_owned())
}
