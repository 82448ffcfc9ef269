//! How somebody becomes an editor, proves it, and stops being one: invitation,
//! password, authenticator, recovery codes, sessions, roles.
//!
//! Tables: editors, recovery_codes, editor_links, login_failures; and sessions,
//! which the gate owns. Guesses are counted before they are looked at, so that
//! many at once are no more than many one after another (`throttle`).

mod account;
mod alerts;
mod authenticator;
mod choose;
pub mod command;
mod device;
mod editors;
mod letters;
mod office;
pub(super) mod passwords;
mod queries;
mod second_factor;
mod sign_in;
mod throttle;

use actix_web::web;

use super::gate;
use crate::paths::desk as paths;

pub use alerts::{alert, keep_alerting};

/// How long an invitation can be followed.
const INVITATION_MS: i64 = 48 * 60 * 60 * 1_000;
/// How long a link to a new password can be followed.
const RESET_MS: i64 = 60 * 60 * 1_000;
/// How many of those links one account is sent in a day.
const MOST_RESETS: i64 = 3;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Registers the door and the pages about accounts.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .app_data(gate::form_limit())
        .service(
            web::resource(paths::SIGN_IN)
                .route(web::get().to(sign_in::open))
                .route(web::post().to(sign_in::enter)),
        )
        .service(
            web::resource(paths::SECOND_FACTOR)
                .route(web::get().to(second_factor::open))
                .route(web::post().to(second_factor::enter)),
        )
        .service(web::resource(paths::SIGN_OUT).route(web::post().to(sign_in::leave)))
        .service(
            web::resource(paths::FORGOTTEN)
                .route(web::get().to(choose::open_forgotten))
                .route(web::post().to(choose::send_link)),
        )
        .service(
            web::resource(paths::PASSWORD_ROUTE)
                .route(web::get().to(choose::open))
                .route(web::post().to(choose::choose)),
        )
        .service(
            web::resource(paths::ACCOUNT)
                .route(web::get().to(account::show))
                .route(web::post().to(account::change)),
        )
        .service(
            web::resource(paths::EDITORS)
                .route(web::get().to(editors::show))
                .route(web::post().to(editors::change)),
        );
}
