//! Names that differ from a registered one in a letter or two.

use std::collections::BTreeMap;

use super::super::words::{fold, is_numeral};
use crate::articles::model::Registry;
use crate::content::Names;

/// All registered names, so laid out that the nearest to another is found
/// without looking at each. It is built once for a run.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct NearNames {
    /// By registry and number of letters.
    shelves: BTreeMap<(Registry, usize), Vec<Known>>,
}

/// A registered name.
#[derive(Clone, Debug)]
struct Known {
    /// Which letters occur in it.
    letters: u32,
    form: Form,
    name: String,
    path: String,
}

/// A name in the form in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Form {
    /// Its words, folded, without initials.
    words: Vec<String>,
    /// Words of one letter.
    initials: Vec<String>,
}

/// A registered name that another was probably meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Near<'a> {
    /// As its entry writes it.
    pub(in crate::check) name: &'a str,
    /// The file of that entry.
    pub(in crate::check) path: &'a str,
}

impl NearNames {
    /// Takes up every name of every entry.
    pub(in crate::check) fn of(names: &Names) -> NearNames {
        let mut near = NearNames::default();
        for (registry, _, entry) in names.entries() {
            for name in std::iter::once(&entry.name).chain(&entry.details.also) {
                let form = Form::of(name);
                let known = Known {
                    letters: form.letters(),
                    name: name.clone(),
                    path: entry.path.clone(),
                    form,
                };
                let shelf = (registry, known.form.length());
                near.shelves.entry(shelf).or_default().push(known);
            }
        }
        near
    }

    /// The registered name nearest to one that is not registered, if it is so
    /// near that a slip of the pen explains the difference.
    pub(in crate::check) fn nearest(&self, registry: Registry, name: &str) -> Option<Near<'_>> {
        let form = Form::of(name);
        let letters = form.letters();
        let length = form.length();
        let most = most_edits(length);
        let shelves = (registry, length.saturating_sub(most))..=(registry, length + most);
        // An edit takes one letter out and puts another in, at most.
        let unlike = |known: &Known| (known.letters ^ letters).count_ones() as usize;
        self.shelves
            .range(shelves)
            .flat_map(|(_, shelf)| shelf)
            .filter(|known| unlike(known) <= 2 * most)
            .filter_map(|known| Some((form.edits_to(&known.form)?, known)))
            .min_by_key(|(edits, known)| (*edits, &known.name))
            .map(|(_, known)| Near {
                name: &known.name,
                path: &known.path,
            })
    }
}

impl Form {
    fn of(name: &str) -> Form {
        let folded = fold(name);
        let (initials, words) = folded
            .split(' ')
            .map(str::to_owned)
            .partition(|word| word.len() < 2);
        Form { words, initials }
    }

    fn length(&self) -> usize {
        self.words.iter().map(String::len).sum()
    }

    fn letters(&self) -> u32 {
        self.words
            .iter()
            .flat_map(|word| word.bytes())
            .fold(0, |set, byte| set | 1 << (byte & 31))
    }

    /// How many slips lie between two names; `None` for other than slips.
    fn edits_to(&self, other: &Form) -> Option<usize> {
        // “George W.” is nobody's slip for “George H. W.”, but a name may lack
        // its initials.
        let same_initials = self.initials == other.initials;
        if !same_initials && !self.initials.is_empty() && !other.initials.is_empty() {
            return None;
        }
        let joined = (self.words.concat(), other.words.concat());
        if joined.0 == joined.1 {
            return Some(0);
        }
        if !same_initials || self.words.len() != other.words.len() {
            return None;
        }
        let mut edits = 0;
        for (one, two) in self.words.iter().zip(&other.words) {
            edits += slips(one, two)?;
        }
        (edits <= most_edits(joined.0.len().min(joined.1.len()))).then_some(edits)
    }
}

/// How many letters of a name of this length may be wrong.
fn most_edits(length: usize) -> usize {
    match length {
        0..5 => 0,
        5..11 => 1,
        _ => 2,
    }
}

/// How many letters are wrong in a word; `None` where the two are rather two
/// words than one and its misspelling: “Darwin” and “Martin”, “XIV” and “XV”.
pub(super) fn slips(one: &str, two: &str) -> Option<usize> {
    if one == two {
        return Some(0);
    }
    let length = one.len().max(two.len());
    if length < 5 || one.as_bytes().first() != two.as_bytes().first() {
        return None;
    }
    if is_numeral(one) || is_numeral(two) || one.len().abs_diff(two.len()) > 2 {
        return None;
    }
    let edits = strsim::osa_distance(one, two);
    (edits <= if length < 9 { 1 } else { 2 }).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::model::EntryDetails;
    use crate::content::Entry;

    fn registry(people: &[&str]) -> NearNames {
        let mut names = Names::default();
        for name in people {
            let entry = Entry {
                path: format!("people/{}.md", fold(name)),
                name: (*name).to_owned(),
                details: EntryDetails::default(),
            };
            names.add(Registry::People, name, entry).unwrap();
        }
        NearNames::of(&names)
    }

    #[test]
    fn slips_of_the_pen_are_seen() {
        for (registered, written) in [
            ("Matthew Ridgway", "Mathew Ridgeway"),
            ("Matthew Ridgway", "Matthew B. Ridgway"),
            ("Matthew Ridgway", "Matthew Rigdway"),
            ("Herodotus", "Herodotos"),
            ("K’inich Janaab’ Pakal", "Kinich Janab Pakal"),
            ("Al-Biruni", "Al Biruni"),
            ("Chichén Itzá", "Chichen Itza"),
            ("F. W. de Klerk", "F. W. De Klerck"),
        ] {
            let near = registry(&[registered]);
            let found = near.nearest(Registry::People, written);
            assert_eq!(found.map(|near| near.name), Some(registered), "{written}");
            assert_eq!(near.nearest(Registry::Places, written), None);
        }
    }

    #[test]
    fn other_people_are_no_slips() {
        for (registered, written) in [
            ("Charles Darwin", "Charles Martin"),
            ("Louis XIV", "Louis XV"),
            ("Charles I", "Charles II"),
            ("Henry I", "Henry V"),
            ("George H. W. Bush", "George W. Bush"),
            ("World War I", "World War II"),
            ("Gambia", "Zambia"),
            ("Austria", "Australia"),
            ("John Smith", "Joan Smith"),
            ("Apollo 11", "Apollo 12"),
            ("Mali", "Bali"),
            ("Niger", "Nigeria"),
        ] {
            let near = registry(&[registered]);
            assert_eq!(near.nearest(Registry::People, written), None, "{written}");
        }
    }
}
