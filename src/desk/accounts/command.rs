//! What `daybook editor` does: the way in for the first editor, and for whoever
//! has lost everything.

use std::fmt;

use anyhow::{Context, bail};
use serde::Serialize;

use super::letters;
use super::queries::{self, Refused, Row};
use crate::config::Config;
use crate::db::{AnyConnection, Db, migrate};
use crate::desk::gate::{self, Role};
use crate::mail::{Address, Letterhead};

/// Who did it, in the audit.
const OPERATOR: &str = "operator";

/// An editor in the list that `daybook editor list` prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedEditor {
    /// `E-7K3Q2M`
    pub id: String,
    /// The address that signs in.
    pub email: String,
    /// As others see it.
    pub name: String,
    /// `editor` or `admin`
    pub role: String,
    /// Whether the editor can sign in.
    pub standing: Standing,
}

/// Whether an editor can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Has chosen no password yet.
    Invited,
    /// Has a password, but no authenticator yet.
    HalfSetUp,
    /// Has both.
    Active,
    /// Is kept out.
    Disabled,
}

/// Adds an editor and gives the address of the invitation, which is also sent
/// by mail. It can be used once, within 48 hours.
///
/// # Errors
/// A sentence: no address, no name, there is such an editor, or the database
/// cannot be written.
pub fn add(config: &Config, email: &str, name: &str, role: Role) -> anyhow::Result<String> {
    let address = Address::parse(email)
        .with_context(|| format!("“{email}” is no address that mail can be sent to"))?;
    let name = name.trim();
    if let Some(sentence) = name_error(name) {
        bail!("{sentence}");
    }
    let (mut conn, now, head) = prepare(config)?;
    let url = conn.change(|conn| {
        let added = queries::add(conn, address.as_str(), name, role, OPERATOR, now)?;
        let editor = added.with_context(|| {
            format!("there is an editor {email} already; `daybook editor list` shows all")
        })?;
        anyhow::Ok(letters::invite(conn, &head, &editor, now)?)
    })?;
    Ok(url)
}

/// Gives an editor a new invitation; following it sets up another password and
/// another authenticator.
///
/// # Errors
/// A sentence: there is no such editor, or the account is disabled.
pub fn invite(config: &Config, email: &str) -> anyhow::Result<String> {
    let (mut conn, now, head) = prepare(config)?;
    conn.change(|conn| {
        let editor = find(conn, email)?;
        if editor.disabled_at.is_some() {
            bail!("{email} is disabled; run `daybook editor enable {email}` first");
        }
        Ok(letters::invite(conn, &head, &editor, now)?)
    })
}

/// Keeps an editor out from this moment on, or lets one in again.
///
/// # Errors
/// A sentence: there is no such editor, or it is the last admin.
pub fn set_disabled(config: &Config, email: &str, disabled: bool) -> anyhow::Result<()> {
    let (mut conn, now, _) = prepare(config)?;
    conn.change(|conn| {
        let editor = find(conn, email)?;
        match queries::set_disabled(conn, &editor.id, disabled, OPERATOR, now)? {
            Ok(()) => Ok(()),
            Err(Refused::LastAdmin) => bail!(
                "{email} is the only admin; add another one first: daybook editor add EMAIL --name NAME --role admin"
            ),
            Err(Refused::Nobody) => bail!("there is no editor {email}"),
        }
    })
}

/// All editors by name.
///
/// # Errors
/// The database cannot be read.
pub fn list(config: &Config) -> anyhow::Result<Vec<ListedEditor>> {
    let (mut conn, ..) = prepare(config)?;
    let rows = queries::all(&mut conn)?;
    Ok(rows.into_iter().map(|(row, _)| listed(row)).collect())
}

/// Why a text can be nobody's name.
pub(super) fn name_error(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        return Some("A name is missing: the one by which other editors know the person.");
    }
    if name.chars().count() > 80 || name.contains(char::is_control) {
        return Some("The name must fit on one line of 80 characters.");
    }
    None
}

impl fmt::Display for ListedEditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let standing = match self.standing {
            Standing::Invited => "invited",
            Standing::HalfSetUp => "no authenticator yet",
            Standing::Active => "active",
            Standing::Disabled => "disabled",
        };
        let Self {
            id,
            email,
            name,
            role,
            ..
        } = self;
        write!(f, "{id}  {role:<6}  {standing:<20}  {email:<32}  {name}")
    }
}

fn prepare(config: &Config) -> anyhow::Result<(AnyConnection, i64, Letterhead)> {
    config.prepare_data()?;
    let mut conn = Db::open(&config.database_url)?.connect()?;
    migrate::run(&mut conn)?;
    Ok((conn, gate::now(), Letterhead::of(config)))
}

fn find(conn: &mut AnyConnection, email: &str) -> anyhow::Result<Row> {
    queries::by_email(conn, email.trim())?
        .with_context(|| format!("there is no editor {email}; `daybook editor list` shows all"))
}

fn listed(row: Row) -> ListedEditor {
    ListedEditor {
        standing: if row.disabled_at.is_some() {
            Standing::Disabled
        } else if row.password.is_empty() {
            Standing::Invited
        } else if row.totp.is_empty() {
            Standing::HalfSetUp
        } else {
            Standing::Active
        },
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
    }
}
