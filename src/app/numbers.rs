//! `/metrics`: what the operator's collector may read of this instance.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL};
use actix_web::{HttpRequest, HttpResponse, web};
use diesel::QueryResult;

use super::standing::Standing;
use crate::articles;
use crate::config::Config;
use crate::db::{AnyConnection, Db, PoolStats};
use crate::editions::{CacheStats, PageCache};
use crate::error::AppError;
use crate::mail;
use crate::metrics::{CONTENT_TYPE, Figure, Metrics, Sort, Source};
use crate::site::client;

/// How long the numbers wait for the database before they come without those
/// that only it knows.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the database knows.
struct Stored {
    edition: i64,
    imported_at: i64,
    mails_waiting: i64,
}

/// Who tells numbers of this process beside its requests.
pub(super) fn sources(cache: Arc<PageCache>, db: Db) -> Vec<Source> {
    vec![
        Box::new(move || of_cache(cache.stats())),
        Box::new(move || of_pools(&db.stats())),
    ]
}

/// The connections to the database.
fn of_pools(pools: &[PoolStats]) -> Vec<Figure> {
    type Reading = fn(&PoolStats) -> f64;
    let told: [(Sort, &'static str, &'static str, Reading); 7] = [
        (
            Sort::Level,
            "database_connections",
            "How many connections to the database there may be",
            |pool| pool.size as f64,
        ),
        (
            Sort::Level,
            "database_connections_in_use",
            "Connections that work for a request",
            |pool| pool.in_use as f64,
        ),
        (
            Sort::Level,
            "database_requests_waiting",
            "Requests that wait for a connection",
            |pool| pool.waiting as f64,
        ),
        (
            Sort::Count,
            "database_connections_taken",
            "How often a connection was asked for, also in vain",
            |pool| pool.taken as f64,
        ),
        (
            Sort::Count,
            "database_waited_seconds",
            "How long requests have waited for connections, together",
            |pool| pool.waited.as_secs_f64(),
        ),
        (
            Sort::Count,
            "database_time_outs",
            "Requests that got no connection in time",
            |pool| pool.time_outs as f64,
        ),
        (
            Sort::Level,
            "database_connections_hanging",
            "Connections that were given up on and still wait for their server",
            |pool| pool.hanging as f64,
        ),
    ];
    let figures = told.into_iter().flat_map(|(sort, name, help, reading)| {
        pools.iter().map(move |pool| Figure {
            name,
            help,
            sort,
            label: Some(("pool", pool.name)),
            value: reading(pool),
        })
    });
    figures.collect()
}

/// What is kept in memory.
fn of_cache(stats: CacheStats) -> Vec<Figure> {
    let figure = |sort, name, help, value| Figure {
        name,
        help,
        sort,
        label: None,
        value,
    };
    let count = |name, help, value: u64| figure(Sort::Count, name, help, value as f64);
    let level = |name, help, value: usize| figure(Sort::Level, name, help, value as f64);
    vec![
        count(
            "cache_hits",
            "Answers that were kept already; no other number of requests has them",
            stats.hits,
        ),
        count(
            "cache_misses",
            "Answers that had to be made and were then kept",
            stats.misses,
        ),
        count(
            "cache_dropped",
            "Kept answers that went because something they depend on changed",
            stats.dropped,
        ),
        count(
            "cache_evicted",
            "Kept answers that went for want of room",
            stats.evicted,
        ),
        level("cache_pages", "Answers that are kept", stats.pages),
        level(
            "cache_bytes",
            "What they weigh, with keys and headers",
            stats.bytes,
        ),
        figure(
            Sort::Level,
            "change",
            "The number of the newest change that was followed",
            stats.applied as f64,
        ),
    ]
}

/// `GET /metrics`. Whoever is neither near nor has the token learns not even
/// that it is there.
pub(super) async fn show(
    request: HttpRequest,
    metrics: web::Data<Metrics>,
    config: web::Data<Config>,
    standing: web::Data<Standing>,
    db: web::Data<Db>,
) -> Result<HttpResponse, AppError> {
    if !may_read(&request, &config) {
        return Err(AppError::NotFound);
    }
    let stored = tokio::time::timeout(PATIENCE, db.read(read)).await;
    let stored = stored.ok().and_then(Result::ok);
    let text = metrics
        .text(figures(&standing, stored))
        .map_err(|error| AppError::Internal(error.into()))?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type(CONTENT_TYPE)
        .body(text))
}

fn may_read(request: &HttpRequest, config: &Config) -> bool {
    let sent = request.headers().get(AUTHORIZATION);
    let sent = sent.and_then(|value| value.to_str().ok());
    let has_token = match (&config.metrics_token, sent) {
        (Some(token), Some(sent)) => token.opens(sent),
        _ => false,
    };
    has_token || client::is_near(request, &config.trusted_proxies)
}

fn read(conn: &mut AnyConnection) -> QueryResult<Stored> {
    Ok(Stored {
        edition: articles::queries::edition(conn)?,
        imported_at: articles::queries::imported_at(conn)?,
        mails_waiting: mail::waiting(conn)?,
    })
}

fn figures(standing: &Standing, stored: Option<Stored>) -> Vec<Figure> {
    let level = |name, help, value| Figure {
        name,
        help,
        sort: Sort::Level,
        label: None,
        value,
    };
    let yes = |is| f64::from(u8::from(is));
    let mut figures = vec![
        level(
            "ready",
            "1 if a balancer may send readers here",
            yes(standing.has_edition() && !standing.is_draining()),
        ),
        level(
            "database_up",
            "1 if the database answered just now",
            yes(stored.is_some()),
        ),
    ];
    if let Some(stored) = stored {
        let age = jiff::Timestamp::now().as_millisecond() - stored.imported_at;
        figures.extend([
            level(
                "edition",
                "The number of the newest edition in the database",
                stored.edition as f64,
            ),
            level(
                "import_age_seconds",
                "How long ago an import changed something",
                age as f64 / 1_000.0,
            ),
            level(
                "mails_waiting",
                "Mails that wait to be sent, due or not",
                stored.mails_waiting as f64,
            ),
        ]);
    }
    figures
}
