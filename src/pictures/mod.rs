//! Pictures that editors put beside an article: which type they truly are and
//! how large, told from their bytes and never from their names.
//!
//! SVG is refused: it is a document that can hold scripts. Only headers are
//! read here, so that a picture that would unpack to gigabytes costs nothing.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

/// A picture file may be this large.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// Width times height may be this large.
const MAX_PIXELS: u64 = 50_000_000;

/// What the bytes of a picture say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The type as sent over HTTP.
    pub media_type: &'static str,
    /// The ending of its served name.
    pub extension: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// Reads type and size.
///
/// # Errors
/// A sentence: the file is no JPEG, PNG or WebP picture, is damaged, or is too
/// large.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, String> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err("the picture is larger than 20 MiB: save a smaller one".to_owned());
    }
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| format!("the picture cannot be read: {error}"))?;
    let (media_type, extension) = match reader.format() {
        Some(ImageFormat::Jpeg) => ("image/jpeg", "jpg"),
        Some(ImageFormat::Png) => ("image/png", "png"),
        Some(ImageFormat::WebP) => ("image/webp", "webp"),
        _ => {
            return Err(
                "the file is no JPEG, PNG or WebP picture, whatever its name says; SVG is not taken"
                    .to_owned(),
            );
        }
    };
    let (width, height) = reader
        .into_dimensions()
        .map_err(|error| format!("the picture is damaged: {error}"))?;
    if u64::from(width) * u64::from(height) > MAX_PIXELS || width == 0 || height == 0 {
        return Err(format!(
            "the picture is {width} by {height} pixels; at most 50 million in all are taken"
        ));
    }
    Ok(Inspected {
        media_type,
        extension,
        width,
        height,
    })
}

/// The type that belongs to the ending of a served name.
#[must_use]
pub fn media_type(extension: &str) -> Option<&'static str> {
    match extension {
        "jpg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}

/// The ending of the served name of a type.
#[must_use]
pub fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "png",
        "image/webp" => "webp",
        _ => "jpg",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_decide_and_not_the_name() {
        assert!(inspect(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_err());
        assert!(inspect(b"GIF89a\x01\x00\x01\x00").is_err());
        assert!(inspect(b"\xff\xd8\xff\xe0 cut short").is_err());
        assert!(inspect(b"").is_err());
    }

    #[test]
    fn a_header_that_claims_a_huge_picture_is_refused_without_unpacking_it() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend(60_000_u32.to_be_bytes());
        png.extend(60_000_u32.to_be_bytes());
        png.extend([8, 2, 0, 0, 0, 0xca, 0xcd, 0x21, 0x6d]);
        assert!(inspect(&png).is_err());
    }
}
