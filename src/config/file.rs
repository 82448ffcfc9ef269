//! Reads `daybook.toml`: flat keys, all of them text, but for lists of texts.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::settings::{Origin, SETTINGS, Setting};
use super::sources::{ConfigProblem, nearest};

/// A value in the file. The texts of a list are joined by commas.
pub(super) struct FileEntry {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// The known keys of the file at `path`, by key. Whatever is wrong with the
/// file, its keys or the types of its values is added to `problems`.
pub(super) fn read(
    path: &Path,
    problems: &mut Vec<ConfigProblem>,
) -> BTreeMap<&'static str, FileEntry> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            problems.push(ConfigProblem {
                place: path.display().to_string(),
                value: None,
                sentence: format!("the settings file cannot be read: {error}"),
            });
            return BTreeMap::new();
        }
    };
    match DeTable::parse(&text) {
        Ok(table) => entries(path, &text, table.get_ref(), problems),
        Err(error) => {
            let (line, column) = position(&text, error.span());
            problems.push(ConfigProblem {
                place: format!("{}:{line}:{column}", path.display()),
                value: None,
                sentence: format!("this is not valid TOML: {}", one_line(error.message())),
            });
            BTreeMap::new()
        }
    }
}

fn entries(
    path: &Path,
    text: &str,
    table: &DeTable<'_>,
    problems: &mut Vec<ConfigProblem>,
) -> BTreeMap<&'static str, FileEntry> {
    let mut entries = BTreeMap::new();
    for (key, value) in table {
        let (line, _) = position(text, Some(key.span()));
        let name: &str = key.get_ref();
        let origin = Origin::File {
            path: path.to_owned(),
            line,
            key: name.to_owned(),
        };
        let outcome = match SETTINGS.iter().find(|setting| setting.key == name) {
            Some(setting) => value_text(setting, value).map(|text| (setting.key, text)),
            None => Err(unknown(name)),
        };
        match outcome {
            Ok((key, text)) => {
                entries.insert(key, FileEntry { text, origin });
            }
            Err(sentence) => problems.push(ConfigProblem {
                place: origin.to_string(),
                value: None,
                sentence,
            }),
        }
    }
    entries
}

fn value_text(setting: &Setting, value: &Spanned<DeValue<'_>>) -> Result<String, String> {
    let listed = setting.key == "trusted_proxies";
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Array(items) if listed => items
            .iter()
            .map(|item| item.get_ref().as_str().map(str::to_owned))
            .collect::<Option<Vec<String>>>()
            .map(|items| items.join(", "))
            .ok_or_else(|| "each item of the list must be text in quotes".to_owned()),
        other => {
            let expected = if listed {
                "text in quotes or a list of texts"
            } else {
                "text in quotes"
            };
            Err(format!(
                "the value must be {expected}, but is of type {}",
                other.type_str()
            ))
        }
    }
}

fn unknown(key: &str) -> String {
    // People copy the name of the variable; what it is called here is then
    // known for certain.
    let by_variable = SETTINGS
        .iter()
        .find(|setting| setting.variable.eq_ignore_ascii_case(key))
        .map(|setting| setting.key);
    let known = SETTINGS.iter().map(|setting| setting.key);
    match by_variable.or_else(|| nearest(key, known.clone())) {
        Some(meant) => format!("there is no such setting; did you mean {meant}?"),
        None => format!(
            "there is no such setting; the known ones are {}",
            known.collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Line and column, from 1, of the beginning of a span of bytes.
fn position(text: &str, span: Option<Range<usize>>) -> (usize, usize) {
    let start = span.map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join("; ")
}
