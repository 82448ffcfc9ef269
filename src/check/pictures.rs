//! Pictures: whether they are there, and say what they are.

use super::Subject;
use crate::content::Diagnostic;

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
        if !subject.pictures.contains_key(&picture.file) {
            let message = format!(
                "there is no picture {} beside the article, or it cannot be read",
                picture.file
            );
            let help = "put it there, or take it out of the front matter";
            found.push(Diagnostic::error_at(place, "P002", &message).help(help));
        }
    }
}
