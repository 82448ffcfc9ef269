//! RIS: one tag a line, two capital letters, two spaces, a hyphen, a space.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Name, Work, one_line};

/// One reference, with the line ends that the format asks for.
pub(in crate::sharing) fn ris(work: &Work) -> String {
    let mut reference = String::new();
    let mut line = |tag: &str, value: &str| {
        let _ = write!(reference, "{tag}  - {}\r\n", one_line(value));
    };
    line("TY", "ELEC");
    line("ID", &work.key());
    for name in &work.authors {
        line("AU", &author(name));
    }
    line("TI", &work.title);
    line("T2", &work.site);
    if let Some(publisher) = &work.publisher {
        line("PB", publisher);
    }
    line("PY", &work.published.year().to_string());
    line("DA", &day(work.published));
    line("ET", &format!("Revision {}", work.revision));
    line("UR", &work.address);
    line("Y2", &day(work.accessed));
    line("N1", &work.note());
    line("LA", "en");
    line("ER", "");
    reference
}

/// "Writer, Ada, Jr."; an asterisk would be an operator there.
fn author(name: &Name) -> String {
    name.inverted().replace('*', "")
}

/// "2026/11/22/": the last slash parts the day from words that may follow.
fn day(date: Date) -> String {
    format!("{:04}/{:02}/{:02}/", date.year(), date.month(), date.day())
}
