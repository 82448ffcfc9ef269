//! What a claim is about: a date of the article, or anything else.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use super::super::model::{EventDate, Role};

/// A property as it is compared: other spellings of one are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Property {
    /// `date`: the date by which the event is known.
    Date,
    /// `date: battle`, `date of the battle`: the dates with that role.
    DateOfRole(Role),
    /// `date: coronation`: of a thing that is no role. Its values are dates,
    /// but it names none of the article's own.
    DateOf(String),
    /// Anything else; its values are words.
    Other(String),
}

impl Property {
    pub(super) fn read(text: &str) -> Property {
        let plain = plain(text);
        if plain == "date" {
            return Property::Date;
        }
        let of = plain
            .strip_prefix("date:")
            .or_else(|| plain.strip_prefix("date of "));
        let Some(of) = of.map(str::trim).filter(|of| !of.is_empty()) else {
            return Property::Other(plain);
        };
        let of = of.strip_prefix("the ").unwrap_or(of);
        role(of).map_or_else(|| Property::DateOf(of.to_owned()), Property::DateOfRole)
    }

    /// Whether its values are dates.
    pub(super) fn is_date(&self) -> bool {
        !matches!(self, Property::Other(_))
    }

    /// Whether its values are places.
    pub(super) fn is_place(&self) -> bool {
        matches!(self, Property::Other(name) if ["location", "place"].contains(&name.as_str()))
    }

    /// Whether it is this date of the article that it is about.
    pub(super) fn names(&self, date: &EventDate) -> bool {
        match self {
            Property::Date => date.primary,
            Property::DateOfRole(role) => date.role == Some(*role),
            Property::DateOf(_) | Property::Other(_) => false,
        }
    }

    /// The words that readers see, where `written` is how the editor wrote it
    /// and `dates` are those of the article that shows it.
    pub(super) fn words(&self, written: &str, dates: &[EventDate]) -> String {
        match self {
            Property::Date => "date".to_owned(),
            Property::DateOfRole(role) => {
                let mut named = dates.iter().filter(|date| self.names(date));
                let only = named.next().filter(|_| named.next().is_none());
                let words = only.map_or(role.words(), EventDate::words);
                format!("date: {words}")
            }
            Property::DateOf(_) | Property::Other(_) => written.trim().to_owned(),
        }
    }
}

/// A text as it is compared: without its capital letters, with single spaces,
/// and with the quotation marks of a typewriter.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .map(|character| match character {
            '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '′' | '`' | '´' => '\'',
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The role as the front matter writes it, or as readers see it.
fn role(plain: &str) -> Option<Role> {
    let key = plain.replace(' ', "-");
    let key: StrDeserializer<'_, Error> = key.as_str().into_deserializer();
    Role::deserialize(key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_property_is_known_in_all_its_spellings() {
        for (text, property) in [
            ("date", Property::Date),
            (" Date ", Property::Date),
            ("date: battle", Property::DateOfRole(Role::Battle)),
            ("date of the  Battle", Property::DateOfRole(Role::Battle)),
            ("Date:took effect", Property::DateOfRole(Role::TookEffect)),
            ("date: took-effect", Property::DateOfRole(Role::TookEffect)),
            ("date of reopening", Property::DateOf("reopening".into())),
            ("Captor", Property::Other("captor".into())),
            ("date:", Property::Other("date:".into())),
            ("dated by", Property::Other("dated by".into())),
        ] {
            assert_eq!(Property::read(text), property, "{text}");
        }
    }

    #[test]
    fn texts_are_compared_without_case_spaces_and_typographic_quotes() {
        for (one, other) in [
            ("Chinese forces", "  chinese \n forces "),
            ("the “People’s” army", "The \"People's\" Army"),
            ("„Élan“", "«élan»"),
        ] {
            assert_eq!(plain(one), plain(other));
        }
        assert_ne!(plain("Chinese forces"), plain("Chinese force"));
    }
}
