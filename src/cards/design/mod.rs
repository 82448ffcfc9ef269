//! How a card looks: paper and ink, the date as large as on a page, a title in
//! even lines, a map or a picture, and the name of the site under a hairline.
//! Whoever changes it raises `VERSION` in `articles/cards.rs`.

mod date;
mod sheet;

use resvg::tiny_skia::{Pixmap, PixmapPaint, Transform};
use resvg::usvg::Tree;

use self::sheet::{Ink, LEFT, RIGHT, Sheet, Side};
use super::fonts::{self, Face as Font};
use super::lines::Step;
use super::picture::Plate;
use crate::articles::{Face, FaceEvent, FaceKind};
use crate::cartography;
use crate::site::preview::Card;

/// Where the hairline above the site's name lies.
const FOOT: f64 = 560.0;
/// How wide the box of a picture or a map is.
pub(super) const PLATE_WIDTH: f64 = 528.0;
/// How high it is.
pub(super) const PLATE_HEIGHT: f64 = 330.0;
/// Where it begins.
const PLATE_TOP: f64 = 48.0;
/// The middle of what is left and right of it.
const GUTTER: f64 = 44.0;
/// Under the date and beside the plate: where the line of the place stands.
const DATELINE: f64 = 366.0;
/// Colours of the palette, beside [`sheet::COLOURS`].
const COLOURS: usize = 200;

const TITLE: [Step; 7] = [
    step(66.0, 1),
    step(58.0, 2),
    step(50.0, 2),
    step(44.0, 3),
    step(39.0, 3),
    step(34.0, 4),
    step(30.0, 4),
];
const NAME: [Step; 6] = [
    step(118.0, 1),
    step(96.0, 2),
    step(80.0, 2),
    step(64.0, 2),
    step(52.0, 3),
    step(40.0, 4),
];
const EVENT: [Step; 7] = [
    step(36.0, 1),
    step(32.0, 2),
    step(31.0, 1),
    step(27.0, 2),
    step(27.0, 1),
    step(24.0, 3),
    step(24.0, 1),
];
const LABEL: [Step; 3] = [step(24.0, 1), step(20.0, 1), step(17.0, 1)];

const fn step(size: f64, lines: usize) -> Step {
    Step { size, lines }
}

/// What stands at the foot of every card.
#[derive(Clone, Debug)]
pub struct Imprint {
    /// The name of the site.
    pub name: String,
    /// Its host, so that a picture that travels alone says where it is from.
    pub host: String,
}

/// Draws a card as a PNG of [`Card::WIDTH`] by [`Card::HEIGHT`] pixels. `None`
/// if it cannot be drawn, which no words bring about.
#[must_use]
pub fn draw(face: &Face, imprint: &Imprint, plate: Option<&Plate>) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new();
    match face.kind {
        FaceKind::Article => article(&mut sheet, face, plate),
        FaceKind::Day => day(&mut sheet, face),
        FaceKind::Person => person(&mut sheet, face),
        FaceKind::Place => place(&mut sheet, face),
        FaceKind::Site => site(&mut sheet, face),
    }
    foot(&mut sheet, face, imprint);
    let tree = Tree::from_str(&sheet.svg(), &fonts::options()).ok()?;
    let mut paper = Pixmap::new(Card::WIDTH, Card::HEIGHT)?;
    resvg::render(&tree, Transform::identity(), &mut paper.as_mut());
    if let Some(plate) = plate {
        let (x, y) = plate_at(plate);
        let paint = PixmapPaint::default();
        let place = Transform::identity();
        paper.draw_pixmap(x, y, plate.pixels.as_ref(), &paint, place, None);
    }
    cartography::packed(&paper, &sheet::COLOURS, COLOURS)
}

/// An article: the date and the plate above, the title below over the whole.
fn article(sheet: &mut Sheet, face: &Face, plate: Option<&Plate>) {
    let mut right = RIGHT;
    if let Some(plate) = plate {
        right = f64::from(plate_at(plate).0) - GUTTER;
        let left = right + GUTTER;
        sheet.small(
            &plate.credit,
            left,
            RIGHT,
            PLATE_TOP + f64::from(plate.height()) + 24.0,
        );
    } else if let Some(map) = &face.map {
        right = RIGHT - PLATE_WIDTH - GUTTER;
        // The painted part has a rim of paper around it.
        sheet.map(
            map,
            RIGHT - PLATE_WIDTH + 17.0,
            PLATE_TOP - 16.0,
            PLATE_WIDTH,
        );
    }
    date::head(sheet, &face.date, right);
    dateline(sheet, face, right);
    sheet.text(
        &face.title,
        Font::Serif,
        &TITLE,
        Side::both(LEFT, RIGHT),
        (398.0, 544.0),
    );
}

/// Where it was, in which calendar, and whether accounts differ.
fn dateline(sheet: &mut Sheet, face: &Face, right: f64) {
    let note = if face.is_disputed {
        "date disputed"
    } else {
        ""
    };
    let end = sheet.label(&face.line, LEFT, right, DATELINE, Ink::Black, &LABEL);
    if !note.is_empty() {
        let start = if face.line.is_empty() {
            LEFT
        } else {
            end + 20.0
        };
        // Where there is no room beside the place, the date comes first.
        if right - start > 130.0 {
            sheet.label(note, start, right, DATELINE, Ink::Red, &LABEL);
        }
    }
}

/// A day: as large as it can be, and what happened on it.
fn day(sheet: &mut Sheet, face: &Face) {
    let right = date::calendar_leaf(sheet, &face.date);
    let side = Side::both(right, RIGHT);
    if face.events.is_empty() {
        sheet.text("In history", Font::Serif, &NAME, side, (180.0, 420.0));
    } else {
        events(sheet, &face.events, side, (72.0, FOOT - 32.0));
    }
}

/// A person: the name, the life, and what they are told of for.
fn person(sheet: &mut Sheet, face: &Face) {
    let whole = Side::both(LEFT, RIGHT);
    // The less there is to tell, the lower it begins.
    let top = 56.0 + 40.0 * 3_usize.saturating_sub(face.events.len()) as f64;
    let end = sheet.text_from(&face.title, Font::Serif, &NAME, whole, top);
    let life = [step(44.0, 1), step(36.0, 1), step(30.0, 2)];
    let end = sheet.text_from(&face.line, Font::Serif, &life, whole, end + 14.0);
    sheet.rule(LEFT, RIGHT, end + 26.0, Ink::Black, 1.5);
    events(sheet, &face.events, whole, (end + 52.0, FOOT - 24.0));
}

/// A place: its name and its country beside the map.
fn place(sheet: &mut Sheet, face: &Face) {
    let mut right = RIGHT;
    if let Some(map) = &face.map {
        right = RIGHT - PLATE_WIDTH - GUTTER;
        sheet.map(
            map,
            RIGHT - PLATE_WIDTH + 17.0,
            PLATE_TOP - 16.0,
            PLATE_WIDTH,
        );
    }
    let side = Side::both(LEFT, right);
    let end = sheet.text_from(&face.title, Font::Serif, &NAME, side, 56.0);
    let land = [step(36.0, 1), step(28.0, 2)];
    sheet.text_from(&face.line, Font::Serif, &land, side, end + 10.0);
    let top = if face.map.is_some() {
        388.0
    } else {
        f64::max(end + 80.0, 300.0)
    };
    sheet.rule(LEFT, RIGHT, top, Ink::Black, 1.5);
    events(
        sheet,
        &face.events,
        Side::both(LEFT, RIGHT),
        (top + 20.0, FOOT - 10.0),
    );
}

/// The site: its name, and what it is.
fn site(sheet: &mut Sheet, face: &Face) {
    let whole = Side::both(LEFT, RIGHT);
    let name = [
        step(190.0, 1),
        step(150.0, 1),
        step(118.0, 2),
        step(88.0, 3),
        step(60.0, 4),
    ];
    let end = sheet.text_from(&face.title, Font::Serif, &name, whole, 96.0);
    sheet.rule(LEFT, RIGHT, end + 24.0, Ink::Black, 1.5);
    let words = [step(44.0, 2), step(36.0, 3), step(28.0, 4)];
    sheet.text_from(&face.line, Font::Serif, &words, whole, end + 56.0);
}

/// Events with their years in a column of their own, evenly over the height.
fn events(sheet: &mut Sheet, events: &[FaceEvent], side: Side, (top, low): (f64, f64)) {
    let count = events.len().max(1);
    let years: Vec<&str> = events.iter().map(|event| event.year.as_str()).collect();
    let spine = sheet.widest(&years, Font::Serif, 34.0).min(190.0);
    let gap = if spine > 0.0 { spine + 28.0 } else { 0.0 };
    let most = (low - top) / count as f64;
    let each = most.min(150.0);
    let titles = Side::both(side.left + gap, side.right);
    // As many lines as there is height for.
    let fits = |step: &Step| step.size * 1.2 * step.lines as f64 <= each - 8.0;
    let mut steps: Vec<Step> = EVENT.into_iter().filter(fits).collect();
    if steps.is_empty() {
        steps.push(step(22.0, 1));
    }
    for (number, event) in events.iter().enumerate() {
        let at = top + each * number as f64;
        let base = sheet.event(&event.title, &steps, titles, at);
        sheet.year(&event.year, side.left, spine, base);
    }
}

/// The hairline, the site's name, and where it is.
fn foot(sheet: &mut Sheet, face: &Face, imprint: &Imprint) {
    sheet.rule(LEFT, RIGHT, FOOT, Ink::Hair, 1.5);
    let baseline = FOOT + 42.0;
    let host = sheet.host(&imprint.host, baseline);
    if face.kind != FaceKind::Site {
        let steps = [step(30.0, 1), step(25.0, 1), step(20.0, 1)];
        sheet.name(&imprint.name, host - 40.0, baseline, &steps);
    }
}

/// Where the corner of a picture lies: at the right, its top in line with the
/// date.
fn plate_at(plate: &Plate) -> (i32, i32) {
    (RIGHT as i32 - plate.width().cast_signed(), PLATE_TOP as i32)
}
