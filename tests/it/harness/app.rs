//! The real server, on a free port of this machine, for one test.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::Deref;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use daybook::app::{self, ServeOptions};
use daybook::config::{Config, Overrides};
use daybook::db::{AnyConnection, Db};
use daybook::editions::{CacheStats, PageCache, Reader};

use super::form::Report;
use super::{Corpus, Page};

/// A running server over a [`Corpus`], which it derefs to. It stops when it is
/// dropped.
pub(crate) struct TestApp {
    running: Option<(ServerHandle, JoinHandle<()>)>,
    address: SocketAddr,
    client: reqwest::Client,
    config: Config,
    /// Learns of changes that were made behind the server's back, before each
    /// request: by itself it would look a moment later.
    reader: (Arc<Reader>, Option<Mutex<AnyConnection>>),
    cache: Arc<PageCache>,
    corpus: Arc<Corpus>,
}

/// What a server is started with.
pub(crate) struct Setup {
    corpus: Arc<Corpus>,
    options: ServeOptions,
    variables: HashMap<&'static str, String>,
    /// If not the one of the corpus.
    database_url: Option<String>,
    is_on_another_way: bool,
}

impl Setup {
    pub(crate) fn new(corpus: Corpus) -> Setup {
        Setup::over(Arc::new(corpus))
    }

    /// Another server beside one that runs, over the same files and the same
    /// database.
    pub(crate) fn beside(app: &TestApp) -> Setup {
        Setup::over(Arc::clone(&app.corpus))
    }

    fn over(corpus: Arc<Corpus>) -> Setup {
        Setup {
            corpus,
            options: ServeOptions::default(),
            // A machine that tests is busy; nothing is to count as away for that.
            variables: HashMap::from([("DAYBOOK_DATABASE_WAIT_MS", "12000".to_owned())]),
            database_url: None,
            is_on_another_way: false,
        }
    }

    /// Another instance over the database of `app`, which imports nothing.
    pub(crate) fn instance_of(app: &TestApp) -> Setup {
        let mut setup = Setup::new(Corpus::empty()).variable("DAYBOOK_INGEST", "off");
        setup.database_url = Some(app.database.url().to_owned());
        setup
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

    /// Over another database than its own, or on another way to it.
    pub(crate) fn database(mut self, url: &str) -> Setup {
        self.database_url = Some(url.to_owned());
        self.is_on_another_way = true;
        self
    }

    pub(crate) async fn start(self) -> TestApp {
        let Setup {
            corpus,
            database_url,
            is_on_another_way,
            options,
            variables,
        } = self;
        let flags = Overrides {
            listen: Some("127.0.0.1:0".to_owned()),
            content: Some(corpus.content().display().to_string()),
            data: Some(corpus.data().display().to_string()),
            database_url: database_url.or_else(|| Some(corpus.database.url().to_owned())),
        };
        let config = Config::resolve(flags, |name| variables.get(name).cloned(), None).unwrap();
        let served = config.clone();
        let (send, receive) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                match app::bind(served, options).await {
                    Ok(bound) => {
                        let first = bound.addresses[0];
                        let handles = (first, bound.handle(), bound.reader(), bound.cache());
                        send.send(Ok(handles)).unwrap();
                        bound.run().await.unwrap();
                    }
                    Err(error) => send.send(Err(format!("{error:#}"))).unwrap(),
                }
            });
        });
        let (address, handle, reader, cache) = receive.recv().unwrap().unwrap();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_brotli()
            .no_gzip()
            .no_zstd()
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        // Not on a way that a test may cut off.
        let conn = (!is_on_another_way)
            .then(|| Db::open(&config.database_url).unwrap().connect().unwrap());
        TestApp {
            reader: (reader, conn.map(Mutex::new)),
            cache,
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

    /// What it has kept and dropped so far.
    pub(crate) fn kept(&self) -> CacheStats {
        self.cache.stats()
    }

    /// Has the server learn of what was changed behind its back.
    pub(crate) fn catch_up(&self) {
        let (reader, conn) = &self.reader;
        if let Some(conn) = conn {
            reader.catch_up(&mut conn.lock().unwrap()).unwrap();
        }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Page {
        self.catch_up();
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
