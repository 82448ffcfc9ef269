//! An article in the words of three styles: APA 7, MLA 9, Chicago 17. Dates are
//! written as each style has them, whatever the site's own way.

use jiff::civil::Date;

use super::{Name, Work, one_line};

/// Words that are set alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sharing) struct Span {
    /// Plain text.
    pub(in crate::sharing) text: String,
    /// Set in italics, as the styles set titles of works.
    pub(in crate::sharing) is_italic: bool,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// As MLA shortens them: those of at most four letters stay whole.
const SHORT_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// APA lists twenty authors, then the last.
const MOST_APA: usize = 20;

/// APA, 7th edition: a page of a website, with the day of retrieval.
pub(in crate::sharing) fn apa(work: &Work) -> Vec<Span> {
    let names: Vec<String> = work.authors.iter().map(Name::with_initials).collect();
    let published = work.published;
    let issued = format!(
        "{}, {} {}",
        published.year(),
        month(published),
        published.day()
    );
    let revision = format!("Revision {}, SHA-256 {}", work.revision, work.short_hash());
    let site = work
        .other_site()
        .map_or_else(String::new, |site| format!(" {}", ended(site)));
    vec![
        plain(format!("{} ({issued}). ", ended(&apa_names(&names)))),
        italic(one_line(&work.title)),
        plain(format!(
            " ({revision}).{site} Retrieved {}, from {}",
            american(work.accessed),
            work.address
        )),
    ]
}

/// MLA, 9th edition: an entry of the works cited.
pub(in crate::sharing) fn mla(work: &Work) -> Vec<Span> {
    let names = match work.authors.as_slice() {
        [one] => one.inverted(),
        [one, other] => format!("{}, and {}", one.inverted(), other.words()),
        many => format!(
            "{}, et al",
            many.first().map_or_else(String::new, Name::inverted)
        ),
    };
    let publisher = work.other_publisher();
    let publisher = publisher.map_or_else(String::new, |name| format!("{}, ", one_line(name)));
    vec![
        plain(format!("{} {} ", ended(&names), quoted(&work.title, '.'))),
        italic(one_line(&work.site)),
        plain(format!(
            ", revision {}, SHA-256 {}, {publisher}{}, {}. Accessed {}.",
            work.revision,
            work.short_hash(),
            short(work.published),
            work.address,
            short(work.accessed)
        )),
    ]
}

/// Chicago, 17th edition: a note.
pub(in crate::sharing) fn chicago_note(work: &Work) -> Vec<Span> {
    let words: Vec<String> = work.authors.iter().map(Name::words).collect();
    let names = match words.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, second, third] => format!("{one}, {second}, and {third}"),
        many => format!("{} et al.", many.first().cloned().unwrap_or_default()),
    };
    let site = work
        .other_site()
        .map_or_else(String::new, |site| format!("{}, ", one_line(site)));
    vec![plain(format!(
        "{names}, {} {site}revision {} (SHA-256 {}), {}, accessed {}, {}.",
        quoted(&work.title, ','),
        work.revision,
        work.short_hash(),
        american(work.published),
        american(work.accessed),
        work.address
    ))]
}

/// Chicago, 17th edition: an entry of the bibliography.
pub(in crate::sharing) fn chicago_entry(work: &Work) -> Vec<Span> {
    let mut names: Vec<String> = work.authors.iter().map(Name::words).collect();
    if let (Some(first), Some(name)) = (names.first_mut(), work.authors.first()) {
        *first = name.inverted();
    }
    let names = match names.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{}, and {last}", before.join(", "))
        }
        Some((last, _)) => last.clone(),
        None => String::new(),
    };
    let site = work
        .other_site()
        .map_or_else(String::new, |site| format!("{} ", ended(site)));
    vec![plain(format!(
        "{} {} {site}Revision {} (SHA-256 {}). {}. Accessed {}. {}.",
        ended(&names),
        quoted(&work.title, '.'),
        work.revision,
        work.short_hash(),
        american(work.published),
        american(work.accessed),
        work.address
    ))]
}

/// "A., B., & C.", and of more than twenty the first nineteen and the last.
fn apa_names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] if names.len() <= MOST_APA => {
            format!("{}, & {last}", before.join(", "))
        }
        [.., last] => format!("{}, … {last}", names[..MOST_APA - 1].join(", ")),
    }
}

/// A title in quotation marks, with the mark that follows it inside; quotation
/// marks within it become single ones. A question needs no full stop.
fn quoted(title: &str, mark: char) -> String {
    let title = one_line(title)
        .replace('“', "‘")
        .replace('”', "’")
        .replace('"', "'");
    let is_ended = mark == '.' && title.ends_with(['.', '?', '!', '…']);
    match is_ended {
        true => format!("“{title}”"),
        false => format!("“{title}{mark}”"),
    }
}

/// A text with one full stop at its end.
fn ended(text: &str) -> String {
    let text = one_line(text);
    match text.ends_with(['.', '?', '!']) {
        true => text,
        false => format!("{text}."),
    }
}

/// "November 22, 2026"
fn american(date: Date) -> String {
    format!("{} {}, {}", month(date), date.day(), date.year())
}

/// "22 Nov. 2026"
fn short(date: Date) -> String {
    let month = SHORT_MONTHS.get(index(date)).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

fn month(date: Date) -> &'static str {
    MONTHS.get(index(date)).copied().unwrap_or_default()
}

fn index(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()).saturating_sub(1)
}

fn plain(text: String) -> Span {
    Span {
        text,
        is_italic: false,
    }
}

fn italic(text: String) -> Span {
    Span {
        text,
        is_italic: true,
    }
}
