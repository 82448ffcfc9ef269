//! The picture of an article, in the size in which its card shows it.

use image::imageops::FilterType;
use image::{GenericImageView, ImageFormat, Limits};
use resvg::tiny_skia::{ColorU8, Pixmap};

use super::design::{PLATE_HEIGHT, PLATE_WIDTH};

/// Pictures are shown whole, but for what is narrower or lower than these
/// shapes (width by height): of that the middle is shown.
const SHAPES: (f64, f64) = (0.55, 3.2);
/// A small picture is made larger by this much at most.
const GROWTH: f64 = 1.5;

/// A picture that is ready to be laid on a card.
pub struct Plate {
    /// Its pixels, without transparency.
    pub(super) pixels: Pixmap,
    /// The line under it.
    pub(super) credit: String,
}

impl Plate {
    /// Unpacks a rendition, which is WebP, and fits it into the box that a card
    /// has for it. `None` for bytes that are no such picture.
    #[must_use]
    pub fn new(rendition: &[u8], credit: String) -> Option<Plate> {
        let mut reader = image::ImageReader::new(std::io::Cursor::new(rendition));
        reader.set_format(ImageFormat::WebP);
        let mut limits = Limits::default();
        limits.max_alloc = Some(64 << 20);
        reader.limits(limits);
        let picture = reader.decode().ok()?;
        let (width, height) = picture.dimensions();
        let shape = f64::from(width) / f64::from(height.max(1));
        let shown = shape.clamp(SHAPES.0, SHAPES.1);
        let (wide, high) = if shape > shown {
            ((f64::from(height) * shown).round() as u32, height)
        } else {
            (width, (f64::from(width) / shown).round() as u32)
        };
        let (wide, high) = (wide.clamp(1, width), high.clamp(1, height));
        let picture = picture.crop_imm((width - wide) / 2, (height - high) / 2, wide, high);
        let scale = (PLATE_WIDTH / f64::from(wide))
            .min(PLATE_HEIGHT / f64::from(high))
            .min(GROWTH);
        let side = |side: u32| (f64::from(side) * scale).round().max(1.0) as u32;
        let picture = picture
            .resize_exact(side(wide), side(high), FilterType::CatmullRom)
            .into_rgb8();
        let mut pixels = Pixmap::new(picture.width(), picture.height())?;
        for (to, from) in pixels.pixels_mut().iter_mut().zip(picture.pixels()) {
            let [red, green, blue] = from.0;
            *to = ColorU8::from_rgba(red, green, blue, 255).premultiply();
        }
        Some(Plate { pixels, credit })
    }

    /// Pixels.
    pub(super) fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Pixels.
    pub(super) fn height(&self) -> u32 {
        self.pixels.height()
    }
}
