//! How old a person was, so far as both dates allow an answer.

use super::calendar::Calendar;
use super::day_number::DayNumber;
use super::historical::HistoricalDate;

/// An age in whole years: completed ones, as people count birthdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Age {
    /// The smallest age that the dates allow; 0 if they allow also that the
    /// person was not born yet.
    pub least: u64,
    /// The largest age that the dates allow; the same as `least` if they are
    /// exact enough.
    pub most: u64,
}

/// What can be said of an age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeAt {
    /// The person was surely not born yet.
    BeforeBirth,
    /// One of the dates has no bound where one is needed.
    Unknown,
    /// The person had this age, if alive.
    Aged(Age),
}

impl Age {
    /// "aged 34", "aged 33 or 34", "aged between 30 and 44"; for a child in
    /// its first year "aged under 1".
    #[must_use]
    pub fn words(self) -> String {
        let Age { least, most } = self;
        match (least, most - least) {
            (0, 0) => "aged under 1".to_owned(),
            (0, _) => format!("aged at most {most}"),
            (_, 0) => format!("aged {least}"),
            (_, 1) => format!("aged {least} or {most}"),
            _ => format!("aged between {least} and {most}"),
        }
    }
}

/// How old someone born on `born` was at `at`.
///
/// A birthday is the month and the day of the birth in the calendar in which
/// it is given, and `at` is converted to that calendar. Who was born on
/// February 29 has the birthday on March 1 in common years.
///
/// All that the dates allow is in the answer: years, months and decades count
/// from their first to their last day, an interval with all its days, and `?`
/// and `~` add what [`HistoricalDate::is_before`] adds. Without a bound, as at
/// an open or unknown end, nothing is known.
#[must_use]
pub fn age_at(born: &HistoricalDate, at: &HistoricalDate) -> AgeAt {
    if at.is_before(born).is_yes() {
        return AgeAt::BeforeBirth;
    }
    let calendar = born.calendar();
    let (Some((born_first, born_last)), Some((at_first, at_last))) = (bounds(born), bounds(at))
    else {
        return AgeAt::Unknown;
    };
    let least = birthdays(calendar, born_last, at_first);
    let most = birthdays(calendar, born_first, at_last);
    AgeAt::Aged(Age {
        least: u64::try_from(least).unwrap_or(0),
        most: u64::try_from(most).unwrap_or(0),
    })
}

/// The age itself, if there is one: [`age_at`] without the reason why not.
#[must_use]
pub fn age(born: &HistoricalDate, at: &HistoricalDate) -> Option<Age> {
    match age_at(born, at) {
        AgeAt::Aged(age) => Some(age),
        AgeAt::BeforeBirth | AgeAt::Unknown => None,
    }
}

/// The first and the last day that the date may mean.
fn bounds(date: &HistoricalDate) -> Option<(DayNumber, DayNumber)> {
    let spread = date.spread();
    let (first, last) = (spread.begin.earliest, spread.end.latest);
    (first > i64::MIN && last < i64::MAX).then_some((DayNumber(first), DayNumber(last)))
}

/// Birthdays from the one day to the other, the birth not counted; negative
/// before the birth.
fn birthdays(calendar: Calendar, born: DayNumber, at: DayNumber) -> i64 {
    let (born_year, born_month, born_day) = born.to_date(calendar);
    let (year, month, day) = at.to_date(calendar);
    let before_birthday = (month, day) < (born_month, born_day);
    year - born_year - i64::from(before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(edtf: &str) -> HistoricalDate {
        HistoricalDate::parse(edtf, Calendar::Gregorian).unwrap()
    }

    fn julian(edtf: &str) -> HistoricalDate {
        HistoricalDate::parse(edtf, Calendar::Julian).unwrap()
    }

    #[test]
    fn ages_change_on_the_birthday() {
        for (born, at, words) in [
            ("1895-03-03", "1951-01-04", "aged 55"),
            ("1895-03-03", "1951-03-02", "aged 55"),
            ("1895-03-03", "1951-03-03", "aged 56"),
            ("1895-03-03", "1951", "aged 55 or 56"),
            ("1895", "1951-01-04", "aged 55 or 56"),
            ("1895", "1951", "aged 55 or 56"),
            ("1895-03-03", "1951-04", "aged 56"),
            ("1895-03-03", "1950-12-31/1951-01-07", "aged 55"),
            ("1895-03-03", "1895-12-31", "aged under 1"),
            ("1895-03-03", "1896", "aged at most 1"),
            ("1895-03-03", "1895", "aged under 1"),
            ("1895-03-03", "1895-03-03", "aged under 1"),
            ("-0099-07-12", "-0043-03-15", "aged 55"),
            ("-0001-01-01", "0001-01-01", "aged 2"),
            ("189X", "1951-01-04", "aged between 51 and 61"),
            ("[1895..1896]", "1951-01-04", "aged between 54 and 56"),
            ("1895~", "1951-01-04", "aged between 45 and 66"),
        ] {
            let age = age(&date(born), &date(at)).unwrap();
            assert_eq!(age.words(), words, "{born} {at}");
        }
    }

    #[test]
    fn who_is_born_on_a_leap_day_waits_for_march_in_common_years() {
        let born = date("1904-02-29");
        let age_on = |at| age(&born, &date(at)).unwrap().least;
        assert_eq!(age_on("1905-02-28"), 0);
        assert_eq!(age_on("1905-03-01"), 1);
        assert_eq!(age_on("1908-02-28"), 3);
        assert_eq!(age_on("1908-02-29"), 4);
    }

    #[test]
    fn the_birthday_is_that_of_the_calendar_of_the_birth() {
        // Washington was born on February 11, 1732 (Old Style).
        let born = julian("1732-02-11");
        let age_on = |at| age(&born, &date(at)).unwrap();
        assert_eq!(age_on("1799-02-20").words(), "aged 66");
        assert_eq!(age_on("1799-02-21").words(), "aged 66");
        assert_eq!(age_on("1799-02-22").words(), "aged 67");
        // From 1800 on the calendars were twelve days apart.
        assert_eq!(age_on("1801-02-22").words(), "aged 68");
        assert_eq!(age_on("1801-02-23").words(), "aged 69");
        assert_eq!(
            age(&julian("1500-02-29"), &julian("1501-02-28"))
                .unwrap()
                .most,
            0
        );
    }

    #[test]
    fn before_the_birth_and_without_a_bound_there_is_no_age() {
        let born = date("1895-03-03");
        assert_eq!(age_at(&born, &date("1895-03-02")), AgeAt::BeforeBirth);
        assert_eq!(age_at(&born, &date("1894")), AgeAt::BeforeBirth);
        assert_eq!(age_at(&born, &date("../1800")), AgeAt::BeforeBirth);
        assert_eq!(age_at(&born, &date("1951/..")), AgeAt::Unknown);
        assert_eq!(age_at(&date("/1895"), &date("1951")), AgeAt::Unknown);
        assert_eq!(age(&born, &date("1894")), None);
        // In the month of the birth it may be either.
        assert_eq!(age(&born, &date("1895-03")).unwrap().least, 0);
    }
}
