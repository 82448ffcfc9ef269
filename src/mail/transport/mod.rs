//! The two ways on which a mail can leave: a server that takes it, or a folder.

mod folder;
mod smtp;

use tokio::sync::watch;

use super::letter::Letter;
pub(super) use folder::Folder;
pub use smtp::{Patience, Smtp};

/// Where the postman carries mail.
pub(super) enum Transport {
    Smtp(Box<Smtp>),
    Folder(Folder),
}

/// What came of carrying one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    /// The number of the server's answer, if there was one: all that may stand
    /// in the log.
    pub(super) code: Option<u16>,
    /// The whole answer, or what went wrong, for the desk. May name people.
    pub(super) answer: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is the server's now.
    Sent,
    /// The server does not have it, and may be asked again.
    Later,
    /// As `Later`, and others would fare alike: there is no way to the server.
    Unreachable,
    /// The server will never take it.
    Refused,
    /// It was handed over whole, and nobody knows what the server did with it.
    Unclear,
}

/// How much time is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Enough.
    Run,
    /// For the mail at hand, and no other.
    Finish,
    /// None.
    Now,
}

impl Transport {
    pub(super) async fn carry(
        &mut self,
        letter: Letter,
        name: &str,
        signal: &watch::Receiver<Signal>,
    ) -> Verdict {
        match self {
            Transport::Smtp(smtp) => smtp.carry(&letter, signal).await,
            Transport::Folder(folder) => folder.carry(letter, name).await,
        }
    }

    /// Says good-bye to the server, which need not wait for more.
    pub(super) async fn rest(&mut self) {
        if let Transport::Smtp(smtp) = self {
            smtp.hang_up().await;
        }
    }
}

impl Verdict {
    fn new(outcome: Outcome, code: Option<u16>, answer: impl Into<String>) -> Verdict {
        let answer: String = answer.into();
        // One line of a length that a page can show; servers may say anything.
        let answer = answer
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(400)
            .collect();
        Verdict {
            outcome,
            code,
            answer,
        }
    }

    pub(super) fn refused(answer: String) -> Verdict {
        Verdict::new(Outcome::Refused, None, answer)
    }
}
