//! What happened before and next, as links.

use crate::articles::queries::{Bond, Near};
use crate::articles::teaser::Teaser;
use crate::dates::DateStyle;

/// One article before or after.
pub(crate) struct NeighbourView {
    pub(crate) teaser: Teaser,
    /// In what it is the nearest, in words.
    pub(crate) bond: String,
    /// Nearest of all in time, so that such links lead along all articles.
    pub(crate) in_time: bool,
}

impl NeighbourView {
    pub(super) fn new(near: Near, style: DateStyle) -> NeighbourView {
        let words: Vec<String> = near.bonds.iter().map(words).collect();
        NeighbourView {
            bond: words.join(" · "),
            in_time: near.bonds.contains(&Bond::Time),
            teaser: Teaser::new(near.listed, style, None),
        }
    }
}

fn words(bond: &Bond) -> String {
    match bond {
        Bond::Story(topic) => format!("In the same story: {topic}"),
        Bond::Place(place) => format!("In the same place: {place}"),
        Bond::Time => "In time".to_owned(),
    }
}
