//! The words of the mail that tells a reporter the outcome.

use askama::Template;
use diesel::QueryResult;
use diesel::result::Error as QueryError;

use super::Case;
use super::model::{Kind, State};
use crate::mail::{Address, Kind as Mail, Letterhead, Message};
use crate::paths;

#[derive(Template)]
#[template(path = "cases/outcome.txt")]
struct Text<'a> {
    letterhead: &'a Letterhead,
    case: &'a str,
    is_letter: bool,
    is_corrected: bool,
    words: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "cases/outcome.html")]
struct Html<'a> {
    letterhead: &'a Letterhead,
    case: &'a str,
    is_letter: bool,
    is_corrected: bool,
    words: &'a str,
    link: &'a str,
}

/// The mail to one reporter; `None` where there is nothing to tell yet. Of what
/// the reporter wrote nothing is in it, because the address might be another
/// person's after all.
pub(super) fn outcome(
    case: &Case,
    report: &str,
    recipient: Address,
    letterhead: &Letterhead,
) -> QueryResult<Option<Message>> {
    let state = case.state();
    let words = match state {
        State::Corrected => &case.note,
        State::Declined => &case.reason,
        _ => return Ok(None),
    };
    let is_letter = case.kind() == Kind::Letter;
    let link = paths::absolute(&letterhead.base_url, &paths::record::case(&case.id));
    let is_corrected = state == State::Corrected;
    let text = Text {
        letterhead,
        case: &case.id,
        is_letter,
        is_corrected,
        words,
        link: &link,
    };
    let html = Html {
        letterhead,
        case: &case.id,
        is_letter,
        is_corrected,
        words,
        link: &link,
    };
    let render = |result: askama::Result<String>| {
        result.map_err(|error| QueryError::SerializationError(Box::new(error)))
    };
    Ok(Some(Message {
        cause: format!("outcome:{report}:{}:{}", case.id, state.as_str()),
        kind: Mail::Outcome,
        recipient,
        subject: if is_letter {
            format!("An answer from {}", letterhead.site_name)
        } else {
            format!("What became of your report to {}", letterhead.site_name)
        },
        text: render(text.render())?,
        html: render(html.render())?,
    }))
}
