//! What is claimed, so that two claims can be held against each other.

use super::super::model::{Claim, Details};
use super::property::{Property, plain};
use crate::dates::{Calendar, DateStyle, HistoricalDate};

/// The value of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Of a property that is a date.
    Date(HistoricalDate),
    /// Of any other, and where a date is given in words ("late autumn").
    Words(String),
}

impl Value {
    /// Reads the value of a claim in an article. A date is in the calendar of
    /// the article's date that it is about.
    pub(super) fn read(claim: &Claim, property: &Property, details: &Details) -> Value {
        let words = || Value::Words(claim.value.trim().to_owned());
        if !property.is_date() {
            return words();
        }
        let named = details.dates.iter().find(|date| property.names(date));
        let calendar = named
            .or(details.primary())
            .map_or(Calendar::Gregorian, |date| date.calendar);
        HistoricalDate::parse(claim.value.trim(), calendar).map_or_else(|_| words(), Value::Date)
    }

    /// Whether two sources that say these say the same.
    pub(super) fn is_like(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Date(one), Value::Date(other)) => is_same_date(one, other),
            (Value::Words(one), Value::Words(other)) => plain(one) == plain(other),
            _ => false,
        }
    }

    /// For readers: a date in its calendar, named where that matters.
    pub(super) fn words(&self, style: DateStyle) -> String {
        match self {
            Value::Date(date) => date.words_with_calendar(style),
            Value::Words(words) => words.clone(),
        }
    }

    /// For machines, where HTML can say it.
    pub(super) fn datetime(&self) -> Option<String> {
        match self {
            Value::Date(date) => date.datetime_attribute(),
            Value::Words(_) => None,
        }
    }
}

/// Whether two dates mean the same time, however sure each of them is: a mark
/// of doubt is no other day. Days are compared across calendars; what names no
/// day keeps its name in both, as historians keep it.
pub(super) fn is_same_date(one: &HistoricalDate, other: &HistoricalDate) -> bool {
    let shape = |date: &HistoricalDate| {
        let ends = (date.start(), date.end());
        (date.precision(), date.is_interval(), ends)
    };
    let days = |date: &HistoricalDate| (date.first_day(), date.last_day());
    let point = one.start().or(one.end());
    if shape(one) == shape(other) {
        let names_month = point.is_some_and(|point| point.month.is_some());
        let calendars_part = names_month || one.calendar() == other.calendar();
        return !calendars_part || days(one) == days(other);
    }
    let is_day = days(one).0 == days(one).1;
    days(one).0.is_some()
        && days(one) == days(other)
        && (one.is_interval() == other.is_interval() || is_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(edtf: &str, calendar: Calendar) -> HistoricalDate {
        HistoricalDate::parse(edtf, calendar).unwrap()
    }

    #[test]
    fn dates_are_the_same_by_what_they_mean() {
        use Calendar::{Gregorian, Julian};
        for (one, other) in [
            (("1951-01-04", Gregorian), ("1951-01-04?", Gregorian)),
            (("1066-10-14", Julian), ("1066-10-20", Gregorian)),
            (("1066", Julian), ("1066~", Gregorian)),
            (
                ("1951-01-04/1951-01-04", Gregorian),
                ("1951-01-04", Gregorian),
            ),
            (("1951-01", Gregorian), ("1951-01-XX", Gregorian)),
            (("-0489-09-12?", Julian), ("-0489-09-12", Julian)),
        ] {
            let (one, other) = (date(one.0, one.1), date(other.0, other.1));
            assert!(is_same_date(&one, &other), "{one:?} {other:?}");
            assert!(is_same_date(&other, &one), "{other:?} {one:?}");
        }
        for (one, other) in [
            (("1951-01-04", Gregorian), ("1951-01-05", Gregorian)),
            (("1066-10-14", Julian), ("1066-10-14", Gregorian)),
            (("1951-01", Gregorian), ("1951-01-04", Gregorian)),
            (("1951", Gregorian), ("1951-21", Gregorian)),
            (("1324-07", Julian), ("1324-07", Gregorian)),
            (("1951/..", Gregorian), ("1951", Gregorian)),
        ] {
            let (one, other) = (date(one.0, one.1), date(other.0, other.1));
            assert!(!is_same_date(&one, &other), "{one:?} {other:?}");
        }
    }
}
