//! Pictures that telephones read: a text as a QR code (ISO/IEC 18004), drawn as
//! one SVG path.

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Squares of white around the picture; readers need them.
const EDGE: usize = 4;

/// A QR code as SVG draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Squares {
    /// The dark squares as the `d` of an SVG path, one unit a square.
    pub path: String,
    /// Width and height in squares, the white edge included.
    pub size: usize,
}

impl Squares {
    /// Encodes a text so that a seventh of the picture may be covered or lost.
    ///
    /// # Errors
    /// The text is longer than a code can hold: some 2,300 bytes.
    pub fn of(text: &str) -> Result<Squares, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        Ok(Squares {
            path: squares(&code),
            size: code.width() + 2 * EDGE,
        })
    }

    /// A file of its own. Black on white in every theme, because not every
    /// reader sees a picture turned to night.
    #[must_use]
    pub fn svg(&self) -> String {
        let Squares { path, size } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>\
             <path d=\"{path}\"/></svg>"
        )
    }
}

/// The dark squares, each row's runs as one rectangle.
fn squares(code: &QrCode) -> String {
    let width = code.width();
    let colours = code.to_colors();
    let mut path = String::new();
    for (y, row) in colours.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + EDGE, y + EDGE));
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_a_white_edge_and_three_eyes() {
        let squares = Squares::of("https://daybook.example/articles/tower-opens?r=3").unwrap();
        // The eyes begin with a bar of seven squares.
        let right = squares.size - EDGE - 7;
        assert!(squares.path.starts_with("M4 4h7v1h-7z"), "{}", squares.path);
        assert!(squares.path.contains(&format!("M{right} 4h7v1h-7z")));
        assert!(squares.path.contains(&format!("M4 {right}h7v1h-7z")));
        assert!(squares.svg().contains("viewBox=\"0 0 "));
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert!(Squares::of(&"x".repeat(3_000)).is_err());
    }
}
