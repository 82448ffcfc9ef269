//! The real server, on a free port of this machine, for one test.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::Deref;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use daybook::app::{self, ServeOptions};
use daybook::config::{Config, Overrides};

use super::form::Report;
use super::{Corpus, Page};

/// A running server over a [`Corpus`], which it derefs to. It stops when it is
/// dropped.
pub(crate) struct TestApp {
    running: Option<(ServerHandle, JoinHandle<()>)>,
    address: SocketAddr,
    client: reqwest::Client,
    config: Config,
    corpus: Corpus,
}

/// What a server is started with.
pub(crate) struct Setup {
    corpus: Corpus,
    options: ServeOptions,
    variables: HashMap<&'static str, String>,
}

impl Setup {
    pub(crate) fn new(corpus: Corpus) -> Setup {
        Setup {
            corpus,
            options: ServeOptions::default(),
            variables: HashMap::new(),
        }
    }

    /// As `serve --drafts`.
    pub(crate) fn drafts(mut self) -> Setup {
        self.options.drafts = true;
        self
    }

    /// Watches the content folder, which tests do not unless they ask.
    pub(crate) fn watch(mut self) -> Setup {
        self.options.watch = true;
        self
    }

    /// Sets an environment variable for this server alone.
    pub(crate) fn variable(mut self, name: &'static str, value: &str) -> Setup {
        self.variables.insert(name, value.to_owned());
        self
    }

    pub(crate) async fn start(self) -> TestApp {
        let Setup {
            corpus,
            options,
            variables,
        } = self;
        let flags = Overrides {
            listen: Some("127.0.0.1:0".to_owned()),
            content: Some(corpus.content().display().to_string()),
            data: Some(corpus.data().display().to_string()),
            database_url: Some(corpus.database.url().to_owned()),
        };
        let config = Config::resolve(flags, |name| variables.get(name).cloned(), None).unwrap();
        let served = config.clone();
        let (send, receive) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                match app::bind(served, options).await {
                    Ok(bound) => {
                        let first = bound.addresses[0];
                        send.send(Ok((first, bound.handle()))).unwrap();
                        bound.run().await.unwrap();
                    }
                    Err(error) => send.send(Err(format!("{error:#}"))).unwrap(),
                }
            });
        });
        let (address, handle) = receive.recv().unwrap().unwrap();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_brotli()
            .no_gzip()
            .no_zstd()
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        TestApp {
            running: Some((handle, thread)),
            address,
            client,
            config,
            corpus,
        }
    }
}

impl TestApp {
    /// A server over the fixtures.
    pub(crate) async fn start() -> TestApp {
        Setup::new(Corpus::fixtures()).start().await
    }

    /// The settings that it runs with.
    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    /// What sends requests: it follows no redirects and keeps no cookies.
    pub(crate) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// An address of this server; `path` begins with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.send(self.client.get(self.url(path))).await
    }

    /// GET with one header.
    pub(crate) async fn get_with(&self, path: &str, name: &str, value: &str) -> Page {
        self.send(self.client.get(self.url(path)).header(name, value))
            .await
    }

    pub(crate) async fn head(&self, path: &str) -> Page {
        self.send(self.client.head(self.url(path))).await
    }

    /// POST of form fields.
    pub(crate) async fn post(&self, path: &str, fields: &[(String, String)]) -> Page {
        self.send(self.client.post(self.url(path)).form(fields))
            .await
    }

    /// The page must be there.
    pub(crate) async fn page(&self, path: &str) -> Page {
        let page = self.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        page
    }

    /// Follows the report link of an article and fills in the form.
    pub(crate) async fn report(&self, slug: &str) -> Report<'_> {
        let link = self
            .page(&format!("/articles/{slug}"))
            .await
            .one(".accuracy a.button")
            .attribute("href");
        Report::open(self, &link).await
    }

    /// The bytes of the answer to a request whose target is sent as it is,
    /// which no client library would do.
    pub(crate) fn raw(&self, target: &str) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A server that does not understand a request may cut the line.
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Stops it, as SIGTERM would after the last request; what it wrote stays.
    pub(crate) fn stop(&mut self) {
        if let Some((handle, thread)) = self.running.take() {
            // The command goes out with the call; the future only waits.
            drop(handle.stop(false));
            if thread.join().is_err() && !std::thread::panicking() {
                panic!("the server panicked");
            }
        }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Page {
        Page::read(request.send().await.unwrap()).await
    }
}

impl Deref for TestApp {
    type Target = Corpus;

    fn deref(&self) -> &Corpus {
        &self.corpus
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop();
    }
}
