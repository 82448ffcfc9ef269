//! All editors, for admins: add, invite again, close and open accounts, change
//! roles, end sessions.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::command::name_error;
use super::letters;
use super::office::Office;
use super::queries::{self, Refused};
use crate::desk::gate::{Admin, Desk, Fields, Role, queries as gate};
use crate::error::AppError;
use crate::mail::Address;
use crate::paths;
use crate::site::shell::Shell;

const LAST_ADMIN: &str = "This is the only admin. Make somebody else an admin first.";
const YOURSELF: &str = "Nobody closes their own account or takes a role from themself. Ask another \
    admin.";
const TAKEN: &str = "There is an account with this address already.";
const NO_ADDRESS: &str = "This is no address that mail can be sent to: it looks like \
    name@example.org.";

/// The page.
#[derive(Template)]
#[template(path = "desk/accounts/editors.html")]
struct EditorsPage {
    shell: Shell,
    desk: Desk,
    action: &'static str,
    editors: Vec<Line>,
    email: String,
    name: String,
    done: Option<&'static str>,
    error: Option<String>,
}

/// One editor in the list.
struct Line {
    id: String,
    name: String,
    email: String,
    is_admin: bool,
    is_disabled: bool,
    is_self: bool,
    state: String,
}

/// What the address of the page may say.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    done: Option<String>,
}

/// Shows the page.
pub(super) async fn show(
    office: Office,
    admin: Admin,
    asked: Option<web::Query<Asked>>,
) -> Result<HttpResponse, AppError> {
    let done = asked.and_then(|asked| asked.into_inner().done);
    let done = match done.as_deref() {
        Some("add" | "invite") => Some("An invitation is on its way by mail."),
        Some("disable") => Some("The account is closed, and its sessions have ended."),
        Some("enable") => Some("The account is open again."),
        Some("promote" | "demote") => Some("The role is changed."),
        Some("end") => Some("All sessions of this editor have ended."),
        _ => None,
    };
    let Admin(desk) = admin;
    page(&office, desk, done, Entered::default(), None).await
}

/// Does what one of the forms of the page asks for.
pub(super) async fn change(
    office: Office,
    admin: Admin,
    fields: Fields,
) -> Result<HttpResponse, AppError> {
    let Admin(desk) = admin;
    let what = fields.text("do").to_owned();
    let entered = Entered {
        email: fields.text("email").to_owned(),
        name: fields.text("name").to_owned(),
    };
    let error = if what == "add" {
        add(&office, &desk, &fields).await?
    } else {
        alter(&office, &desk, &what, fields.text("editor")).await?
    };
    match error {
        Some(sentence) => page(&office, desk, None, entered, Some(sentence)).await,
        None => {
            let path = paths::desk::after(paths::desk::EDITORS, &what);
            Ok(Office::see(&path, &[]))
        }
    }
}

/// What was typed for a new editor.
#[derive(Default)]
struct Entered {
    email: String,
    name: String,
}

/// Adds an editor; the sentence says why not.
async fn add(office: &Office, desk: &Desk, fields: &Fields) -> Result<Option<String>, AppError> {
    let name = fields.text("name").to_owned();
    let Some(address) = Address::parse(fields.text("email")) else {
        return Ok(Some(NO_ADDRESS.to_owned()));
    };
    if let Some(sentence) = name_error(&name) {
        return Ok(Some(sentence.to_owned()));
    }
    let role = Role::parse(fields.text("role")).unwrap_or(Role::Editor);
    let (actor, now, head) = (desk.editor.id.clone(), office.now, office.letterhead());
    let added = office
        .db
        .write(move |conn| {
            let added = queries::add(conn, address.as_str(), &name, role, &actor, now)?;
            if let Some(editor) = &added {
                letters::invite(conn, &head, editor, now)?;
            }
            Ok(added.is_some())
        })
        .await?;
    Ok((!added).then(|| TAKEN.to_owned()))
}

/// Changes an editor; the sentence says why not.
async fn alter(
    office: &Office,
    desk: &Desk,
    what: &str,
    id: &str,
) -> Result<Option<String>, AppError> {
    let (actor, now, head) = (desk.editor.id.clone(), office.now, office.letterhead());
    if actor == id && ["disable", "demote"].contains(&what) {
        return Ok(Some(YOURSELF.to_owned()));
    }
    let (what, id) = (what.to_owned(), id.to_owned());
    let changed = office
        .db
        .write(move |conn| match what.as_str() {
            "disable" => queries::set_disabled(conn, &id, true, &actor, now),
            "enable" => queries::set_disabled(conn, &id, false, &actor, now),
            "promote" => queries::set_role(conn, &id, Role::Admin, &actor, now),
            "demote" => queries::set_role(conn, &id, Role::Editor, &actor, now),
            "end" => gate::end_all(conn, &id, "").map(Ok),
            "invite" => {
                let found = queries::by_id(conn, &id)?;
                match found.filter(|editor| editor.disabled_at.is_none()) {
                    Some(editor) => letters::invite(conn, &head, &editor, now).map(|_| Ok(())),
                    None => Ok(Err(Refused::Nobody)),
                }
            }
            _ => Ok(Err(Refused::Nobody)),
        })
        .await?;
    match changed {
        Ok(()) => Ok(None),
        Err(Refused::LastAdmin) => Ok(Some(LAST_ADMIN.to_owned())),
        Err(Refused::Nobody) => Err(AppError::NotFound),
    }
}

async fn page(
    office: &Office,
    desk: Desk,
    done: Option<&'static str>,
    entered: Entered,
    error: Option<String>,
) -> Result<HttpResponse, AppError> {
    let rows = office.db.read(queries::all).await?;
    let editors = rows
        .into_iter()
        .map(|(row, seen)| Line {
            is_admin: row.role == Role::Admin.as_str(),
            is_disabled: row.disabled_at.is_some(),
            is_self: row.id == desk.editor.id,
            state: match (row.disabled_at, row.password.is_empty(), seen) {
                (Some(at), ..) => format!("Closed since {}", office.moment(at)),
                (None, true, _) => format!("Invited {}", office.moment(row.created_at)),
                (None, false, Some(seen)) => format!("Last seen {}", office.moment(seen)),
                (None, false, None) => "Not signed in".to_owned(),
            },
            id: row.id,
            name: row.name,
            email: row.email,
        })
        .collect();
    let status = if error.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = EditorsPage {
        shell: desk.shell(paths::desk::EDITORS, "Editors"),
        action: paths::desk::EDITORS,
        editors,
        email: entered.email,
        name: entered.name,
        done,
        error,
        desk,
    };
    office.page(status, &page)
}
