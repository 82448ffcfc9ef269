//! Whether the text says what the front matter declares.

use super::dating::{Dating, Declared, Fit, Part, Text, number, twin};
use super::deeds;
use crate::check::STYLE;
use crate::content::Diagnostic;
use crate::dates::reading::{Mention, Stated};
use crate::dates::{DateStyle, Day, Precision, Year};

/// A date in the text this near to a declared one is taken for a slip of it:
/// a month and a half.
const NEAR_DAYS: i64 = 45;

/// An interval both of whose ends are this near to those of a declared one is
/// taken for the same.
const NEAR_SPAN: i64 = 4;

/// The same for dates of which only the year is known.
const NEAR_YEARS: i64 = 15;
/// D003: a declared date is not where the text should say it, and another
/// stands in its place. D014: it is nowhere, and nothing stands in its place.
pub(super) fn declared_but_not_stated(dating: &Dating, found: &mut Vec<Diagnostic>) {
    for declared in &dating.declared {
        if let Some((missing, text, mention)) = supplanted(dating, declared) {
            let role = role(declared);
            let message =
                format!("the front matter says {missing}{role}, but the article says otherwise");
            let stated = &text.words[mention.range.clone()];
            let other = format!("the {} says {stated}", text.part.words());
            let help = "mend the one that is wrong; if both are right, let the text say what \
                        happened on each";
            found.push(
                Diagnostic::error_at(declared.place, "D003", &message)
                    .note(&other, Some(dating.place(text, mention)))
                    .help(help),
            );
        } else if let Some(missing) = missing(dating, declared, &Where::Anywhere)
            && dating
                .told()
                .any(|(_, mention)| mention.kind.years().is_some())
        {
            let role = role(declared);
            let message = format!("no sentence of the article states {missing}{role}");
            let help = "say it in the text, where the sources are, so that a reader can check it";
            found.push(Diagnostic::warning_at(declared.place, "D014", &message).help(help));
        }
    }
}

fn role(declared: &Declared) -> String {
    match declared.event.words() {
        "" => String::new(),
        role => format!(" ({role})"),
    }
}

/// Which texts are asked for a date.
enum Where {
    /// Title, summary, lead.
    Head,
    /// The whole article and the note on dates.
    Anywhere,
}

/// What the front matter says in vain, and what the article says in its place.
fn supplanted<'d, 'a>(
    dating: &'d Dating<'a>,
    declared: &Declared,
) -> Option<(String, &'d Text<'a>, &'d Mention)> {
    // The date by which an article is known stands where it says what it is
    // about, if a date stands there at all.
    if declared.event.primary
        && let Some(missing) = missing(dating, declared, &Where::Head)
        && let Some((text, mention)) = dating
            .head()
            .find(|(_, mention)| !mention.approximate && stands_in_place(declared, mention))
    {
        return Some((missing, text, mention));
    }
    if let Some(missing) = missing(dating, declared, &Where::Anywhere)
        && let Some((text, mention)) = dating
            .told()
            .find(|(_, mention)| stands_in_place(declared, mention))
    {
        return Some((missing, text, mention));
    }
    if let Some((text, mention)) = other_span(dating, declared) {
        return Some((declared.date.words(STYLE), text, mention));
    }
    let (text, mention) = other_deed(dating, declared)?;
    Some((declared.date.words(STYLE), text, mention))
}

/// The part of a declared date that is not stated.
fn missing(dating: &Dating, declared: &Declared, texts: &Where) -> Option<String> {
    let days: Vec<(Year, Day)> = declared.days().collect();
    if days.is_empty() {
        return (!is_time_stated(dating, declared, texts)).then(|| declared.date.words(STYLE));
    }
    let is_missing =
        |(year, day): &&(Year, Day)| !is_day_stated(dating, declared, (*year, *day), texts);
    // A head that gives one end of an interval has said enough.
    if matches!(texts, Where::Head) && !days.iter().all(|day| is_missing(&day)) {
        return None;
    }
    days.iter()
        .find(is_missing)
        .map(|(year, day)| day_words(*year, *day))
}

/// An interval of the text that looks like the declared one gone wrong, if the
/// declared one is not among its intervals.
fn other_span<'d, 'a>(
    dating: &'d Dating<'a>,
    declared: &Declared,
) -> Option<(&'d Text<'a>, &'d Mention)> {
    let own = declared.date.first_day().zip(declared.date.last_day())?;
    let ends: Vec<(Year, Day)> = declared.days().collect();
    if ends.len() != 2 {
        return None;
    }
    let calendar = declared.date.calendar();
    let mut other = None;
    for text in &dating.texts {
        for pair in text.mentions.windows(2) {
            let [first, last] = pair else { continue };
            if first.span.is_none() || first.span.map(|s| s.id) != last.span.map(|s| s.id) {
                continue;
            }
            let (Stated::Day { year, day }, Stated::Day { year: y, day: d }) =
                (first.kind, last.kind)
            else {
                continue;
            };
            if ends == [(year, day), (y, d)] {
                return None;
            }
            let near = number(calendar, year, day)
                .zip(number(calendar, y, d))
                .is_some_and(|(begin, end)| {
                    (begin.0 - own.0.0).abs() <= NEAR_SPAN && (end.0 - own.1.0).abs() <= NEAR_SPAN
                });
            if near && text.part != Part::Note {
                other = Some((text, first));
            }
        }
    }
    other
}

/// A sentence that tells the deed of the date's role, with another day, where
/// no sentence tells it with the declared one.
fn other_deed<'d, 'a>(
    dating: &'d Dating<'a>,
    declared: &Declared,
) -> Option<(&'d Text<'a>, &'d Mention)> {
    let days: Vec<(Year, Day)> = declared.days().collect();
    let ([_], Some(role)) = (days.as_slice(), declared.event.role) else {
        return None;
    };
    let is_declared_elsewhere = |mention: &Mention| {
        let mut others = dating.declared.iter();
        others.any(|other| !std::ptr::eq(other, declared) && other.fit(mention) == Fit::Same)
    };
    let stems = deeds::stems(role, declared.event.label.as_deref());
    let mut other = None;
    for text in &dating.texts {
        for sentence in deeds::sentences(text) {
            let words = text.words.get(sentence.clone())?.to_lowercase();
            if !stems.iter().any(|stem| deeds::has_stem(&words, stem)) {
                continue;
            }
            let mentions = text
                .mentions
                .iter()
                .filter(|mention| sentence.contains(&mention.range.start));
            for mention in mentions {
                match declared.fit(mention) {
                    Fit::Same | Fit::Twin => return None,
                    Fit::No | Fit::Within
                        if matches!(mention.kind, Stated::Day { .. } | Stated::DayOfYear(_))
                            && !mention.approximate
                            && !is_declared_elsewhere(mention)
                            && is_a_slip(declared, mention) =>
                    {
                        other = other.or(Some((text, mention)));
                    }
                    _ => {}
                }
            }
        }
    }
    other
}

/// Whether a stated day is the declared one but for a day, or for its month or
/// year.
fn is_a_slip(declared: &Declared, mention: &Mention) -> bool {
    declared.days().any(|(year, day)| match mention.kind {
        Stated::Day { year: y, day: d } => {
            let calendar = declared.date.calendar();
            let apart = number(calendar, year, day)
                .zip(number(calendar, y, d))
                .map(|(own, other)| (own.0 - other.0).abs());
            day == d || apart == Some(1) || (year == y && day.day() == d.day())
        }
        Stated::DayOfYear(d) => day.next() == d || d.next() == day || day.day() == d.day(),
        _ => false,
    })
}

/// A day in words; its calendar is that of the date it belongs to.
pub(super) fn day_words(year: Year, day: Day) -> String {
    let days = day.words(STYLE);
    match STYLE {
        DateStyle::Mdy => format!("{days}, {}", year.words()),
        DateStyle::Dmy => format!("{days} {}", year.words()),
    }
}

/// Whether the texts say this day of a declared date: in full, or the day in
/// one place and the year beside it.
fn is_day_stated(
    dating: &Dating,
    declared: &Declared,
    (year, day): (Year, Day),
    texts: &Where,
) -> bool {
    let calendar = declared.date.calendar();
    let (own, twin) = ((year, day), twin(calendar, year, day));
    asked(dating, texts).any(|text| {
        text.mentions.iter().enumerate().any(|(index, mention)| {
            // In the other calendar only where the text says that it is.
            let other = text
                .calendar_of(mention)
                .is_some_and(|said| said != calendar);
            let is_own =
                |year: Year, day: Day| own == (year, day) || (other && twin == Some((year, day)));
            let with_a_year = |day: Day| {
                let years = years_around(dating, text, index);
                years.is_empty() || years.into_iter().any(|year| is_own(year, day))
            };
            match mention.kind {
                Stated::Day { year, day } => is_own(year, day),
                Stated::DayOfYear(other) => with_a_year(other),
                Stated::DayOfMonth(number) => {
                    let month = text.mentions[..index]
                        .iter()
                        .rev()
                        .find_map(|before| match before.kind {
                            Stated::Month { month, .. } => Some(month),
                            other => other.day().map(Day::month),
                        });
                    let month = month.or(Some(day.month()));
                    month
                        .and_then(|month| Day::new(month, number))
                        .is_some_and(with_a_year)
                }
                _ => false,
            }
        })
    })
}

/// The years that a day without one may be of: the last year stated before it,
/// the first behind it in the same passage, and those that the head names.
fn years_around(dating: &Dating, text: &Text, index: usize) -> Vec<Year> {
    let years = |mention: &Mention| {
        exact_years(mention.kind)
            .into_iter()
            .flat_map(|(first, last)| [first, last])
    };
    let before = text.mentions[..index].iter().rev().flat_map(years).next();
    let after = text.mentions[index + 1..].iter().flat_map(years).next();
    let mut around: Vec<Year> = before.into_iter().chain(after).collect();
    if around.is_empty() || text.part != Part::Note {
        around.extend(dating.head().flat_map(|(_, mention)| years(mention)));
    }
    if before.is_none()
        && let Part::Passage(here) = text.part
    {
        let earlier = dating
            .told()
            .filter(|(text, _)| matches!(text.part, Part::Passage(index) if index < here));
        around.extend(earlier.flat_map(|(_, mention)| years(mention)).last());
    }
    around
}

/// Whether the texts say a date of which no day is known.
fn is_time_stated(dating: &Dating, declared: &Declared, texts: &Where) -> bool {
    let month = declared.date.start().and_then(|point| point.month);
    let coarse = matches!(
        declared.date.precision(),
        Precision::Decade | Precision::Century
    );
    let says = |text: &Text, index: usize| {
        let mention = &text.mentions[index];
        let fine_enough = match mention.kind {
            Stated::Day { .. } | Stated::Month { .. } => true,
            Stated::DayOfYear(day) => {
                let years = years_around(dating, text, index);
                let own = declared.years();
                month == Some(day.month())
                    && (years.is_empty()
                        || own.is_none_or(|(first, last)| {
                            years.iter().any(|year| first <= *year && *year <= last)
                        }))
            }
            Stated::Decade { .. } | Stated::Century { .. } => coarse,
            _ => month.is_none() && mention.kind.years().is_some(),
        };
        fine_enough && declared.fit(mention) != Fit::No
    };
    asked(dating, texts).any(|text| (0..text.mentions.len()).any(|index| says(text, index)))
}

/// The texts that are asked for a date.
fn asked<'d, 'a>(dating: &'d Dating<'a>, texts: &Where) -> impl Iterator<Item = &'d Text<'a>> {
    let head_only = matches!(texts, Where::Head);
    dating.texts.iter().filter(move |text| {
        !head_only || matches!(text.part, Part::Title | Part::Summary | Part::Passage(0))
    })
}

/// The years that a date names, but for decades and centuries.
fn exact_years(kind: Stated) -> Option<(Year, Year)> {
    match kind {
        Stated::Decade { .. } | Stated::Century { .. } => None,
        kind => kind.years(),
    }
}

/// Whether a stated date looks like the declared one gone wrong: a few weeks
/// off, or the same day of another year.
pub(super) fn stands_in_place(declared: &Declared, mention: &Mention) -> bool {
    let days: Vec<(Year, Day)> = declared.days().collect();
    if days.is_empty() {
        let Some(((own_first, own_last), (first, last))) =
            declared.years().zip(exact_years(mention.kind))
        else {
            return false;
        };
        return first.astronomical() - own_last.astronomical() <= NEAR_YEARS
            && own_first.astronomical() - last.astronomical() <= NEAR_YEARS;
    }
    match mention.kind {
        Stated::Day { year: y, day: d } => days.iter().any(|(year, day)| {
            *day == d
                || number(declared.date.calendar(), *year, *day)
                    .zip(number(declared.date.calendar(), y, d))
                    .is_some_and(|(own, other)| (own.0 - other.0).abs() <= NEAR_DAYS)
        }),
        Stated::DayOfYear(d) => days.iter().any(|(_, day)| {
            let apart = (i64::from(day.ordinal()) - i64::from(d.ordinal())).abs();
            apart.min(i64::from(Day::COUNT) - apart) <= NEAR_DAYS
        }),
        Stated::Month { year: y, month } => days.iter().any(|(year, day)| {
            let months = (y.astronomical() - year.astronomical()) * 12 + i64::from(month)
                - i64::from(day.month());
            (1..=2).contains(&months.abs()) || (*year != y && day.month() == month)
        }),
        _ => false,
    }
}
