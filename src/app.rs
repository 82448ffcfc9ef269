//! Puts the features together into one server, and starts and stops it. The
//! only file that names every feature.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServerHandle, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::{Context, anyhow, bail};

use crate::articles::{self, Audience, Face};
use crate::config::{Config, DeskWrites, IngestMode, SecretKey};
use crate::content::{ImportRequest, ImportRequests, Publisher};
use crate::db::{Db, migrate};
use crate::error::AppError;
use crate::mail::{Letterhead, Postman, Rounds};
use crate::site::assets::Assets;
use crate::site::drawn::Drawn;
use crate::site::shell::Identity;
use crate::site::{self, errors, headers, spelling};
use crate::{
    about, api, calendar, cards, desk, discovery, embeds, feeds, history, ingest, ledger, maps,
    onthisday, paths, registries, reports, sharing,
};

/// How long requests that are under way get when the server stops.
const GRACE_SECONDS: u64 = 10;

/// How long a client may take to send the head of a request. A connection
/// that is slower is closed, so that slow clients cannot use up all of them.
const HEAD_TIMEOUT: Duration = Duration::from_secs(8);

/// How to serve.
#[derive(Clone, Copy, Debug, Default)]
pub struct ServeOptions {
    /// Show drafts, and what is to be published in the future.
    pub drafts: bool,
    /// Import again whenever the content folder changes.
    pub watch: bool,
}

/// A server that listens and is about to answer.
pub struct Bound {
    /// Where it listens; the port is the true one, also where 0 was asked for.
    pub addresses: Vec<SocketAddr>,
    /// Runs while it is awaited.
    server: Server,
    /// Imports beside it, if there is one.
    importer: Importer,
    /// Sends mail beside it.
    postman: Rounds,
    /// What mails say of the site.
    letterhead: Letterhead,
    /// Erases beside it what is no longer needed.
    keeper: reports::Keeper,
    /// Tells others of changes beside it, if the operator wants that.
    herald: discovery::Herald,
    /// Closed when the server has stopped.
    db: Db,
}

/// The thread that imports while the server runs.
struct Importer {
    stop: Arc<AtomicBool>,
    /// Ends its waiting.
    wake: Option<Sender<ImportRequest>>,
    thread: Option<JoinHandle<()>>,
}

/// Serves until the process is told to stop (SIGTERM, Ctrl-C), then finishes
/// what is under way.
///
/// # Errors
/// A sentence: the content folder is missing, the data folder cannot be
/// written, the database cannot be opened, the port is taken.
pub async fn serve(config: Config, options: ServeOptions) -> anyhow::Result<()> {
    // With port 0 the public address is not known to the settings.
    let is_any_port = config.listen.port == 0;
    let public = config.base_url.to_string();
    let bound = bind(config, options).await?;
    for address in &bound.addresses {
        let here = format!("http://{address}");
        if here == public || is_any_port {
            tracing::info!("Daybook is on {here}");
        } else {
            tracing::info!("Daybook is on {here}, for readers at {public}");
        }
    }
    std::thread::spawn(|| Assets::load().compress());
    let result = bound.run().await;
    tracing::info!("stopped");
    result.context("the server failed")
}

/// Prepares everything and begins to listen. Where the database already holds
/// an edition it is served at once and the content folder is looked through
/// beside it; where it holds none, the first import comes first, because there
/// would be nothing to show.
///
/// # Errors
/// As [`serve`].
pub async fn bind(mut config: Config, options: ServeOptions) -> anyhow::Result<Bound> {
    config.prepare_data()?;
    let key = SecretKey::load_or_create(&config)?;
    let db = Db::open(&config.database_url)?;
    let wants_content = config.ingest == IngestMode::Auto;
    if wants_content && !config.content.is_dir() {
        bail!(
            "there is no content folder {}; name it with --content or DAYBOOK_CONTENT, or set DAYBOOK_INGEST=off to serve what the database holds",
            config.content.display()
        );
    }
    let import = ingest::Options {
        content: config.content.clone(),
        full: false,
        letterhead: Letterhead::of(&config),
        progress: true,
    };
    let may_write = wants_content && config.desk_writes == DeskWrites::Auto;
    let (publisher, requests) = Publisher::new(&config.content, may_write);
    let mut imported = false;
    let mut conn = db.connect().map_err(|error| anyhow!("{error}"))?;
    for name in migrate::run(&mut conn)? {
        tracing::info!(name, "brought the tables up to date");
    }
    reports::prepare(&mut conn, jiff::Timestamp::now().as_millisecond())?;
    let edition = articles::queries::edition(&mut conn)?;
    drop(conn);
    if edition == 0 && wants_content {
        let (db, import) = (db.clone(), import.clone());
        let outcome = web::block(move || ingest::run(&db, &import)).await??;
        tell(&outcome);
        imported = true;
    }

    let postman = Postman::new(db.clone(), &config)?;
    let listen = config.listen.clone();
    let assets = Assets::load();
    let identity = Identity::new(
        config.site_name.clone(),
        config.publisher.clone(),
        config.base_url.as_str(),
        &assets,
    );
    let zone = config.time_zone.iana_name().unwrap_or("UTC").to_owned();
    let card = Face::of_site(&identity.name);
    let identity = identity.card(&card.path(), card.alt());
    let identity = web::Data::new(identity.reckoning(config.date_style.as_str(), zone));
    let audience = web::Data::new(Audience {
        drafts: options.drafts,
        zone: config.time_zone.clone(),
    });
    let secure = config.base_url.is_https();
    let letterhead = Letterhead::of(&config);
    config.content_licence = config.licence();
    // Whoever previews drafts speaks for no public site.
    let targets = discovery::Targets::of(&config).filter(|_| !options.drafts);
    let config = web::Data::new(config);
    let assets = web::Data::new(assets);
    let shared_db = web::Data::new(db.clone());
    let key = web::Data::new(key);
    let limits = web::Data::new(reports::Limits::new());
    let passwords = web::Data::new(desk::Passwords::new());
    let gazetteer = web::Data::new(articles::Gazetteer::default());
    let drawn = web::Data::new(Drawn::new(maps::KEPT_BYTES));
    let press = web::Data::new(cards::Press::new());
    let publisher = web::Data::new(publisher);
    let programs = web::Data::new(api::Service::new(&config, described(), exported()));
    let keeper_key = key.clone().into_inner();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(config.clone())
            .app_data(identity.clone())
            .app_data(audience.clone())
            .app_data(assets.clone())
            .app_data(shared_db.clone())
            .app_data(key.clone())
            .app_data(limits.clone())
            .app_data(passwords.clone())
            .app_data(gazetteer.clone())
            .app_data(drawn.clone())
            .app_data(press.clone())
            .app_data(publisher.clone())
            .app_data(programs.clone())
            // The last layer here is the first that a request passes.
            .wrap(from_fn(spelling::refuse_nul))
            .wrap(from_fn(errors::dress))
            .wrap(from_fn(spelling::respell))
            .wrap(from_fn(spelling::head_as_get))
            .wrap(from_fn(api::admit))
            .wrap(Compress::default())
            .wrap(from_fn(desk::seclude))
            .wrap(from_fn(move |request, next| {
                headers::protect(secure, request, next)
            }))
            .wrap(from_fn(log))
            .configure(site::assets::routes)
            .configure(calendar::routes)
            .configure(reports::routes)
            .configure(history::routes)
            .configure(articles::routes)
            .configure(registries::routes)
            .configure(maps::routes)
            .configure(ledger::routes)
            .configure(sharing::routes)
            .configure(cards::routes)
            .configure(embeds::routes)
            .configure(feeds::routes)
            .configure(discovery::routes)
            .configure(onthisday::routes)
            .configure(api::routes)
            .configure(desk::routes)
            .configure(own_routes)
            .configure(about::routes)
            .default_service(web::to(elsewhere))
    })
    .client_request_timeout(HEAD_TIMEOUT)
    .shutdown_timeout(GRACE_SECONDS)
    .bind((listen.host.as_str(), listen.port))
    .map_err(|error| cannot_listen(&listen.to_string(), &error))?;
    let addresses = server.addrs();
    let server = server.run();

    let importer = if wants_content {
        Importer::start(db.clone(), import, imported, requests, options.watch)
    } else {
        Importer::idle()
    };
    let keeper = reports::Keeper::start(db.clone(), keeper_key, letterhead.clone());
    let herald = discovery::Herald::start(db.clone(), targets);
    Ok(Bound {
        addresses,
        server,
        importer,
        postman: postman.start(),
        letterhead,
        keeper,
        herald,
        db,
    })
}

impl Bound {
    /// Serves until the server is stopped, then ends what runs beside it.
    ///
    /// # Errors
    /// The server failed.
    pub async fn run(self) -> io::Result<()> {
        let alerts = desk::keep_alerting(self.db.clone(), self.letterhead);
        let alerts = actix_web::rt::spawn(alerts);
        let result = self.server.await;
        self.postman.stop().await;
        alerts.abort();
        self.importer.stop();
        self.keeper.stop();
        self.herald.stop();
        self.db.close();
        result
    }

    /// Stops the server from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }
}

impl Importer {
    fn start(
        db: Db,
        options: ingest::Options,
        imported: bool,
        requests: ImportRequests,
        watch: bool,
    ) -> Importer {
        let wake = Some(requests.sender());
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let (after_import, painter) = paint(db.clone(), Arc::clone(&stopped));
            let report = |result: anyhow::Result<ingest::Outcome>| {
                match result {
                    Ok(outcome) => tell(&outcome),
                    Err(error) => tracing::error!("the import failed: {error:#}"),
                }
                let _ = after_import.send(()); // It ends only after this thread.
            };
            if !imported {
                report(ingest::run(&db, &options));
            }
            let options = ingest::Options {
                progress: false,
                ..options
            };
            let stopped = || stopped.load(Ordering::Relaxed);
            ingest::watch(&db, &options, &requests, watch, stopped, report);
            drop(after_import);
            if painter.join().is_err() {
                tracing::error!("the thread that makes renditions of pictures panicked");
            }
        });
        Importer {
            stop,
            wake,
            thread: Some(thread),
        }
    }

    fn idle() -> Importer {
        Importer {
            stop: Arc::new(AtomicBool::new(true)),
            wake: None,
            thread: None,
        }
    }

    /// Waits for the import that is under way and starts no other.
    fn stop(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(wake) = &self.wake {
            // The thread may have ended by itself.
            let _ = wake.send(ImportRequest::unanswered());
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the importing thread panicked");
        }
    }
}

/// Everything that is public, as `daybook export` prints it and the API streams
/// it.
#[must_use]
pub fn export(config: &Config) -> api::Export {
    let audience = Audience {
        drafts: false,
        zone: config.time_zone.clone(),
    };
    let reader = api::Reader {
        base_url: config.base_url.to_string(),
        site_name: config.site_name.clone(),
        style: config.date_style,
        visibility: audience.now(),
        zone: audience.zone,
    };
    api::Export::new(reader, Arc::new(exported()))
}

/// What features beside the API answer below its addresses, described.
fn described() -> Vec<utoipa::openapi::OpenApi> {
    vec![ledger::described(), onthisday::described()]
}

/// What features beside the API add to an export.
fn exported() -> Vec<api::Part> {
    vec![api::Part {
        kind: "correction",
        read: |conn, reader, after, limit| {
            let whom = (reader.visibility, &reader.zone, reader.base_url.as_str());
            ledger::exported(conn, whom, after, limit)
        },
    }]
}

/// Starts the thread that makes renditions: at once, and after each message.
fn paint(db: Db, stopped: Arc<AtomicBool>) -> (Sender<()>, JoinHandle<()>) {
    let (send, receive) = channel();
    let work = move || {
        loop {
            match ingest::make_renditions(&db, false, || stopped.load(Ordering::Relaxed)) {
                Ok(0) => {}
                Ok(made) => tracing::info!(made, "made renditions of pictures"),
                Err(error) => tracing::error!("no renditions of pictures: {error:#}"),
            }
            if receive.recv().is_err() {
                break;
            }
            while receive.try_recv().is_ok() {}
        }
    };
    (send, std::thread::spawn(work))
}

/// Says in the log what an import did, if it did anything.
fn tell(outcome: &ingest::Outcome) {
    let mut errors = outcome.diagnostics.iter().filter(|one| one.is_error());
    if let Some(first) = errors.next() {
        tracing::warn!("{first} (see daybook check)");
    }
    for one in errors {
        tracing::warn!("{one}");
    }
    if outcome.is_new {
        tracing::info!("{outcome}");
    }
}

fn cannot_listen(address: &str, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!(
            "{address} is taken by another program; choose another with --listen or DAYBOOK_LISTEN"
        ),
        io::ErrorKind::PermissionDenied => anyhow!(
            "this user may not listen on {address}; ports below 1024 are reserved: choose another with --listen or DAYBOOK_LISTEN"
        ),
        _ => anyhow!("{address} cannot be listened on: {error}"),
    }
}

fn own_routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::HEALTH).get(health))
        .service(web::resource(paths::READY).get(ready))
        .service(web::resource(paths::FAVICON).get(favicon))
        .service(web::resource(paths::TOUCH_ICON).get(touch_icon));
}

async fn health() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body("alive\n")
}

async fn ready(db: web::Data<Db>) -> Result<HttpResponse, AppError> {
    let edition = db.read(articles::queries::edition).await?;
    let (status, words) = if edition > 0 {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "no edition yet\n")
    };
    Ok(HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body(words))
}

async fn favicon(assets: web::Data<Assets>) -> Result<HttpResponse, AppError> {
    icon(&assets, "images/favicon-32.png")
}

async fn touch_icon(assets: web::Data<Assets>) -> Result<HttpResponse, AppError> {
    icon(&assets, "images/apple-touch-icon.png")
}

fn icon(assets: &Assets, name: &str) -> Result<HttpResponse, AppError> {
    let asset = assets.by_name(name).ok_or(AppError::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .insert_header((CONTENT_TYPE, asset.content_type.as_str()))
        .body(asset.bytes.clone()))
}

/// Whatever no feature answers: an old address of an article, or nothing.
async fn elsewhere(request: HttpRequest, db: web::Data<Db>) -> Result<HttpResponse, AppError> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(AppError::NotFound);
    }
    let path = request.path().to_ascii_lowercase();
    let slug = db
        .read(move |conn| articles::queries::alias_target(conn, &path))
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(site::moved(&paths::article(&slug)))
}

/// One line for each request: no addresses of clients, no query strings, and
/// no secret of a receipt.
async fn log<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let started = Instant::now();
    let method = request.method().clone();
    let path = paths::without_secret(request.path());
    let result = next.call(request).await;
    let status = match &result {
        Ok(response) => response.status(),
        Err(error) => error.as_response_error().status_code(),
    };
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    tracing::info!(
        %method,
        path,
        status = status.as_u16(),
        ms = format!("{milliseconds:.1}"),
        "request"
    );
    result
}
