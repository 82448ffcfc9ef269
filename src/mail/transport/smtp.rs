//! The dialogue with a mail server, step by step.
//!
//! lettre's own transport does the whole dialogue in one call, and its errors do
//! not tell whether the message had been handed over. All hangs on that here, so
//! the steps are taken one by one, and what the server must answer to each is
//! checked to the number: an answer that is out of step is never taken for
//! another. That also holds against words that somebody slips in before TLS
//! begins.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters,
};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::{Letter, Outcome, Signal, Verdict};
use crate::config::{SmtpSecurity, SmtpUrl};

/// How much of a message is written at a time.
const PIECE: usize = 16 * 1024;

/// How long each part of the dialogue may take before it counts as failed. The
/// sum must stay under the ten minutes after which a mail counts as crashed.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// From the first packet until we may send: TLS and password included.
    pub opening: Duration,
    /// For who it is from and to, until the server asks for the message.
    pub envelope: Duration,
    /// For the message and the server's last word. Long, because giving up here
    /// means that nobody knows (RFC 5321 asks for ten minutes).
    pub message: Duration,
}

/// A mail server. Its connection stays open while there is mail.
pub struct Smtp {
    url: SmtpUrl,
    /// `None` only for clear text to this machine.
    tls: Option<TlsParameters>,
    hello: ClientId,
    patience: Patience,
    open: Option<AsyncSmtpConnection>,
}

/// Why a step did not succeed.
enum Trouble {
    /// The server said no, with this number.
    Answered(u16, String),
    /// The connection broke, or the answer was none that makes sense.
    Broken(String),
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            opening: Duration::from_secs(60),
            envelope: Duration::from_secs(90),
            message: Duration::from_secs(300),
        }
    }
}

impl Smtp {
    /// A server that must show a certificate which the usual authorities have
    /// signed for its name. `domain` is what we call ourselves. Nothing is
    /// connected yet.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(url: &SmtpUrl, domain: &str) -> anyhow::Result<Smtp> {
        Smtp::trusting(url, domain, None)
    }

    /// As [`Smtp::new`], but trusts those whose certificates this authority (as
    /// PEM) has signed, as well: for tests, and for programs with a relay of
    /// their own.
    ///
    /// # Errors
    /// TLS cannot be set up, or the certificate cannot be read.
    pub fn trusting(url: &SmtpUrl, domain: &str, root: Option<&[u8]>) -> anyhow::Result<Smtp> {
        let tls = match url.security() {
            SmtpSecurity::None => None,
            SmtpSecurity::Starttls | SmtpSecurity::Tls => {
                let mut builder = TlsParameters::builder(url.host().to_owned())
                    .certificate_store(CertificateStore::WebpkiRoots);
                if let Some(root) = root {
                    builder = builder.add_root_certificate(Certificate::from_pem(root)?);
                }
                Some(builder.build()?)
            }
        };
        Ok(Smtp {
            url: url.clone(),
            tls,
            hello: ClientId::Domain(domain.to_owned()),
            patience: Patience::default(),
            open: None,
        })
    }

    /// Waits as long as this instead.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Smtp {
        self.patience = patience;
        self
    }

    pub(super) async fn carry(
        &mut self,
        letter: &Letter,
        signal: &watch::Receiver<Signal>,
    ) -> Verdict {
        let mut connection = match self.address(letter, signal).await {
            Ok(connection) => connection,
            Err(verdict) => return verdict,
        };
        // From here on it matters whether the dot that ends the message has
        // been written: without it, no server keeps anything.
        let is_ended = AtomicBool::new(false);
        let pieces = letter.bytes.chunks(PIECE).map(Some).chain([None]);
        let pieces = pieces.map_while(|piece| {
            is_ended.store(piece.is_none(), Ordering::Relaxed);
            piece
        });
        let result = limited(self.patience.message, signal, async {
            connection.message_iter(pieces).await
        })
        .await;
        match result {
            Ok(response) if is_completion(&response) => {
                self.open = Some(connection);
                let (code, answer) = said(&response);
                Verdict::new(Outcome::Sent, Some(code), answer)
            }
            Ok(response) => {
                let (code, answer) = said(&response);
                let answer = format!("no word whether it was taken; the server said {answer}");
                Verdict::new(Outcome::Unclear, Some(code), answer)
            }
            Err(Trouble::Answered(code, answer)) => {
                self.open = self.cleared(connection, signal).await;
                Verdict::new(outcome_of(code), Some(code), answer)
            }
            Err(Trouble::Broken(reason)) if is_ended.load(Ordering::Relaxed) => {
                let answer = format!("no word whether it was taken: {reason}");
                Verdict::new(Outcome::Unclear, None, answer)
            }
            Err(Trouble::Broken(reason)) => {
                let answer = format!("broken off before its end: {reason}");
                Verdict::new(Outcome::Later, None, answer)
            }
        }
    }

    pub(super) async fn hang_up(&mut self) {
        if let Some(mut connection) = self.open.take() {
            // It is only polite; the server notices anyway.
            let _ = timeout(Duration::from_secs(2), connection.quit()).await;
        }
    }

    /// Opens a connection, or takes the one that is open, and says who the mail
    /// is from and to, until the server asks for it.
    async fn address(
        &mut self,
        letter: &Letter,
        signal: &watch::Receiver<Signal>,
    ) -> Result<AsyncSmtpConnection, Verdict> {
        let mut kept = self.open.take();
        loop {
            let is_kept = kept.is_some();
            let mut connection = match kept.take() {
                Some(connection) => connection,
                None => limited(self.patience.opening, signal, self.opened())
                    .await
                    .map_err(Trouble::unreachable)?,
            };
            let step = async { Ok(enveloped(&mut connection, letter).await) };
            match limited(self.patience.envelope, signal, step).await {
                Ok(Ok(())) => return Ok(connection),
                // A server may close what was open for long, or let only so
                // many mails pass on one connection: ask once more on a new one.
                Ok(Err(Trouble::Answered(421, _) | Trouble::Broken(_))) | Err(_) if is_kept => {}
                Ok(Err(Trouble::Answered(code, answer))) => {
                    self.open = self.cleared(connection, signal).await;
                    return Err(Verdict::new(outcome_of(code), Some(code), answer));
                }
                Ok(Err(Trouble::Broken(reason))) | Err(Trouble::Broken(reason)) => {
                    let answer = format!("not handed over: {reason}");
                    return Err(Verdict::new(Outcome::Later, None, answer));
                }
                Err(Trouble::Answered(code, answer)) => {
                    return Err(Verdict::new(Outcome::Later, Some(code), answer));
                }
            }
        }
    }

    /// A connection on which mail may be sent: encrypted if it must be, and
    /// with the server knowing us.
    async fn opened(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let from_the_start = match self.url.security() {
            SmtpSecurity::Tls => self.tls.clone(),
            SmtpSecurity::Starttls | SmtpSecurity::None => None,
        };
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (self.url.host(), self.url.port()),
            Some(self.patience.opening),
            &self.hello,
            from_the_start,
            None,
        )
        .await?;
        if let Some(tls) = &self.tls
            && !connection.is_encrypted()
        {
            // An error if the server does not offer it: never clear text.
            connection.starttls(tls.clone(), &self.hello).await?;
        }
        if let Some((user, password)) = self.url.login() {
            let login = Credentials::new(user.to_owned(), password.to_owned());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &login)
                .await?;
        }
        Ok(connection)
    }

    /// The connection after a refusal, ready for another mail, if it still is.
    async fn cleared(
        &self,
        mut connection: AsyncSmtpConnection,
        signal: &watch::Receiver<Signal>,
    ) -> Option<AsyncSmtpConnection> {
        let reset = connection.command(Rset);
        let reset = limited(Duration::from_secs(5), signal, reset).await;
        match reset {
            Ok(response) if is_completion(&response) => Some(connection),
            _ => None,
        }
    }
}

impl Trouble {
    /// Of what goes wrong while the connection is made. Also a 5xx is not about
    /// this mail here: a password that is wrong today may be right tomorrow.
    fn unreachable(self) -> Verdict {
        match self {
            Trouble::Answered(code, answer) => Verdict::new(
                Outcome::Unreachable,
                Some(code),
                format!("the server takes no mail from us: {answer}"),
            ),
            Trouble::Broken(reason) => Verdict::new(
                Outcome::Unreachable,
                None,
                format!("the server cannot be reached: {reason}"),
            ),
        }
    }
}

/// MAIL, RCPT and DATA, each answered as it must be.
async fn enveloped(connection: &mut AsyncSmtpConnection, letter: &Letter) -> Result<(), Trouble> {
    let mut options = Vec::new();
    let is_ascii =
        [&letter.sender, &letter.recipient].map(|one| AsRef::<str>::as_ref(one).is_ascii());
    if is_ascii != [true, true] || !letter.bytes.is_ascii() {
        if !connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight)
        {
            return Err(Trouble::Answered(
                553,
                "553 not sent: the mail server knows only addresses of ASCII letters".to_owned(),
            ));
        }
        options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        options.push(MailParameter::SmtpUtfEight);
    }
    let mail = Mail::new(Some(letter.sender.clone()), options);
    expect(connection.command(mail).await, is_completion)?;
    let recipient = Rcpt::new(letter.recipient.clone(), Vec::new());
    expect(connection.command(recipient).await, is_completion)?;
    expect(connection.command(Data).await, |one| one.has_code(354))
}

fn expect(
    result: Result<Response, SmtpError>,
    is_right: impl FnOnce(&Response) -> bool,
) -> Result<(), Trouble> {
    match result {
        Ok(response) if is_right(&response) => Ok(()),
        Ok(response) => Err(Trouble::Broken(format!(
            "the server answered out of step: {}",
            said(&response).1
        ))),
        Err(error) => Err(error.into()),
    }
}

/// Runs a part of the dialogue for as long as it may take.
async fn limited<T>(
    limit: Duration,
    signal: &watch::Receiver<Signal>,
    part: impl Future<Output = Result<T, SmtpError>>,
) -> Result<T, Trouble> {
    let mut signal = signal.clone();
    let stopped = async {
        if signal.wait_for(|one| *one == Signal::Now).await.is_err() {
            // Nobody is left who could stop us.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        result = part => result.map_err(Trouble::from),
        () = sleep(limit) => Err(Trouble::Broken(format!(
            "no answer within {} seconds", limit.as_secs_f32().round()
        ))),
        () = stopped => Err(Trouble::Broken("the program is stopping".to_owned())),
    }
}

fn is_completion(response: &Response) -> bool {
    u16::from(response.code()) / 100 == 2
}

fn outcome_of(code: u16) -> Outcome {
    if code / 100 == 5 {
        Outcome::Refused
    } else {
        Outcome::Later
    }
}

fn said(response: &Response) -> (u16, String) {
    let code = u16::from(response.code());
    let words: Vec<&str> = response.message().collect();
    (code, format!("{code} {}", words.join(" ")))
}

impl From<SmtpError> for Trouble {
    fn from(error: SmtpError) -> Self {
        match error.status() {
            Some(code) => {
                let words = std::error::Error::source(&error).map(ToString::to_string);
                let answer = format!("{code} {}", words.unwrap_or_default());
                Trouble::Answered(code.into(), answer)
            }
            None => Trouble::Broken(error.to_string()),
        }
    }
}
