//! Puts the features together into one server, and starts and stops it. The
//! only file that names every feature.

mod importer;
mod log;
mod numbers;
mod own;
mod standing;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpServer, web};
use anyhow::{Context, anyhow, bail};

use crate::articles::{self, Audience, Face};
use crate::config::{Config, DeskWrites, IngestMode, SecretKey};
use crate::content::Publisher;
use crate::db::{Db, Duty, Leases, migrate};
use crate::editions::{Door, Follower, Keeper, PageCache, Reader, Recall};
use crate::mail::{Letterhead, Postman, Rounds};
use crate::metrics::Metrics;
use crate::site::assets::Assets;
use crate::site::shell::Identity;
use crate::site::{self, errors, headers, spelling};
use crate::{
    about, api, calendar, cards, desk, discovery, embeds, feeds, history, ingest, ledger, maps,
    onthisday, registries, reports, sharing,
};
use importer::{Importer, tell};
use standing::{Standing, Told};

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
    /// Keeps what readers see.
    cache: Arc<PageCache>,
    /// Learns what has changed, from whatever process.
    follower: Follower,
    /// Tells others of changes beside it, if the operator wants that.
    herald: discovery::Herald,
    /// What instances tell each other beside it.
    programs: web::Data<api::Service>,
    key: Arc<SecretKey>,
    /// Hears when it is to stop.
    told: Told,
    /// Whether it may be asked.
    standing: Standing,
    /// How long it goes on to answer after SIGTERM.
    drain: Duration,
    /// What this instance, and no other, does beside it.
    leases: Leases,
    /// Closed when the server has stopped.
    db: Db,
}

/// Serves until the process is told to stop: by SIGTERM, after which it drains
/// for as long as is set and finishes what is under way, or by Ctrl-C, after
/// which it does not.
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
    let db = Db::of(&config)?;
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
    if edition == 0 && wants_content {
        // Alone with the database, which is quickest.
        drop(conn);
        let (own, import) = (db.clone(), import.clone());
        let outcome = web::block(move || ingest::run(&own, &import)).await??;
        tell(&outcome);
        imported = true;
        conn = db.connect().map_err(|error| anyhow!("{error}"))?;
    }
    let cache = Arc::new(PageCache::new(config.cache_bytes));
    let follower = Follower::start(
        &db,
        &mut conn,
        Arc::clone(&cache),
        config.time_zone.clone(),
        articles::inputs::new_day,
    )?;
    drop(conn);
    let standing = Standing::default();
    if edition > 0 || imported {
        standing.saw_edition();
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
    let drain = Duration::from_secs(config.drain_seconds.into());
    let config = web::Data::new(config);
    let assets = web::Data::new(assets);
    let shared_db = web::Data::new(db.clone());
    let key = web::Data::new(key);
    let limits = web::Data::new(reports::Limits::new());
    let passwords = web::Data::new(desk::Passwords::new());
    let gazetteer = web::Data::new(articles::Gazetteer::default());
    let press = web::Data::new(cards::Press::new());
    let publisher = web::Data::new(publisher);
    let programs = web::Data::new(api::Service::new(&config, described(), exported()));
    let service = programs.clone();
    let keeper_key = key.clone().into_inner();
    let door = Door::new(Arc::clone(&cache), log::kept, standing.closing());
    let keeper = Keeper::behind(&door);
    let shared_key = Arc::clone(&keeper_key);
    let shared_standing = web::Data::new(standing.clone());
    let metrics = web::Data::new(Metrics::new(numbers::sources(
        Arc::clone(&cache),
        db.clone(),
    )));
    let shared_cache = web::Data::from(Arc::clone(&cache));
    let server = HttpServer::new(move || {
        let keeper = keeper.clone();
        let application = App::new()
            .app_data(shared_standing.clone())
            .app_data(metrics.clone())
            .app_data(metrics.meter())
            .app_data(config.clone())
            .app_data(identity.clone())
            .app_data(audience.clone())
            .app_data(assets.clone())
            .app_data(shared_db.clone())
            .app_data(key.clone())
            .app_data(limits.clone())
            .app_data(passwords.clone())
            .app_data(gazetteer.clone())
            .app_data(press.clone())
            .app_data(publisher.clone())
            .app_data(programs.clone())
            .app_data(shared_cache.clone())
            // The last layer here is the first that a request passes.
            .wrap(from_fn(spelling::refuse_nul))
            .wrap(from_fn(errors::dress))
            .wrap(from_fn(spelling::respell))
            .wrap(from_fn(spelling::head_as_get))
            .wrap(from_fn(Recall::layer))
            .wrap(from_fn(api::admit))
            .wrap(Compress::default())
            .wrap(from_fn(desk::seclude))
            .wrap(from_fn(move |request, next| {
                headers::protect(secure, request, next)
            }))
            .wrap(from_fn(log::log))
            .wrap(from_fn(move |request, next| {
                keeper.clone().layer(request, next)
            }))
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
            .configure(own::routes)
            .configure(about::routes)
            .default_service(web::to(own::elsewhere));
        door.before(application)
    })
    .client_request_timeout(HEAD_TIMEOUT)
    .disable_signals()
    .shutdown_timeout(GRACE_SECONDS)
    .bind((listen.host.as_str(), listen.port))
    .map_err(|error| cannot_listen(&listen.to_string(), &error))?;
    let addresses = server.addrs();
    // From here on somebody may know that it runs, and tell it to stop.
    let told = Told::listen().context("this process cannot hear signals")?;
    let server = server.run();

    // An instance that never imports must not keep others from it.
    let duties = [Duty::Mail, Duty::Sweep, Duty::Import];
    let leases = Leases::start(&db, &duties[..if wants_content { 3 } else { 2 }]);
    let importer = if wants_content {
        let lease = leases.of(Duty::Import);
        Importer::start(
            db.clone(),
            import,
            imported,
            requests,
            (options.watch, lease),
        )
    } else {
        Importer::idle()
    };
    let keeper = reports::Keeper::start(
        db.clone(),
        keeper_key,
        letterhead.clone(),
        leases.of(Duty::Sweep),
    );
    let herald = discovery::Herald::start(db.clone(), targets);
    Ok(Bound {
        addresses,
        server,
        importer,
        postman: postman.holding(leases.of(Duty::Mail)).start(),
        letterhead,
        keeper,
        cache,
        follower,
        herald,
        programs: service,
        key: shared_key,
        told,
        standing,
        drain,
        leases,
        db,
    })
}

impl Bound {
    /// Serves until the server is stopped, then ends what runs beside it.
    ///
    /// # Errors
    /// The server failed.
    pub async fn run(self) -> io::Result<()> {
        let alerts = desk::keep_alerting(
            self.db.clone(),
            self.letterhead,
            self.leases.of(Duty::Sweep),
        );
        let alerts = actix_web::rt::spawn(alerts);
        let (programs, db, key) = (self.programs, self.db.clone(), self.key);
        let sharing = actix_web::rt::spawn(async move { programs.keep_sharing(db, key).await });
        let handle = self.server.handle();
        let stopping = standing::stop_when_told(self.told, self.standing, self.drain, handle);
        let stopping = actix_web::rt::spawn(stopping);
        let result = self.server.await;
        self.postman.stop().await;
        for beside in [alerts, sharing, stopping] {
            beside.abort();
        }
        self.importer.stop();
        self.keeper.stop();
        self.herald.stop();
        drop(self.follower);
        self.leases.stop();
        self.db.close();
        result
    }

    /// What learns of changes, for whoever cannot wait until it does so by itself.
    #[must_use]
    pub fn reader(&self) -> Arc<Reader> {
        self.follower.reader()
    }

    /// What it keeps of its answers.
    #[must_use]
    pub fn cache(&self) -> Arc<PageCache> {
        Arc::clone(&self.cache)
    }

    /// Stops the server from elsewhere.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
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
