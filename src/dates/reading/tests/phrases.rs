//! What editors write in running text, and what it says.

use super::mentions;
use crate::dates::historical::Edge;
use crate::dates::month_slug;
use crate::dates::reading::{Mention, PartOfYear, Span, Stated};

/// A mention in one line: its kind, then "Thu" for a weekday, "julian" or
/// "gregorian" for a calendar, "~" for an approximate one, "[" and "]" for the
/// ends of an interval.
fn shown(mention: &Mention) -> String {
    let mut shown = match mention.kind {
        Stated::Day { year, day } => format!("{} {}", year.slug(), day.slug()),
        Stated::DayOfYear(day) => day.slug(),
        Stated::DayOfMonth(day) => format!("the {day}"),
        Stated::Month { year, month } => format!("{} {}", year.slug(), month_slug(month).unwrap()),
        Stated::Year(year) => year.slug(),
        Stated::PartOfYear { year, part } => {
            let part = match part {
                PartOfYear::Spring => "spring",
                PartOfYear::Summer => "summer",
                PartOfYear::Autumn => "autumn",
                PartOfYear::Winter => "winter",
                PartOfYear::Early => "early",
                PartOfYear::Middle => "mid",
                PartOfYear::Late => "late",
            };
            format!("{part} {}", year.slug())
        }
        Stated::Decade { first, last } | Stated::Century { first, last } => {
            format!("{}..{}", first.slug(), last.slug())
        }
    };
    if let Some(weekday) = mention.weekday {
        shown.push_str(&format!(" {weekday:?}")[..4]);
    }
    if let Some(calendar) = mention.calendar {
        shown.push_str(&format!(" {calendar}"));
    }
    if mention.approximate {
        shown.push_str(" ~");
    }
    match mention.span {
        Some(Span {
            edge: Edge::First, ..
        }) => shown.push_str(" ["),
        Some(_) => shown.push_str(" ]"),
        None => {}
    }
    shown
}

pub(super) fn check(table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let found: Vec<String> = mentions(text).iter().map(shown).collect();
        let found = found.join("; ");
        if found != *expected {
            wrong.push(format!("{text}\n  is   {found}\n  not  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn days_with_a_year() {
    check(&[
        ("On January 4, 1951, Seoul fell.", "1951 january-4"),
        ("On 4 January 1951 Seoul fell.", "1951 january-4"),
        ("on the 4th of January, 1951", "1951 january-4"),
        ("on the 4th January 1951", "1951 january-4"),
        ("Jan. 4, 1951", "1951 january-4"),
        ("Jan 4 1951", "1951 january-4"),
        ("4 Sept. 1951", "1951 september-4"),
        ("January 4th, 1951", "1951 january-4"),
        ("January the 4th, 1951", "1951 january-4"),
        ("JANUARY 4, 1951", "1951 january-4"),
        ("4 JAN 1951", "1951 january-4"),
        ("the fourth of January 1951", "1951 january-4"),
        ("the twenty-first of October, 1805", "1805 october-21"),
        ("the Second Day of July 1776", "1776 july-2"),
        ("on the 4th day of January 1951", "1951 january-4"),
        ("4 January, 1951", "1951 january-4"),
        ("On January 4,1951 it fell.", "1951 january-4"),
        ("January\n4, 1951", "1951 january-4"),
        ("on 4\nJanuary\n1951", "1951 january-4"),
        ("4   January   1951", "1951 january-4"),
        ("4&nbsp;January 1951", "1951 january-4"),
        ("4\u{a0}January\u{202f}1951", "1951 january-4"),
        ("**January 4**, 1951", "1951 january-4"),
        ("[[fall-of-seoul-1951|4 January 1951]]", "1951 january-4"),
        ("on [January 4](https://x.org/1999), 1951", "1951 january-4"),
        ("(January 4, 1951)", "1951 january-4"),
        ("\u{201c}January 4, 1951\u{201d}", "1951 january-4"),
        ("1951-01-04", "1951 january-4"),
        ("dated 1951-01-04.", "1951 january-4"),
        ("1951 January 4", "1951 january-4"),
        ("4 January of 1951", "1951 january-4"),
        ("January 4 in the year 1951", "1951 january-4"),
        ("On January 4, 1951 people wept.", "1951 january-4"),
        ("On January 4, 1951 Chinese troops came.", "1951 january-4"),
        ("On 4 January 1951 troops came.", "1951 january-4"),
        ("On 4 January 1951 the 1st Division left.", "1951 january-4"),
        ("15 March 44 BCE", "44-bce march-15"),
        ("March 15, 44 BC", "44-bce march-15"),
        ("15 March 44 B.C., at noon", "44-bce march-15"),
        ("15 March 44 B.C.E.", "44-bce march-15"),
        ("August 24, 79 CE", "79 august-24"),
        ("24 August AD 79", "79 august-24"),
        ("August 24, A.D. 79", "79 august-24"),
        ("24 August 79 AD", "79 august-24"),
        ("24 August 79 C.E.", "79 august-24"),
        ("24 August 410, when", "410 august-24"),
        ("On 24 August 410 the Visigoths came", "410 august-24"),
        ("On 24 August 410 Alaric came", "410 august-24"),
        ("21 July 365, as Ammianus tells", "365 july-21"),
        ("the Ides of March, 44 BCE", "44-bce march-15"),
        ("Ides of March 44 BC", "44-bce march-15"),
        ("February 29, 1951", "1951 february-29"),
        ("25 January 1642/43", "1643 january-25"),
        ("January 30, 1648/9", "1649 january-30"),
        ("4 January 1951's worst hour", "1951 january-4"),
        ("the 4 January 1951 landing", "1951 january-4"),
        ("May 6, 1937", "1937 may-6"),
        ("No. 4 January 1951", "1951 january-4"),
        ("On December 25, 800, Charlemagne", "800 december-25"),
        (
            "(4 January 1951–7 March 1953)",
            "1951 january-4 [; 1953 march-7 ]",
        ),
        (
            "30 September 610, 18 May 603 and 16 March 581 BCE",
            "610-bce september-30; 603-bce may-18; 581-bce march-16",
        ),
    ]);
}

#[test]
fn days_without_a_year() {
    check(&[
        ("On January 4 Seoul fell.", "january-4"),
        ("on 4 January", "january-4"),
        ("the 4th of January", "january-4"),
        ("on January 4th", "january-4"),
        ("the fourth of July", "july-4"),
        ("July Fourth", "july-4"),
        ("the first of May", "may-1"),
        ("on May 5 he left", "may-5"),
        ("On 1 March the ships left", "march-1"),
        ("By March 20 ships had come", "march-20"),
        ("On January 4 people gathered.", "january-4"),
        ("On January 4, 300 men came.", "january-4"),
        ("On January 4, 1,500 men came.", "january-4"),
        ("On January 4, 1500 men came.", "january-4"),
        ("On January 4, 1500 armed men came.", "january-4"),
        ("On 4 January 300 people died.", "january-4"),
        ("On 4 January at 1500 hours", "january-4"),
        ("the September 11 attacks", "september-11"),
        ("the May 4 Movement", "may-4"),
        ("On January 4th General Ridgway spoke.", "january-4"),
        ("On May 5th Regiment and town parted.", "may-5"),
        ("the Ides of March", "march-15"),
        ("## The vote of 2 July", "july-2"),
        ("January 4's battle", "january-4"),
        ("on January 4 and 5", "january-4; january-5"),
        ("January 4, 5 and 7", "january-4; january-5; january-7"),
        ("on January 4 and 20 men", "january-4"),
        ("the 4th and 5th of January", "january-4; january-5"),
        ("3, 4 and 5 January", "january-3; january-4; january-5"),
        ("between 4 and 7 January", "january-4 [; january-7 ]"),
        ("on 4 January and 7 February", "january-4; february-7"),
        ("4\u{2013}7 January", "january-4 [; january-7 ]"),
        (
            "from December 31 to January 7",
            "december-31 [; january-7 ]",
        ),
        ("12 or 13 September", "september-12 ~; september-13 ~"),
        ("On August 24, as 79 people watched", "august-24"),
    ]);
}

#[test]
fn days_of_no_month() {
    check(&[
        ("It fell on the 4th.", "the 4"),
        ("On the 13th he saw a fourth.", "the 13"),
        ("By the 11th he had decided", "the 11"),
        ("on Thursday the 4th", "the 4 Thu"),
        ("the night of the 4th", "the 4"),
        ("from the 5th to the 14th", "the 5 [; the 14 ]"),
        ("between the 5th and the 14th", "the 5 [; the 14 ]"),
        ("on the 5th and 6th they rested", "the 5; the 6"),
        ("on the 5th or 6th.", "the 5 ~; the 6 ~"),
        ("until the 4th of that month", "the 4"),
        ("on 4 January and on the 7th", "january-4; january-7"),
        (
            "from January 4, 1951 to the 7th",
            "1951 january-4 [; 1951 january-7 ]",
        ),
    ]);
}

#[test]
fn intervals() {
    check(&[
        (
            "December 31, 1950 to January 7, 1951",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "from December 31, 1950, to January 7, 1951",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "31 December 1950 \u{2013} 7 January 1951",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "31 December 1950 - 7 January 1951",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "31 December 1950\u{2014}7 January 1951",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "January 4\u{2013}7, 1951",
            "1951 january-4 [; 1951 january-7 ]",
        ),
        (
            "January 4 \u{2013} 7, 1951",
            "1951 january-4 [; 1951 january-7 ]",
        ),
        ("January 4-7, 1951", "1951 january-4 [; 1951 january-7 ]"),
        ("January 4 to 7, 1951", "1951 january-4 [; 1951 january-7 ]"),
        (
            "from the 4th to the 7th of January, 1951",
            "1951 january-4 [; 1951 january-7 ]",
        ),
        (
            "from 4 to 7 January 1951",
            "1951 january-4 [; 1951 january-7 ]",
        ),
        (
            "4 until 7 January 1951",
            "1951 january-4 [; 1951 january-7 ]",
        ),
        (
            "between 4 and 7 January 1951",
            "1951 january-4 [; 1951 january-7 ]",
        ),
        (
            "between January 4 and 7, 1951",
            "1951 january-4 [; 1951 january-7 ]",
        ),
        (
            "between January 4 and February 7, 1951",
            "1951 january-4 [; 1951 february-7 ]",
        ),
        (
            "the night of 2\u{2013}3 January 1951",
            "1951 january-2 [; 1951 january-3 ]",
        ),
        (
            "the night of 2/3 January 1951",
            "1951 january-2 [; 1951 january-3 ]",
        ),
        (
            "December 31\u{2013}January 7, 1951",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "from 31 December to 7 January 1951",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "from 31 December 1950 to 7 January",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        (
            "30 January \u{2013} 2 February 1951",
            "1951 january-30 [; 1951 february-2 ]",
        ),
        (
            "31 December to 7 January 1 CE",
            "1-bce december-31 [; 1 january-7 ]",
        ),
        (
            "12 to 15 March 44 BCE",
            "44-bce march-12 [; 44-bce march-15 ]",
        ),
        (
            "from Thursday, January 4, to Sunday, January 7, 1951",
            "1951 january-4 Thu [; 1951 january-7 Sun ]",
        ),
        (
            "Thursday 4 to Sunday 7 January 1951",
            "1951 january-4 Thu [; 1951 january-7 Sun ]",
        ),
        (
            "1950-12-31/1951-01-07",
            "1950 december-31 [; 1951 january-7 ]",
        ),
        ("1950\u{2013}53", "1950 [; 1953 ]"),
        ("1950-1953", "1950 [; 1953 ]"),
        ("the war of 1950-53", "1950 [; 1953 ]"),
        ("in 1950/51", "1950 [; 1951 ]"),
        ("(1899\u{2013}1902)", "1899 [; 1902 ]"),
        ("from 1950 to 1953", "1950 [; 1953 ]"),
        ("between 1950 and 1953", "1950 [; 1953 ]"),
        ("between the years 1950 and 1953", "1950 [; 1953 ]"),
        (
            "from 1950 until January 7, 1951",
            "1950 [; 1951 january-7 ]",
        ),
        ("from 490 to 479 BCE", "490-bce [; 479-bce ]"),
        ("490\u{2013}479 BCE", "490-bce [; 479-bce ]"),
        ("44 BCE to AD 14", "44-bce [; 14 ]"),
        ("from 632 to 661, the caliphs", "632 [; 661 ]"),
        ("July to September 1324", "1324 july [; 1324 september ]"),
        (
            "July\u{2013}September 1324",
            "1324 july [; 1324 september ]",
        ),
        (
            "December 1950 \u{2013} January 1951",
            "1950 december [; 1951 january ]",
        ),
        (
            "from December to January 1951",
            "1950 december [; 1951 january ]",
        ),
        ("31 BCE to 476", "31-bce [; 476 ]"),
        ("AD 70\u{2013}80", "70 [; 80 ]"),
        ("(31BC-AD14)", "31-bce [; 14 ]"),
        ("(c. 1412 \u{2013} 30 May 1431)", "1412 ~ [; 1431 may-30 ]"),
        ("rebuilt 1923\u{2013}4,", "1923 [; 1924 ]"),
        (
            "(July 17\u{2013}Sept. 12, 1683)",
            "1683 july-17 [; 1683 september-12 ]",
        ),
        (
            "from the late 18th to the early 20th century",
            "1701..1800 [; 1901..2000 ]",
        ),
        (
            "in the 5th and 4th centuries BC",
            "500-bce..401-bce; 400-bce..301-bce",
        ),
        ("from the 5th to the 7th century", "401..500 [; 601..700 ]"),
        (
            "January 7, 1951 to January 4, 1951",
            "1951 january-7; 1951 january-4",
        ),
        (
            "on 31 January or 1 February 1951",
            "1951 january-31 ~; 1951 february-1 ~",
        ),
    ]);
}
