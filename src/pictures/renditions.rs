//! The sizes in which pages show a picture, and their bytes.

use std::collections::HashSet;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, GenericImageView, RgbImage};
use webp::{Encoder, WebPConfig};

use super::decode::scaled;

/// Half a column on a telephone, a column, and the same on sharper screens.
const STEPS: [u32; 4] = [400, 800, 1200, 1600];

/// Of libwebp, from 0 to 100. Below it skies and faces show steps.
const QUALITY: f32 = 80.0;

/// A picture of no more colours than this is taken for a drawing, for which
/// encoding without loss may be the smaller one.
const DRAWN_COLOURS: usize = 1024;

/// How a rendition is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// What every browser shows.
    WebP,
    /// Smaller, and offered beside WebP by a program built with `avif`.
    #[cfg(feature = "avif")]
    Avif,
}

/// A rendition by what its address says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wanted {
    /// Pixels.
    pub width: u32,
    /// How it is encoded.
    pub format: Format,
}

/// A rendition ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// Which it is.
    pub wanted: Wanted,
    /// The same for the same picture, on every machine.
    pub bytes: Vec<u8>,
}

impl Format {
    /// Every format in which this program offers each picture.
    #[cfg(not(feature = "avif"))]
    pub const ALL: [Format; 1] = [Format::WebP];
    /// Every format in which this program offers each picture.
    #[cfg(feature = "avif")]
    pub const ALL: [Format; 2] = [Format::WebP, Format::Avif];

    /// As sent over HTTP.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::WebP => "image/webp",
            #[cfg(feature = "avif")]
            Format::Avif => "image/avif",
        }
    }

    /// The ending in addresses.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Format::WebP => "webp",
            #[cfg(feature = "avif")]
            Format::Avif => "avif",
        }
    }
}

/// The widths in which a picture of this width is shown, narrowest first: never
/// more than it has, and none that differs little from the widest.
#[must_use]
pub fn widths(width: u32) -> Vec<u32> {
    let widest = width.min(STEPS[STEPS.len() - 1]);
    STEPS
        .into_iter()
        .filter(|step| step * 5 <= widest * 4)
        .chain([widest])
        .collect()
}

/// Every rendition that a picture of this width is to have.
#[must_use]
pub fn wanted(width: u32) -> Vec<Wanted> {
    widths(width)
        .into_iter()
        .flat_map(|width| Format::ALL.map(|format| Wanted { width, format }))
        .collect()
}

/// Makes renditions of a picture. The picture is unpacked once.
///
/// # Errors
/// A sentence, as from [`examine`](super::examine): a picture that this has
/// found sound gives none.
pub fn render(bytes: &[u8], wanted: &[Wanted]) -> Result<Vec<Rendition>, String> {
    // All come from the widest that there may be, whichever is asked for, so
    // that each has the same bytes whether it is made alone or with others.
    let (widest, drawn) = scaled(bytes, STEPS[STEPS.len() - 1])?;
    wanted
        .iter()
        .map(|one| {
            let Wanted { width, format } = *one;
            let height = height(widest.width(), widest.height(), width);
            let picture = if width == widest.width() {
                widest.clone()
            } else {
                shrink(&widest, width, height)?
            };
            let bytes = match format {
                Format::WebP => webp(&picture, drawn)?,
                #[cfg(feature = "avif")]
                Format::Avif => avif(&picture)?,
            };
            Ok(Rendition {
                wanted: *one,
                bytes,
            })
        })
        .collect()
}

/// The height in pixels that belongs to a width of a picture of this size; at
/// least one.
#[must_use]
pub fn height(whole_width: u32, whole_height: u32, width: u32) -> u32 {
    let (whole_width, width) = (u64::from(whole_width.max(1)), u64::from(width));
    let height = (u64::from(whole_height) * width + whole_width / 2) / whole_width;
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

/// The picture in another size. Transparency is gone by then.
pub(super) fn shrink(
    picture: &DynamicImage,
    width: u32,
    height: u32,
) -> Result<DynamicImage, String> {
    let mut small = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(false);
    Resizer::new()
        .resize(picture, &mut small, &options)
        .map_err(|error| format!("the picture cannot be made smaller: {error}"))?;
    Ok(small)
}

/// Whether a picture has few colours, told from at most some 65 000 of its
/// pixels.
pub(super) fn is_drawn(picture: &DynamicImage) -> bool {
    let (width, height) = picture.dimensions();
    let across = (width / 256).max(1);
    let down = (height / 256).max(1);
    let mut colours = HashSet::new();
    for y in (0..height).step_by(down as usize) {
        for x in (0..width).step_by(across as usize) {
            colours.insert(picture.get_pixel(x, y).0);
            if colours.len() > DRAWN_COLOURS {
                return false;
            }
        }
    }
    true
}

/// A drawing is encoded with and without loss, and the smaller one taken.
fn webp(picture: &DynamicImage, drawn: bool) -> Result<Vec<u8>, String> {
    let pixels = picture.to_rgb8();
    let mut config = WebPConfig::new().map_err(|()| refused(&"libwebp is of another version"))?;
    config.quality = QUALITY;
    config.use_sharp_yuv = i32::from(drawn); // Or coloured letters blur.
    let lossy = encode(&pixels, &config)?;
    if !drawn {
        return Ok(lossy);
    }
    config.lossless = 1;
    config.quality = 75.0;
    let exact = encode(&pixels, &config)?;
    Ok(if exact.len() <= lossy.len() {
        exact
    } else {
        lossy
    })
}

fn encode(pixels: &RgbImage, config: &WebPConfig) -> Result<Vec<u8>, String> {
    let encoder = Encoder::from_rgb(pixels.as_raw(), pixels.width(), pixels.height());
    let encoded = encoder.encode_advanced(config);
    let encoded = encoded.map_err(|error| refused(&format_args!("{error:?}")))?;
    Ok(encoded.to_vec())
}

fn refused(reason: &dyn std::fmt::Display) -> String {
    format!("the picture cannot be encoded: {reason}")
}

#[cfg(feature = "avif")]
fn avif(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    use rgb::FromSlice;

    let pixels = picture.to_rgb8();
    let size = (pixels.width() as usize, pixels.height() as usize);
    let encoded = ravif::Encoder::new()
        .with_quality(70.0)
        .with_speed(6)
        // More threads cut the picture into more tiles: other bytes.
        .with_num_threads(Some(1))
        .encode_rgb(ravif::Img::new(pixels.as_raw().as_rgb(), size.0, size.1))
        .map_err(|error| refused(&error))?;
    Ok(encoded.avif_file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_picture_is_shown_wider_than_it_is_nor_twice_alike() {
        for (width, expected) in [
            (1, vec![1]),
            (399, vec![399]),
            (450, vec![450]),
            (500, vec![400, 500]),
            (800, vec![400, 800]),
            (900, vec![400, 900]),
            (1210, vec![400, 800, 1210]),
            (1600, vec![400, 800, 1200, 1600]),
            (9000, vec![400, 800, 1200, 1600]),
        ] {
            assert_eq!(widths(width), expected, "{width}");
        }
    }

    #[test]
    fn heights_keep_the_shape_and_are_never_nothing() {
        assert_eq!(height(1200, 900, 400), 300);
        assert_eq!(height(1200, 901, 400), 300);
        assert_eq!(height(16_000, 1, 400), 1);
        assert_eq!(height(1, 16_000, 1), 16_000);
    }
}
