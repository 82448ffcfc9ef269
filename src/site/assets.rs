//! The files under `static/`, held in the binary and served under names that
//! hold a hash of their content, so that caches may keep them for ever.
//! URL: `/static/{stem}.{hash}.{extension}`.
//!
//! `static/css/` becomes one stylesheet, `css/daybook.css`, but for what only
//! paper needs (`css/print.css`), which no reader shall wait for: first
//! `order.css`, which names the cascade layers, then the rest by path, without
//! comments (`stylesheet`). That is the whole pipeline; within a layer no file
//! may rely on its place. What only some pages need lies in a folder of its own
//! and comes as a second stylesheet: `almanac/` (days, years, registries, maps),
//! `record/` (histories, the ledger), `sharing/` (what to do with an article
//! elsewhere), `api/`, `embed/` (alone, without the first), `desk/`.
//!
//! The custom elements in `static/js/` become one module, `js/daybook.js`: one
//! request, which a browser keeps for all pages. Those of the desk, in
//! `static/js/desk/`, become another.
//!
//! Text is compressed once for each coding, as well as it can be, when it is
//! first asked for or by [`Assets::compress`].

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::HEXLOWER;
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use super::coding::{Coding, Effort, is_worth_coding};
use super::stylesheet::{with_hashed_urls, without_ornament};
use super::{immutable, immutable_coded};
use crate::error::AppError;
use crate::paths;

const ORDER: &str = "css/order.css";
const STYLESHEET: &str = "css/daybook.css";
const SCRIPT: &str = "js/daybook.js";
/// Must come before the first paint, and is no module.
const THEME: &str = "js/theme.js";
const PRINT: &str = "css/print.css";
/// The stylesheets of folders of their own.
const FOLDERS: [&str; 6] = [
    "css/almanac.css",
    "css/api.css",
    "css/desk.css",
    "css/embed.css",
    "css/record.css",
    "css/sharing.css",
];
const DESK_SCRIPT: &str = "js/desk.js";

/// One file, ready to be served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The content; cheap to clone.
    pub bytes: Bytes,
    /// The media type, with its character set if it is text.
    pub content_type: String,
    /// The content in each of [`Coding::ALL`], once somebody has asked for it.
    coded: Arc<[OnceLock<Option<Bytes>>; Coding::ALL.len()]>,
}

/// All static files, by source name and by hashed name. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    hashed_names: Arc<HashMap<String, String>>,
    files: Arc<HashMap<String, Asset>>,
}

impl Assets {
    /// What the binary holds, read and hashed by the first who asks.
    #[must_use]
    pub fn load() -> Self {
        static LOADED: OnceLock<Assets> = OnceLock::new();
        LOADED.get_or_init(Self::read).clone()
    }

    /// Compresses everything that is worth it, so that no reader waits for it:
    /// some tenths of a second of one core, to be spent beside the first
    /// requests.
    pub fn compress(&self) {
        for asset in self.files.values() {
            for coding in Coding::ALL {
                drop(asset.coded(coding));
            }
        }
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

    fn read() -> Self {
        let mut names = HashMap::new();
        let mut files = HashMap::new();
        let mut add = |name: &str, bytes: Bytes, content_type: String| {
            let hashed = hashed_name(name, &bytes);
            names.insert(name.to_owned(), hashed.clone());
            files.insert(hashed, Asset::new(bytes, content_type));
        };
        let mut sheets: Vec<String> = Vec::new();
        let mut elements: Vec<String> = Vec::new();
        let mut others: HashMap<String, String> = HashMap::new();
        for name in Embedded::iter() {
            if name.starts_with("css/") {
                sheets.push(name.into_owned());
            } else if name.starts_with("js/") && name != THEME {
                elements.push(name.into_owned());
            } else if let Some(file) = Embedded::get(&name) {
                let content_type = content_type(file.metadata.mimetype());
                let bytes = Bytes::from(file.data.into_owned());
                others.insert(name.clone().into_owned(), hashed_name(&name, &bytes));
                add(&name, bytes, content_type);
            }
        }
        // In a block of its own, what one file names is unknown to the others.
        elements.sort();
        for bundle in [SCRIPT, DESK_SCRIPT] {
            let is_desk = bundle == DESK_SCRIPT;
            let script: String = elements
                .iter()
                .filter(|name| name.starts_with("js/desk/") == is_desk)
                .filter_map(|name| Some(format!("{{\n{}}}\n", text_of(name)?)))
                .collect();
            let content_type = "text/javascript; charset=utf-8".to_owned();
            add(bundle, Bytes::from(script), content_type);
        }
        sheets.sort_by_key(|name| (name != ORDER, name.clone()));
        for name in FOLDERS.into_iter().chain([STYLESHEET, PRINT]) {
            let parts = sheets.iter().filter(|part| bundle_of(part) == name);
            let css: String = parts.filter_map(|part| text_of(part)).collect();
            let css = with_hashed_urls(&without_ornament(&css), |name| others.get(name).cloned());
            add(name, Bytes::from(css), "text/css; charset=utf-8".to_owned());
        }
        Self {
            hashed_names: Arc::new(names),
            files: Arc::new(files),
        }
    }
}

/// The stylesheet that a file under `static/css/` goes into.
fn bundle_of(name: &str) -> &'static str {
    let folder = |sheet: &&str| {
        let folder = sheet.strip_suffix(".css");
        folder.is_some_and(|folder| {
            name.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    match name {
        PRINT => PRINT,
        _ => FOLDERS
            .into_iter()
            .find(|sheet| folder(sheet))
            .unwrap_or(STYLESHEET),
    }
}

impl Asset {
    fn new(bytes: Bytes, content_type: String) -> Self {
        Self {
            bytes,
            content_type,
            coded: Arc::default(),
        }
    }

    /// The content in a coding, and the coding in which it truly is: fonts and
    /// pictures stay as they are. The first call for each coding takes up to
    /// some tenths of a second.
    #[must_use]
    pub fn coded(&self, coding: Coding) -> (Coding, Bytes) {
        let encode = || match coding.encode(&self.bytes, Effort::Most) {
            Ok(bytes) => Some(Bytes::from(bytes)),
            Err(error) => {
                tracing::error!(%error, "a static file cannot be compressed");
                None
            }
        };
        let coded = self
            .cell(coding)
            .and_then(|cell| cell.get_or_init(encode).clone());
        match coded {
            Some(bytes) => (coding, bytes),
            None => (Coding::Identity, self.bytes.clone()),
        }
    }

    /// True if [`Self::coded`] gives it at once.
    fn is_at_hand(&self, coding: Coding) -> bool {
        self.cell(coding).is_none_or(|cell| cell.get().is_some())
    }

    /// Where the content in this coding is kept, if it is ever compressed.
    fn cell(&self, coding: Coding) -> Option<&OnceLock<Option<Bytes>>> {
        if coding == Coding::Identity || !is_worth_coding(&self.content_type) {
            return None;
        }
        let slot = Coding::ALL.iter().position(|one| *one == coding)?;
        self.coded.get(slot)
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
    if !is_worth_coding(&asset.content_type) {
        let bytes = asset.bytes.clone();
        return Ok(immutable(&asset.content_type, bytes));
    }
    let wanted = Coding::of(&request);
    let (coding, bytes) = if asset.is_at_hand(wanted) {
        asset.coded(wanted)
    } else {
        let asset = asset.clone();
        let coded = web::block(move || asset.coded(wanted)).await;
        coded.map_err(|error| AppError::Internal(error.into()))?
    };
    Ok(immutable_coded(
        &request,
        &asset.content_type,
        bytes,
        coding,
    ))
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
    fn the_stylesheet_begins_with_the_layers_and_refers_to_no_unhashed_file() {
        let assets = Assets::load();
        let sheet = assets.by_name(STYLESHEET).unwrap();
        let css = std::str::from_utf8(&sheet.bytes).unwrap();
        assert!(css.trim_start().starts_with("@layer reset"));
        assert!(css.contains("url("));
        assert!(!css.contains("url(.."));
        assert!(!css.contains("/*"));
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
            SCRIPT,
            THEME,
        ] {
            assert!(assets.by_name(name).is_some(), "{name}");
        }
        let script = assets.by_name(SCRIPT).unwrap();
        assert_eq!(script.content_type, "text/javascript; charset=utf-8");
    }
}
