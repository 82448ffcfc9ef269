//! A line to a database server that can be broken in every way in which lines
//! break.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How the line is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Line {
    Sound,
    /// Nobody listens, and what was open is closed.
    Refused,
    /// What is sent is taken and goes nowhere, as with a server that was
    /// stopped by SIGSTOP.
    Hanging,
    /// Every answer ends in its middle.
    Cut,
    /// Everything comes this much later.
    Slow(Duration),
}

/// Passes on what comes to its port, on a thread of its own.
pub(crate) struct Proxy {
    port: u16,
    line: watch::Sender<Line>,
}

impl Proxy {
    /// To the server that the URL names by address and port.
    pub(crate) fn to(url: &str) -> Proxy {
        let target: SocketAddr = authority(url).parse().unwrap();
        let (line, seen) = watch::channel(Line::Sound);
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                let here = listener.local_addr().unwrap();
                send.send(here.port()).unwrap();
                listen(listener, here, target, seen).await;
            });
        });
        let port = receive.recv().unwrap();
        Proxy { port, line }
    }

    /// The same URL, by way of this line.
    pub(crate) fn url(&self, url: &str) -> String {
        url.replace(authority(url), &format!("127.0.0.1:{}", self.port))
    }

    pub(crate) fn set(&self, line: Line) {
        self.line.send_replace(line);
    }
}

/// Ends once the [`Proxy`] is dropped.
async fn listen(
    first: TcpListener,
    here: SocketAddr,
    target: SocketAddr,
    mut seen: watch::Receiver<Line>,
) {
    let mut listener = Some(first);
    loop {
        let line = *seen.borrow_and_update();
        if line == Line::Refused {
            listener = None;
        } else if listener.is_none() {
            listener = Some(TcpListener::bind(here).await.unwrap());
        }
        let accepted = async {
            match &listener {
                Some(listener) => listener.accept().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = seen.changed() => if changed.is_err() { return },
            accepted = accepted => {
                let (client, _) = accepted.unwrap();
                tokio::spawn(carry(client, target, seen.clone()));
            }
        }
    }
}

async fn carry(client: TcpStream, target: SocketAddr, mut seen: watch::Receiver<Line>) {
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = pump(from_client, to_server, seen.clone(), false) => {}
        () = pump(from_server, to_client, seen.clone(), true) => {}
        _ = seen.wait_for(|line| *line == Line::Refused) => {}
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut seen: watch::Receiver<Line>,
    is_answer: bool,
) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(length) = from.read(&mut bytes).await {
        if length == 0 || seen.wait_for(|line| *line != Line::Hanging).await.is_err() {
            return;
        }
        let line = *seen.borrow();
        if let Line::Slow(time) = line {
            tokio::time::sleep(time).await;
        }
        let is_cut = line == Line::Cut && is_answer;
        let passed = if is_cut { length / 2 } else { length };
        if to.write_all(&bytes[..passed]).await.is_err() || is_cut {
            return;
        }
    }
}

/// Address and port in a URL.
fn authority(url: &str) -> &str {
    let after = url.rsplit_once('@').map_or(url, |(_, after)| after);
    let after = after.split_once("://").map_or(after, |(_, after)| after);
    after.split(['/', '?']).next().unwrap()
}
