//! What an editor typed into the forms of a case, and what is wrong with it.

use crate::cases::{HoldKind, NoteKind};
use crate::desk::gate::Fields;
use crate::desk::plain;
use crate::mail::Address;

/// The most that a note, a reason or a remark may hold, in characters.
const LONGEST: usize = 2000;

/// All fields of all forms; those that were not sent are empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// The version of the case that the editor saw.
    pub(super) seen: i64,
    /// What sort of correction, by its word in the file.
    pub(super) kind: String,
    /// The public note of a correction, on one line.
    pub(super) note: String,
    /// The whole file, as the editor wants it; with `\n` between lines.
    pub(super) file: String,
    /// The SHA-256 of the file that it was made from.
    pub(super) file_from: String,
    /// Why a report is declined, or the answer to a letter.
    pub(super) reason: String,
    /// Why a case is reopened.
    pub(super) why: String,
    /// What the other editors are told.
    pub(super) remark: String,
    /// The case that answers this one.
    pub(super) into: String,
    /// An address in a public text is meant to be there.
    pub(super) is_address_meant: bool,
}

/// What is wrong with what was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Errors(Vec<Error>);

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Error {
    /// The name of the field.
    pub(super) field: &'static str,
    /// What is wrong and what to do, in a sentence.
    pub(super) sentence: String,
}

impl Typed {
    /// Reads a form.
    pub(super) fn read(fields: &Fields) -> Typed {
        let picked = fields.text("pick");
        let into = match fields.text("into") {
            "" => picked,
            written => written,
        };
        Typed {
            seen: fields.text("seen").parse().unwrap_or(0),
            kind: fields.text("kind").to_owned(),
            // In the file it stands on one line.
            note: one_line(fields.text("note")),
            file: fields
                .raw("file")
                .replace("\r\n", "\n")
                .chars()
                .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
                .collect(),
            file_from: fields.text("file-from").to_owned(),
            reason: fields.text("reason").to_owned(),
            why: fields.text("why").to_owned(),
            remark: fields.text("remark").to_owned(),
            into: into.to_owned(),
            is_address_meant: fields.has("address-meant"),
        }
    }

    /// What sort of correction it is to be.
    pub(super) fn note_kind(&self, errors: &mut Errors) -> NoteKind {
        NoteKind::parse(&self.kind).unwrap_or_else(|| {
            errors.add("kind", "Choose how much the change matters to a reader.");
            NoteKind::Correction
        })
    }

    /// Looks at a text that everybody will read.
    pub(super) fn check_public(&self, field: &'static str, text: &str, errors: &mut Errors) {
        check_length(field, text, errors);
        if let Some(code) = plain::turning(text) {
            let sentence = format!(
                "This holds {code}, a character that turns the order of others round and cannot be seen. Type the words anew instead of pasting them."
            );
            errors.add(field, &sentence);
        }
        if holds_address(text) && !self.is_address_meant {
            errors.add(
                field,
                "This holds an e-mail address, and everybody will read it. Take the address out, or say below that it is meant to be there.",
            );
        }
    }

    /// Looks at a text for editors.
    pub(super) fn check_remark(&self, errors: &mut Errors) {
        check_length("remark", &self.remark, errors);
    }

    /// The case that was named, as cases are written: `C-7K3Q2M`.
    pub(super) fn target(&self) -> String {
        let id = self.into.trim().to_ascii_uppercase();
        if id.is_empty() || id.starts_with("C-") {
            id
        } else {
            format!("C-{id}")
        }
    }

    /// True if a form has to ask about an address: its text holds one, and came
    /// back.
    pub(super) fn asks_about_address(&self, text: &str) -> bool {
        self.seen > 0 && holds_address(text)
    }
}

impl Errors {
    /// One error alone.
    pub(super) fn one(field: &'static str, sentence: &str) -> Errors {
        let mut errors = Errors::default();
        errors.add(field, sentence);
        errors
    }

    /// Adds one.
    pub(super) fn add(&mut self, field: &'static str, sentence: &str) {
        self.0.push(Error {
            field,
            sentence: sentence.to_owned(),
        });
    }

    /// True if nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order of the form.
    pub(super) fn all(&self) -> &[Error] {
        &self.0
    }

    /// What is wrong with one field.
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|error| error.field == field);
        found.map(|error| error.sentence.as_str())
    }
}

/// Reads what a form about a hold asks for: which, and whether it begins.
pub(super) fn read_hold(fields: &Fields) -> Option<(HoldKind, bool)> {
    Some((
        HoldKind::parse(fields.text("hold"))?,
        fields.text("on") == "1",
    ))
}

fn check_length(field: &'static str, text: &str, errors: &mut Errors) {
    let length = text.chars().count();
    if text.is_empty() {
        errors.add(field, "Write a sentence or two here.");
    } else if length > LONGEST {
        let sentence = format!(
            "This is {length} characters long, and there is room for {LONGEST}. Shorten it."
        );
        errors.add(field, &sentence);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text holds an e-mail address.
fn holds_address(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || "<>()[]\",;".contains(c);
    text.split(ends).any(|word| {
        let word = word.strip_prefix("mailto:").unwrap_or(word);
        let word = word.trim_matches(['.', ':', '\'', '!', '?']);
        let is_far = |domain: &str| domain.contains('.');
        Address::parse(word).is_some()
            && word
                .rsplit_once('@')
                .is_some_and(|(_, domain)| is_far(domain))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_noticed() {
        assert!(holds_address("Ask ada@example.org."));
        assert!(holds_address("<mailto:ada@example.org>"));
        assert!(!holds_address("5 @ 3.20 a piece"));
        assert!(!holds_address("on @example"));
    }

    #[test]
    fn a_target_is_found_however_it_is_written() {
        let typed = |into: &str| Typed {
            into: into.to_owned(),
            ..Typed::default()
        };
        for into in ["c-7k3q2m", " 7K3Q2M ", "C-7K3Q2M"] {
            assert_eq!(typed(into).target(), "C-7K3Q2M");
        }
        assert_eq!(typed("").target(), "");
    }

    #[test]
    fn public_texts_are_neither_empty_nor_long_nor_turned() {
        let typed = Typed::default();
        for (text, is_good) in [
            ("", false),
            ("An earlier version gave the wrong day.", true),
            ("abc\u{202e}def", false),
            ("Write to ada@example.org", false),
        ] {
            let mut errors = Errors::default();
            typed.check_public("note", text, &mut errors);
            assert_eq!(errors.is_empty(), is_good, "{text:?}");
        }
        let mut errors = Errors::default();
        typed.check_public("note", &"é".repeat(2000), &mut errors);
        assert!(errors.is_empty());
        typed.check_public("note", &"é".repeat(2001), &mut errors);
        assert!(errors.of("note").is_some_and(|one| one.contains("2001")));
    }
}
