//! The frames: one room for each kind.

mod article;
mod day;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::articles::{Audience, Visibility};
use crate::config::Config;
use crate::db::Db;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::site::headers::may_be_framed;
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy};

pub(super) use article::show as article;
pub(super) use day::{day, today};

/// How long a frame may be kept, in seconds: a correction must show in it
/// within minutes, on whatever site it stands.
const MAX_AGE: u32 = 300;

/// What every handler of a frame asks for.
type Parts = (
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
);

/// What every frame works with.
struct Given {
    db: web::Data<Db>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
    visibility: Visibility,
}

/// A frame whose page is gone or never was.
#[derive(Template)]
#[template(path = "embeds/nothing.html")]
struct NothingFrame {
    shell: Shell,
    sentence: &'static str,
    /// The page that says why.
    href: String,
}

impl From<Parts> for Given {
    fn from((db, audience, site, config): Parts) -> Given {
        Given {
            db,
            site,
            config,
            visibility: audience.now(),
        }
    }
}

impl Given {
    /// The shell of a frame that stands for the page at `path`.
    fn shell(&self, path: &str, title: &str) -> Shell {
        Shell::new(&self.site, path).title(title).unlisted()
    }

    /// The answer with a frame, which any site may show.
    fn frame<T: Template>(
        &self,
        frame: &T,
        cache: CachePolicy,
        inputs: Inputs,
    ) -> Result<HttpResponse, AppError> {
        let answer = site::page(frame, cache).map(may_be_framed)?;
        Ok(depends_on(answer, inputs))
    }

    /// The answer where there is nothing to show: a frame too, because the page
    /// around it cannot be told otherwise.
    fn nothing(&self, status: StatusCode, path: String) -> Result<HttpResponse, AppError> {
        let frame = NothingFrame {
            shell: self.shell(&path, "Nothing here"),
            sentence: if status == StatusCode::GONE {
                "This article was removed."
            } else {
                "There is no such article."
            },
            href: path,
        };
        site::page_with_status(status, &frame, CachePolicy::NoStore).map(may_be_framed)
    }
}
