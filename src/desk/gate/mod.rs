//! Who is at the desk: the session behind a request, and the proof that a form
//! is one of ours.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use crate::error::AppError;
use crate::site::shell::{Identity, Shell};

/// A request from an editor who has signed in with both factors. As a parameter
/// of a handler it lets nobody else in: whoever is not signed in is led to
/// sign in, and comes back here afterwards.
pub(super) struct Desk {
    /// Who it is.
    pub(super) editor: Editor,
    /// Goes into each form as the hidden field `csrf`.
    pub(super) csrf: String,
    site: Arc<Identity>,
}

/// An editor, as pages need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Editor {
    /// `E-7K3Q2M`
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: Role,
}

/// What an editor may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Settles cases.
    Editor,
    /// Settles cases, and decides who else may; sees the mail that failed.
    Admin,
}

impl Desk {
    /// The frame of a page of the desk: unlisted, with the reports about it
    /// going to the contact form.
    pub(super) fn shell(&self, path: &str, title: &str) -> Shell {
        Shell::new(&self.site, path).title(title).unlisted()
    }
}

impl FromRequest for Desk {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let _site = request.app_data::<web::Data<Identity>>();
        ready(Err(AppError::NotFound))
    }
}
