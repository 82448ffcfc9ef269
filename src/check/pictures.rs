//! Pictures: whether they are there, and say what they are.

use super::Subject;
use super::words::{fold, shared, telling_words};
use crate::articles::model::Illustration;
use crate::content::{Diagnostic, Place};

/// Adds what is wrong to `found`.
pub(super) fn lint(subject: &Subject, found: &mut Vec<Diagnostic>) {
    let file = subject.file;
    let illustration = file
        .details
        .illustration
        .iter()
        .zip(&file.whereabouts.illustration);
    let pictures = file.pictures.iter().zip(&file.whereabouts.pictures);
    for (picture, place) in illustration.chain(pictures) {
        missing(subject, picture, place, found);
        alt(subject, picture, place, found);
        rights(picture, place, found);
    }
}

fn missing(subject: &Subject, picture: &Illustration, place: &Place, found: &mut Vec<Diagnostic>) {
    if !subject.pictures.contains_key(&picture.file) {
        let message = format!(
            "there is no picture {} beside the article, or it cannot be read",
            picture.file
        );
        let help = "put it there, or take it out of the front matter";
        found.push(Diagnostic::error_at(place, "P002", &message).help(help));
    }
}

fn alt(subject: &Subject, picture: &Illustration, place: &Place, found: &mut Vec<Diagnostic>) {
    let alt = picture.alt.trim();
    if fold(alt).is_empty() {
        let message = format!(
            "{} has no `alt`: who cannot see it does not learn what it shows",
            picture.file
        );
        let help = "say in a sentence what it shows and why it stands here";
        found.push(Diagnostic::error_at(place, "P005", &message).help(help));
        return;
    }
    if is_file_name(alt, &picture.file) {
        let message = format!("the `alt` of {} is the name of a file", picture.file);
        let help = "say in a sentence what it shows and why it stands here";
        let place = subject.place_in_value(place, alt);
        found.push(Diagnostic::error_at(&place, "P005", &message).help(help));
        return;
    }
    if let Some(caption) = &picture.caption
        && says_the_same(alt, caption)
    {
        let message = format!("the `alt` of {} repeats its caption", picture.file);
        let help = "describe in `alt` what can be seen; the caption is read out as well";
        let place = subject.place_in_value(place, alt);
        found.push(Diagnostic::warning_at(&place, "P003", &message).help(help));
    }
}

/// A picture that the site itself has made has a maker and terms as well.
fn rights(picture: &Illustration, place: &Place, found: &mut Vec<Diagnostic>) {
    let absent = |value: &Option<String>| value.as_ref().is_none_or(|text| text.trim().is_empty());
    let keys = match (absent(&picture.credit), absent(&picture.licence)) {
        (true, true) => "`credit` and `licence`",
        (true, false) => "`credit`",
        (false, true) => "`licence`",
        (false, false) => return,
    };
    let message = format!("{} has no {keys}", picture.file);
    let help = "name who made it, and the terms under which it may be shown";
    found.push(Diagnostic::warning_at(place, "P004", &message).help(help));
}

fn is_file_name(alt: &str, file: &str) -> bool {
    const ENDINGS: [&str; 8] = [
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".tif", ".tiff",
    ];
    let lower = alt.to_lowercase();
    let one_word = !lower.contains(char::is_whitespace);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // A file `mast.png` may well show a mast.
    let made_up = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_');
    let ends = ENDINGS.iter().any(|ending| lower.ends_with(ending));
    (one_word && ends) || lower == file.to_lowercase() || (alt == stem && stem.contains(made_up))
}

/// Whether two descriptions differ by less than a listener would notice.
fn says_the_same(alt: &str, caption: &str) -> bool {
    let (one, two) = (bare(alt), bare(caption));
    let longest = one.len().max(two.len());
    // Distances of long texts cost much, and two long ones are seldom alike.
    if one == two || (longest < 300 && strsim::osa_distance(&one, &two) * 10 <= longest) {
        return true;
    }
    let (one, two) = (telling_words(&one), telling_words(&two));
    let both = shared(&one, &two);
    both * 20 >= (one.len() + two.len() - both) * 17
}

/// Without the words for being a picture, which the page says itself.
fn bare(text: &str) -> String {
    const OPENINGS: [&str; 13] = [
        "a ",
        "an ",
        "the ",
        "black and white ",
        "diagram of ",
        "drawing of ",
        "image of ",
        "map of ",
        "painting of ",
        "photo of ",
        "photograph of ",
        "picture of ",
        "shows ",
    ];
    let folded = fold(text);
    let mut rest = folded.as_str();
    while let Some(shorter) = OPENINGS
        .iter()
        .find_map(|opening| rest.strip_prefix(opening))
    {
        rest = shorter;
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alt_repeats_its_caption_also_with_small_changes() {
        for (alt, caption, same) in [
            (
                "The airship above its mast.",
                "The airship above its mast",
                true,
            ),
            (
                "Photograph of the airship above its mast",
                "Airship above its mast.",
                true,
            ),
            (
                "The mast, and the airship above it",
                "The airship above its mast.",
                true,
            ),
            (
                "A grey hull hangs over a steel tower.",
                "The airship above its mast.",
                false,
            ),
            (
                "The airship above a mast, drawn in four squares.",
                "The airship above its mast.",
                false,
            ),
        ] {
            assert_eq!(says_the_same(alt, caption), same, "{alt}");
        }
    }

    #[test]
    fn names_of_files_are_no_descriptions() {
        for (alt, file, is) in [
            ("airship.png", "airship.png", true),
            ("IMG_2041.JPG", "airship.png", true),
            ("airship-1937", "airship-1937.png", true),
            ("Mast", "Mast.png", false),
            ("A sketch from notes.png", "sketch.png", false),
        ] {
            assert_eq!(is_file_name(alt, file), is, "{alt}");
        }
    }
}
