//! What the parser's smart punctuation leaves to do: elided centuries, ranges
//! of years and pages, and spaces at which a date must not break. Each rule
//! needs a digit, and each would rather do too little than too much.

use std::borrow::Cow;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The printer's quotation marks and apostrophes in a plain line, such as a
/// headline, which is no Markdown and so never meets the parser's own.
#[must_use]
pub fn smart_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let opens = out
            .chars()
            .next_back()
            .is_none_or(|before| before.is_whitespace() || "([{“‘—–".contains(before));
        let elided = characters.peek().is_some_and(char::is_ascii_digit);
        out.push(match character {
            '\'' if opens && !elided => '‘',
            '\'' => '’',
            '"' if opens => '“',
            '"' => '”',
            other => other,
        });
    }
    out
}

/// Sets a run of text. `before` is the character that the page shows in front
/// of it.
pub(super) fn set(text: &str, before: Option<char>) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let last_closing_quote = last_closing_quote(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = 0;
    while let Some(found) = text[rest..].find(|character: char| character.is_ascii_digit()) {
        let start = rest + found;
        out.push_str(&text[rest..start]);
        let mut end = start + digits(&text[start..]);
        let mut last_number = start;
        let previous = text[..start].chars().next_back().or(before);
        if is_elision(text, start, end, before, last_closing_quote) {
            out.pop();
            out.push('’');
        }
        if is_day(&text[start..end]) && follows_month(&text[..start]) && !continues(&text[end..]) {
            out.pop();
            out.push('\u{a0}');
        }
        out.push_str(&text[start..end]);
        if let Some(second) = range_end(text, start, end, previous) {
            out.push('–');
            out.push_str(&text[end + 1..second]);
            last_number = end + 1;
            end = second;
        }
        rest = end;
        if let Some(after) = text[end..].strip_prefix(' ')
            && ((is_day(&text[last_number..end]) && starts_with_month(after))
                || starts_with_era(after))
        {
            out.push('\u{a0}');
            rest += 1;
        }
    }
    out.push_str(&text[rest..]);
    Cow::Owned(out)
}

/// Number of ASCII digits that `text` begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// True for `‘90s`, and for `‘69` if no quotation can end behind it: there the
/// mark stands for the century and must be an apostrophe.
fn is_elision(
    text: &str,
    start: usize,
    end: usize,
    before: Option<char>,
    last_closing_quote: Option<usize>,
) -> bool {
    let Some(head) = text[..start].strip_suffix('‘') else {
        return false;
    };
    if end - start != 2
        || head
            .chars()
            .next_back()
            .or(before)
            .is_some_and(char::is_alphanumeric)
    {
        return false;
    }
    let tail = &text[end..];
    let decade = tail
        .strip_prefix('s')
        .is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    decade
        || (!tail.starts_with(char::is_alphanumeric)
            && last_closing_quote.is_none_or(|quote| quote < end))
}

/// Where the last `’` stands that no letter follows, so that it may close a
/// quotation.
fn last_closing_quote(text: &str) -> Option<usize> {
    text.rmatch_indices('’')
        .find(|(index, mark)| !text[index + mark.len()..].starts_with(char::is_alphanumeric))
        .map(|(index, _)| index)
}

/// If a hyphen and a second number follow that make a range of years or pages,
/// where that number ends. ISO dates, scores, telephone numbers and types of
/// aircraft are to stay as they are.
fn range_end(text: &str, start: usize, end: usize, previous: Option<char>) -> Option<usize> {
    let after = text[end..].strip_prefix('-')?;
    let stop = end + 1 + digits(after);
    let opens = previous.is_none_or(|c| c.is_whitespace() || "([“‘".contains(c));
    let mut tail = text[stop..].chars();
    let closes = match tail.next() {
        None => true,
        Some('.' | ',' | ':') => !tail.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_whitespace() || ";)]’”!?…–".contains(c),
    };
    (opens && closes && is_range(&text[start..end], &text[end + 1..stop])).then_some(stop)
}

/// True if the two numbers rise as years or pages do: `1914` `1918`, `1914`
/// `18`, `58` `60`, `158` `62`, `99` `104`. `1951` `12` may be a month.
fn is_range(first: &str, second: &str) -> bool {
    let number = |digits: &str| -> Option<u32> {
        let likely = (2..=4).contains(&digits.len()) && !digits.starts_with('0');
        likely.then(|| digits.parse().ok()).flatten()
    };
    let (Some(low), Some(high)) = (number(first), number(second)) else {
        return false;
    };
    match (first.len(), second.len()) {
        (4, 2) => high > 12 && high > low % 100,
        (3, 2) => high > low % 100,
        (3, 4) => low >= 900 && high > low,
        (2, 3) => true,
        (long, short) => long == short && high > low,
    }
}

fn is_day(digits: &str) -> bool {
    digits.len() <= 2
        && digits
            .parse::<u8>()
            .is_ok_and(|day| (1..=31).contains(&day))
}

fn follows_month(head: &str) -> bool {
    head.strip_suffix(' ').is_some_and(|head| {
        MONTHS.iter().any(|month| {
            head.strip_suffix(month)
                .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
        })
    })
}

fn starts_with_month(tail: &str) -> bool {
    MONTHS.iter().any(|month| starts_with_word(tail, month))
}

fn starts_with_era(tail: &str) -> bool {
    ["BCE", "CE", "BC", "AD"]
        .iter()
        .any(|era| starts_with_word(tail, era))
}

fn starts_with_word(tail: &str, word: &str) -> bool {
    tail.strip_prefix(word)
        .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}

/// True if a number goes on, as in `10:30` or `4.5`, so that it is no day.
fn continues(tail: &str) -> bool {
    let mut characters = tail.chars();
    characters
        .next()
        .is_some_and(|character| ":.,".contains(character))
        && characters.next().is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_gets_the_printers_marks() {
        assert_eq!(smart_quotes("Darwin's \"Origin\""), "Darwin’s “Origin”");
        assert_eq!(smart_quotes("the '90s and 'so'"), "the ’90s and ‘so’");
    }

    fn assert_set(text: &str, expected: &str) {
        assert_eq!(set(text, None), expected.replace('_', "\u{a0}"), "{text:?}");
    }

    #[test]
    fn ranges_of_years_and_pages_get_an_en_dash() {
        assert_set("1914-1918", "1914–1918");
        assert_set("(1914-18), pp. 58-60.", "(1914–18), pp. 58–60.");
        assert_set("from 99-104; 158-62", "from 99–104; 158–62");
    }

    #[test]
    fn other_numbers_with_hyphens_stay() {
        for text in [
            "1951-01-04",
            "1951-01",
            "1951-12",
            "978-0-14-044921-2",
            "555-1234",
            "F-16",
            "AK-47",
            "747-400",
            "2-1",
            "50-50",
            "12-07",
            "/1914-1918",
            "x=10-20",
            "10-20-30",
            "10-20th",
            "1.10-20",
            "10-12.5",
            "-18",
            "14-",
        ] {
            assert_set(text, text);
        }
    }

    #[test]
    fn elided_centuries_get_an_apostrophe() {
        assert_set("‘90s", "’90s");
        assert_set("of ‘69, and don’t", "of ’69, and don’t");
        assert_set("‘90 men’ he said", "‘90 men’ he said");
        assert_set("‘1990s", "‘1990s");
    }

    #[test]
    fn dates_do_not_break() {
        assert_set("on 4 January 1951", "on 4_January 1951");
        assert_set("January 4, 1951", "January_4, 1951");
        assert_set("24-25 May", "24–25_May");
        assert_set("44 BCE and 79 CE", "44_BCE and 79_CE");
        assert_set("1951 January", "1951 January");
        assert_set("99 Marching, March 10.5", "99 Marching, March 10.5");
        assert_set("40 March hares", "40 March hares");
    }

    #[test]
    fn what_stands_before_a_run_counts() {
        assert_eq!(set("14-18", Some('x')), "14-18");
        assert_eq!(set("14-18", Some(' ')), "14–18");
    }
}
