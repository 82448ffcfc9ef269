//! P003 to P005.

use super::{article, assert_none, only};
use crate::harness::Corpus;

const FILE: &str = "articles/05/06/tower.md";

/// The picture is described in line 5.
fn picture(keys: &str) -> Corpus {
    let corpus = Corpus::empty();
    let fixtures = Corpus::fixtures();
    let bytes = std::fs::read(fixtures.path("articles/05/06/mast.png")).unwrap();
    corpus.write("articles/05/06/mast-1.png", bytes);
    let lines = format!("illustration: {{file: mast-1.png, kind: drawing, {keys}}}");
    corpus.write(FILE, article("1937-05-06", &lines, "Text."));
    corpus
}

#[test]
fn an_alt_that_repeats_the_caption_is_told() {
    let rights = "credit: Ada Writer, licence: CC0";
    let same = format!(
        "alt: A drawing of the mast with its ring., caption: The mast with its ring, {rights}"
    );
    let corpus = picture(&same);
    let finding = only(&corpus, "P003");
    assert_eq!((finding.place().0, finding.place().1), (FILE, 5));
    assert_eq!(
        finding.words(&corpus),
        "A drawing of the mast with its ring."
    );
    let own = format!(
        "alt: A steel pole that ends in a ring., caption: The mast with its ring, {rights}"
    );
    for code in ["P003", "P004", "P005"] {
        assert_none(&picture(&own), code);
    }
}

#[test]
fn a_picture_needs_its_maker_and_its_terms() {
    for (keys, message) in [
        ("alt: A pole.", "`credit` and `licence`"),
        ("alt: A pole., credit: Ada Writer", "no `licence`"),
        ("alt: A pole., licence: CC0, credit: \" \"", "no `credit`"),
    ] {
        let finding = only(&picture(keys), "P004");
        assert_eq!((finding.place().0, finding.place().1), (FILE, 5));
        assert!(finding.text("message").contains(message), "{finding:?}");
    }
}

#[test]
fn an_alt_without_words_is_an_error() {
    for alt in ["\"\"", "\"…\"", "mast-1.png", "mast-1", "IMG_0042.jpg"] {
        let finding = only(&picture(&format!("alt: {alt}")), "P005");
        assert_eq!(finding.text("severity"), "error");
        assert_eq!((finding.place().0, finding.place().1), (FILE, 5));
    }
}
