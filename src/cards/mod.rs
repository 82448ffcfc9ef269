//! The picture that stands for a page where its link is shared: a PNG of 1200
//! by 630 pixels in the house's paper, ink and types.
//!
//! What a card says, and its address, is made by [`Face`](crate::articles::Face),
//! which the pages ask as well; here it is drawn. Words in scripts for which
//! there is no font are spelt in Latin letters.
//!
//! URLs: /cards/{kind}/{slug}.{revision}.png. Tables: none of its own.

pub mod design;
mod fonts;
mod lines;
mod pages;
mod picture;
mod press;
mod runs;
mod spelling;

use actix_web::web;

pub use self::design::{Imprint, draw};
pub use self::picture::Plate;
pub use self::press::Press;
use crate::paths;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(paths::sharing::CARD_ROUTE).get(pages::show));
}
