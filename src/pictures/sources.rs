//! Where the renditions of a picture are, in the words of HTML.

use std::fmt::Write as _;

use super::renditions::{Format, widths};
use crate::paths;

/// For `sizes`: how wide a picture stands in the column of an article. It
/// follows `--measure` and `--margin` in the style sheet.
pub const COLUMN: &str = "(min-width: 40rem) 36rem, 92vw";

/// For `sizes`: how wide a picture stands beside an entry of a list. It follows
/// `.event__picture` in the style sheet.
pub const MARGIN: &str = "(min-width: 48rem) 9rem, min(24rem, 92vw)";

/// The one that browsers take which know no `srcset`.
const PLAIN: u32 = 800;

/// What an `<img>` says of where its picture is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The address of one of middling size.
    pub src: String,
    /// The addresses of all, each with its width.
    pub srcset: String,
    /// The same as AVIF, for a `<source>` before it, in a program that was
    /// built with the feature `avif`.
    pub avif: Option<String>,
    /// Pixels, of the widest.
    pub width: u32,
    /// Pixels, of the widest.
    pub height: u32,
}

impl Sources {
    /// The addresses for a picture of this hash, this wide and this high.
    #[must_use]
    pub fn new(hash: &str, width: u32, height: u32) -> Sources {
        let widths = widths(width);
        let widest = widths.last().copied().unwrap_or(width);
        let plain = widths.iter().rev().find(|one| **one <= PLAIN);
        Sources {
            src: address(hash, plain.copied().unwrap_or(widest), Format::WebP),
            srcset: set(hash, &widths, Format::WebP),
            #[cfg(feature = "avif")]
            avif: Some(set(hash, &widths, Format::Avif)),
            #[cfg(not(feature = "avif"))]
            avif: None,
            width: widest,
            height: super::renditions::height(width, height, widest),
        }
    }

    /// Much higher than wide: such a picture does not get the whole width of a
    /// column, or it would fill more than a screen.
    #[must_use]
    pub fn is_tall(&self) -> bool {
        u64::from(self.height) * 4 > u64::from(self.width) * 5
    }

    /// The address of the widest, for those who want a picture to keep.
    #[must_use]
    pub fn widest(hash: &str, width: u32) -> String {
        let widest = widths(width).last().copied().unwrap_or(width);
        address(hash, widest, Format::WebP)
    }
}

fn address(hash: &str, width: u32, format: Format) -> String {
    paths::rendition(hash, width, format.extension())
}

fn set(hash: &str, widths: &[u32], format: Format) -> String {
    let mut set = String::new();
    for width in widths {
        let separator = if set.is_empty() { "" } else { ", " };
        let _ = write!(set, "{separator}{} {width}w", address(hash, *width, format));
    }
    set
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_has_its_address_and_the_measures_are_those_of_the_widest() {
        let sources = Sources::new("ab", 3200, 2000);
        assert_eq!(sources.src, "/media/ab.800.webp");
        assert_eq!(
            sources.srcset,
            "/media/ab.400.webp 400w, /media/ab.800.webp 800w, /media/ab.1200.webp 1200w, /media/ab.1600.webp 1600w"
        );
        assert_eq!((sources.width, sources.height), (1600, 1000));
        let small = Sources::new("ab", 900, 10);
        assert_eq!(small.src, "/media/ab.400.webp");
        assert!(!sources.is_tall() && Sources::new("ab", 400, 600).is_tall());
        assert_eq!(Sources::new("ab", 4, 2).srcset, "/media/ab.4.webp 4w");
    }
}
