//! What was found wrong in a file, said so that an editor can mend it.

use std::fmt;

use serde::Serialize;

/// One finding in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// What is wrong and what to do, one sentence.
    pub message: String,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The page would say something false or be broken: the file is held back
    /// and its last good version stays.
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

/// `file:line:column: sentence`, the form that editors and terminals know.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Diagnostic {
            file,
            line,
            column,
            severity,
            code,
            message,
        } = self;
        write!(f, "{file}:{line}:{column}: {severity} {code}: {message}")
    }
}
