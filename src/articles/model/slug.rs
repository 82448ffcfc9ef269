//! The permanent name of a thing in its URL.

use serde::{Deserialize, Serialize};

/// The permanent name of an article, a registry entry or a page in its URL:
/// lower-case ASCII letters, digits and single hyphens, at most 100 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

/// A text is no slug.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no slug: use lower-case letters, digits and single hyphens, at most 100")]
pub struct SlugError(String);

impl Slug {
    /// Takes a text that is already in the form of a slug.
    ///
    /// # Errors
    /// Any other text.
    pub fn parse(text: &str) -> Result<Slug, SlugError> {
        let plain = !text.is_empty()
            && text.len() <= 100
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--")
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if plain {
            Ok(Slug(text.to_owned()))
        } else {
            Err(SlugError(text.chars().take(40).collect()))
        }
    }

    /// Makes a slug from a name in any script, by transliteration. `None`
    /// where nothing of it can be written in ASCII.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Slug> {
        let mut slug = String::new();
        for character in deunicode::deunicode(name).chars() {
            if character.is_ascii_alphanumeric() {
                slug.push(character.to_ascii_lowercase());
            } else if character != '\'' && !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
            if slug.len() >= 100 {
                break;
            }
        }
        let slug = slug.trim_end_matches('-');
        (!slug.is_empty()).then(|| Slug(slug.to_owned()))
    }

    /// The text of the slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Slug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Slug, SlugError> {
        Slug::parse(&text)
    }
}
