//! BibTeX: `@misc`, which every style knows, with fields that those of today
//! read as well. UTF-8, as all readers of today take it.

use std::fmt::Write as _;

use super::{Name, Work, one_line};

/// The months as BibTeX names them; each style writes them in its language.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// One entry, with a line break at its end.
pub(in crate::sharing) fn bibtex(work: &Work) -> String {
    let authors: Vec<String> = work.authors.iter().map(author).collect();
    let month = usize::from(work.published.month().unsigned_abs()).saturating_sub(1);
    let mut entry = format!("@misc{{{},\n", work.key());
    let mut field = |name: &str, value: &str| {
        let _ = writeln!(entry, "  {name} = {value},");
    };
    let braced = |text: &str| format!("{{{text}}}");
    field("author", &braced(&authors.join(" and ")));
    field("title", &braced(&title(&work.title)));
    field("howpublished", &braced(&escaped(&work.site)));
    if let Some(publisher) = work.other_publisher() {
        field("publisher", &braced(&escaped(publisher)));
    }
    field("year", &braced(&work.published.year().to_string()));
    field("month", MONTHS.get(month).unwrap_or(&"jan"));
    field("day", &braced(&work.published.day().to_string()));
    field("version", &braced(&work.revision.to_string()));
    field("url", &braced(&work.address));
    field("urldate", &braced(&work.accessed.to_string()));
    field("note", &braced(&work.note()));
    field("language", "{english}");
    entry.push_str("}\n");
    entry
}

/// A name in the form in which no comma, "and" or small word is misread.
fn author(name: &Name) -> String {
    match name {
        Name::Literal(name) => format!("{{{}}}", escaped(name)),
        Name::Person {
            given,
            particle,
            family,
            suffix,
        } => {
            let family = escaped(&format!("{particle} {family}"));
            let (given, suffix) = (escaped(given), escaped(suffix));
            match suffix.as_str() {
                "" => format!("{family}, {given}"),
                suffix => format!("{family}, {suffix}, {given}"),
            }
        }
    }
}

/// A title in which each word that has a capital keeps it: styles set titles
/// in small letters.
fn title(text: &str) -> String {
    let word = |word: &str| {
        let escaped = escaped(word);
        match word.chars().any(char::is_uppercase) {
            true => format!("{{{escaped}}}"),
            false => escaped,
        }
    };
    let words: Vec<String> = one_line(text).split(' ').map(word).collect();
    words.join(" ")
}

/// What TeX takes for more than a letter, written so that it prints. Braces
/// as commands, because BibTeX counts those after a backslash, too.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '\\' => written.push_str("\\textbackslash{}"),
            '{' => written.push_str("\\textbraceleft{}"),
            '}' => written.push_str("\\textbraceright{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => {
                written.push('\\');
                written.push(character);
            }
            other => written.push(other),
        }
    }
    written
}
