//! Which notes cite which source, read from the rendered notes.

use std::collections::HashMap;

use crate::markdown::RenderedHtml;

/// The numbers of the notes that cite each source, by its id.
pub(super) fn notes_by_source(notes: &RenderedHtml) -> HashMap<&str, Vec<usize>> {
    let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
    // The renderer writes each note so, and the sanitiser lets nothing else
    // have such an id.
    for note in notes.as_str().split("<li id=\"fn-").skip(1) {
        let number = note
            .split('"')
            .next()
            .and_then(|digits| digits.parse().ok());
        for link in note.split("href=\"#source-").skip(1) {
            if let (Some(number), Some(id)) = (number, link.split('"').next()) {
                found.entry(id).or_default().push(number);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_knows_its_notes() {
        let notes = RenderedHtml::from_stored(
            "<ol><li id=\"fn-1\"><p><a href=\"#source-a\">A</a></p></li>\
             <li id=\"fn-2\"><p>Own.</p></li>\
             <li id=\"fn-12\"><p><a href=\"#source-a\">A</a>, p. 2</p></li></ol>"
                .to_owned(),
        );
        assert_eq!(notes_by_source(&notes), HashMap::from([("a", vec![1, 12])]));
    }
}
