//! The files under `static/`, held in the binary and served under names that
//! hold a hash of their content, so that caches may keep them for ever.
//! URL: `/static/{stem}.{hash}.{extension}`.
//!
//! All of `static/css/` becomes one stylesheet, `css/daybook.css`: first
//! `order.css`, which names the cascade layers, then the rest by path. That is
//! the whole pipeline; within a layer no file may rely on its place.

use std::collections::{BTreeMap, HashMap};

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::HEXLOWER;
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::immutable;
use crate::error::AppError;
use crate::paths;

const ORDER: &str = "css/order.css";
const STYLESHEET: &str = "css/daybook.css";

/// One file, ready to be served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The content; cheap to clone.
    pub bytes: Bytes,
    /// The media type, with its character set if it is text.
    pub content_type: String,
}

/// All static files, by source name and by hashed name.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    hashed_names: HashMap<String, String>,
    files: HashMap<String, Asset>,
}

impl Assets {
    /// Reads what the binary holds. Some hundred kilobytes are hashed, so this
    /// is done once, at start.
    #[must_use]
    pub fn load() -> Self {
        let mut assets = Self::default();
        let mut sheets: Vec<String> = Vec::new();
        for name in Embedded::iter() {
            if name.starts_with("css/") {
                sheets.push(name.into_owned());
            } else if let Some(file) = Embedded::get(&name) {
                let content_type = content_type(file.metadata.mimetype());
                assets.add(&name, Bytes::from(file.data.into_owned()), content_type);
            }
        }
        sheets.sort_by_key(|name| (name != ORDER, name.clone()));
        let css: String = sheets.iter().filter_map(|name| text_of(name)).collect();
        let css = with_hashed_urls(&css, |name| assets.hashed_names.get(name).cloned());
        assets.add(
            STYLESHEET,
            Bytes::from(css),
            "text/css; charset=utf-8".to_owned(),
        );
        assets
    }

    /// The URL of a file, by its name under `static/`: `fonts/roman.woff2`. A
    /// name that does not exist gives a URL that answers 404, and a line in the
    /// log.
    #[must_use]
    pub fn href(&self, name: &str) -> String {
        match self.hashed_names.get(name) {
            Some(hashed) => paths::static_file(hashed),
            None => {
                tracing::error!(name, "a page asks for a static file that does not exist");
                paths::static_file(name)
            }
        }
    }

    /// The URLs of all scripts, by their names without folder and ending.
    #[must_use]
    pub fn scripts(&self) -> BTreeMap<String, String> {
        self.hashed_names
            .iter()
            .filter_map(|(name, hashed)| {
                let stem = name.strip_prefix("js/")?.strip_suffix(".js")?;
                Some((stem.to_owned(), paths::static_file(hashed)))
            })
            .collect()
    }

    /// The file behind the last part of a URL: `roman.0123456789.woff2`.
    #[must_use]
    pub fn get(&self, hashed_name: &str) -> Option<&Asset> {
        self.files.get(hashed_name)
    }

    /// The file itself by its name under `static/`, for the few paths that
    /// browsers ask for unhashed, such as `/favicon.ico`.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<&Asset> {
        self.files.get(self.hashed_names.get(name)?)
    }

    fn add(&mut self, name: &str, bytes: Bytes, content_type: String) {
        let hashed = hashed_name(name, &bytes);
        self.hashed_names.insert(name.to_owned(), hashed.clone());
        self.files.insert(
            hashed,
            Asset {
                bytes,
                content_type,
            },
        );
    }
}

/// Registers the route of the static files. Needs `web::Data<Assets>`.
pub fn routes(config: &mut web::ServiceConfig) {
    config.service(web::resource(paths::STATIC_ROUTE).get(show));
}

/// Serves one file, or 404 under any other hash than that of its content.
///
/// # Errors
/// [`AppError::NotFound`].
pub async fn show(
    request: HttpRequest,
    name: web::Path<String>,
    assets: web::Data<Assets>,
) -> Result<HttpResponse, AppError> {
    let asset = assets.get(&name).ok_or(AppError::NotFound)?;
    let bytes = asset.bytes.clone();
    Ok(immutable(&request, &asset.content_type, bytes))
}

#[derive(Embed)]
#[folder = "static/"]
struct Embedded;

fn text_of(name: &str) -> Option<String> {
    let file = Embedded::get(name)?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

/// Text is UTF-8 throughout; without the character set a browser would guess.
fn content_type(guess: &str) -> String {
    if guess.starts_with("text/") {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_owned()
    }
}

/// `fonts/roman.woff2` becomes `roman.0123456789.woff2`: the folder goes, ten
/// hexadecimal digits of the SHA-256 of the content come in.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(bytes)[..5]);
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{file}.{hash}"),
    }
}

/// Rewrites `url(../fonts/roman.woff2)` to the hashed name, which lies beside
/// the stylesheet. A name that `hashed` does not know stays as it is.
fn with_hashed_urls(css: &str, hashed: impl Fn(&str) -> Option<String>) -> String {
    const OPENING: &str = "url(../";
    let mut written = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find(OPENING) {
        let (before, from_url) = rest.split_at(start);
        written.push_str(before);
        let Some(end) = from_url.find(')') else {
            rest = from_url;
            break;
        };
        let (url, after) = from_url.split_at(end);
        match hashed(&url[OPENING.len()..]) {
            Some(name) => written.push_str(&format!("url({name}")),
            None => written.push_str(url),
        }
        rest = after;
    }
    written.push_str(rest);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_changes_with_the_content_and_keeps_the_extension() {
        let one = hashed_name("fonts/roman.woff2", b"one");
        assert!(one.starts_with("roman.") && one.ends_with(".woff2"));
        assert_eq!(one.len(), "roman.0123456789.woff2".len());
        assert_ne!(one, hashed_name("fonts/roman.woff2", b"two"));
    }

    #[test]
    fn urls_in_the_stylesheet_lead_to_hashed_names() {
        let hashed = |name: &str| (name == "fonts/a.woff2").then(|| "a.12.woff2".to_owned());
        assert_eq!(
            with_hashed_urls("x{src:url(../fonts/a.woff2) y}z{b:url(../fonts/b)}", hashed),
            "x{src:url(a.12.woff2) y}z{b:url(../fonts/b)}"
        );
        assert_eq!(
            with_hashed_urls("x{src:url(../fonts/a", hashed),
            "x{src:url(../fonts/a"
        );
    }

    #[test]
    fn the_stylesheet_begins_with_the_layers_and_refers_to_no_unhashed_file() {
        let assets = Assets::load();
        let sheet = assets.by_name(STYLESHEET).unwrap();
        let css = std::str::from_utf8(&sheet.bytes).unwrap();
        assert!(css.trim_start().starts_with("@layer reset"));
        assert!(css.contains("url("));
        assert!(!css.contains("url(.."));
    }

    #[test]
    fn what_the_pages_ask_for_exists() {
        let assets = Assets::load();
        for name in [
            "fonts/roman.woff2",
            "fonts/italic.woff2",
            "fonts/labels.woff2",
            "images/favicon.svg",
            "images/favicon-32.png",
            "images/apple-touch-icon.png",
            "js/report-passage.js",
        ] {
            assert!(assets.by_name(name).is_some(), "{name}");
        }
        let script = assets.by_name("js/report-passage.js").unwrap();
        assert_eq!(script.content_type, "text/javascript; charset=utf-8");
    }
}
