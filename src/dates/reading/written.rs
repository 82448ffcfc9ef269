//! One date that stands alone, in the words in which this site prints dates.

use super::sides::Stretch;
use super::tokens::{Kind, Text};
use crate::dates::calendar::{Calendar, DateStyle};
use crate::dates::error::DateError;
use crate::dates::historical::HistoricalDate;

/// No date in words is longer.
const LONGEST: usize = 200;

impl HistoricalDate {
    /// Reads a date in words: everything that [`HistoricalDate::words`] and
    /// [`HistoricalDate::words_with_calendar`] print, in either style, and
    /// what people write like it ("the 4th of January, 1951", "Jan. 4, 1951",
    /// "c. 1324", "1950–53"). EDTF is read as well.
    ///
    /// The date is Gregorian unless "(Julian)", "(Old Style)" or a longer note
    /// of that kind follows it. Years, decades and seasons print no calendar,
    /// so a Julian one comes back as Gregorian. Digits that were masked come
    /// back so far as the words show them: `1951-01-XX` is "January 1951", and
    /// that is `1951-01`.
    ///
    /// # Errors
    ///
    /// A [`DateError`] if it is no date, has no year, or if the Gregorian day
    /// in a note is not the day before the note.
    pub fn from_words(text: &str) -> Result<HistoricalDate, DateError> {
        let text = text.trim();
        let edtf = HistoricalDate::parse(text, Calendar::Gregorian);
        match edtf {
            Err(DateError::NotEdtf { .. }) => {}
            // "[Jan 4, 1951]" begins like a set, "1951 to 1952" like neither.
            Err(DateError::BeyondLevel1 { .. }) if text.contains(' ') => {}
            known => return known,
        }
        let unread = || {
            let advice = "write it like 1951-01-04, January 4, 1951 or 4 January 1951".to_owned();
            DateError::not_edtf(text, advice)
        };
        if text.len() > LONGEST {
            return Err(unread());
        }
        let tokens = Text::new(text);
        let written = Written::read(&tokens).ok_or_else(unread)?;
        let date =
            HistoricalDate::parse(&written.edtf, written.calendar).map_err(
                |error| match error {
                    DateError::NotEdtf { .. } => unread(),
                    other => other,
                },
            )?;
        match contradiction(&tokens, written.note, &date) {
            Some(right) => Err(DateError::not_edtf(text, format!("write {right}"))),
            None => Ok(date),
        }
    }
}

/// What is read, in EDTF.
struct Written {
    edtf: String,
    calendar: Calendar,
    /// The tokens from the bracket of the note on.
    note: usize,
}

impl Written {
    fn read(text: &Text<'_>) -> Option<Written> {
        let note = (0..text.len()).find(|at| text.kind(*at) == Kind::Open);
        let note = note.filter(|note| *note > 0).unwrap_or(text.len());
        let body = Stretch {
            text,
            from: 0,
            to: note,
        };
        let (body, style) = body.without_style();
        let calendar = if note < text.len() {
            let closes = text.kind(text.len() - 1) == Kind::Close;
            calendar_at(text, note + 1).filter(|_| closes && style.is_none())?
        } else {
            style.unwrap_or_default()
        };
        Some(Written {
            edtf: body.edtf()?,
            calendar,
            note,
        })
    }
}

/// The calendar that a note names first.
pub(super) fn calendar_at(text: &Text<'_>, at: usize) -> Option<Calendar> {
    match text.word(at) {
        "Julian" | "OS" => return Some(Calendar::Julian),
        "Gregorian" | "NS" => return Some(Calendar::Gregorian),
        _ => {}
    }
    let dotted = text.kind(at + 1) == Kind::Dot && text.is(at + 2, &["s"]);
    let style = dotted || text.is(at + 1, &["style"]);
    if style && text.is(at, &["old", "o"]) {
        Some(Calendar::Julian)
    } else if style && text.is(at, &["new", "n"]) {
        Some(Calendar::Gregorian)
    } else {
        None
    }
}

/// The right words of a date whose note gives other days than it has in the
/// other calendar.
fn contradiction(text: &Text<'_>, note: usize, date: &HistoricalDate) -> Option<String> {
    let written = days_and_months(text, note);
    if written.is_empty() {
        return None;
    }
    let right = [DateStyle::Mdy, DateStyle::Dmy].map(|style| date.words_with_calendar(style));
    let agrees = right.iter().any(|right| {
        let right = Text::new(right);
        let note = (0..right.len()).find(|at| right.kind(*at) == Kind::Open);
        note.is_some_and(|note| days_and_months(&right, note) == written)
    });
    let [right, _] = right;
    (!agrees).then_some(right)
}

/// All months and small numbers from a token on, in order. Years are left out:
/// a note has one only where it changes.
fn days_and_months(text: &Text<'_>, from: usize) -> Vec<u64> {
    let mut parts = Vec::new();
    for at in from..text.len() {
        match (text.kind(at), text.month_at(at)) {
            (_, Some((month, _))) => parts.push(100 + u64::from(month)),
            (Kind::Number { value, .. } | Kind::Ordinal(value), _) if value <= 31 => {
                parts.push(value);
            }
            _ => {}
        }
    }
    parts
}
