//! The course of a life, or of a longer story, as a line of years with a mark
//! for each event: where things lie, in hundredths of the line. No I/O.

use super::line::Life;
use crate::dates::{DayNumber, HistoricalDate, Year};

/// Days, as near as a line of at most a thousand pixels needs them.
const YEAR: f64 = 365.2425;

/// How far before a life and after it events still stand on its line, as a
/// part of its length. What lies farther off would leave no room for the life.
const BESIDE: f64 = 0.2;

/// How much of the line is drawn open where an end of a life is not known.
const OPEN: f64 = 0.12;

/// How much of it at least is drawn soft where an end is uncertain or
/// approximate, whose bounds are not known.
const SOFT: f64 = 0.06;

/// Nobody's line is longer than that, in years, if one end is not known.
const LONGEST_LIFE: f64 = 122.0;

/// From how many marks on they are counted instead, in so many bars.
const COUNTED_ABOVE: usize = 40;
const BARS: usize = 50;

/// The room that a letter takes on a narrow screen, in hundredths of the line.
const LETTER: f64 = 2.6;

/// At most so many round years are lettered between the ends.
const ROUND_YEARS: f64 = 6.0;

/// A line of years. All places are hundredths of its length, from 0 to 100,
/// with one decimal.
pub(super) struct Course {
    /// What it shows, in words.
    pub(super) words: String,
    pub(super) pieces: Vec<Piece>,
    /// Where a life began and ended.
    pub(super) ends: Vec<String>,
    pub(super) marks: Vec<String>,
    /// Where there are too many marks: how many there are, as bars.
    pub(super) bars: Vec<Bar>,
    pub(super) years: Vec<Lettered>,
}

/// A part of the line.
pub(super) struct Piece {
    pub(super) from: String,
    pub(super) to: String,
    /// How it is drawn: `sure`, `soft` where an end is uncertain, `open` where
    /// it is unknown, and `beside` a life.
    pub(super) kind: &'static str,
}

/// A bar upwards from the line.
pub(super) struct Bar {
    pub(super) at: String,
    /// Its upper end, in pixels from the top; the line lies at 20.
    pub(super) top: String,
}

/// A year with its name below the line, if there is room for it.
pub(super) struct Lettered {
    pub(super) at: String,
    pub(super) name: Option<String>,
    /// `text-anchor` of SVG.
    pub(super) anchor: &'static str,
}

/// The first and last day that are drawn.
#[derive(Clone, Copy)]
struct Axis {
    from: f64,
    to: f64,
}

impl Course {
    /// Of a person with these dates. `None` if neither end of the life is
    /// known, or if its dates cannot be drawn: the death before the birth.
    pub(super) fn of_life(life: &Life, events: &[HistoricalDate]) -> Option<Course> {
        let born = life.born.as_ref().and_then(bounds);
        let died = life.died.as_ref().and_then(bounds);
        let days: Vec<f64> = events.iter().filter_map(middle).collect();
        let (from, to) = match (born, died) {
            (Some(born), Some(died)) => (born.0, died.1),
            (Some(born), None) => (born.0, last_known(born.0, &days, 1.0)),
            (None, Some(died)) => (last_known(died.1, &days, -1.0), died.1),
            (None, None) => return None,
        };
        let length = to - from;
        if length.is_nan() || length < 1.0 {
            return None;
        }
        let near = |day: &f64| (from - BESIDE * length..=to + BESIDE * length).contains(day);
        let days: Vec<f64> = days.into_iter().filter(near).collect();
        let mut axis = Axis {
            from: days.iter().copied().fold(from, f64::min),
            to: days.iter().copied().fold(to, f64::max),
        };
        if born.is_none() {
            axis.from = axis.from.min(from - OPEN * length);
        }
        if died.is_none() {
            axis.to = axis.to.max(to + OPEN * length);
        }

        let mut pieces = Vec::new();
        let mut draw = |from: f64, to: f64, kind| {
            if axis.part(from, to) > 0.1 {
                pieces.push(Piece {
                    from: axis.at(from),
                    to: axis.at(to),
                    kind,
                });
            }
        };
        let softened = |date: &Option<HistoricalDate>, bounds: Option<(f64, f64)>| {
            let doubted = date
                .as_ref()
                .is_some_and(|date| date.is_approximate() || date.is_uncertain());
            let least = if doubted { SOFT * length } else { 0.0 };
            let width = bounds.map_or(0.0, |(first, last)| (last - first).max(least));
            // A year is no doubt that could be seen.
            if width > 0.02 * length {
                width.min(length / 2.0)
            } else {
                0.0
            }
        };
        let sure_from = from + softened(&life.born, born);
        let sure_to = to - softened(&life.died, died);
        let (before, after) = match (born, died) {
            (None, _) => ("open", "beside"),
            (_, None) => ("beside", "open"),
            _ => ("beside", "beside"),
        };
        draw(axis.from, from, before);
        draw(from, sure_from, "soft");
        draw(sure_from, sure_to, "sure");
        draw(sure_to, to, "soft");
        draw(to, axis.to, after);

        let ends = born.map(|_| from).into_iter().chain(died.map(|_| to));
        let named = [
            life.born
                .as_ref()
                .and_then(year_words)
                .map(|name| (from, name)),
            life.died
                .as_ref()
                .and_then(year_words)
                .map(|name| (to, name)),
        ];
        let words = match [&named[0], &named[1]] {
            [Some((_, born)), Some((_, died))] => format!("A line of years from {born} to {died}"),
            [Some((_, born)), None] => format!("A line of years from {born} on"),
            [None, Some((_, died))] => format!("A line of years until {died}"),
            [None, None] => "A line of years".to_owned(),
        };
        Some(Course {
            words: with_events(words, days.len()),
            pieces,
            ends: ends.map(|day| axis.at(day)).collect(),
            years: axis.years(named.into_iter().flatten().collect()),
            bars: axis.bars(&days),
            marks: axis.marks(&days),
        })
    }

    /// Of an organisation or a topic: from its first event to its last. `None`
    /// where that is no length of time.
    pub(super) fn of_events(events: &[HistoricalDate]) -> Option<Course> {
        let days: Vec<(f64, &HistoricalDate)> = events
            .iter()
            .filter_map(|date| Some((middle(date)?, date)))
            .collect();
        let first = days.iter().min_by(|a, b| a.0.total_cmp(&b.0))?;
        let last = days.iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
        let axis = Axis {
            from: first.0,
            to: last.0,
        };
        let (from, to) = (year_words(first.1)?, year_words(last.1)?);
        if axis.to - axis.from < YEAR || from == to {
            return None;
        }
        let words = format!("A line of years from {from} to {to}");
        let days: Vec<f64> = days.iter().map(|(day, _)| *day).collect();
        Some(Course {
            words: with_events(words, days.len()),
            pieces: vec![Piece {
                from: axis.at(axis.from),
                to: axis.at(axis.to),
                kind: "sure",
            }],
            ends: Vec::new(),
            years: axis.years(vec![(axis.from, from), (axis.to, to)]),
            bars: axis.bars(&days),
            marks: axis.marks(&days),
        })
    }
}

impl Axis {
    fn place(self, day: f64) -> f64 {
        (100.0 * (day - self.from) / (self.to - self.from)).clamp(0.0, 100.0)
    }

    fn at(self, day: f64) -> String {
        hundredths(self.place(day))
    }

    fn part(self, from: f64, to: f64) -> f64 {
        self.place(to) - self.place(from)
    }

    fn marks(self, days: &[f64]) -> Vec<String> {
        if days.len() > COUNTED_ABOVE {
            return Vec::new();
        }
        let mut marks: Vec<f64> = days.iter().map(|day| self.place(*day)).collect();
        marks.sort_by(f64::total_cmp);
        marks.into_iter().map(hundredths).collect()
    }

    fn bars(self, days: &[f64]) -> Vec<Bar> {
        if days.len() <= COUNTED_ABOVE {
            return Vec::new();
        }
        let mut counts = [0_u32; BARS];
        for day in days {
            let bar = (self.place(*day) / 100.0 * BARS as f64) as usize;
            if let Some(count) = counts.get_mut(bar.min(BARS - 1)) {
                *count += 1;
            }
        }
        let most = f64::from(counts.iter().copied().max().unwrap_or(1).max(1));
        counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(bar, count)| Bar {
                at: hundredths((bar as f64 + 0.5) * 100.0 / BARS as f64),
                top: hundredths(18.0 - 16.0 * f64::from(*count) / most),
            })
            .collect()
    }

    /// The years that have names, and round years between them. Of those that
    /// would touch only the strokes are left.
    fn years(self, named: Vec<(f64, String)>) -> Vec<Lettered> {
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let mut years: Vec<Lettered> = Vec::new();
        let mut add = |day: f64, name: String, is_end: bool| {
            let at = self.place(day);
            let width = name.chars().count() as f64 * LETTER;
            let (anchor, left) = match at {
                at if at < width / 2.0 && is_end => ("start", at),
                at if at > 100.0 - width / 2.0 && is_end => ("end", at - width),
                _ => ("middle", at - width / 2.0),
            };
            let room = (left - 1.0, left + width + 1.0);
            let on_the_line = left >= 0.0 && left + width <= 100.0;
            let free = on_the_line && !taken.iter().any(|one| one.0 < room.1 && room.0 < one.1);
            if free || is_end {
                taken.push(room);
            }
            years.push(Lettered {
                at: hundredths(at),
                name: (free || is_end).then_some(name),
                anchor,
            });
        };
        for (day, name) in named {
            add(day, name, true);
        }
        for year in self.round_years() {
            if let Some(day) = DayNumber::from_gregorian(year, 1, 1) {
                add(day.0 as f64, Year::from_astronomical(year).words(), false);
            }
        }
        years
    }

    /// Years with a round number, as their era counts them, inside the line.
    fn round_years(self) -> Vec<i64> {
        let year_of = |day: f64| DayNumber(day as i64).to_gregorian().0;
        let (from, to) = (year_of(self.from), year_of(self.to));
        let mut steps = (0..10).flat_map(|power| [1, 2, 5].map(|part| part * 10_i64.pow(power)));
        let Some(step) = steps.find(|step| (to - from) as f64 / *step as f64 <= ROUND_YEARS) else {
            return Vec::new();
        };
        // Before our era the round numbers are 1 less: 500 BCE is -499.
        (from.div_euclid(step)..=to.div_euclid(step) + 1)
            .filter(|count| *count != 0)
            .map(|count| {
                if count < 0 {
                    count * step + 1
                } else {
                    count * step
                }
            })
            .filter(|year| *year > from && *year <= to)
            .collect()
    }
}

/// Where a line ends whose other end is not known: at the farthest event that
/// one life can reach in that direction, or after ten years.
fn last_known(known: f64, days: &[f64], direction: f64) -> f64 {
    let farthest = days
        .iter()
        .map(|day| (day - known) * direction)
        .filter(|away| *away <= LONGEST_LIFE * YEAR)
        .fold(10.0 * YEAR, f64::max);
    known + direction * farthest
}

/// The first and the last day that a date may mean; one known side counts for
/// both.
fn bounds(date: &HistoricalDate) -> Option<(f64, f64)> {
    let first = date.first_day().or(date.last_day())?;
    let last = date.last_day().unwrap_or(first);
    Some((first.0 as f64, last.0.max(first.0) as f64))
}

fn middle(date: &HistoricalDate) -> Option<f64> {
    let (first, last) = bounds(date)?;
    Some((first + last) / 2.0)
}

/// "1895", "about 1680", "possibly 100 BCE".
fn year_words(date: &HistoricalDate) -> Option<String> {
    let year = date.year()?.words();
    Some(if date.is_uncertain() {
        format!("possibly {year}")
    } else if date.is_approximate() || date.years().is_empty() {
        format!("about {year}")
    } else {
        year
    })
}

fn with_events(words: String, events: usize) -> String {
    match events {
        0 => words,
        1 => format!("{words}, with one event"),
        _ => format!("{words}, with {events} events"),
    }
}

fn hundredths(place: f64) -> String {
    let text = format!("{place:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::Calendar;

    fn dates(edtf: &[&str]) -> Vec<HistoricalDate> {
        edtf.iter()
            .map(|edtf| HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap())
            .collect()
    }

    fn life(born: &str, died: &str) -> Life {
        let date = |edtf: &str| HistoricalDate::parse(edtf, Calendar::Gregorian).ok();
        Life {
            born: date(born),
            died: date(died),
        }
    }

    fn drawn(course: &Course) -> (String, String, String) {
        let pieces: Vec<String> = course
            .pieces
            .iter()
            .map(|piece| format!("{} {}–{}", piece.kind, piece.from, piece.to))
            .collect();
        let years: Vec<&str> = course
            .years
            .iter()
            .filter_map(|year| year.name.as_deref())
            .collect();
        (pieces.join(", "), course.marks.join(" "), years.join(" "))
    }

    #[test]
    fn a_life_runs_from_birth_to_death_with_its_events_between() {
        let events = dates(&["1850", "1875-07-01", "1905-01-01", "1990", "1700"]);
        let course = Course::of_life(&life("1800-01-01", "1900-01-01"), &events).unwrap();
        let (pieces, marks, years) = drawn(&course);
        assert_eq!(pieces, "sure 0–95.2, beside 95.2–100");
        assert_eq!(marks, "48.1 71.9 100");
        assert_eq!(years, "1800 1900 1820 1840 1860 1880");
        assert_eq!(course.ends, ["0", "95.2"]);
        assert_eq!(
            course.words,
            "A line of years from 1800 to 1900, with 3 events"
        );
    }

    #[test]
    fn what_is_not_known_of_a_life_is_drawn_open_or_soft() {
        let pieces = |born, died, events: &[&str]| {
            drawn(&Course::of_life(&life(born, died), &dates(events)).unwrap()).0
        };
        assert_eq!(
            pieces("1944-01-01", "", &["1994-01-01"]),
            "sure 0–89.3, open 89.3–100"
        );
        assert_eq!(pieces("", "0410-08-24", &[]), "open 0–10.7, sure 10.7–100");
        assert_eq!(
            pieces("1680~", "1718", &["1718-11-22"]),
            "soft 0–6, sure 6–97.4, soft 97.4–100"
        );
        assert_eq!(
            pieces("[1340..1350]", "1400", &[]),
            "soft 0–18, sure 18–100"
        );
    }

    #[test]
    fn years_before_our_era_are_round_as_people_count_them() {
        let course = Course::of_life(&life("-0099-07-12", "-0043-03-15"), &[]).unwrap();
        let (_, _, years) = drawn(&course);
        assert_eq!(years, "100 BCE 44 BCE 80 BCE 70 BCE 60 BCE");
        let over = Course::of_events(&dates(&["-0480", "0500"])).unwrap();
        assert_eq!(drawn(&over).2, "481 BCE 500 200");
    }

    #[test]
    fn no_line_is_drawn_where_there_is_none() {
        assert!(Course::of_life(&life("", ""), &dates(&["1900"])).is_none());
        assert!(Course::of_life(&life("1900", "1800"), &[]).is_none());
        assert!(Course::of_life(&life("1900-01-01", "1900-01-01"), &[]).is_none());
        assert!(Course::of_events(&[]).is_none());
        assert!(Course::of_events(&dates(&["1900"])).is_none());
        assert!(Course::of_events(&dates(&["1900-01-01", "1900-12-31"])).is_none());
    }

    #[test]
    fn every_place_is_a_number_on_the_line() {
        let wide = [
            "-0585-05-28",
            "Y-1000000000",
            "Y1000000000",
            "../2000",
            "13XX",
            "1951-01-04",
        ];
        let many: Vec<HistoricalDate> = (0..500)
            .flat_map(|n| dates(&[&format!("{:04}", 1500 + n % 400)]))
            .collect();
        let all = dates(&wide);
        for course in [
            Course::of_events(&all),
            Course::of_events(&many),
            Course::of_life(&life("Y-1000000000", "Y1000000000"), &all),
            Course::of_life(&life("1900", ""), &all),
            Course::of_life(&life("", "1900"), &many),
            Course::of_life(&life("19XX", "195X"), &many),
        ] {
            let course = course.unwrap();
            assert!(course.marks.is_empty() || course.bars.is_empty());
            assert!(course.bars.len() <= BARS);
            let pieces = course.pieces.iter().flat_map(|one| [&one.from, &one.to]);
            let years = course.years.iter().map(|one| &one.at);
            let bars = course.bars.iter().flat_map(|one| [&one.at, &one.top]);
            for place in pieces.chain(years).chain(bars).chain(&course.marks) {
                let number: f64 = place.parse().unwrap();
                assert!((0.0..=100.0).contains(&number), "{place}");
            }
            assert!(course.years.len() < 12, "{}", course.years.len());
        }
    }
}
