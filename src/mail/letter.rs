//! Makes the bytes of a mail from a row of the outbox.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Address;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::queries::Taken;
use super::wrap::wrapped;
use crate::config::Config;

/// What stands in the head of every mail of this site.
#[derive(Clone, Debug)]
pub(super) struct Stationery {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    /// The right side of each Message-ID.
    domain: String,
}

/// A mail as it travels: the envelope, and what is in it.
pub(super) struct Letter {
    pub(super) sender: Address,
    pub(super) recipient: Address,
    /// Head and body with CRLF at the end of each line, dots not yet doubled.
    pub(super) bytes: Vec<u8>,
}

/// `Auto-Submitted` (RFC 3834): no machine should answer this.
#[derive(Clone, Debug)]
struct AutoSubmitted;

impl Stationery {
    pub(super) fn of(config: &Config) -> Stationery {
        Stationery {
            from: config.mail_from.as_header().clone(),
            reply_to: config
                .desk_email
                .as_ref()
                .map(|one| one.as_header().clone()),
            domain: config.mail_domain(),
        }
    }

    /// The mail of a row, the same bytes each time but for the boundary between
    /// its parts.
    ///
    /// # Errors
    /// Why it must not be sent, in a sentence for the desk.
    pub(super) fn write(&self, row: &Taken) -> Result<Letter, String> {
        if row.subject.trim().is_empty() || row.subject.contains(char::is_control) {
            return Err("not sent: the subject is empty or holds a control character".to_owned());
        }
        if row.text.is_empty() {
            return Err("not sent: the text is no longer there".to_owned());
        }
        let recipient: Address = row
            .recipient
            .parse()
            .map_err(|_| "not sent: the address is none that mail can be sent to".to_owned())?;
        let written = Duration::from_millis(row.created_at.try_into().unwrap_or(0));
        let mut builder = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, recipient.clone()))
            .subject(readable(&row.subject))
            .date(UNIX_EPOCH + written)
            .message_id(Some(format!("<{}@{}>", row.id, self.domain)))
            .header(AutoSubmitted);
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let parts = MultiPart::alternative()
            .singlepart(SinglePart::plain(wrapped(&printable(&row.text))))
            .singlepart(SinglePart::html(printable(&row.html)));
        let mail = builder
            .multipart(parts)
            .map_err(|error| format!("not sent: the mail cannot be built ({error})"))?;
        Ok(Letter {
            sender: self.from.email.clone(),
            recipient,
            bytes: mail.formatted(),
        })
    }
}

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The text with one sort of line end, and without control characters: a lone
/// CR or a NUL is read in different ways by the servers on the way.
fn printable(text: &str) -> String {
    let keeps = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(keeps)
        .collect()
}

/// A subject that looks like an encoded word (RFC 2047 section 2), as a title
/// may by chance or by intent, would be read as one: its beginning is taken
/// apart, so that readers see what was written. Of several spaces one is left:
/// between words that are encoded and words that are not, others get lost.
fn readable(subject: &str) -> String {
    let words = subject.split(' ').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").replace("=?", "= ?")
}

#[cfg(test)]
mod tests {
    use mail_parser::{Address as Parsed, MessageParser};
    use proptest::prelude::*;

    use super::*;
    use crate::mail::Address as Recipient;

    fn stationery(name: &str) -> Stationery {
        let mailbox = |name: &str, address: &str| {
            Mailbox::new(Some(name.to_owned()), address.parse().unwrap())
        };
        Stationery {
            from: mailbox(name, "daybook@history.example"),
            reply_to: Some(mailbox("The editors", "desk@history.example")),
            domain: "history.example".to_owned(),
        }
    }

    fn row(recipient: &str, subject: &str, text: &str, html: &str) -> Taken {
        Taken {
            id: "0123456789abcdef0123456789abcdef".to_owned(),
            kind: "outcome".to_owned(),
            recipient: recipient.to_owned(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: html.to_owned(),
            attempts: 1,
            created_at: 1_764_000_000_000,
        }
    }

    fn head(bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split_once("\r\n\r\n").unwrap().0.to_owned()
    }

    /// How often each header stands in the bytes, folded lines not counted.
    fn names(bytes: &[u8]) -> Vec<String> {
        let mut names: Vec<String> = head(bytes)
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap().to_lowercase())
            .collect();
        names.sort();
        names
    }

    const NAMES: [&str; 9] = [
        "auto-submitted",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "reply-to",
        "subject",
        "to",
    ];

    #[test]
    fn a_mail_has_all_that_it_needs() {
        let row = row(
            "reader@example.org",
            "Your report",
            "Änderung\n",
            "<p>Ä</p>",
        );
        let letter = stationery("Daybook").write(&row).unwrap();
        let head = head(&letter.bytes);
        for line in [
            "Message-ID: <0123456789abcdef0123456789abcdef@history.example>",
            "Auto-Submitted: auto-generated",
            "Date: Mon, 24 Nov 2025 16:00:00 +0000",
            "To: reader@example.org",
            "Reply-To: \"The editors\" <desk@history.example>",
            "MIME-Version: 1.0",
        ] {
            assert!(head.contains(line), "{line}\nis not in\n{head}");
        }
        let mail = MessageParser::default().parse(&letter.bytes).unwrap();
        assert_eq!(mail.body_text(0).unwrap(), "Änderung\r\n");
        assert_eq!(mail.body_html(0).unwrap(), "<p>Ä</p>");
        assert!(letter.bytes.is_ascii());
    }

    #[test]
    fn a_subject_that_looks_like_an_encoded_word_is_read_as_it_is() {
        let row = row("reader@example.org", "=?utf-8?q?Won?=", "Text", "");
        let letter = stationery("Daybook").write(&row).unwrap();
        let mail = MessageParser::default().parse(&letter.bytes).unwrap();
        assert_eq!(mail.subject(), Some("= ?utf-8?q?Won?="));
    }

    #[test]
    fn of_several_spaces_in_a_subject_one_is_read() {
        let row = row("reader@example.org", "Seoul:  서울", "Text", "");
        let letter = stationery("Daybook").write(&row).unwrap();
        let mail = MessageParser::default().parse(&letter.bytes).unwrap();
        assert_eq!(mail.subject(), Some("Seoul: 서울"));
    }

    #[test]
    fn a_subject_with_control_characters_is_never_sent() {
        for subject in [
            "Hi\r\nBcc: x@example.org",
            "Hi\nthere",
            "a\0b",
            "\u{9d}",
            " ",
        ] {
            let row = row("reader@example.org", subject, "Text", "");
            assert!(stationery("Daybook").write(&row).is_err(), "{subject:?}");
        }
    }

    #[test]
    fn nothing_in_a_body_ends_a_line_early() {
        let row = row(
            "a@example.org",
            "S",
            "one\rtwo\r\n.\rthree\0\n.\n",
            "<p>\r.\r\n",
        );
        let bytes = stationery("Daybook").write(&row).unwrap().bytes;
        for (index, byte) in bytes.iter().enumerate() {
            match byte {
                b'\r' => assert_eq!(bytes.get(index + 1), Some(&b'\n')),
                b'\n' => assert_eq!(bytes[index - 1], b'\r'),
                other => assert_ne!(*other, 0),
            }
        }
    }

    /// Text that likes what headers, addresses and line ends are made of.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[ -~]{0,12}",
            "\\PC{0,6}",
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "\r\n",
                "\n",
                "\r",
                "\0",
                "\r\nBcc: x@example.org\r\n",
                "\r\n\r\n",
                "\r\n.\r\n",
                ": ",
                "=?utf-8?q?",
                "?=",
                "\"",
                "\\",
                "<",
                ">",
                ",",
                ";",
                "(",
                ")",
                "@",
                "\t",
                "\u{2028}",
                "\u{85}",
                "\u{202e}",
                "To: ",
                "ä",
                "😀",
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    fn address() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-zA-Z0-9._%+-]{1,12}@[a-zA-Z0-9-]{1,8}\\.[a-z]{2,5}",
            (hostile(), hostile()).prop_map(|(a, b)| format!("{a}@{b}")),
            hostile().prop_map(|a| format!("\"{a}\"@example.org")),
            hostile().prop_map(|a| format!("a@{a}.example.org")),
            "\\PC{1,8}@(bücher|EXAMPLE|straße)\\.example",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1500))]

        #[test]
        fn an_address_is_normalised_once(text in address()) {
            if let Some(once) = Recipient::parse(&text) {
                prop_assert!(!once.as_str().contains(char::is_control));
                let twice = Recipient::parse(once.as_str());
                prop_assert_eq!(Some(once), twice);
            }
        }

        #[test]
        fn no_message_can_bring_a_header_of_its_own(
            recipient in address(),
            subject in hostile(),
            text in hostile(),
            html in hostile(),
            name in hostile(),
        ) {
            let Some(recipient) = Recipient::parse(&recipient) else {
                return Ok(());
            };
            // As the setting allows it: one line.
            let name: String = name.chars().filter(|c| !c.is_control()).collect();
            let row = row(recipient.as_str(), &subject, &text, &html);
            let Ok(letter) = stationery(&name).write(&row) else {
                prop_assert!(text.is_empty() || subject.trim().is_empty()
                    || subject.contains(char::is_control), "{row:?}");
                return Ok(());
            };
            prop_assert_eq!(names(&letter.bytes), NAMES);
            let mail = MessageParser::default().parse(&letter.bytes).unwrap();
            let wanted = readable(&subject);
            prop_assert_eq!(mail.subject().unwrap_or_default().trim(), wanted.trim());
            let addresses = |field: Option<&Parsed>| -> Vec<String> {
                let list = field.unwrap().iter();
                list.map(|one| one.address().unwrap_or_default().to_owned()).collect()
            };
            prop_assert_eq!(addresses(mail.from()), ["daybook@history.example"]);
            prop_assert_eq!(addresses(mail.to()).len(), 1);
            prop_assert!(mail.bcc().is_none() && mail.cc().is_none());
            prop_assert_eq!(mail.text_body_count(), 1);
        }
    }
}
