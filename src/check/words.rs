//! Words of plain text, in the forms in which lints compare them.

/// Lower-case ASCII letters and digits, words apart by one space: “Chichén
/// Itzá” and “Chichen-Itza” are both `chichen itza`. Apostrophes part nothing.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut push = |character: char| {
        if character.is_ascii_alphanumeric() {
            folded.push(character.to_ascii_lowercase());
        } else if character != '\'' && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut push);
    } else {
        deunicode::deunicode(text).chars().for_each(&mut push);
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// The words that tell one headline from another: folded, without articles and
/// the like, without years, and without endings; sorted, each once.
pub(super) fn telling_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text)
        .split(' ')
        .filter(|word| !word.is_empty() && !STOP_WORDS.contains(word) && !is_year(word))
        .map(|word| stem(word).to_owned())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// How many words two sorted lists share.
pub(super) fn shared<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut a, mut b, mut count) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(a), other.get(b)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                (a, b, count) = (a + 1, b + 1, count + 1);
            }
        }
    }
    count
}

/// The words of a text with the byte at which each begins: letters and digits,
/// and apostrophes and hyphens between them.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let joins = |c: char| matches!(c, '\'' | '’' | '-');
    text.split(move |c: char| !(c.is_alphanumeric() || joins(c)))
        .map(move |word| word.trim_matches(joins))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// The sentences of a text. An abbreviation with a point may cut one in two.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..).filter(|rest| !rest.is_empty())?;
        let end = rest
            .match_indices(['.', '!', '?'])
            .map(|(at, _)| at + 1)
            .find(|end| {
                let after = rest[*end..].trim_start_matches(['”', '’', ')', '"']);
                let next = after.trim_start();
                next.len() < after.len() && next.chars().next().is_some_and(|c| !c.is_lowercase())
            })
            .unwrap_or(rest.len());
        from += end;
        Some(&rest[..end])
    })
}

/// Whether a phrase stands in a text with no letter or digit beside it. Both
/// are in lower case.
pub(super) fn holds_phrase(text: &str, phrase: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, _)| {
            !inside(text[..at].chars().next_back())
                && !inside(text[at + phrase.len()..].chars().next())
        })
}

/// Whether a folded word is a numeral, as those of kings and wars are.
pub(super) fn is_numeral(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
        || (word.len() > 1 && word.bytes().all(|b| b"ivxl".contains(&b)))
}

const STOP_WORDS: [&str; 34] = [
    "a", "an", "and", "are", "as", "at", "be", "becomes", "by", "first", "for", "from", "had",
    "has", "have", "her", "his", "in", "into", "is", "it", "its", "of", "on", "or", "over", "s",
    "that", "the", "their", "to", "was", "were", "with",
];

/// Three or four digits are a year, or as good as one.
fn is_year(word: &str) -> bool {
    matches!(word.len(), 3 | 4) && word.bytes().all(|b| b.is_ascii_digit())
}

/// The word without the ending by which “captured” and “captures” differ.
fn stem(word: &str) -> &str {
    ["ing", "ed", "es", "s", "e"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_letters_and_digits_alone() {
        for (text, folded) in [
            ("Chichén-Itzá", "chichen itza"),
            ("K’inich Janaab’ Pakal", "kinich janaab pakal"),
            ("  F. W. de Klerk ", "f w de klerk"),
            ("!?", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn headlines_are_compared_by_what_tells_them_apart() {
        let one = telling_words("Chinese forces capture Seoul in 1951");
        let other = telling_words("Seoul is captured by Chinese forces");
        assert_eq!(one, other);
        assert_eq!(shared(&one, &telling_words("The fall of Seoul")), 1);
    }

    #[test]
    fn words_and_sentences_are_cut_where_people_would() {
        let text = "He wrote “No.” Then K’inich-Pakal left. In 3.5 days? Yes.";
        let found: Vec<_> = sentences(text).map(str::trim).collect();
        assert_eq!(
            found,
            [
                "He wrote “No.",
                "” Then K’inich-Pakal left.",
                "In 3.5 days?",
                "Yes."
            ]
        );
        let third = words(text).nth(4);
        assert_eq!(third, Some((text.find("K’").unwrap(), "K’inich-Pakal")));
        assert!(sentences("").next().is_none());
    }

    #[test]
    fn a_phrase_is_found_between_words_only() {
        assert!(holds_phrase("he told it, later", "told"));
        assert!(!holds_phrase("the toldest", "told"));
        assert!(!holds_phrase("anything", ""));
    }
}
