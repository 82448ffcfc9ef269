//! Reports on the command line.

use std::fmt;

use serde::Serialize;

use super::queries::{self, Report};
use crate::cases;
use crate::config::Config;
use crate::db::{AnyConnection, Db, migrate};

/// A report in a list: prints as one line.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct ListedReport(Record);

/// A report by itself: prints with all that is known of it.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct ShownReport(Record);

#[derive(Clone, Debug, Serialize)]
struct Record {
    #[serde(flatten)]
    report: Report,
    /// As people and programs read it; `received_at` is epoch milliseconds.
    received: String,
    /// The state of its case; none for spam.
    case_state: Option<String>,
}

/// The reports in one state (`received` or `spam`) or in all, newest first.
///
/// # Errors
/// The database cannot be opened or read.
pub fn list(config: &Config, state: Option<&str>) -> anyhow::Result<Vec<ListedReport>> {
    let reports = queries::newest_first(&mut open(config)?, state)?;
    Ok(reports
        .into_iter()
        .map(|(report, case_state)| ListedReport(Record::new(report, case_state)))
        .collect())
}

/// The report with a number such as `R-7K3Q2M`, which may be typed in lower
/// case and without its `R-`.
///
/// # Errors
/// The database cannot be opened or read.
pub fn find(config: &Config, id: &str) -> anyhow::Result<Option<ShownReport>> {
    let id = id.trim().to_ascii_uppercase();
    let id = format!("R-{}", id.strip_prefix("R-").unwrap_or(&id));
    let mut conn = open(config)?;
    let Some(report) = queries::by_id(&mut conn, &id)? else {
        return Ok(None);
    };
    let case = match &report.case_id {
        Some(case) => cases::by_id(&mut conn, case)?,
        None => None,
    };
    let case_state = case.map(|case| case.state);
    Ok(Some(ShownReport(Record::new(report, case_state))))
}

fn open(config: &Config) -> anyhow::Result<AnyConnection> {
    let mut conn = Db::open(&config.database_url)?.connect()?;
    migrate::run(&mut conn)?;
    Ok(conn)
}

impl Record {
    fn new(report: Report, case_state: Option<String>) -> Record {
        let moment = jiff::Timestamp::from_second(report.received_at.div_euclid(1000));
        Record {
            received: moment.unwrap_or_default().to_string(),
            case_state,
            report,
        }
    }

    /// Minutes are enough for people: `2026-11-22 14:05`.
    fn minute(&self) -> String {
        self.received
            .chars()
            .take(16)
            .collect::<String>()
            .replace('T', " ")
    }

    /// What it is about, in one word.
    fn place(&self) -> String {
        let Report {
            article,
            revision,
            paragraph,
            page,
            ..
        } = &self.report;
        let Some(article) = article else {
            let page = if page.is_empty() { "contact" } else { page };
            return page.to_owned();
        };
        let mut place = article.clone();
        if let Some(revision) = revision {
            place.push_str(&format!(" r{revision}"));
        }
        if let Some(paragraph) = paragraph {
            place.push_str(&format!(" p{paragraph}"));
        }
        place
    }

    fn state(&self) -> String {
        if self.report.spam_reason.is_empty() {
            self.report.state.clone()
        } else {
            format!("{} ({})", self.report.state, self.report.spam_reason)
        }
    }

    /// Its case and where that stands, `C-7K3Q2M accepted`.
    fn case(&self) -> String {
        match (&self.report.case_id, &self.case_state) {
            (Some(case), Some(state)) => format!("{case} {state}"),
            (Some(case), None) => case.clone(),
            (None, _) => String::new(),
        }
    }
}

impl fmt::Display for ListedReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Record { report, .. } = &self.0;
        write!(
            f,
            "{}  {}  {:<16}  {:<19}  {:<14}  {:<40}  {}",
            report.id,
            self.0.minute(),
            self.0.state(),
            self.0.case(),
            report.category,
            shorten(&printable(&self.0.place()), 40),
            shorten(&printable(&report.wrong), 60),
        )
    }
}

impl fmt::Display for ShownReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Record {
            report, received, ..
        } = &self.0;
        let context = if report.prefix.is_empty() && report.suffix.is_empty() {
            String::new()
        } else {
            format!("…{}[{}]{}…", report.prefix, report.quote, report.suffix)
        };
        writeln!(f, "{}", report.id)?;
        for (label, text) in [
            ("received", received.as_str()),
            ("state", &self.0.state()),
            ("case", &self.0.case()),
            ("about", &self.0.place()),
            ("kind", &report.category),
            ("passage", &report.quote),
            ("in its place", &context),
            ("wrong", &report.wrong),
            ("correct", &report.correct),
            ("source", &report.source),
            ("e-mail", &report.email),
            ("page", &report.page),
            ("client", &report.client_hash),
        ] {
            if text.is_empty() {
                continue;
            }
            for (number, line) in text.lines().enumerate() {
                let label = if number == 0 { label } else { "" };
                writeln!(f, "  {label:<13} {}", printable(line))?;
            }
        }
        Ok(())
    }
}

/// Text from people as it may be shown on a terminal: what moves the cursor,
/// changes colours or turns the direction of reading is written out.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => printable.push(' '),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                printable.extend(character.escape_unicode());
            }
            other if other.is_control() => printable.extend(other.escape_unicode()),
            other => printable.push(other),
        }
    }
    printable
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        Report {
            id: "R-7K3Q2M".to_owned(),
            token_hash: "secret".to_owned(),
            received_at: 1_795_304_705_123,
            state: "spam".to_owned(),
            spam_reason: "honeypot".to_owned(),
            article: Some("fall-of-seoul-1951".to_owned()),
            revision: Some(3),
            paragraph: Some(7),
            quote: "the city fell".to_owned(),
            prefix: "On 4 January ".to_owned(),
            suffix: ".".to_owned(),
            page: String::new(),
            category: "date".to_owned(),
            wrong: "It was\u{1b}[2J\nlater \u{202e}siht.".to_owned(),
            correct: String::new(),
            source: String::new(),
            email: "reader@example.org".to_owned(),
            client_hash: "00".to_owned(),
            case_id: None,
            confirm_hash: String::new(),
            confirmed_at: None,
            erased_at: None,
        }
    }

    #[test]
    fn a_list_has_one_line_for_each_and_nothing_steers_the_terminal() {
        let line = ListedReport(Record::new(report(), None)).to_string();
        assert!(line.starts_with("R-7K3Q2M  2026-11-21 23:45  spam (honeypot)"));
        assert!(line.contains("fall-of-seoul-1951 r3 p7"));
        assert!(!line.contains(char::is_control) && !line.contains('\u{202e}'));
    }

    #[test]
    fn a_shown_report_keeps_its_lines_and_its_place() {
        let shown = ShownReport(Record::new(report(), None)).to_string();
        assert!(shown.contains("…On 4 January [the city fell].…"));
        assert!(shown.contains("  wrong         It was\\u{1b}[2J\n                later"));
        assert!(!shown.contains("correct"));
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
    }

    #[test]
    fn the_secret_of_a_receipt_is_in_no_output() {
        let json = serde_json::to_string(&ListedReport(Record::new(report(), None))).unwrap();
        assert!(!json.contains("secret") && !json.contains("token"));
        assert!(json.contains("\"received\":\"2026-11-21T23:45:05Z\""));
    }
}
