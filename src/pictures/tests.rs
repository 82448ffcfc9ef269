//! Files of every kind that may lie beside an article, sound and hostile.

use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

/// A picture in which no two lines are the same.
fn plain(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([
            (x * 7 % 256) as u8,
            (y * 13 % 256) as u8,
            ((x ^ y) % 256) as u8,
        ])
    })
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    let (width, height) = (picture.width(), picture.height());
    let color = picture.color().into();
    encoder
        .write_image(picture.as_bytes(), width, height, color)
        .unwrap();
    bytes
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new(&mut bytes).encode_image(picture).unwrap();
    bytes
}

fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .encode(
            picture,
            picture.width(),
            picture.height(),
            image::ExtendedColorType::Rgb8,
        )
        .unwrap();
    bytes
}

/// Puts a chunk behind the head of a PNG.
fn with_chunk(png: &[u8], kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(data.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend(kind);
    chunk.extend(data);
    chunk.extend(crc(&chunk[4..]).to_be_bytes());
    let mut whole = png.to_vec();
    whole.splice(33..33, chunk);
    whole
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        })
    })
}

/// A PNG that is only a head, or a head and nothing of what it promises.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    let sum = crc(&head);
    bytes.extend(head);
    bytes.extend(sum.to_be_bytes());
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

fn orientation(jpeg: &[u8], value: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([value, 0, 0, 0, 0, 0, 0, 0]);
    with_segment(jpeg, &exif)
}

fn with_segment(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe1];
    segment.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    segment.extend(exif);
    let mut whole = jpeg.to_vec();
    whole.splice(2..2, segment);
    whole
}

fn widest(bytes: &[u8]) -> RgbImage {
    let examined = examine(bytes).unwrap();
    let wanted = Wanted {
        width: *widths(examined.width).last().unwrap(),
        format: Format::WebP,
    };
    let made = render(bytes, &[wanted]).unwrap().pop().unwrap();
    image::load_from_memory(&made.bytes).unwrap().to_rgb8()
}

#[test]
fn what_is_no_sound_picture_is_refused_with_a_sentence_and_soon() {
    let small = plain(300, 200);
    let dynamic = DynamicImage::ImageRgb8(small.clone());
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let nearly = |bytes: Vec<u8>| bytes[..bytes.len() - 20].to_vec();
    let mut grey = jpeg(&small);
    let end = grey.len();
    grey.truncate(end / 2);
    let moving = with_chunk(&png(&dynamic), b"acTL", &[0, 0, 0, 9, 0, 0, 0, 0]);
    for (name, bytes, words) in [
        ("nothing", Vec::new(), "no JPEG, PNG or WebP"),
        (
            "svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "SVG is not taken",
        ),
        (
            "gif",
            [&b"GIF89a"[..], &[0x2c; 100_000]].concat(),
            "no JPEG, PNG or WebP",
        ),
        (
            "60000 x 60000",
            claims(60_000, 60_000),
            "60000 by 60000 pixels",
        ),
        ("a strip", claims(50_001, 1), "at most 16000"),
        ("no width", claims(0, 10), "picture"),
        ("no data", claims(40, 40), "damaged"),
        ("half a JPEG", grey, "its end is missing"),
        ("nearly a JPEG", nearly(jpeg(&small)), "its end is missing"),
        ("half a PNG", half(png(&dynamic)), "damaged"),
        ("nearly a PNG", nearly(png(&dynamic)), "damaged"),
        ("half a WebP", half(webp(&small)), "damaged"),
        ("nearly a WebP", nearly(webp(&small)), "damaged"),
        (
            "head of a JPEG",
            b"\xff\xd8\xff\xe0 cut short".to_vec(),
            "damaged",
        ),
        ("an APNG", moving, "moves"),
        ("21 MiB", vec![0; 21 * 1024 * 1024], "larger than 20 MiB"),
    ] {
        let started = Instant::now();
        let told = examine(&bytes).map(|found| format!("{found:?}"));
        let told = told.expect_err(name);
        assert!(told.contains(words), "{name}: {told}");
        assert!(started.elapsed() < Duration::from_secs(5), "{name}");
        assert!(render(&bytes, &wanted(800)).is_err(), "{name}");
    }
}

#[test]
fn a_sound_picture_may_carry_much_and_absurd_things() {
    let small = plain(30, 20);
    let png = png(&DynamicImage::ImageRgb8(small.clone()));
    let text = [&b"Comment\0"[..], &vec![b'x'; 5_000_000]].concat();
    let absurd = [&b"Exif\0\0II*\0"[..], &[0xff; 5000]].concat();
    for (name, bytes) in [
        ("long text", with_chunk(&png, b"tEXt", &text)),
        ("absurd Exif", with_segment(&jpeg(&small), &absurd)),
        ("no such orientation", orientation(&jpeg(&small), 77)),
        (
            "more behind its end",
            [jpeg(&small), vec![0xff; 999]].concat(),
        ),
    ] {
        let found = examine(&bytes).map(|one| (one.width, one.height));
        assert_eq!(found, Ok((30, 20)), "{name}");
    }
    // What unpacks to more than is taken is refused or left packed.
    let bomb = [&b"x\0\0"[..], &vec![0x78; 3_000_000]].concat();
    for kind in [b"zTXt", b"iCCP", b"iTXt"] {
        let file = with_chunk(&png, kind, &bomb);
        let started = Instant::now();
        let _ = examine(&file);
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn what_a_picture_needs_is_known_before_it_is_unpacked() {
    let small = plain(100, 50);
    assert_eq!(unpacked(&jpeg(&small)), 15_000);
    assert_eq!(
        unpacked(&png(&DynamicImage::ImageRgb16(
            DynamicImage::from(small.clone()).to_rgb16()
        ))),
        30_000
    );
    assert_eq!(unpacked(&webp(&small)), 35_000);
    assert_eq!(unpacked(&claims(60_000, 60_000)), 0);
    // A few hundred bytes may ask for much.
    assert_eq!(unpacked(&claims(7000, 7000)), 147_000_000);
}

#[test]
fn every_sort_of_pixel_becomes_eight_bits_of_red_green_and_blue() {
    let colours = plain(40, 30);
    let whole = DynamicImage::ImageRgb8(colours.clone());
    for other in [
        DynamicImage::ImageLuma8(whole.to_luma8()),
        DynamicImage::ImageLumaA8(whole.to_luma_alpha8()),
        DynamicImage::ImageLuma16(whole.to_luma16()),
        DynamicImage::ImageLumaA16(whole.to_luma_alpha16()),
        DynamicImage::ImageRgb8(colours.clone()),
        DynamicImage::ImageRgba8(whole.to_rgba8()),
        DynamicImage::ImageRgb16(whole.to_rgb16()),
        DynamicImage::ImageRgba16(whole.to_rgba16()),
    ] {
        let shown = widest(&png(&other));
        assert_eq!(shown.dimensions(), (40, 30), "{:?}", other.color());
        let expected = other.to_rgb8();
        let apart = |one: &RgbImage| -> u64 {
            let pairs = one.as_raw().iter().zip(expected.as_raw());
            pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum()
        };
        assert!(apart(&shown) / (40 * 30) < 60, "{:?}", other.color());
    }
    for bytes in [jpeg(&colours), webp(&colours), jpeg(&plain(1, 1))] {
        examine(&bytes).unwrap();
        widest(&bytes);
    }
}

#[test]
fn ink_on_nothing_is_ink_on_white() {
    let mut ink = RgbaImage::from_pixel(60, 60, Rgba([0, 0, 0, 0]));
    for x in 0..30 {
        for y in 0..60 {
            ink.put_pixel(x, y, Rgba([10, 10, 10, 255]));
        }
    }
    let shown = widest(&png(&DynamicImage::ImageRgba8(ink)));
    assert!(shown.get_pixel(5, 30)[0] < 30 && shown.get_pixel(55, 30)[0] > 245);
}

#[test]
fn all_eight_orientations_end_upright() {
    // Red lies at the top left as the file has it.
    let mut picture = RgbImage::from_pixel(600, 400, Rgb([20, 20, 20]));
    for x in 0..300 {
        for y in 0..200 {
            picture.put_pixel(x, y, Rgb([220, 20, 20]));
        }
    }
    let file = jpeg(&picture);
    for (value, turned, left, top) in [
        (1, false, true, true),
        (2, false, false, true),
        (3, false, false, false),
        (4, false, true, false),
        (5, true, true, true),
        (6, true, false, true),
        (7, true, false, false),
        (8, true, true, false),
    ] {
        let shown = widest(&orientation(&file, value));
        let (width, height) = if turned { (400, 600) } else { (600, 400) };
        assert_eq!(shown.dimensions(), (width, height), "{value}");
        let x = if left { width / 4 } else { width * 3 / 4 };
        let y = if top { height / 4 } else { height * 3 / 4 };
        assert!(shown.get_pixel(x, y)[0] > 150, "{value}");
        assert!(shown.get_pixel(width - x, height - y)[0] < 80, "{value}");
    }
}

#[test]
fn a_rendition_is_the_same_alone_and_among_others() {
    let bytes = jpeg(&plain(500, 60));
    let all = wanted(500);
    assert!(all.len() >= 2);
    for (one, together) in all.iter().zip(render(&bytes, &all).unwrap()) {
        let alone = render(&bytes, &[*one]).unwrap().pop().unwrap();
        assert_eq!(alone, together);
        assert_eq!(together.wanted, *one);
    }
}

#[test]
fn drawings_stay_exact_and_photographs_small() {
    let mut drawing = RgbImage::from_pixel(700, 500, Rgb([250, 245, 230]));
    for x in 0..700 {
        drawing.put_pixel(x, 250, Rgb([150, 30, 20]));
    }
    let shown = widest(&png(&DynamicImage::ImageRgb8(drawing.clone())));
    assert_eq!(shown, drawing);
    let noisy = RgbImage::from_fn(700, 500, |x, y| {
        Rgb([
            (x * y % 251) as u8,
            (x * 31 % 241) as u8,
            (y * 17 % 239) as u8,
        ])
    });
    assert_ne!(widest(&png(&DynamicImage::ImageRgb8(noisy.clone()))), noisy);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// Some bytes of a sound file are other ones, and it may be cut.
    #[test]
    fn a_garbled_file_is_a_picture_or_a_sentence(
        which in 0..3_usize,
        changes in proptest::collection::vec((0..4000_usize, proptest::num::u8::ANY), 0..8),
        kept in 0..4000_usize,
    ) {
        let small = plain(24, 16);
        let mut bytes = match which {
            0 => jpeg(&small),
            1 => png(&DynamicImage::ImageRgb8(small)),
            _ => webp(&small),
        };
        let length = bytes.len();
        for (at, byte) in changes {
            bytes[at % length] = byte;
        }
        if kept < 2000 {
            bytes.truncate(kept % length);
        }
        match examine(&bytes) {
            Ok(found) => {
                let made = render(&bytes, &wanted(found.width)).unwrap();
                proptest::prop_assert!(!made.is_empty());
            }
            Err(words) => proptest::prop_assert!(!words.is_empty()),
        }
    }
}
