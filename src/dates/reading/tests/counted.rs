//! Ages and years apart, as editors write them.

use super::{ages, intervals_of_years};
use crate::dates::reading::{AgeClaim, Direction};

#[test]
fn ages_are_read() {
    for (text, phrase, age, rough, before) in [
        ("He died at 34.", "at 34", 34, false, "He died "),
        ("At 34, she won.", "At 34", 34, false, ""),
        (
            "Ada Lovelace, aged 36, died.",
            "aged 36",
            36,
            false,
            "Ada Lovelace, ",
        ),
        (
            "She died aged about 70.",
            "aged about 70",
            70,
            true,
            "She died ",
        ),
        (
            "It rained. He died at the age of 100.",
            "at the age of 100",
            100,
            false,
            "He died ",
        ),
        (
            "by the age of thirty-four",
            "by the age of thirty-four",
            34,
            false,
            "",
        ),
        ("King at age twelve", "at age twelve", 12, false, "King "),
        (
            "Henry was 34 years old.",
            "34 years old",
            34,
            false,
            "Henry was ",
        ),
        ("a 34-year-old lawyer", "34-year-old", 34, false, "a "),
        ("the nine-year-old king", "nine-year-old", 9, false, "the "),
        (
            "He was nearly eighty years of age.",
            "eighty years of age",
            80,
            true,
            "He was nearly ",
        ),
        (
            "He died in his 34th year.",
            "in his 34th year",
            33,
            false,
            "He died ",
        ),
        (
            "in the thirty-fourth year of his age",
            "in the thirty-fourth year of his age",
            33,
            false,
            "",
        ),
        (
            "J. Smith died at ninety-nine.",
            "at ninety-nine",
            99,
            false,
            "J. Smith died ",
        ),
    ] {
        let claims = ages(text);
        let start = text.find(phrase).unwrap();
        let expected = AgeClaim {
            range: start..start + phrase.len(),
            age,
            approximate: rough,
            before: start - before.len()..start,
        };
        assert_eq!(claims, [expected], "{text}");
    }
    for text in [
        "at 9, the guns began",
        "at 34 Downing Street",
        "at 3:43 in the afternoon",
        "an age of 34 tons",
        "the 200-year-old bridge",
        "sold at 34 dollars",
        "the price stood at 34.",
        "in his 34th year as king",
        "in the 34th year of his reign",
        "aged 18 to 34",
        "34 years later",
        "middle-aged",
        "the Bronze Age",
        "aged cheese",
        "at 34%",
        "at 34th Street",
    ] {
        assert_eq!(ages(text), [], "{text}");
    }
}

#[test]
fn years_apart_are_read() {
    use Direction::{Ago, Anniversary, Earlier, Later};
    for (text, phrase, years, direction, rough) in [
        ("75 years later, he", "75 years later", 75, Later, false),
        ("It ended 75 years ago.", "75 years ago", 75, Ago, false),
        ("75 years after the war", "75 years after", 75, Later, false),
        ("ten years earlier", "ten years earlier", 10, Earlier, false),
        (
            "ten years before the war",
            "ten years before",
            10,
            Earlier,
            false,
        ),
        (
            "ninety-nine years later",
            "ninety-nine years later",
            99,
            Later,
            false,
        ),
        (
            "a hundred years later",
            "a hundred years later",
            100,
            Later,
            false,
        ),
        (
            "one hundred and fifty years on, they",
            "one hundred and fifty years on",
            150,
            Later,
            false,
        ),
        ("a year later", "a year later", 1, Later, false),
        ("1,500 years ago", "1,500 years ago", 1500, Ago, false),
        ("about 160 years later", "160 years later", 160, Later, true),
        (
            "more than 160 years later",
            "160 years later",
            160,
            Later,
            true,
        ),
        ("two centuries ago", "two centuries ago", 200, Ago, true),
        (
            "half a century later",
            "half a century later",
            50,
            Later,
            true,
        ),
        ("a decade earlier", "a decade earlier", 10, Earlier, true),
        (
            "the 75th anniversary",
            "75th anniversary",
            75,
            Anniversary,
            false,
        ),
        (
            "its thirtieth anniversary",
            "thirtieth anniversary",
            30,
            Anniversary,
            false,
        ),
        (
            "the twenty-fifth anniversary",
            "twenty-fifth anniversary",
            25,
            Anniversary,
            false,
        ),
        (
            "the two hundredth anniversary",
            "two hundredth anniversary",
            200,
            Anniversary,
            false,
        ),
        (
            "the hundred and fiftieth anniversary",
            "hundred and fiftieth anniversary",
            150,
            Anniversary,
            false,
        ),
        ("the centennial of", "centennial", 100, Anniversary, false),
        ("its bicentenary", "bicentenary", 200, Anniversary, false),
    ] {
        let found = intervals_of_years(text);
        let [found] = found.as_slice() else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(&text[found.range.clone()], phrase);
        assert_eq!(
            (found.years, found.direction, found.approximate),
            (years, direction, rough),
            "{text}"
        );
    }
    for text in [
        "for 75 years",
        "75 years old",
        "in later years",
        "two weeks later",
        "three years on the island",
        "the year before",
        "many years ago",
        "a 75-year lease",
        "the anniversary",
        "the 2nd century later became",
    ] {
        assert_eq!(intervals_of_years(text), [], "{text}");
    }
}
