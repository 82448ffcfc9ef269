//! Somebody else's machine in the process of the test, which takes what is sent
//! to it and answers as it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One request that has come whole.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// Its first line: `POST /x HTTP/1.1`.
    pub(crate) line: String,
    /// Its headers, in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A server that listens until it is dropped.
pub(crate) struct HttpServer {
    pub(crate) port: u16,
    state: Arc<State>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    /// What is answered to the next requests; `None` says nothing for ever.
    answers: Mutex<VecDeque<Option<&'static str>>>,
    taken: Mutex<Vec<Taken>>,
}

impl HttpServer {
    /// One that says yes to everything.
    pub(crate) async fn start() -> HttpServer {
        let state = Arc::new(State::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&shared)));
            }
        });
        HttpServer {
            port,
            state,
            listening,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What the next requests are answered, such as `403 Forbidden`; after
    /// them it is yes again. `None` never answers.
    pub(crate) fn plan(&self, answers: impl IntoIterator<Item = Option<&'static str>>) {
        self.state.answers.lock().unwrap().extend(answers);
    }

    /// All requests so far, which are then forgotten.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        std::mem::take(&mut *self.state.taken.lock().unwrap())
    }
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// `None` is the end of the connection.
async fn answer(mut stream: TcpStream, state: Arc<State>) -> Option<()> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(at) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let (line, head) = head.split_once("\r\n")?;
    let head = head.to_lowercase();
    let length = head
        .lines()
        .find_map(|one| one.strip_prefix("content-length: "))
        .map_or(0, |length| length.trim().parse().unwrap());
    while read.len() < end + 4 + length {
        if stream.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    }
    state.taken.lock().unwrap().push(Taken {
        line: line.to_owned(),
        head,
        body: String::from_utf8(read[end + 4..].to_vec()).unwrap(),
    });
    let planned = state.answers.lock().unwrap().pop_front();
    let status = match planned {
        Some(Some(status)) => status,
        Some(None) => std::future::pending().await,
        None => "202 Accepted",
    };
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(answer.as_bytes()).await.ok()
}
