//! Pictures that editors put beside an article: what their bytes truly are, and
//! the renditions in which pages show them. Pure: bytes in, bytes out.
//!
//! Whatever a file holds, looking at it takes at most 256 MiB and a few
//! seconds: sizes are read from the head before anything is unpacked, and what
//! would unpack to more is refused. SVG is refused as well: it is a document
//! that can hold scripts. What pages show is always encoded anew, so that no
//! rendition carries the place, the camera or the thumbnail that the file does.

mod decode;
mod jpeg;
mod renditions;
mod sources;
#[cfg(test)]
mod tests;
mod tone;

pub use decode::{Examined, MAX_BYTES, examine, unpacked};
pub use renditions::{Format, Rendition, Wanted, height, render, wanted, widths};
pub use sources::{COLUMN, MARGIN, Sources};
pub use tone::TONES;

/// The version of all that is derived from a picture: its measures, its tone,
/// its renditions. Whatever changes one of them for a picture that is stored
/// already raises it, and each picture is then looked at again.
pub const RECIPE: i64 = 1;

/// The type that belongs to the ending of a picture's name in an address.
#[must_use]
pub fn media_type(extension: &str) -> Option<&'static str> {
    match extension {
        "jpg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}
