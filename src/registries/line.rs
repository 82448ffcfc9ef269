//! The events of a person or a place as one line through time: all dates of
//! all articles that carry the name and, of a person, the ends of the life.

use crate::articles::Teaser;
use crate::articles::model::EventDate;
use crate::articles::model::LifeDate;
use crate::articles::queries::Listed;
use crate::dates::{Age, Calendar, Century, DateStyle, DayNumber, HistoricalDate, Year, age};
use crate::paths;

/// The longest life that is known, in years: nobody is called older. Of many
/// people the birth is known and the death is not.
const LONGEST_LIFE: u64 = 122;

/// From how many points on a line of a place is parted into centuries.
const PARTED_ABOVE: usize = 12;

/// The order of what happened on one day.
const BIRTH: u8 = 0;
const EVENT: u8 = 1;
const DEATH: u8 = 2;

/// The first and the last day of a life, so far as they are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Life {
    pub(super) born: Option<HistoricalDate>,
    pub(super) died: Option<HistoricalDate>,
}

/// The points of one century, or all of them.
pub(super) struct Stretch {
    /// "20th century"; `None` where the line is not parted.
    pub(super) heading: Option<String>,
    pub(super) points: Vec<Point>,
}

/// One date on the line.
pub(super) struct Point {
    /// What stands beside the line: the year, or all that is known.
    pub(super) spine: String,
    /// The year's page, if it has one.
    pub(super) year_href: Option<String>,
    /// The date with its calendar.
    pub(super) date_words: String,
    pub(super) datetime: Option<String>,
    /// How old the person was then, or how long ago the death.
    pub(super) age: Option<String>,
    pub(super) what: What,
    /// By which a long line is parted.
    century: Option<String>,
}

/// What happened on it.
pub(super) enum What {
    /// The person was born or died.
    EndOfLife(&'static str),
    /// An article, on the date by which it is known.
    Article(Box<Teaser>),
    /// Another date of an article, under a name of its own or under that of
    /// the article; `aside` is what the name leaves unsaid.
    OtherDate {
        href: String,
        name: String,
        aside: Option<String>,
        disputed_href: Option<String>,
    },
}

impl Life {
    pub(super) fn new(born: Option<&LifeDate>, died: Option<&LifeDate>) -> Life {
        Life {
            born: born.and_then(LifeDate::date),
            died: died.and_then(LifeDate::date),
        }
    }

    /// Whether anything is known of when it was.
    pub(super) fn is_known(&self) -> bool {
        self.born.is_some() || self.died.is_some()
    }

    /// The age at death, "aged 98".
    pub(super) fn age_at_death(&self) -> Option<String> {
        let reached = age(self.born.as_ref()?, self.died.as_ref()?)?;
        Some(reached.words())
    }

    /// "1895–1993", "100–44 BCE", "about 1680 – 1718", "born 1944",
    /// "died 410 CE": the years alone, for an index.
    pub(super) fn years(&self, style: DateStyle) -> Option<String> {
        let years = |date: &HistoricalDate| {
            let point = date.start().or(date.end())?;
            let mark = match (date.is_uncertain(), date.is_approximate()) {
                (true, true) => "%",
                (true, false) => "?",
                (false, true) => "~",
                (false, false) => "",
            };
            let known = !date.years().is_empty() && !date.is_interval();
            let edtf = format!("{}{mark}", point.year.edtf());
            Some(if known { edtf } else { date.edtf().to_owned() })
        };
        let words = |edtf: &str| {
            let date = HistoricalDate::parse(edtf, Calendar::Gregorian).ok()?;
            Some(date.words(style))
        };
        let born = self.born.as_ref().and_then(years);
        let died = self.died.as_ref().and_then(years);
        match (born, died) {
            (Some(born), Some(died)) => match words(&format!("{born}/{died}")) {
                Some(both) => Some(closed_up(both)),
                None => Some(format!("{} – {}", words(&born)?, words(&died)?)),
            },
            (Some(born), None) => Some(format!("born {}", words(&born)?)),
            (None, Some(died)) => Some(format!("died {}", words(&died)?)),
            (None, None) => None,
        }
    }

    /// What to say of a date beside the line: nothing before the birth.
    fn age_words(&self, at: &HistoricalDate) -> Option<String> {
        if let Some(died) = &self.died
            && at.first_day()? > died.last_day()?
        {
            return age(died, at).map(years_after_death);
        }
        let born = self.born.as_ref()?;
        if at.first_day()? <= born.last_day()? {
            return None;
        }
        age(born, at)
            .filter(|age| age.least <= LONGEST_LIFE)
            .map(Age::words)
    }
}

/// All dates of these articles, in order of time, with the ends of the life
/// that stand among them (`here`, none where they stand on another page).
pub(super) fn line(
    events: Vec<Listed>,
    life: &Life,
    here: &Life,
    style: DateStyle,
) -> Vec<Stretch> {
    let mut points: Vec<(i64, u8, Point)> = Vec::new();
    let mut add = |rank: u8, date: &HistoricalDate, what: What, age: Option<String>| {
        let (first, last) = (date.first_day(), date.last_day());
        // Of a death in a year all of that year may still be life.
        let at = if rank == DEATH {
            last.or(first)
        } else {
            first.or(last)
        };
        let point = Point::new(date, what, age, style);
        points.push((at.map_or(0, |day| day.0), rank, point));
    };
    if let Some(born) = &here.born {
        add(BIRTH, born, What::EndOfLife("Born"), None);
    }
    for listed in events {
        for (index, event_date) in listed.details.dates.iter().enumerate() {
            let Ok(date) = event_date.date() else {
                continue;
            };
            let what = what(&listed, index, event_date, style);
            add(EVENT, &date, what, life.age_words(&date));
        }
    }
    if let Some(died) = &here.died {
        add(DEATH, died, What::EndOfLife("Died"), life.age_at_death());
    }
    points.sort_by_key(|(day, rank, _)| (*day, *rank));
    vec![Stretch {
        heading: None,
        points: points.into_iter().map(|(.., point)| point).collect(),
    }]
}

/// The date of a day number, in the Gregorian calendar.
pub(super) fn on_day_number(day: i64) -> Option<HistoricalDate> {
    let (year, month, day) = DayNumber(day).to_gregorian();
    let year = Year::from_astronomical(year).edtf();
    HistoricalDate::parse(&format!("{year}-{month:02}-{day:02}"), Calendar::Gregorian).ok()
}

/// The same of a place, parted into centuries where it is long.
/// `own` is the address of the place itself, to which its own page needs no
/// link.
pub(super) fn line_by_century(events: Vec<Listed>, own: &str, style: DateStyle) -> Vec<Stretch> {
    let none = Life::default();
    let mut whole = line(events, &none, &none, style);
    for point in whole.iter_mut().flat_map(|one| &mut one.points) {
        if let What::Article(teaser) = &mut point.what
            && teaser.place.as_ref().is_some_and(|place| place.href == own)
        {
            teaser.place = None;
        }
    }
    if whole.iter().map(|one| one.points.len()).sum::<usize>() <= PARTED_ABOVE {
        return whole;
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    for point in whole.into_iter().flat_map(|one| one.points) {
        match stretches.last_mut() {
            Some(last) if last.heading == point.century => last.points.push(point),
            _ => stretches.push(Stretch {
                heading: point.century.clone(),
                points: vec![point],
            }),
        }
    }
    stretches
}

impl Point {
    fn new(date: &HistoricalDate, what: What, age: Option<String>, style: DateStyle) -> Point {
        let year = date.years().first().copied();
        let told = !matches!(what, What::EndOfLife(_));
        Point {
            spine: year.map_or_else(|| date.words(style), Year::words),
            // A year has a page where an article stands in it.
            year_href: year.filter(|_| told).map(|year| paths::year(&year.slug())),
            date_words: date.words_with_calendar(style),
            datetime: date.datetime_attribute(),
            age,
            what,
            century: date.year().map(|year| Century::of(year).words()),
        }
    }
}

fn what(listed: &Listed, index: usize, date: &EventDate, style: DateStyle) -> What {
    let label = Some(date.words().to_owned()).filter(|label| !label.is_empty());
    if date.primary {
        let mut teaser = Teaser::new(listed.clone(), style, None);
        teaser.label = label;
        return What::Article(Box::new(teaser));
    }
    let title = listed.title.clone();
    let (name, aside) = match &date.label {
        Some(own) => (own.clone(), Some(title)),
        None => (title, label),
    };
    What::OtherDate {
        href: paths::article(&listed.slug),
        name,
        aside,
        disputed_href: listed
            .disputed_dates
            .contains(&index)
            .then(|| paths::accounts(&listed.slug)),
    }
}

/// "12 years after the death", and no word on whose it was.
fn years_after_death(since: Age) -> String {
    let Age { least, most } = since;
    match (least, most) {
        (_, 0) => "less than a year after the death".to_owned(),
        (_, 1) if least == 1 => "1 year after the death".to_owned(),
        _ if least == most => format!("{most} years after the death"),
        _ if least + 1 == most => format!("{least} or {most} years after the death"),
        _ => format!("between {least} and {most} years after the death"),
    }
}

/// Years in figures need no space around the dash between them.
fn closed_up(years: String) -> String {
    let Some((from, to)) = years.split_once(" – ") else {
        return years;
    };
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (last, _) = to.split_once(' ').unwrap_or((to, ""));
    if figures(from) && figures(last) {
        format!("{from}–{to}")
    } else {
        years
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(born: &str, died: &str) -> Life {
        let date = |edtf: &str| HistoricalDate::parse(edtf, Calendar::Gregorian).ok();
        Life {
            born: date(born),
            died: date(died),
        }
    }

    #[test]
    fn a_life_is_two_years_in_an_index() {
        for (born, died, words) in [
            ("1895-03-03", "1993-07-26", Some("1895–1993")),
            ("-0099-07-12", "-0043-03-15", Some("100–44 BCE")),
            ("-0062-09-23", "0014-08-19", Some("63 BCE – 14 CE")),
            ("1680~", "1718-11-22", Some("about 1680 – 1718")),
            ("134X", "1400", Some("1340s – 1400")),
            ("1944-08-19", "", Some("born 1944")),
            ("", "0410", Some("died 410 CE")),
            ("0484~", "", Some("born about 484 CE")),
            ("", "", None),
        ] {
            let years = life(born, died).years(DateStyle::Mdy);
            assert_eq!(years.as_deref(), words, "{born} {died}");
        }
    }

    #[test]
    fn nobody_has_an_age_before_birth_or_beyond_the_longest_life() {
        let whole = life("1895-03-03", "1993-07-26");
        let living = life("1895-03-03", "");
        for (life, at, words) in [
            (&whole, "1895-03-02", None),
            (&whole, "1895-03-03", None),
            (&whole, "1951-01-04", Some("aged 55")),
            (&whole, "1951", Some("aged 55 or 56")),
            (&whole, "1993-07-26", Some("aged 98")),
            (
                &whole,
                "1993-12-31",
                Some("less than a year after the death"),
            ),
            (&whole, "1994-07-26", Some("1 year after the death")),
            (&whole, "1995", Some("1 or 2 years after the death")),
            (&whole, "2005-07-27", Some("12 years after the death")),
            (&living, "2005-07-27", Some("aged 110")),
            (&living, "2018-07-27", None),
            (&life("", "1993-07-26"), "1951", None),
            (&life("", ""), "1951", None),
        ] {
            let at = HistoricalDate::parse(at, Calendar::Gregorian).unwrap();
            assert_eq!(life.age_words(&at).as_deref(), words, "{at:?}");
        }
    }
}
