//! The commonest colour of a picture, as one of a few classes of the style
//! sheet: what stands in its place until it has come. A colour of its own would
//! need an inline style, which the content security policy forbids.

use image::RgbImage;

/// A picture is looked at as a square of so many pixels, whatever its shape.
pub(super) const SIDE: u32 = 24;

/// The classes: six greys, and six hues in three depths each, from dark to
/// light. `static/css/components/tone.css` gives each its colour.
pub const TONES: [&str; 24] = [
    "tone--n1", "tone--n2", "tone--n3", "tone--n4", "tone--n5", "tone--n6", "tone--r1", "tone--r2",
    "tone--r3", "tone--y1", "tone--y2", "tone--y3", "tone--g1", "tone--g2", "tone--g3", "tone--t1",
    "tone--t2", "tone--t3", "tone--b1", "tone--b2", "tone--b3", "tone--p1", "tone--p2", "tone--p3",
];

/// Lightness of the greys in OKLCH, as the style sheet has it.
const GREYS: [f32; 6] = [0.2, 0.35, 0.5, 0.65, 0.8, 0.95];

/// Lightness of each hue's three.
const DEPTHS: [f32; 3] = [0.35, 0.6, 0.83];

/// Hues in degrees: red, yellow, green, teal, blue, purple.
const HUES: [f32; 6] = [35.0, 85.0, 140.0, 195.0, 255.0, 320.0];

/// Less chroma than this is grey to the eye.
const LEAST_CHROMA: f32 = 0.03;

/// The tone of most of the pixels; the first in the list of those that tie.
pub(super) fn of(picture: &RgbImage) -> &'static str {
    let mut counts = [0_u32; TONES.len()];
    for pixel in picture.pixels() {
        counts[nearest(pixel.0)] += 1;
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let at = counts.iter().position(|count| *count == most);
    TONES[at.unwrap_or_default()]
}

fn nearest(rgb: [u8; 3]) -> usize {
    let (lightness, chroma, hue) = oklch(rgb);
    if chroma < LEAST_CHROMA {
        return closest(&GREYS, |grey| (grey - lightness).abs());
    }
    let hue = closest(&HUES, |other| {
        let apart = (other - hue).rem_euclid(360.0);
        apart.min(360.0 - apart)
    });
    let depth = closest(&DEPTHS, |depth| (depth - lightness).abs());
    GREYS.len() + hue * DEPTHS.len() + depth
}

fn closest(values: &[f32], distance: impl Fn(f32) -> f32) -> usize {
    let mut best = (0, f32::INFINITY);
    for (index, value) in values.iter().enumerate() {
        let apart = distance(*value);
        if apart < best.1 {
            best = (index, apart);
        }
    }
    best.0
}

/// Björn Ottosson's OKLab, in polar form: lightness and chroma from 0 to about
/// 1, hue in degrees.
fn oklch(rgb: [u8; 3]) -> (f32, f32, f32) {
    let [red, green, blue] = rgb.map(|channel| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    let long = (0.412_221_46 * red + 0.536_332_55 * green + 0.051_445_995 * blue).cbrt();
    let middle = (0.211_903_5 * red + 0.680_699_5 * green + 0.107_396_96 * blue).cbrt();
    let short = (0.088_302_46 * red + 0.281_718_85 * green + 0.629_978_7 * blue).cbrt();
    let lightness = 0.210_454_26 * long + 0.793_617_8 * middle - 0.004_072_047 * short;
    let a = 1.977_998_5 * long - 2.428_592_2 * middle + 0.450_593_7 * short;
    let b = 0.025_904_037 * long + 0.782_771_77 * middle - 0.808_675_77 * short;
    (
        lightness,
        a.hypot(b),
        b.atan2(a).to_degrees().rem_euclid(360.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_have_the_names_that_people_give_them() {
        for (rgb, tone) in [
            ([0, 0, 0], "tone--n1"),
            ([255, 255, 255], "tone--n6"),
            ([128, 128, 128], "tone--n4"),
            ([120, 40, 30], "tone--r1"),
            ([230, 200, 120], "tone--y3"),
            ([70, 130, 60], "tone--g2"),
            ([0, 120, 120], "tone--t2"),
            ([90, 130, 200], "tone--b2"),
            ([60, 20, 80], "tone--p1"),
        ] {
            assert_eq!(TONES[nearest(rgb)], tone, "{rgb:?}");
        }
    }

    #[test]
    fn the_commonest_colour_counts_and_not_the_mean() {
        // Black print on a yellow page.
        let mut page = RgbImage::from_pixel(10, 10, image::Rgb([240, 225, 180]));
        for x in 0..10 {
            for y in 0..4 {
                page.put_pixel(x, y, image::Rgb([0, 0, 0]));
            }
        }
        assert_eq!(of(&page), "tone--y3");
    }

    #[test]
    fn the_style_sheet_has_a_colour_for_each() {
        let css = include_str!("../../static/css/components/tone.css");
        for tone in TONES {
            assert!(
                css.contains(&format!(".{tone} {{ background: oklch(")),
                "{tone}"
            );
        }
    }
}
