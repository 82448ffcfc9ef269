//! Months, years and longer, and what is said beside a date.

use super::mentions;
use super::phrases::check;

#[test]
fn months_years_and_longer() {
    check(&[
        ("in January 1951", "1951 january"),
        ("in January, 1951,", "1951 january"),
        ("in January of 1951", "1951 january"),
        ("early January 1951", "1951 january"),
        ("in mid-June 2012", "2012 june"),
        ("In May 1951 men marched", "1951 may"),
        ("the end of July 762 were", "762 july"),
        ("August 10 BC", "10-bce august"),
        ("April or May 1054", "1054 april ~; 1054 may ~"),
        ("in March and April 1951", "1951 march; 1951 april"),
        ("In 1951 the city fell.", "1951"),
        ("In 1951 prices rose.", "1951"),
        ("since 1951", "1951"),
        ("By 1951, it", "1951"),
        ("until 1951.", "1951"),
        ("before 1500, and", "1500"),
        ("during 2009, directly", "2009"),
        ("in the year 400", "400"),
        ("the year 79 saw", "79"),
        ("the years 860 and 864", "860; 864"),
        ("In 476 Odoacer", "476"),
        ("In 212, by the usual dating", "212"),
        ("In 553 and 557 the dome", "553; 557"),
        ("died in 121, he", "121"),
        ("AD 79", "79"),
        ("A.D. 79", "79"),
        ("in 79 CE.", "79"),
        ("44 BC", "44-bce"),
        ("44 B.C.", "44-bce"),
        ("44BC", "44-bce"),
        ("10,000 BCE", "10000-bce"),
        ("c. 2,500 BC", "2500-bce ~"),
        ("in 490 or 489 BCE", "490-bce ~; 489-bce ~"),
        ("c. 1324", "1324 ~"),
        ("circa 1324", "1324 ~"),
        ("about 1340, when", "1340 ~"),
        ("around the year 400", "400 ~"),
        ("in about 1312.", "1312 ~"),
        ("in 1951 or so", "1951 ~"),
        ("in 1950, 1951 and 1953", "1950; 1951; 1953"),
        ("the war of 1812", "1812"),
        ("the winter of 1500,", "winter 1500"),
        ("in the autumn of 1951", "autumn 1951"),
        ("spring 1951", "spring 1951"),
        ("in the fall of 1951", "autumn 1951"),
        ("early 1951", "early 1951"),
        ("mid-1951", "mid 1951"),
        ("late in 1928", "late 1928"),
        ("as early as 1797", "1797"),
        ("the 1951 census", "1951"),
        ("the 1951 floods", "1951"),
        ("the Treaty of 1500", "1500"),
        ("Peace of Paris (1763)", "1763"),
        ("(born 1951)", "1951"),
        ("Paris, 1951.", "1951"),
        ("1951 was a hard year.", "1951"),
        ("post-1945 Europe", "1945"),
        ("an article about the 1951 battle", "1951"),
        ("in 27 bc, during", "27-bce"),
        ("(died 1844)", "1844"),
        ("the 1340s", "1340..1349"),
        ("in the 1950's", "1950..1959"),
        ("the early 1970s", "1970..1979"),
        ("the 40s BCE", "49-bce..40-bce"),
        ("the 30s CE", "30..39"),
        ("the 1800s", "1800..1899"),
        ("the 20th century", "1901..2000"),
        ("the twentieth century", "1901..2000"),
        ("nineteenth-century Europe", "1801..1900"),
        ("the twenty-first century", "2001..2100"),
        ("the first century BCE", "100-bce..1-bce"),
        ("a fifth-century bishop", "401..500"),
        ("the fifth or sixth century", "401..500 ~; 501..600 ~"),
    ]);
}

#[test]
fn weekdays_and_calendars_beside_a_date() {
    check(&[
        ("Thursday, January 4, 1951", "1951 january-4 Thu"),
        ("Thursday 4 January 1951", "1951 january-4 Thu"),
        ("on Thursday, 4 January", "january-4 Thu"),
        ("Thurs. 4 January", "january-4 Thu"),
        ("Thursday the 4th of January 1951", "1951 january-4 Thu"),
        ("Thursday (January 4, 1951)", "1951 january-4 Thu"),
        ("January 4, 1951, a Thursday, was", "1951 january-4 Thu"),
        ("January 4, 1951 (a Thursday)", "1951 january-4 Thu"),
        ("4 January 1951 (Thursday)", "1951 january-4 Thu"),
        ("January 4, 1951 was a Thursday.", "1951 january-4 Thu"),
        ("January 4 fell on a Thursday", "january-4 Thu"),
        ("the afternoon of 26 August, a Sunday, and", "august-26 Sun"),
        (
            "Thursday and Friday, 4 and 5 January 1951",
            "1951 january-4 Thu; 1951 january-5 Fri",
        ),
        ("He came on Thursday. 4 January was cold.", "january-4"),
        ("On January 4, a Thursday market opened.", "january-4"),
        ("14 October 1066 (Julian)", "1066 october-14 julian"),
        (
            "October 14, 1066 (Julian; October 20 Gregorian)",
            "1066 october-14 julian; october-20 gregorian",
        ),
        (
            "25 December 1642 (Old Style; 4 January 1643 New Style)",
            "1642 december-25 julian; 1643 january-4 gregorian",
        ),
        (
            "December 25, 1642 (Old Style; January 4, 1643, New Style)",
            "1642 december-25 julian; 1643 january-4 gregorian",
        ),
        ("25 December 1642 O.S.", "1642 december-25 julian"),
        ("25 December 1642 (OS)", "1642 december-25 julian"),
        (
            "25 October 1917 by the Julian calendar",
            "1917 october-25 julian",
        ),
        (
            "25 October 1917 in the old calendar",
            "1917 october-25 julian",
        ),
        (
            "on 28 August 683 in the Julian calendar,",
            "683 august-28 julian",
        ),
        (
            "24 \u{2013} 25 October 1917 (Old Style)",
            "1917 october-24 julian [; 1917 october-25 julian ]",
        ),
        ("On 1 March 361, Julian set out.", "361 march-1"),
        ("probably on 4 January 1951", "1951 january-4 ~"),
        ("about 6 April", "april-6 ~"),
        ("possibly in January 1951", "1951 january ~"),
    ]);
}

#[test]
fn ranges_hold_the_words_of_the_date() {
    for (text, words) in [
        (
            "On Thursday, January 4, 1951, Seoul",
            "Thursday, January 4, 1951",
        ),
        ("about 4 January 1951 (Julian)", "4 January 1951"),
        ("the autumn of 1951", "autumn of 1951"),
        ("été 1951: in AD 79 «é»", "AD 79"),
        ("in 44 B.C. he", "44 B.C."),
        ("Thursday (January 4)", "January 4"),
        ("the 4th of January, 1951", "4th of January, 1951"),
    ] {
        let found = mentions(text);
        let range = found.last().unwrap().range.clone();
        assert_eq!(&text[range], words);
    }
}
