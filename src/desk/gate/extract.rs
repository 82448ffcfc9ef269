//! How a request becomes an editor at the desk, or is led to the door.

use std::fmt;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError};
use futures_util::future::{FutureExt, LocalBoxFuture};

use super::{Admin, Cookies, Desk, Halfway, Present, Role, Stage, now, queries, seal};
use crate::config::{Config, SecretKey};
use crate::db::{Db, DbError};
use crate::error::AppError;
use crate::paths;
use crate::site;
use crate::site::shell::Identity;

/// When an editor was last seen is written at most once a minute.
const SEEN_EVERY_MS: i64 = 60 * 1_000;

const NO_ADMIN: &str = "Only admins may do this. If it is yours to do, ask an admin to change your \
    role.";

/// Whoever asks for a page of the door: a browser with a secret, its own or a
/// new one that is still to be given to it.
pub(in crate::desk) struct Visitor {
    /// What the cookie holds, or shall hold.
    pub(in crate::desk) secret: String,
    is_new: bool,
    csrf: String,
    cookies: Cookies,
}

/// Leads to another page instead of the one that was asked for.
#[derive(Debug)]
pub(super) struct Refusal {
    /// Where to go.
    path: String,
}

impl Visitor {
    /// Goes into each form as the hidden field `csrf`.
    pub(in crate::desk) fn csrf(&self) -> String {
        self.csrf.clone()
    }

    /// Gives the browser its cookie with an answer, if it has none.
    pub(in crate::desk) fn greet(
        &self,
        mut response: HttpResponse,
    ) -> Result<HttpResponse, AppError> {
        if self.is_new {
            let cookie = self.cookies.session(&self.secret);
            response
                .add_cookie(&cookie)
                .map_err(|error| AppError::Internal(error.into()))?;
        }
        Ok(response)
    }
}

impl FromRequest for Visitor {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Visitor::of(request).map_err(Into::into))
    }
}

impl Visitor {
    fn of(request: &HttpRequest) -> Result<Visitor, AppError> {
        let cookies = Cookies::of(&site::given::<Config>(request)?.base_url);
        let key = site::given::<SecretKey>(request)?;
        let sent = cookies.secret(request);
        let is_new = sent.is_none();
        let secret = sent.unwrap_or_else(seal::new_secret);
        Ok(Visitor {
            csrf: seal::csrf(&key, &secret),
            secret,
            is_new,
            cookies,
        })
    }
}

impl FromRequest for Desk {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let Some((present, visitor)) = present(&request).await? else {
                return Err(to_the_door(&request));
            };
            if present.stage != Stage::In {
                return Err(Refusal::to(paths::desk::SECOND_FACTOR));
            }
            let site = site::given::<Identity>(&request)?;
            Ok(Desk {
                editor: present.editor,
                csrf: visitor.csrf,
                session: present.session,
                site: site.into_inner(),
            })
        }
        .boxed_local()
    }
}

impl FromRequest for Admin {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let desk = Desk::from_request(request, payload);
        async move {
            let desk = desk.await?;
            if desk.editor.role != Role::Admin {
                return Err(AppError::Forbidden(NO_ADMIN.to_owned()).into());
            }
            Ok(Admin(desk))
        }
        .boxed_local()
    }
}

impl FromRequest for Halfway {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            match present(&request).await? {
                None => Err(Refusal::to(paths::desk::SIGN_IN)),
                Some((present, _)) if present.stage == Stage::In => {
                    Err(Refusal::to(paths::desk::INBOX))
                }
                Some((present, visitor)) => Ok(Halfway { present, visitor }),
            }
        }
        .boxed_local()
    }
}

/// The session behind a request, and its secret.
async fn present(request: &HttpRequest) -> Result<Option<(Present, Visitor)>, AppError> {
    let visitor = Visitor::of(request)?;
    if visitor.is_new {
        return Ok(None);
    }
    let db = site::given::<Db>(request)?;
    let (hash, now) = (seal::hash(&visitor.secret), now());
    let found = {
        let hash = hash.clone();
        db.read(move |conn| queries::present(conn, &hash, now))
            .await?
    };
    let Some(present) = found else {
        return Ok(None);
    };
    if now - present.seen_at >= SEEN_EVERY_MS {
        // Where the database cannot write now, the desk can still be read.
        match db.write(move |conn| queries::seen(conn, &hash, now)).await {
            Ok(()) | Err(DbError::Unavailable(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Some((present, visitor)))
}

/// A page that was asked for is shown after signing in; a form is not sent
/// again by itself.
fn to_the_door(request: &HttpRequest) -> actix_web::Error {
    if request.method() != actix_web::http::Method::GET {
        return Refusal::to(&paths::desk::sign_in_again());
    }
    let wanted = request
        .uri()
        .path_and_query()
        .map_or("", |path| path.as_str());
    if wanted == paths::desk::INBOX || !paths::desk::is_inside(wanted) {
        return Refusal::to(paths::desk::SIGN_IN);
    }
    Refusal::to(&paths::desk::sign_in(wanted))
}

impl Refusal {
    /// Leads to a page of the desk.
    pub(super) fn to(path: &str) -> actix_web::Error {
        Refusal {
            path: path.to_owned(),
        }
        .into()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("led to another page")
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        StatusCode::SEE_OTHER
    }

    fn error_response(&self) -> HttpResponse {
        site::see_other(&self.path)
    }
}
