//! What is kept about somebody, and taking it out: by hand for who asks, and by
//! itself when its time has come (`keeper`).

pub(super) mod keeper;

use std::fmt;

use anyhow::{Context, bail};
use serde::Serialize;

use super::queries::Report;
use super::queries::erasing::{self, Account, Erased, Mail};
use crate::cases::{self, Actor};
use crate::config::Config;
use crate::db::{AnyConnection, Db, migrate};
use crate::mail::Address;

/// All that is kept about an address; prints as a summary.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
    address: String,
    reports: Vec<Exported>,
    mails: Vec<Mail>,
    editor: Option<Account>,
}

#[derive(Clone, Debug, Serialize)]
struct Exported {
    #[serde(flatten)]
    report: Report,
    case_state: Option<String>,
}

/// Gathers all that is kept about an address, in whatever case it is written:
/// the reports that give it, the mails to it, the account of an editor. Times
/// are epoch milliseconds.
///
/// # Errors
/// A sentence: this is no address, or the database cannot be read.
pub fn export(config: &Config, email: &str) -> anyhow::Result<Export> {
    let address = parse(email)?;
    let mut conn = open(config)?;
    conn.snapshot(|conn| {
        let known = erasing::known(conn, address.as_str())?;
        let mut reports = Vec::new();
        for report in known.reports {
            let case = match &report.case_id {
                Some(case) => cases::by_id(conn, case)?,
                None => None,
            };
            let case_state = case.map(|case| case.state);
            reports.push(Exported { report, case_state });
        }
        Ok(Export {
            address: address.as_str().to_owned(),
            reports,
            mails: known.mails,
            editor: known.account,
        })
    })
    .context("the database cannot be read")
}

/// Takes an address out of reports and mails, so that nothing of it is left in
/// the files of the database either. The words of the reports stay, and so does
/// the account of an editor.
///
/// # Errors
/// A sentence: this is no address, or the database cannot be written.
pub fn erase(config: &Config, email: &str) -> anyhow::Result<Erased> {
    let address = parse(email)?;
    let now = jiff::Timestamp::now().as_millisecond();
    let mut conn = open(config)?;
    let erased = conn
        .change(|conn| erasing::erase(conn, address.as_str(), Actor::Operator, now))
        .context("nothing was erased, because the database cannot be written")?;
    conn.scrub()
        .context("the address was erased, but the database still keeps a copy in its log")?;
    Ok(erased)
}

fn parse(email: &str) -> anyhow::Result<Address> {
    match Address::parse(email) {
        Some(address) => Ok(address),
        // Not said again: it may be an address with a slip in it.
        None => bail!("this is no e-mail address; write one such as reader@example.org"),
    }
}

fn open(config: &Config) -> anyhow::Result<AnyConnection> {
    let mut conn = Db::open(&config.database_url)?.connect()?;
    migrate::run(&mut conn)?;
    Ok(conn)
}

impl fmt::Display for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self
            .reports
            .iter()
            .map(|one| one.report.id.as_str())
            .collect();
        writeln!(f, "reports: {}", counted(&ids))?;
        let kinds: Vec<&str> = self.mails.iter().map(|mail| mail.kind.as_str()).collect();
        writeln!(f, "mails:   {}", counted(&kinds))?;
        match &self.editor {
            Some(editor) => write!(f, "editor:  {} ({})", editor.id, editor.role),
            None => f.write_str("editor:  no account"),
        }
    }
}

impl fmt::Display for Erased {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The address was taken out of {} and {}.",
            many(self.reports, "report"),
            many(self.mails, "mail")
        )
    }
}

fn counted(names: &[&str]) -> String {
    if names.is_empty() {
        "none".to_owned()
    } else {
        format!("{} ({})", names.len(), names.join(", "))
    }
}

fn many(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
