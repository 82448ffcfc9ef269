//! The same map as a PNG, for places that show no SVG.

use color_quant::NeuQuant;
use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Options, Tree};

use super::painting::Painting;
use super::projection::WIDTH;

/// The size at which washes are filtered, as a part of the whole. The blurs of
/// the filter are just wide enough that resvg does them the quick way.
const SOFT: f64 = 0.42;
/// A picture that gets heavier than this, in bytes, is packed with more care.
const HEAVY: usize = 135_000;
/// Colours of a map's PNG: enough that washes do not band.
const COLOURS: usize = 64;
/// One pixel in so many is looked at to choose them.
const SAMPLING: i32 = 30;

/// Draws a map `width` pixels wide. The washes, which are soft anyway, are
/// filtered at less than half that size ([`SOFT`]). `None` if it cannot be drawn, which only a width
/// of nought or of more than memory holds brings about.
pub(super) fn png(painting: &Painting, width: u32) -> Option<Vec<u8>> {
    let scale = f64::from(width) / WIDTH;
    let height = (f64::from(width) * 0.625).round() as u32;
    let mut whole = Pixmap::new(width, height)?;
    let less = |size: u32| (f64::from(size) * SOFT).ceil() as u32;
    let mut soft = Pixmap::new(less(width), less(height))?;
    let washes = tree(&painting.washes())?;
    let small = (scale * SOFT) as f32;
    resvg::render(
        &washes,
        Transform::from_scale(small, small),
        &mut soft.as_mut(),
    );
    let smooth = PixmapPaint {
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    let grown = (1.0 / SOFT) as f32;
    whole.draw_pixmap(
        0,
        0,
        soft.as_ref(),
        &smooth,
        Transform::from_scale(grown, grown),
        None,
    );
    let full = scale as f32;
    let ink = tree(&painting.ink())?;
    resvg::render(&ink, Transform::from_scale(full, full), &mut whole.as_mut());
    packed(&whole, &channels(painting.accent), COLOURS)
}

/// Encodes a picture without transparency as a PNG with a palette, which makes
/// a quarter of the bytes of full colour. `colours` are chosen from it, at least
/// 64; with `always`, which are those of small but important things that would
/// not come into it by themselves, they are 256 at most. `None` only if that
/// cannot be encoded.
#[must_use]
pub fn packed(picture: &Pixmap, always: &[[u8; 3]], colours: usize) -> Option<Vec<u8>> {
    let chosen = NeuQuant::new(SAMPLING, colours, picture.data());
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let colours = chosen.color_map_rgb();
    palette.extend(colours.chunks_exact(3).map(|one| [one[0], one[1], one[2]]));
    palette.extend(always);
    // Nearest colours are looked up once for each colour of five bits a part.
    let mut known = vec![None; 1 << 15];
    let indices: Vec<u8> = picture
        .data()
        .chunks_exact(4)
        .map(|pixel| {
            let key = pixel[..3]
                .iter()
                .fold(0, |key, part| key << 5 | usize::from(part >> 3));
            *known[key].get_or_insert_with(|| nearest(&palette, pixel))
        })
        .collect();
    let quick = encode(picture, &palette, &indices, png::Compression::Fast)?;
    if quick.len() <= HEAVY {
        return Some(quick);
    }
    encode(picture, &palette, &indices, png::Compression::Balanced)
}

fn encode(
    picture: &Pixmap,
    palette: &[[u8; 3]],
    indices: &[u8],
    compression: png::Compression,
) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_compression(compression);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(indices).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

fn nearest(palette: &[[u8; 3]], pixel: &[u8]) -> u8 {
    let far = |colour: &[u8; 3]| -> u32 {
        let parts = colour.iter().zip(pixel);
        parts.map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
    };
    let index = (0..palette.len()).min_by_key(|index| far(&palette[*index]));
    index
        .and_then(|index| u8::try_from(index).ok())
        .unwrap_or(0)
}

/// A colour of the form `#rrggbb`, pure and half thinned with white.
fn channels(colour: &str) -> [[u8; 3]; 2] {
    let parts = [1, 3, 5].map(|start| {
        let part = colour.get(start..start + 2).unwrap_or("00");
        u8::from_str_radix(part, 16).unwrap_or(0)
    });
    [parts, parts.map(|part| part / 2 + 120)]
}

fn tree(svg: &str) -> Option<Tree> {
    Tree::from_str(svg, &Options::default()).ok()
}
