//! The fields of a form of the desk, once it is proved to be one of ours.

use std::fmt;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::{FutureExt, LocalBoxFuture};

use super::{Cookies, seal};
use crate::config::{Config, SecretKey};
use crate::error::AppError;
use crate::site::client;

/// The most that a form may hold, in bytes: a whole article fits, in the
/// encoding of forms.
const MOST: usize = 256 * 1024;

const FOREIGN: &str = "This form did not come from a page of the desk. If you did not mean to send \
    it, all is well: nothing was changed. If you did, open the desk itself and do it there.";
const STALE: &str = "Nothing was changed, and nothing is lost: this page was opened before you \
    signed in, or it was open for too long. Go back in your browser, where what you wrote still is, \
    copy it if it is long, load the page again, and send it again.";

/// The fields of a form that a page of the desk made for this very session. As
/// a parameter of a handler it refuses every other one with 403, before
/// anything is done. Where the handler asks for `Desk` too, that stands first.
pub(in crate::desk) struct Fields(Vec<Field>);

struct Field {
    name: String,
    typed: String,
    cleaned: String,
}

impl Fields {
    /// What stands in a field, without the characters that control terminals
    /// (line breaks and tabs stay) and without space around it; empty if it is
    /// not there. Of two fields with one name the first counts.
    pub(in crate::desk) fn text(&self, name: &str) -> &str {
        self.find(name).map_or("", |field| field.cleaned.trim())
    }

    /// What stands in a field, to the letter, as passwords need it; empty if
    /// it is not there.
    pub(in crate::desk) fn raw(&self, name: &str) -> &str {
        self.find(name).map_or("", |field| field.typed.as_str())
    }

    /// Whether the form holds the field at all, as a checked box does.
    pub(in crate::desk) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn new(pairs: Vec<(String, String)>) -> Fields {
        let is_clean = |c: &char| matches!(c, '\n' | '\t') || !c.is_control();
        let fields = pairs.into_iter().map(|(name, typed)| Field {
            name,
            // Browsers send each line break as two characters.
            cleaned: typed
                .replace("\r\n", "\n")
                .chars()
                .filter(is_clean)
                .collect(),
            typed,
        });
        Fields(fields.collect())
    }

    fn find(&self, name: &str) -> Option<&Field> {
        self.0.iter().find(|field| field.name == name)
    }
}

/// Fields hold passwords and what people wrote.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fields(hidden)")
    }
}

impl FromRequest for Fields {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let body = web::Form::<Vec<(String, String)>>::from_request(&request, payload);
        async move {
            let fields = Fields::new(body.await?.into_inner());
            allow(&request, &fields)?;
            Ok(fields)
        }
        .boxed_local()
    }
}

/// The setting that lets forms of the desk be as large as they may be.
pub(in crate::desk) fn limit() -> web::FormConfig {
    web::FormConfig::default().limit(MOST)
}

fn allow(request: &HttpRequest, fields: &Fields) -> Result<(), AppError> {
    let (Some(config), Some(key)) = (
        request.app_data::<web::Data<Config>>(),
        request.app_data::<web::Data<SecretKey>>(),
    ) else {
        return Err(AppError::Internal(anyhow::anyhow!(
            "the desk was registered without its settings"
        )));
    };
    if client::is_foreign(request.headers(), &config.base_url) {
        return Err(AppError::Forbidden(FOREIGN.to_owned()));
    }
    let secret = Cookies::of(&config.base_url).secret(request);
    match secret {
        Some(secret) if seal::is_csrf(key, &secret, fields.raw("csrf")) => Ok(()),
        _ => Err(AppError::Forbidden(STALE.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cleaned_and_passwords_are_not() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields::new(vec![
            pair("note", " a\u{1b}[31m\r\nb\t\u{0} "),
            pair("note", "second"),
            pair("password", " with space\u{7} "),
        ]);
        assert_eq!(fields.text("note"), "a[31m\nb");
        assert_eq!(fields.raw("password"), " with space\u{7} ");
        assert_eq!(fields.text("absent"), "");
        assert!(fields.has("password") && !fields.has("absent"));
        assert!(!format!("{fields:?}").contains("space"));
    }
}
