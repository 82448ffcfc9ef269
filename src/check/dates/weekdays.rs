//! Weekdays that the text names.

use super::dating::{Dating, Fit, number};
use super::statement::day_words;
use crate::content::Diagnostic;
use crate::dates::reading::Stated;
use crate::dates::{Calendar, weekday_name};

/// D005: "Thursday, January 4, 1951" was one; "Friday" is not.
pub(super) fn lint(dating: &Dating, found: &mut Vec<Diagnostic>) {
    for text in &dating.texts {
        for mention in &text.mentions {
            let Some(said) = mention.weekday else {
                continue;
            };
            // The year may stand in the front matter alone.
            let days = match mention.kind {
                Stated::Day { year, day } => vec![(year, day)],
                Stated::DayOfYear(day) => dating
                    .declared
                    .iter()
                    .filter(|declared| declared.fit(mention) != Fit::No)
                    .filter_map(|declared| Some((declared.date.year()?, day)))
                    .collect(),
                _ => Vec::new(),
            };
            let Some(&(year, day)) = days.first() else {
                continue;
            };
            let calendars = calendars_of(dating, mention.calendar, (year, day));
            let true_ones: Vec<_> = days
                .iter()
                .flat_map(|(year, day)| {
                    calendars
                        .iter()
                        .filter_map(|calendar| number(*calendar, *year, *day))
                })
                .map(|number| number.weekday())
                .collect();
            if true_ones.is_empty() || true_ones.contains(&said) {
                continue;
            }
            let is = true_ones
                .iter()
                .map(|weekday| weekday_name(*weekday))
                .collect::<Vec<_>>()
                .join(" or ");
            let message = format!(
                "{} was a {is}, not a {}",
                day_words(year, day),
                weekday_name(said)
            );
            let help = "look up in the source which of the two is right, or leave out the weekday";
            found.push(
                Diagnostic::error_at(&dating.place(text, mention), "D005", &message).help(help),
            );
        }
    }
}

/// In which calendars a day of the text may be meant: the one that is said
/// beside it, that of the declared date which it is, or either before the
/// Gregorian calendar was everywhere.
fn calendars_of(
    dating: &Dating,
    said: Option<Calendar>,
    day: (crate::dates::Year, crate::dates::Day),
) -> Vec<Calendar> {
    if let Some(said) = said {
        return vec![said];
    }
    let declared = dating
        .declared
        .iter()
        .find(|declared| declared.days().any(|own| own == day));
    match declared {
        Some(declared) => vec![declared.date.calendar()],
        None if day.0.astronomical() > 1923 => vec![Calendar::Gregorian],
        None => vec![Calendar::Gregorian, Calendar::Julian],
    }
}
