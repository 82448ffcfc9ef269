//! The date on a card, set as at the head of a page.

use super::super::fonts::Face as Font;
use super::sheet::{Ink, LEFT, Sheet, Side};
use super::step;
use crate::articles::FaceDate;

/// Where the line under the date lies.
const LINE: f64 = 326.0;

/// The date from the left margin to `right`, over a line of ink.
pub(super) fn head(sheet: &mut Sheet, date: &FaceDate, right: f64) {
    match date {
        FaceDate::None => {}
        FaceDate::Big { month, day, year } => {
            sheet.small_caps(month, LEFT, 96.0, 46.0);
            let room = right - LEFT;
            let year = year.as_deref().unwrap_or_default();
            let year_width = sheet.widest(&[year], Font::Serif, 62.0);
            let wanted = if day.chars().count() > 2 {
                190.0
            } else {
                268.0
            };
            let size = sheet.figures(day, wanted, room - year_width - 28.0);
            sheet.figures_at(day, LEFT - size * 0.035, LINE - 24.0, size);
            sheet.right(year, right, LINE - 24.0, 62.0);
        }
        FaceDate::Words(words) => {
            let steps = [
                step(128.0, 1),
                step(104.0, 1),
                step(88.0, 2),
                step(76.0, 2),
                step(64.0, 2),
                step(56.0, 2),
                step(62.0, 3),
                step(48.0, 4),
                step(36.0, 5),
            ];
            let words = kept_together(&capitalised(words));
            sheet.text_upto(
                &words,
                Font::Serif,
                &steps,
                Side::both(LEFT, right),
                LINE - 24.0,
            );
        }
    }
    sheet.rule(LEFT, right, LINE, Ink::Black, 1.5);
}

/// A day by itself, as the leaf of a calendar. Returns where there is room
/// beside it.
pub(super) fn calendar_leaf(sheet: &mut Sheet, date: &FaceDate) -> f64 {
    let FaceDate::Big { month, day, .. } = date else {
        return LEFT;
    };
    sheet.small_caps(month, LEFT, 112.0, 62.0);
    let size = sheet.figures(day, 500.0, 470.0);
    sheet.figures_at(day, LEFT - size * 0.035, 500.0, size);
    LEFT + 520.0
}

/// The dates at both ends of an interval, each to stand in one line if it can.
fn kept_together(words: &str) -> String {
    let ends: Vec<String> = words
        .split(" – ")
        .map(|end| end.replace(' ', "\u{A0}"))
        .collect();
    if ends.len() > 1 {
        ends.join("\u{A0}– ")
    } else {
        words.to_owned()
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
