//! The words in which a text tells what a role says.

use std::ops::Range;

use super::dating::Text;
use crate::articles::model::Role;

/// Beginnings of words that tell the deed, in lower case: those of the role,
/// and of the longer words of its label.
pub(super) fn stems(role: Role, label: Option<&str>) -> Vec<String> {
    /// So much of a word stays the same when it is declined.
    const STEM: usize = 6;
    let words = label
        .unwrap_or_default()
        .split(|c: char| !c.is_alphabetic());
    let of_label = words
        .filter(|word| word.chars().count() >= STEM)
        .map(|word| {
            let stem: String = word.chars().take(STEM).collect();
            stem.to_lowercase()
        });
    let of_role = stems_of_role(role).iter().copied().map(str::to_owned);
    of_role.chain(of_label).collect()
}

/// None for roles that any word may tell.
const fn stems_of_role(role: Role) -> &'static [&'static str] {
    match role {
        Role::Adopted => &["adopt", "approv"],
        Role::Announced => &["announc"],
        Role::Battle => &["battle", "fought"],
        Role::Began => &["began", "begin", "start", "broke out"],
        Role::Born => &["born", "birth"],
        Role::Captured => &["captur", "fell", "taken", "occupied"],
        Role::Celebrated => &["celebrat", "holiday"],
        Role::Completed => &["complet", "finish"],
        Role::Declared => &["declar", "proclaim"],
        Role::Destroyed => &["destroy"],
        Role::Died => &["died", "death", "dead"],
        Role::Discovered => &["discover"],
        Role::Ended => &["ended", "ending", "closed"],
        Role::Erupted => &["erupt"],
        Role::First => &["first"],
        Role::Founded => &["founded", "founding", "foundation"],
        Role::Granted => &["grant"],
        Role::Happened => &[],
        Role::Independence => &["independen"],
        Role::Issued => &["issue"],
        Role::Killed => &["kill", "murder", "assassinat", "stabbed", "shot"],
        Role::Landed => &["land"],
        Role::Launched => &["launch"],
        Role::Observed => &["observ", "saw", "seen"],
        Role::Opened => &["open"],
        Role::Premiered => &["premier"],
        Role::Published => &["publish"],
        Role::Released => &["releas", "freed"],
        Role::Signed => &["signed", "signing"],
        Role::Struck => &["struck", "hit"],
        Role::TookEffect => &["effect", "valid", "into force"],
        Role::Won => &["won", "win"],
    }
}

/// Whether a word of the text (in lower case) begins with the stem.
pub(super) fn has_stem(text: &str, stem: &str) -> bool {
    text.match_indices(stem).any(|(at, _)| {
        !text[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric)
    })
}

/// The sentences of a text: bytes from mark to mark, full stops within dates
/// left alone.
pub(super) fn sentences(text: &Text) -> impl Iterator<Item = Range<usize>> {
    let mut bounds: Vec<usize> = text
        .words
        .match_indices(['.', '!', '?', ';'])
        .map(|(at, _)| at + 1)
        .filter(|at| {
            let within = |mention: &crate::dates::reading::Mention| {
                mention.range.start < *at && *at < mention.range.end
            };
            !text.mentions.iter().any(within)
        })
        .collect();
    bounds.insert(0, 0);
    bounds.push(text.words.len());
    (1..bounds.len()).map(move |index| bounds[index - 1]..bounds[index])
}
