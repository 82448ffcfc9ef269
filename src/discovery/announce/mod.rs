//! Tells search engines (IndexNow) and a hub (WebSub) what has changed, where
//! the operator has asked for it. Nothing here runs otherwise.
//!
//! Up to where each was told is a row, and the row is a lease as well: of
//! several instances one speaks. A target that does not answer is asked again
//! after growing waits, and gets then all that it has missed.

mod post;
mod queries;

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use jiff::tz::TimeZone;
use serde::Serialize;
use url::form_urlencoded::Serializer;

use self::queries::{News, Told};
use crate::articles::Audience;
use crate::config::Config;
use crate::db::Db;
use crate::paths::{self, feeds, record};
use crate::site::feed::Format;

/// How often it is looked whether there is something to tell.
const EVERY: Duration = Duration::from_secs(60);

/// How long a stop waits for the request at hand. What was not told by then is
/// told after the next start.
const GRACE: Duration = Duration::from_secs(2);

/// The waits after failures in a row, in minutes; the last goes on.
const WAITS: [i64; 6] = [1, 5, 15, 60, 4 * 60, 24 * 60];

/// How many addresses IndexNow takes at once.
const URLS: usize = 10_000;

/// How many feeds a hub is told of at once.
const FEEDS: usize = 50;

/// How many requests one round makes at most: with the longest that each may
/// take, they end before the lease does.
const REQUESTS: usize = 20;

/// Who is told of changes, by the settings.
#[derive(Clone, Debug)]
pub struct Targets {
    base_url: String,
    host: String,
    zone: TimeZone,
    index_now: Option<IndexNow>,
    hub: Option<String>,
}

#[derive(Clone, Debug)]
struct IndexNow {
    url: String,
    key: String,
}

/// What IndexNow takes.
#[derive(Serialize)]
struct Changes<'a> {
    host: &'a str,
    key: &'a str,
    #[serde(rename = "keyLocation")]
    key_location: String,
    #[serde(rename = "urlList")]
    url_list: &'a [String],
}

/// One request to come.
struct Request {
    content_type: &'static str,
    body: String,
}

/// The thread that tells; it ends with [`stop`](Self::stop).
pub struct Herald {
    /// `None` where nobody is to be told: then there is no thread either.
    running: Option<(Sender<()>, Receiver<()>)>,
}

impl Herald {
    /// Looks at once, and then once a minute, whether there is something to
    /// tell; does nothing at all where there is nobody to tell it.
    #[must_use]
    pub fn start(db: Db, targets: Option<Targets>) -> Herald {
        let running = targets.map(|targets| {
            let (stop, stopped) = channel();
            let (end, ended) = channel();
            // Nobody joins it: it may be waiting for an answer from far away.
            std::thread::spawn(move || {
                loop {
                    let now = jiff::Timestamp::now().as_millisecond();
                    if let Err(error) = round(&db, &targets, now) {
                        tracing::warn!("nobody was told of changes: {error:#}");
                    }
                    match stopped.recv_timeout(EVERY) {
                        Err(RecvTimeoutError::Timeout) => {}
                        _ => break,
                    }
                }
                let _ = end.send(()); // Perhaps nobody waits any longer.
            });
            (stop, ended)
        });
        Herald { running }
    }

    /// Whether there is nobody to tell.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.running.is_none()
    }

    /// Begins no other request, and waits a moment for the one under way.
    pub fn stop(self) {
        if let Some((stop, ended)) = self.running {
            let _ = stop.send(()); // Where nobody listens, it has ended.
            if ended.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
                tracing::info!("somebody was being told of changes when the program stopped");
            }
        }
    }
}

impl Targets {
    /// Those that the settings name; `None` if there are none.
    #[must_use]
    pub fn of(config: &Config) -> Option<Targets> {
        let index_now = config.index_now_key.as_ref().map(|key| IndexNow {
            url: config.index_now_url.clone(),
            key: key.clone(),
        });
        if index_now.is_none() && config.websub_hub.is_none() {
            return None;
        }
        Some(Targets {
            base_url: config.base_url.as_str().to_owned(),
            host: config.base_url.authority().to_owned(),
            zone: config.time_zone.clone(),
            index_now,
            hub: config.websub_hub.clone(),
        })
    }

    /// What IndexNow is to be told: the changed articles.
    fn changes(&self, index_now: &IndexNow, news: &News) -> Vec<Request> {
        let at = |path: &str| paths::absolute(&self.base_url, path);
        let urls: Vec<String> = news
            .articles
            .iter()
            .map(|slug| at(&paths::article(slug)))
            .collect();
        let requests = urls.chunks(URLS).filter_map(|urls| {
            let changes = Changes {
                host: &self.host,
                key: &index_now.key,
                key_location: at(&feeds::index_now_key(&index_now.key)),
                url_list: urls,
            };
            Some(Request {
                content_type: "application/json; charset=utf-8",
                body: serde_json::to_string(&changes).ok()?,
            })
        });
        requests.collect()
    }

    /// What a hub is to be told: the feeds that changed, the widest first.
    fn pings(&self, told: &Told, news: &News) -> Vec<Request> {
        const FORMATS: [&str; 3] = [
            Format::Atom.as_str(),
            Format::Rss.as_str(),
            Format::Json.as_str(),
        ];
        let mut topics: Vec<String> = Vec::new();
        let has_articles = !news.articles.is_empty();
        if has_articles {
            topics.extend(FORMATS.map(feeds::feed));
        }
        if has_articles || news.day != told.day {
            topics.extend(FORMATS.map(feeds::today));
        }
        if news.decided_at != told.decided_at {
            topics.extend(FORMATS.map(record::ledger_feed));
        }
        for (kind, slug) in &news.entries {
            topics.extend(FORMATS.map(|format| feeds::of_entry(kind, slug, format)));
        }
        let requests = topics.chunks(FEEDS).map(|topics| {
            let mut form = Serializer::new(String::new());
            form.append_pair("hub.mode", "publish");
            for topic in topics {
                form.append_pair("hub.url", &paths::absolute(&self.base_url, topic));
            }
            Request {
                content_type: "application/x-www-form-urlencoded",
                body: form.finish(),
            }
        });
        requests.collect()
    }
}

/// Tells each target what it does not know yet, as far as it is its turn; `now`
/// is epoch milliseconds. A target that is new is told nothing of what was
/// there before: for that there are the sitemaps and the feeds.
///
/// Waits for the answers, so it belongs on a thread of its own.
///
/// # Errors
/// The database's. A target that does not answer is no error: it is told later.
pub fn round(db: &Db, targets: &Targets, now: i64) -> anyhow::Result<()> {
    let mut conn = db.connect()?;
    let audience = Audience {
        drafts: false,
        zone: targets.zone.clone(),
    };
    let index_now = targets.index_now.as_ref();
    let known = [
        ("index-now", index_now.map(|one| one.url.as_str())),
        ("websub", targets.hub.as_deref()),
    ];
    for (name, url) in known {
        let Some(url) = url else { continue };
        let visibility = audience.now();
        let Some(told) = queries::take(&mut conn, name, visibility, now)? else {
            continue;
        };
        let news = conn.snapshot(|conn| queries::news(conn, &told, visibility))?;
        let mut requests = match index_now {
            Some(index_now) if name == "index-now" => targets.changes(index_now, &news),
            _ => targets.pings(&told, &news),
        };
        if requests.len() > REQUESTS {
            tracing::info!(target = name, "too much has changed to tell all of it");
            requests.truncate(REQUESTS);
        }
        let result = requests
            .iter()
            .try_for_each(|one| post::post(url, one.content_type, &one.body));
        match result {
            Ok(()) => {
                queries::note_told(&mut conn, name, &told, &news)?;
                if !requests.is_empty() {
                    let articles = news.articles.len();
                    tracing::info!(target = name, articles, "told of changes");
                }
            }
            Err(reason) => {
                let wait = wait(told.failures);
                tracing::warn!(
                    target = name,
                    minutes = wait,
                    "not told of changes: {reason}"
                );
                queries::note_failure(&mut conn, name, &told, now + wait * 60_000)?;
            }
        }
    }
    Ok(())
}

/// Minutes to wait after so many failures before this one.
fn wait(failures: i64) -> i64 {
    let place = usize::try_from(failures).unwrap_or(0);
    WAITS[place.min(WAITS.len() - 1)]
}

/// The entries that changed articles name, each once.
type Entries = BTreeSet<(String, String)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_waits_grow_to_a_day_and_no_further() {
        let waits: Vec<i64> = (0..8).map(wait).collect();
        assert_eq!(waits, [1, 5, 15, 60, 240, 1440, 1440, 1440]);
    }

    #[test]
    fn a_round_ends_before_its_lease() {
        let longest = post::PATIENCE.as_millis() * REQUESTS as u128;
        assert!(longest < queries::LEASE as u128);
    }
}
