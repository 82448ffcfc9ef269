//! What was found wrong in a file, said so that an editor can mend it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One finding in one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The file, below the content folder, with `/` between folders.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Whether the file is held back.
    pub severity: Severity,
    /// A stable name: a letter for the family and three digits.
    pub code: String,
    /// What is wrong, and what to do if `advice` does not say it; one sentence.
    pub message: String,
    /// All that helps to mend it.
    #[serde(flatten)]
    pub advice: Box<Advice>,
}

/// What is said of a finding beside its message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// How many characters are meant, from the column on; 0 where only the
    /// place is known.
    #[serde(default)]
    pub width: usize,
    /// What was expected, and where it says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// How to mend it, one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

/// What a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// A sentence, such as: the front matter says January 7.
    pub message: String,
    /// Where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place in a file of the content folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file; empty for the one in which the finding is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters are meant.
    pub width: usize,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The page would say something false or be broken: the file is held back
    /// and its last good version stays.
    #[default]
    Error,
    /// The file goes in.
    Warning,
}

impl Diagnostic {
    /// An error; the file is filled in where it is known.
    #[must_use]
    pub fn error(line: usize, column: usize, code: &str, message: &str) -> Diagnostic {
        Diagnostic {
            file: String::new(),
            line,
            column,
            severity: Severity::Error,
            code: code.to_owned(),
            message: message.to_owned(),
            advice: Box::default(),
        }
    }

    /// A warning; the file is filled in where it is known.
    #[must_use]
    pub fn warning(line: usize, column: usize, code: &str, message: &str) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(line, column, code, message)
        }
    }

    /// An error at a place of the file, as wide as the place.
    #[must_use]
    pub fn error_at(place: &Place, code: &str, message: &str) -> Diagnostic {
        let mut one = Diagnostic::error(place.line, place.column, code, message);
        one.advice.width = place.width;
        one
    }

    /// A warning at a place of the file, as wide as the place.
    #[must_use]
    pub fn warning_at(place: &Place, code: &str, message: &str) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error_at(place, code, message)
        }
    }

    /// The same finding with what it rests on, and where that stands.
    #[must_use]
    pub fn note(mut self, message: &str, place: Option<Place>) -> Diagnostic {
        self.advice.notes.push(Note {
            message: message.to_owned(),
            place,
        });
        self
    }

    /// The same finding with how to mend it.
    #[must_use]
    pub fn help(mut self, message: &str) -> Diagnostic {
        self.advice.help = Some(message.to_owned());
        self
    }

    /// The same finding, in this file.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Diagnostic {
        file.clone_into(&mut self.file);
        self
    }

    /// Whether the file is held back for it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// `file:line:column: severity CODE: sentence`, the form that editors and
/// terminals know. It is one line whatever the file holds, and each character
/// of it is [`printable`].
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            file,
            line,
            column,
            severity,
            code,
            message,
            advice: _,
        } = self;
        let line = format!("{file}:{line}:{column}: {severity} {code}: {message}");
        let printed = line.chars().map(|character| match character {
            '\n' | '\t' => ' ',
            character => printable(character),
        });
        f.write_str(&printed.collect::<String>())
    }
}

/// The character as a terminal may get it: U+FFFD in the place of one that
/// could steer the terminal, that turns the direction of the text around, or
/// that nobody sees. Joiners stay, because some scripts need them, and so do
/// the end of a line and the tab.
#[must_use]
pub fn printable(character: char) -> char {
    match character {
        '\u{061c}'
        | '\u{200b}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        '\n' | '\t' => character,
        character if character.is_control() => char::REPLACEMENT_CHARACTER,
        character => character,
    }
}
