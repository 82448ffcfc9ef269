//! Phrases that writers reach for when they have nothing to say.

use std::ops::Range;
use std::sync::LazyLock;

/// A stock phrase and what to do about it.
#[derive(Debug)]
pub(super) struct Phrase {
    /// In lower case, with the printer's apostrophe.
    words: &'static str,
    /// A sentence for the writer.
    pub(super) instead: &'static str,
}

/// Every stock phrase in a text, in order, with its bytes. What stands between
/// quotation marks is another's and left alone.
pub(super) fn all(text: &str) -> impl Iterator<Item = (Range<usize>, &'static Phrase)> {
    let bytes = text.as_bytes();
    let mut next = 0;
    std::iter::from_fn(move || {
        while next < bytes.len() {
            let at = next;
            next += 1;
            let inside = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
            if inside || !bytes[at].is_ascii_alphabetic() {
                continue;
            }
            let letter = usize::from(bytes[at].to_ascii_lowercase() - b'a');
            for phrase in &BY_LETTER[letter] {
                let end = at + phrase.words.len();
                let same = bytes
                    .get(at..end)
                    .is_some_and(|words| words.eq_ignore_ascii_case(phrase.words.as_bytes()));
                if same && stands_alone(text, at..end) && !is_quoted(text, at) {
                    next = end;
                    return Some((at..end, *phrase));
                }
            }
        }
        None
    })
}

/// Whether no letter or digit stands beside these bytes of a text.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !of_word(text[..range.start].chars().next_back()) && !of_word(text[range.end..].chars().next())
}

fn is_quoted(text: &str, at: usize) -> bool {
    let before = &text[..at];
    match (before.rfind('“'), before.rfind('”')) {
        (Some(open), Some(close)) => open > close,
        (open, _) => open.is_some(),
    }
}

static BY_LETTER: LazyLock<[Vec<&'static Phrase>; 26]> = LazyLock::new(|| {
    let mut by_letter: [Vec<&'static Phrase>; 26] = Default::default();
    for phrase in &PHRASES {
        let letter = phrase
            .words
            .as_bytes()
            .first()
            .map_or(0, |first| first - b'a');
        by_letter[usize::from(letter)].push(phrase);
    }
    by_letter
});

const fn phrase(words: &'static str, instead: &'static str) -> Phrase {
    Phrase { words, instead }
}

const BEGIN: &str = "begin with the event itself";
const CUT: &str = "leave it out: the sentence says the same without it";
const FACT: &str = "state the fact that shows it";
const EFFECT: &str = "say what changed, for whom, and when";
const WHO: &str = "say who, and cite it";

/// All that are known, by their first letter.
static PHRASES: [Phrase; 72] = [
    phrase("a moment frozen in time", FACT),
    phrase("a pivotal moment in history", EFFECT),
    phrase("a tale as old as time", CUT),
    phrase("a testament to", FACT),
    phrase("a turning point in history", EFFECT),
    phrase("a watershed moment", EFFECT),
    phrase("against all odds", "say what the odds were"),
    phrase("all that glitters is not gold", CUT),
    phrase("as fate would have it", CUT),
    phrase("as we all know", CUT),
    phrase("at the end of the day", CUT),
    phrase("brings us to", BEGIN),
    phrase("buckle up", BEGIN),
    phrase("but that’s not all", CUT),
    phrase("captured the hearts and minds", FACT),
    phrase("captured the imagination of", FACT),
    phrase("captured the world’s attention", FACT),
    phrase("changed the course of history", EFFECT),
    phrase("changed the world forever", EFFECT),
    phrase("cast a long shadow", EFFECT),
    phrase("dive into the", BEGIN),
    phrase("echoes through the ages", EFFECT),
    phrase("etched in history", EFFECT),
    phrase("etched its name", EFFECT),
    phrase("forever changed the", EFFECT),
    phrase("from humble beginnings", "say what the beginnings were"),
    phrase("galvanised the nation", FACT),
    phrase("has stood the test of time", "say how long it has lasted"),
    phrase("history was made", EFFECT),
    phrase("in the annals of", CUT),
    phrase("in the blink of an eye", "say how long it took"),
    phrase("in the grand scheme of things", CUT),
    phrase("in the tapestry of", CUT),
    phrase("in this article, we", BEGIN),
    phrase("in this article we", BEGIN),
    phrase("in this post, we", BEGIN),
    phrase("it cannot be overstated", FACT),
    phrase(
        "it goes without saying",
        "leave it out, or say it without this",
    ),
    phrase("it is important to note that", CUT),
    phrase("it is interesting to note", CUT),
    phrase("it is safe to say", CUT),
    phrase("it is worth noting that", CUT),
    phrase("it should be noted that", CUT),
    phrase("join us as we", BEGIN),
    phrase("left an indelible mark", EFFECT),
    phrase("left its mark on history", EFFECT),
    phrase("let us delve", BEGIN),
    phrase("let’s delve", BEGIN),
    phrase("let’s dive", BEGIN),
    phrase("let’s explore", BEGIN),
    phrase(
        "little did they know",
        "say what they did know, and what came of it",
    ),
    phrase(
        "little did he know",
        "say what he did know, and what came of it",
    ),
    phrase(
        "little did she know",
        "say what she did know, and what came of it",
    ),
    phrase("made history", "say what was done for the first time"),
    phrase("many historians believe", WHO),
    phrase("needless to say", CUT),
    phrase("never be the same", EFFECT),
    phrase("on this fateful day", BEGIN),
    phrase("only time will tell", CUT),
    phrase("rich tapestry", FACT),
    phrase("sent shockwaves", "say who did what when they heard of it"),
    phrase(
        "serves as a reminder",
        "say what it shows, or stop before it",
    ),
    phrase("some historians say", WHO),
    phrase("stands as a testament", FACT),
    phrase("step back in time", BEGIN),
    phrase("the rest is history", "say what came next"),
    phrase("throughout history", "say since when"),
    phrase("we will delve", BEGIN),
    phrase("we will explore", BEGIN),
    phrase("went down in history", EFFECT),
    phrase("when it comes to", CUT),
    phrase("will go down in history", EFFECT),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_is_found_alone_and_in_a_sentence() {
        assert!(PHRASES.len() >= 40);
        for phrase in &PHRASES {
            assert_eq!(phrase.words, phrase.words.to_lowercase());
            assert!(!phrase.words.contains('\''), "{}", phrase.words);
            let capital = phrase.words[..1].to_uppercase() + &phrase.words[1..];
            for text in [
                phrase.words.to_owned(),
                format!("{capital}, he said."),
                format!("Then – {} – it was so.", phrase.words),
            ] {
                let found: Vec<_> = all(&text).map(|(range, _)| &text[range]).collect();
                assert_eq!(found.len(), 1, "{text}");
                assert!(found[0].eq_ignore_ascii_case(phrase.words), "{text}");
            }
        }
        assert!(PHRASES.is_sorted_by_key(|phrase| &phrase.words[..1]));
    }

    #[test]
    fn parts_of_words_and_the_words_of_others_are_left_alone() {
        for text in [
            "It handmade history books.",
            "Homemade historyless",
            "She wrote “the rest is history” there.",
            "“At last. Needless to say, it fell.”",
            "émade history",
            "made histoŕy made historyé",
            "",
            "’“…",
        ] {
            assert_eq!(all(text).count(), 0, "{text}");
        }
        assert_eq!(all("It “fell”. Needless to say it rose.").count(), 1);
    }
}
