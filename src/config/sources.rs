//! Looks a setting up in its four places and gathers what is wrong.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::file::{self, FileEntry};
use super::settings::{Origin, SETTINGS, Setting};
use super::{Overrides, settings};

/// A wrong setting: where it stands, what it says, and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The place, as `environment variable DAYBOOK_LISTEN` or
    /// `daybook.toml:3: listen`.
    pub place: String,
    /// The value that was refused, shortened for a line; `None` if it may hold
    /// a secret or if no single value is at fault.
    pub value: Option<String>,
    /// What is wrong and what is allowed.
    pub sentence: String,
}

/// Names of variables that look like misspelt settings, each with the name
/// that was probably meant. A variable cannot be refused as a key in the file
/// is, because others may share the environment.
#[must_use]
pub fn misspelt_variables(names: impl Iterator<Item = String>) -> Vec<(String, &'static str)> {
    const PREFIX: &str = "DAYBOOK_";
    let known: Vec<&'static str> = SETTINGS
        .iter()
        .map(|setting| setting.variable)
        .chain(["DAYBOOK_LOG"])
        .collect();
    names
        .filter(|name| !known.contains(&name.as_str()))
        .filter_map(|name| {
            let ending = name.strip_prefix(PREFIX)?.to_owned();
            let endings = known.iter().filter_map(|name| name.strip_prefix(PREFIX));
            let meant = nearest(&ending, endings)?;
            let meant = known
                .iter()
                .find(|name| name.strip_prefix(PREFIX) == Some(meant))?;
            Some((name, *meant))
        })
        .collect()
}

/// The candidate that `word` was probably meant to be, if one is close.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = word.to_lowercase();
    candidates
        .map(|candidate| {
            let likeness = strsim::normalized_damerau_levenshtein(&word, &candidate.to_lowercase());
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// `text` as it may stand in a message: one line, at most 60 characters.
pub(super) fn excerpt(text: &str) -> String {
    let mut short: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

/// A value as it was written, and where.
pub(super) struct Value {
    pub(super) text: String,
    pub(super) origin: Origin,
}

impl Value {
    /// Reads the value as a path; one from a file counts from its folder.
    pub(super) fn path(&self) -> Result<PathBuf, String> {
        if self.text.trim().is_empty() {
            return Err("a folder must be named".to_owned());
        }
        Ok(self.resolve_path(&self.text))
    }

    /// `path`, from the folder of the file in which this value stands.
    pub(super) fn resolve_path(&self, path: &str) -> PathBuf {
        match &self.origin {
            Origin::File { path: file, .. } => match file.parent() {
                Some(folder) => folder.join(path),
                None => PathBuf::from(path),
            },
            _ => PathBuf::from(path),
        }
    }
}

/// The four places, and what was found so far.
pub(super) struct Sources<'a> {
    flags: BTreeMap<&'static str, String>,
    env: &'a dyn Fn(&str) -> Option<String>,
    file: BTreeMap<&'static str, FileEntry>,
    origins: BTreeMap<&'static str, Origin>,
    problems: Vec<ConfigProblem>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(
        flags: Overrides,
        env: &'a dyn Fn(&str) -> Option<String>,
        file: Option<&Path>,
    ) -> Self {
        let flags = [
            (&settings::LISTEN, flags.listen),
            (&settings::CONTENT, flags.content),
            (&settings::DATA, flags.data),
            (&settings::DATABASE_URL, flags.database_url),
        ];
        let mut problems = Vec::new();
        Sources {
            flags: flags
                .into_iter()
                .filter_map(|(setting, value)| Some((setting.key, value?)))
                .collect(),
            env,
            file: file.map_or_else(BTreeMap::new, |path| file::read(path, &mut problems)),
            origins: BTreeMap::new(),
            problems,
        }
    }

    /// The value of a setting, or `None` if it is nowhere set or is wrong; a
    /// wrong one is noted.
    pub(super) fn take<T>(
        &mut self,
        setting: &'static Setting,
        parse: impl FnOnce(&Value) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.find(setting)?;
        match parse(&value) {
            Ok(parsed) => {
                self.origins.insert(setting.key, value.origin);
                Some(parsed)
            }
            Err(sentence) => {
                // These URLs may hold a password, also ones that cannot be
                // read; their own messages say as much of them as is safe.
                let may_hold_password =
                    [settings::DATABASE_URL.key, settings::SMTP_URL.key].contains(&setting.key);
                let hidden = setting.secret || may_hold_password;
                self.problems.push(ConfigProblem {
                    place: value.origin.to_string(),
                    value: (!hidden).then(|| excerpt(&value.text)),
                    sentence,
                });
                None
            }
        }
    }

    /// Builds the result if nothing was wrong. `build` is given a function
    /// that tells a setting's origin.
    pub(super) fn problems_or<T>(
        self,
        build: impl FnOnce(&dyn Fn(&Setting) -> Origin) -> T,
    ) -> Result<T, Vec<ConfigProblem>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(build(&|setting| {
            self.origins
                .get(setting.key)
                .cloned()
                .unwrap_or(Origin::Default)
        }))
    }

    fn find(&self, setting: &'static Setting) -> Option<Value> {
        if let (Some(flag), Some(text)) = (setting.flag, self.flags.get(setting.key)) {
            return Some(Value {
                text: text.clone(),
                origin: Origin::Flag(flag),
            });
        }
        if let Some(text) = (self.env)(setting.variable).filter(|text| !text.is_empty()) {
            return Some(Value {
                text,
                origin: Origin::Variable(setting.variable),
            });
        }
        self.file.get(setting.key).map(|entry| Value {
            text: entry.text.clone(),
            origin: entry.origin.clone(),
        })
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} is “{value}”: {}", self.place, self.sentence),
            None => write!(f, "{}: {}", self.place, self.sentence),
        }
    }
}

impl std::error::Error for ConfigProblem {}
