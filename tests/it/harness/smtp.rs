//! A mail server in the process of the test, as kind or as rude as it is told
//! to be.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// How the way to the server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Clear,
    Starttls,
    Tls,
}

/// A moment in the dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Connect,
    Mail,
    Rcpt,
    Data,
    /// When the first bytes of the message have come.
    Body,
    /// When the whole message has come.
    Dot,
}

/// What the server does wrong with one message, or with one connection where
/// the step is [`Step::Connect`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    Nothing,
    /// Says this instead of yes.
    Says(Step, &'static str),
    /// Closes the connection.
    Drops(Step),
    /// Says no more.
    Falls(Step),
    /// Takes its time, then goes on.
    Waits(Step, Duration),
}

/// One message that the server has taken, or had in hand when it failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Received {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) bytes: Vec<u8>,
    /// Whether it came encrypted.
    pub(crate) is_encrypted: bool,
    /// Whether the server has said 250 to it.
    pub(crate) is_acknowledged: bool,
}

/// A server that listens until it is dropped.
pub(crate) struct SmtpServer {
    pub(crate) port: u16,
    /// Its certificate, which no authority has signed.
    pub(crate) pem: String,
    state: Arc<State>,
    listening: JoinHandle<()>,
}

struct State {
    way: Way,
    offers_starttls: bool,
    tls: TlsAcceptor,
    faults: Mutex<VecDeque<Fault>>,
    received: Mutex<Vec<Received>>,
    /// Every command, in its order.
    commands: Mutex<Vec<String>>,
    connections: Mutex<usize>,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

struct Session {
    stream: Box<dyn Stream>,
    read: Vec<u8>,
    is_encrypted: bool,
    state: Arc<State>,
    /// What goes wrong with the message at hand.
    fault: Option<Fault>,
}

impl SmtpServer {
    /// One that shows a certificate for `localhost` and does nothing wrong.
    pub(crate) async fn start(way: Way) -> SmtpServer {
        SmtpServer::start_as("localhost", way, true).await
    }

    /// One that shows a certificate for this host.
    pub(crate) async fn start_as(host: &str, way: Way, offers_starttls: bool) -> SmtpServer {
        let own = rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
        let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], PrivateKeyDer::Pkcs8(key))
            .unwrap();
        let state = Arc::new(State {
            way,
            offers_starttls,
            tls: TlsAcceptor::from(Arc::new(config)),
            faults: Mutex::default(),
            received: Mutex::default(),
            commands: Mutex::default(),
            connections: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *shared.connections.lock().unwrap() += 1;
                let session = Session {
                    stream: Box::new(stream),
                    read: Vec::new(),
                    is_encrypted: false,
                    state: Arc::clone(&shared),
                    fault: None,
                };
                tokio::spawn(session.run());
            }
        });
        SmtpServer {
            port,
            pem: own.cert.pem(),
            state,
            listening,
        }
    }

    /// The address, with a user and a password that are nobody's but a test's.
    pub(crate) fn url(&self) -> String {
        let login = "daybook:hunter2%20@localhost";
        match self.state.way {
            Way::Clear => format!("smtp://{login}:{}?tls=none", self.port),
            Way::Starttls => format!("smtp://{login}:{}", self.port),
            Way::Tls => format!("smtps://{login}:{}", self.port),
        }
    }

    /// What goes wrong with the next messages, in turn; after them nothing does.
    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.state.faults.lock().unwrap().extend(faults);
    }

    /// All messages whose last dot has come.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.state.received.lock().unwrap().clone()
    }

    pub(crate) fn commands(&self) -> Vec<String> {
        self.state.commands.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.state.connections.lock().unwrap()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Session {
    /// `None` is the end of the connection, here and below.
    async fn run(mut self) -> Option<()> {
        if self.state.way == Way::Tls {
            self = self.encrypted().await?;
        }
        let next = self.state.faults.lock().unwrap().front().copied();
        if let Some(
            fault @ (Fault::Says(Step::Connect, _)
            | Fault::Drops(Step::Connect)
            | Fault::Falls(Step::Connect)
            | Fault::Waits(Step::Connect, _)),
        ) = next
        {
            self.state.faults.lock().unwrap().pop_front();
            self.fault = Some(fault);
        }
        self.answer(Step::Connect, "220 test server").await?;
        self.fault = None;
        let mut from = String::new();
        let mut to = Vec::new();
        loop {
            let line = self.line().await?;
            self.state.commands.lock().unwrap().push(line.clone());
            let word = line.split_whitespace().next().unwrap_or("").to_uppercase();
            match word.as_str() {
                "EHLO" => self.greet().await?,
                "STARTTLS" => {
                    self.say("220 go ahead").await?;
                    self = self.encrypted().await?;
                }
                "AUTH" => self.say("235 welcome").await?,
                "MAIL" => {
                    self.fault = self.state.faults.lock().unwrap().pop_front();
                    from = between(&line);
                    to.clear();
                    self.answer(Step::Mail, "250 ok").await?;
                }
                "RCPT" => {
                    to.push(between(&line));
                    self.answer(Step::Rcpt, "250 ok").await?;
                }
                "DATA" => {
                    if self.answer(Step::Data, "354 go ahead").await? {
                        self.message(&from, &to).await?;
                    }
                }
                "RSET" => self.say("250 ok").await?,
                "QUIT" => return self.say("221 bye").await,
                _ => self.say("500 what?").await?,
            }
        }
    }

    async fn message(&mut self, from: &str, to: &[String]) -> Option<()> {
        let mut bytes = Vec::new();
        loop {
            let line = self.raw_line().await?;
            if line == b".\r\n" {
                break;
            }
            bytes.extend(line.strip_prefix(b".").unwrap_or(&line));
            self.answer(Step::Body, "").await?;
        }
        let place = {
            let mut received = self.state.received.lock().unwrap();
            received.push(Received {
                from: from.to_owned(),
                to: to.to_vec(),
                bytes,
                is_encrypted: self.is_encrypted,
                is_acknowledged: false,
            });
            received.len() - 1
        };
        if self.answer(Step::Dot, "250 queued as 4711").await? {
            self.state.received.lock().unwrap()[place].is_acknowledged = true;
        }
        Some(())
    }

    async fn greet(&mut self) -> Option<()> {
        let state = &self.state;
        let offered = state.way == Way::Starttls && state.offers_starttls && !self.is_encrypted;
        let starttls = if offered { "250-STARTTLS\r\n" } else { "" };
        self.say(&format!(
            "250-test\r\n{starttls}250-AUTH PLAIN\r\n250 8BITMIME"
        ))
        .await
    }

    /// Says yes, or does what it was told to do here. True after a yes.
    async fn answer(&mut self, step: Step, yes: &str) -> Option<bool> {
        let rude = match self.fault {
            Some(Fault::Says(at, words)) if at == step => Some(words),
            Some(Fault::Drops(at)) if at == step => return None,
            Some(Fault::Falls(at)) if at == step => std::future::pending().await,
            Some(Fault::Waits(at, time)) if at == step => {
                tokio::time::sleep(time).await;
                None
            }
            _ => None,
        };
        let words = rude.unwrap_or(yes);
        if !words.is_empty() {
            self.say(words).await?;
        }
        Some(rude.is_none())
    }

    async fn say(&mut self, words: &str) -> Option<()> {
        let line = format!("{words}\r\n");
        self.stream.write_all(line.as_bytes()).await.ok()?;
        self.stream.flush().await.ok()
    }

    async fn encrypted(mut self) -> Option<Session> {
        let accepted = self.state.tls.accept(self.stream).await.ok()?;
        self.stream = Box::new(accepted);
        self.is_encrypted = true;
        Some(self)
    }

    async fn line(&mut self) -> Option<String> {
        let line = self.raw_line().await?;
        Some(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// A line with its end, which is CRLF and nothing else.
    async fn raw_line(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = self.read.windows(2).position(|two| two == b"\r\n") {
                let rest = self.read.split_off(at + 2);
                return Some(std::mem::replace(&mut self.read, rest));
            }
            let mut more = [0; 4096];
            let length = self.stream.read(&mut more).await.ok()?;
            if length == 0 {
                return None;
            }
            self.read.extend(&more[..length]);
        }
    }
}

fn between(line: &str) -> String {
    let (_, rest) = line.split_once('<').unwrap_or(("", line));
    rest.split('>').next().unwrap_or("").to_owned()
}
