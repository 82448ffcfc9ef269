//! What can go wrong while a page is made, in the words a reader gets.
//!
//! A handler returns [`AppError`]; `site::errors` turns it into a page. What
//! happened inside is logged with its chain and never shown.

use std::fmt;

use actix_web::http::StatusCode;

/// Why there is no ordinary page to answer with.
#[derive(Debug)]
pub enum AppError {
    /// Nothing was ever here, or nothing that may be seen.
    NotFound,
    /// An article stood here and was removed, for a reason that is public.
    Gone(Gone),
    /// The request cannot be understood; the sentence says why.
    BadRequest(String),
    /// Understood, and refused to whoever asks; the sentence says why and what
    /// to do.
    Forbidden(String),
    /// Too many requests; try again after so many seconds.
    TooMany {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// The database cannot answer now (locked, full, away); try again after so
    /// many seconds.
    Unavailable {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// A fault of ours. The chain goes to the log, a fixed sentence to the
    /// reader.
    Internal(anyhow::Error),
}

/// What `content/removed.yaml` says about a removed article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The slug under which it stood.
    pub slug: String,
    /// The day of removal, as the file writes it (`2026-12-02`) or, on its way
    /// to a page, in words; empty where the file says nothing.
    pub date: String,
    /// Why it was removed, in a sentence for readers.
    pub reason: String,
    /// The slug of an article to read instead.
    pub see: Option<String>,
}

impl AppError {
    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::Gone(_) => StatusCode::GONE,
            AppError::BadRequest(_) => StatusCode::BAD_REQUEST,
            AppError::Forbidden(_) => StatusCode::FORBIDDEN,
            AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            AppError::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            AppError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AppError::NotFound => f.write_str("not found"),
            AppError::Gone(gone) => write!(f, "{} was removed", gone.slug),
            AppError::BadRequest(sentence) | AppError::Forbidden(sentence) => f.write_str(sentence),
            AppError::TooMany { .. } => f.write_str("too many requests"),
            AppError::Unavailable { .. } => f.write_str("the database is not available"),
            AppError::Internal(error) => write!(f, "{error:#}"),
        }
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        AppError::Internal(error)
    }
}
