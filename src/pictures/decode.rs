//! From a file of whatever content to pixels, within limits.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, ImageError, ImageFormat, Limits, Pixel};

use super::{jpeg, renditions, tone};

/// A picture file may be this large.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// Width times height may be this large.
const MAX_PIXELS: u64 = 50_000_000;

/// Either side may be this long, in pixels: WebP cannot hold 16384.
const MAX_SIDE: u32 = 16_000;

/// What a decoder needs for the pixels, and for what it derives them from, may
/// be this large. With the file itself, copies of it, and the rest of the program
/// that stays below 256 MiB. A photograph of 50 megapixels fits, and one of 24
/// also as a progressive JPEG with its colours halved, as nearly all are.
const MAX_UNPACKED: u64 = 160 * 1024 * 1024;

/// What a decoder may keep beside that: colour profiles, texts.
const MAX_ALLOCATED: u64 = 64 * 1024 * 1024;

/// What the bytes of a sound picture say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The type of the file, as over HTTP.
    pub media_type: &'static str,
    /// Pixels, of the picture the right way up.
    pub width: u32,
    /// Pixels, of the picture the right way up.
    pub height: u32,
    /// The class of its commonest colour, one of [`TONES`](super::TONES).
    pub tone: &'static str,
}

/// Unpacks the whole picture, to know that it is sound, and measures it.
///
/// # Errors
/// A sentence: the file is no JPEG, PNG or WebP picture, is damaged, moves, or
/// is too large; and what to do about it.
pub fn examine(bytes: &[u8]) -> Result<Examined, String> {
    guarded(|| {
        let opened = Opened::read(bytes)?;
        let (media_type, (width, height)) = (opened.media_type, opened.size());
        let small = opened.decode(|whole, _| renditions::shrink(whole, tone::SIDE, tone::SIDE))?;
        Ok(Examined {
            media_type,
            width,
            height,
            tone: tone::of(&small.to_rgb8()),
        })
    })
}

/// How many bytes [`examine`] will need at once for this picture, from its head
/// alone; 0 for one that it will refuse without unpacking it.
#[must_use]
pub fn unpacked(bytes: &[u8]) -> u64 {
    guarded(|| Opened::read(bytes).map(|opened| opened.needed)).unwrap_or_default()
}

/// The picture the right way up, at most `width` pixels wide, and whether it is
/// drawn in few colours.
pub(super) fn scaled(bytes: &[u8], width: u32) -> Result<(DynamicImage, bool), String> {
    guarded(|| {
        let opened = Opened::read(bytes)?;
        let (whole_width, whole_height) = opened.size();
        let width = width.min(whole_width);
        let height = renditions::height(whole_width, whole_height, width);
        let turned = opened.is_turned();
        let mut drawn = false;
        let mut scaled = opened.decode(|whole, orientation| {
            drawn = renditions::is_drawn(whole);
            // It is turned afterwards, when it is small.
            let (width, height) = if turned {
                (height, width)
            } else {
                (width, height)
            };
            let mut scaled = renditions::shrink(whole, width, height)?;
            scaled.apply_orientation(orientation);
            Ok(scaled)
        })?;
        if scaled.color() != ColorType::Rgb8 {
            scaled = DynamicImage::ImageRgb8(scaled.to_rgb8());
        }
        Ok((scaled, drawn))
    })
}

/// A picture of which the head has been read and found bearable.
struct Opened<'a> {
    media_type: &'static str,
    decoder: Box<dyn ImageDecoder + 'a>,
    /// Bytes that unpacking takes.
    needed: u64,
    orientation: Orientation,
}

impl<'a> Opened<'a> {
    fn read(bytes: &'a [u8]) -> Result<Opened<'a>, String> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err("the picture is larger than 20 MiB: save a smaller one".to_owned());
        }
        let format = image::guess_format(bytes).ok();
        let (media_type, mut decoder, overhead) = match format {
            Some(ImageFormat::Jpeg) => {
                let head = jpeg::Head::read(bytes)?;
                let decoder = JpegDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
                ("image/jpeg", boxed(decoder), head.overhead())
            }
            Some(ImageFormat::Png) => {
                let decoder =
                    PngDecoder::with_limits(Cursor::new(bytes), limits()).map_err(damaged)?;
                check_size(&decoder)?;
                if decoder.is_apng().map_err(damaged)? {
                    return Err(moving());
                }
                ("image/png", boxed(decoder), 0)
            }
            Some(ImageFormat::WebP) => {
                let decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
                if decoder.has_animation() {
                    return Err(moving());
                }
                let (width, height) = decoder.dimensions();
                // It unpacks with an alpha channel before it takes that away.
                let overhead = u64::from(width) * u64::from(height) * 4;
                ("image/webp", boxed(decoder), overhead)
            }
            _ => {
                return Err(
                    "the file is no JPEG, PNG or WebP picture, whatever its name says: save it as one; SVG is not taken"
                        .to_owned(),
                );
            }
        };
        check_size(decoder.as_ref())?;
        let needed = decoder.total_bytes().saturating_add(overhead);
        if needed > MAX_UNPACKED {
            return Err(format!(
                "the picture needs {} MiB to be unpacked, and at most {} are taken: save it smaller, with 8 bits for each colour and without transparency, and a JPEG not as a progressive one",
                needed / (1024 * 1024),
                MAX_UNPACKED / (1024 * 1024),
            ));
        }
        decoder.set_limits(limits()).map_err(damaged)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        Ok(Opened {
            media_type,
            decoder,
            needed,
            orientation,
        })
    }

    /// Whether what the file calls its width is the picture's height.
    fn is_turned(&self) -> bool {
        matches!(
            self.orientation,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        )
    }

    /// Width and height the right way up.
    fn size(&self) -> (u32, u32) {
        let (width, height) = self.decoder.dimensions();
        if self.is_turned() {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// Unpacks all pixels, as they lie in the file, for `take`, and frees them.
    fn decode<T>(
        self,
        take: impl FnOnce(&DynamicImage, Orientation) -> Result<T, String>,
    ) -> Result<T, String> {
        let mut whole = DynamicImage::from_decoder(self.decoder).map_err(damaged)?;
        lay_on_white(&mut whole);
        take(&whole, self.orientation)
    }
}

fn boxed<'a>(decoder: impl ImageDecoder + 'a) -> Box<dyn ImageDecoder + 'a> {
    Box::new(decoder)
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(u32::MAX);
    limits.max_image_height = Some(u32::MAX);
    limits.max_alloc = Some(MAX_ALLOCATED);
    limits
}

fn check_size(decoder: &(impl ImageDecoder + ?Sized)) -> Result<(), String> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err("the picture has no pixels: save it again".to_owned());
    }
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(format!(
            "the picture is {width} by {height} pixels, and at most 50 million in all are taken: save it smaller"
        ));
    }
    if width.max(height) > MAX_SIDE {
        return Err(format!(
            "the picture is {width} by {height} pixels, and at most {MAX_SIDE} are taken on either side: cut it, or save it smaller"
        ));
    }
    Ok(())
}

/// Puts white paper behind what is transparent, in place. What has been drawn
/// in ink on nothing could not be seen on a dark page.
fn lay_on_white(picture: &mut DynamicImage) {
    fn lay<'a, P: Pixel + 'a>(pixels: impl Iterator<Item = &'a mut P>, max: f32)
    where
        P::Subpixel: Into<f32> + FromRounded,
    {
        for pixel in pixels {
            let channels = pixel.channels_mut();
            let Some((alpha, colours)) = channels.split_last_mut() else {
                continue;
            };
            let share: f32 = (*alpha).into() / max;
            if share < 1.0 {
                for colour in colours {
                    let value: f32 = (*colour).into();
                    *colour = P::Subpixel::from_rounded(max + (value - max) * share);
                }
            }
        }
    }
    match picture {
        DynamicImage::ImageLumaA8(pixels) => lay(pixels.pixels_mut(), 255.0),
        DynamicImage::ImageRgba8(pixels) => lay(pixels.pixels_mut(), 255.0),
        DynamicImage::ImageLumaA16(pixels) => lay(pixels.pixels_mut(), 65535.0),
        DynamicImage::ImageRgba16(pixels) => lay(pixels.pixels_mut(), 65535.0),
        _ => {}
    }
}

/// A channel's value from a number that lies within its range.
trait FromRounded {
    fn from_rounded(value: f32) -> Self;
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between white and a colour there is only what the channel can hold"
)]
impl FromRounded for u8 {
    fn from_rounded(value: f32) -> u8 {
        value.round() as u8
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between white and a colour there is only what the channel can hold"
)]
impl FromRounded for u16 {
    fn from_rounded(value: f32) -> u16 {
        value.round() as u16
    }
}

fn moving() -> String {
    "the picture moves, and pages show none that do: save one image of it as PNG or JPEG".to_owned()
}

fn damaged(error: ImageError) -> String {
    match error {
        ImageError::Limits(_) => {
            "what the picture carries beside its pixels is too large: save it again without its colour profile and texts".to_owned()
        }
        error => format!("the picture is damaged: {error}; save it again"),
    }
}

/// A decoder that panics has a fault, but what an editor can change is the
/// picture.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err("the picture is damaged in a way that nothing here can read: save it again".to_owned())
    })
}
