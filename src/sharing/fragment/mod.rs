//! Links to words of a page: text directives
//! (<https://wicg.github.io/scroll-to-text-fragment/>), which make a browser
//! show the words and mark them. Pure.
//!
//! A browser takes the first place in the page that fits a directive. So each
//! directive made here is tried on the text first, as a browser would, and gets
//! more words, or words from around it, until it fits the right place first.

mod directive;
mod text;

pub(super) use directive::Directive;
pub(super) use text::{Place, Text};

/// Longer words are named by how they begin and end. As in
/// `static/js/copy-link.js`, in characters.
const LONGEST: usize = 80;

/// How many words name the beginning and the end, tried in this order.
const ENDS: [usize; 4] = [5, 8, 12, 20];

/// How many words from before and after are tried.
const MOST_AROUND: usize = 6;

/// The shortest directive that fits a place of the text and no place before it.
/// `None` where none does, as for the second of two paragraphs that are alike.
pub(super) fn directive_to(text: &Text, place: &Place) -> Option<Directive> {
    let fits = |directive: &Directive| text.first(directive).as_ref() == Some(place);
    let around: Vec<(usize, usize)> = std::iter::once((0, 0))
        .chain((1..=MOST_AROUND).flat_map(|words| [(words, 0), (0, words), (words, words)]))
        .collect();
    let whole = |(before, after)| text.whole(place, before, after);
    let ends = |words| {
        let around = around.iter();
        around.filter_map(move |(before, after)| text.ends(place, words, *before, *after))
    };
    let short = place.is_in_one_run() && text.length(place) <= LONGEST;
    let first = around.iter().copied().filter_map(whole).filter(|_| short);
    let then = ENDS.into_iter().flat_map(ends);
    let last = around.iter().copied().filter_map(whole).filter(|_| !short);
    first.chain(then).chain(last).find(|one| fits(one))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text of paragraphs, in which `¹` stands for the mark of a note.
    fn text(paragraphs: &[&str]) -> Text {
        let mut text = Text::default();
        for paragraph in paragraphs {
            let pieces: Vec<&str> = paragraph.split('¹').collect();
            let mut marks = Vec::new();
            let mut at = 0;
            for piece in &pieces[..pieces.len() - 1] {
                at += piece.len();
                marks.push(at);
            }
            text.add(&pieces.concat(), &marks);
        }
        text
    }

    fn link(paragraphs: &[&str], paragraph: usize, words: &str) -> Option<String> {
        let text = text(paragraphs);
        let plain = paragraphs[paragraph].replace('¹', "");
        let at = plain.find(words).unwrap();
        let place = text.place(paragraph, at..at + words.len()).unwrap();
        directive_to(&text, &place).map(|found| found.to_string())
    }

    #[test]
    fn a_short_sentence_is_named_whole() {
        let paragraphs = ["The well-known city fell, they say & write."];
        assert_eq!(
            link(&paragraphs, 0, paragraphs[0]).unwrap(),
            "The%20well%2Dknown%20city%20fell%2C%20they%20say%20%26%20write."
        );
    }

    #[test]
    fn a_long_one_is_named_by_its_ends_and_words_around_a_mark_too() {
        let long = "One two three four five six seven eight nine ten eleven twelve thirteen \
                    fourteen fifteen sixteen seventeen.";
        assert_eq!(
            link(&[long], 0, long).unwrap(),
            "One%20two%20three%20four%20five,thirteen%20fourteen%20fifteen%20sixteen%20seventeen."
        );
        assert_eq!(
            link(&["He said¹ that it fell."], 0, "He said that it fell.").unwrap(),
            "He%20said,that%20it%20fell."
        );
        // What stands after the mark is no word.
        assert_eq!(
            link(&["It fell¹. So."], 0, "It fell.").unwrap(),
            "It%20fell"
        );
    }

    #[test]
    fn what_stands_more_than_once_is_told_apart_by_what_is_around_it() {
        let twice = ["It was cold. Then it snowed. It was cold. They left."];
        let text = text(&twice);
        let at = twice[0].rfind("It was cold.").unwrap();
        let place = text.place(0, at..at + "It was cold.".len()).unwrap();
        let found = directive_to(&text, &place).unwrap();
        assert_eq!(found.to_string(), "snowed.-,It%20was%20cold.");
        // Two that are alike throughout: the second has no link of its own.
        assert_eq!(link(&["It fell.", "It fell."], 1, "It fell."), None);
        assert!(link(&["It fell.", "It fell."], 0, "It fell.").is_some());
    }

    #[test]
    fn part_of_a_longer_word_is_no_earlier_place() {
        assert_eq!(link(&["Rangers range", "range"], 1, "range"), None);
        assert_eq!(link(&["Rangers", "Range"], 1, "Range").unwrap(), "Range");
    }

    #[test]
    fn languages_without_spaces_are_named_whole() {
        let sentence = "首尔陷落。".repeat(30);
        let found = link(&[&sentence], 0, &sentence).unwrap();
        assert!(!found.contains(','), "{found}");
    }

    proptest! {
        #[test]
        fn a_directive_names_its_own_words_and_leads_to_them(
            paragraphs in prop::collection::vec("([ab,&-]{1,3}|漢|É|¹| |\\. ){1,60}", 1..5),
            which in any::<prop::sample::Index>(),
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
        ) {
            let refs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            let text = text(&refs);
            let number = which.index(refs.len());
            let plain = refs[number].replace('¹', "");
            let ends: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
            let (one, other) = (ends[from.index(ends.len())], ends[to.index(ends.len())]);
            let range = one.min(other)..one.max(other);
            let Some(place) = text.place(number, range.clone()) else { return Ok(()); };
            let Some(directive) = directive_to(&text, &place) else { return Ok(()); };
            let written = directive.to_string();
            prop_assert!(written.bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert_eq!(Directive::parse(&written), Some(directive.clone()));
            prop_assert_eq!(text.first(&directive), Some(place));
            let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = squeeze(&plain);
            prop_assert!(words.contains(&directive.start), "{} in {}", directive.start, words);
            if let Some(end) = &directive.end {
                prop_assert!(words.contains(end), "{} in {}", end, words);
            }
        }
    }
}
