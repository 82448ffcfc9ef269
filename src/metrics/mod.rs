//! What the program counts about itself for the operator, as OpenMetrics text.
//!
//! Requests are counted by route pattern, method and class of status, each
//! worker thread for itself, so that no answer waits for another; a look at the
//! numbers adds them up. Whatever else is worth a number tells it when it is
//! asked ([`Source`]). No label holds a path, an address or a secret, and none
//! can be chosen by a client.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;
use prometheus_client::registry::Registry;

/// The media type of [`Metrics::text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the buckets, in seconds; what takes longer is in a last one.
const BOUNDS: [f64; 13] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// The route of what no feature answers.
const NO_ROUTE: &str = "(none)";

/// One number that somebody tells when the numbers are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Without the prefix `daybook_`, and of a count without `_total`. Figures
    /// of one name must follow each other and be of one sort.
    pub name: &'static str,
    /// One sentence without the full stop.
    pub help: &'static str,
    /// How it is to be read.
    pub sort: Sort,
    /// A label and its value, if figures of one name differ by one.
    pub label: Option<(&'static str, &'static str)>,
    /// The number, in base units: seconds, bytes.
    pub value: f64,
}

/// How a number is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It only grows, from the start of the process on.
    Count,
    /// It goes up and down.
    Level,
}

/// Tells its numbers of this moment. It must be quick: it may look at memory and
/// not at the database.
pub type Source = Box<dyn Fn() -> Vec<Figure> + Send + Sync>;

/// All numbers of one process.
#[derive(Default)]
pub struct Metrics {
    workers: Mutex<Vec<Arc<Mutex<Durations>>>>,
    sources: Vec<Source>,
}

/// Where one worker thread counts its requests.
#[derive(Clone)]
pub struct Meter(Arc<Mutex<Durations>>);

/// By route, method and class of status.
type Durations = HashMap<(String, &'static str, &'static str), Histogram>;

/// The format has room for examples of single requests; we give none.
type NoExemplar = Exemplar<[(&'static str, &'static str); 0], f64>;

#[derive(Clone, Copy, Debug, Default)]
struct Histogram {
    seconds: f64,
    requests: u64,
    /// The last is for all that is beyond the bounds.
    buckets: [u64; BOUNDS.len() + 1],
}

impl Metrics {
    /// Numbers that these sources tell, beside those of the requests.
    #[must_use]
    pub fn new(sources: Vec<Source>) -> Metrics {
        Metrics {
            workers: Mutex::default(),
            sources,
        }
    }

    /// Where one more worker thread counts.
    #[must_use]
    pub fn meter(&self) -> Meter {
        let durations = Arc::default();
        lock(&self.workers).push(Arc::clone(&durations));
        Meter(durations)
    }

    /// All numbers of this moment, with `others` that were asked for already.
    ///
    /// # Errors
    /// Never: text can always be written to memory.
    pub fn text(&self, others: Vec<Figure>) -> Result<String, fmt::Error> {
        let mut all = Durations::new();
        for worker in lock(&self.workers).iter() {
            for (labels, histogram) in lock(worker).iter() {
                all.entry(labels.clone()).or_default().add(histogram);
            }
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        let mut figures: Vec<Figure> = self.sources.iter().flat_map(|tell| tell()).collect();
        figures.extend(others);
        let mut registry = Registry::with_prefix("daybook");
        registry.register_collector(Box::new(Requests(all)));
        registry.register_collector(Box::new(Figures(figures)));
        let mut text = String::new();
        encode(&mut text, &registry)?;
        Ok(text)
    }
}

impl Meter {
    /// Counts an answer. `route` is the pattern under which it was registered;
    /// methods that HTTP does not define count as one.
    pub fn note(&self, route: Option<String>, method: &str, status: u16, took: Duration) {
        let labels = (
            route.unwrap_or_else(|| NO_ROUTE.to_owned()),
            known_method(method),
            class(status),
        );
        lock(&self.0)
            .entry(labels)
            .or_default()
            .note(took.as_secs_f64());
    }
}

impl Histogram {
    fn note(&mut self, seconds: f64) {
        let bucket = BOUNDS.iter().position(|bound| seconds <= *bound);
        self.buckets[bucket.unwrap_or(BOUNDS.len())] += 1;
        self.seconds += seconds;
        self.requests += 1;
    }

    fn add(&mut self, other: &Histogram) {
        self.seconds += other.seconds;
        self.requests += other.requests;
        for (bucket, more) in self.buckets.iter_mut().zip(other.buckets) {
            *bucket += more;
        }
    }
}

#[derive(Debug)]
struct Requests(Vec<((String, &'static str, &'static str), Histogram)>);

impl Collector for Requests {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let mut family = encoder.encode_descriptor(
            "request_duration_seconds",
            "Requests, by route, method and class of status: how many, and how long they took",
            None,
            MetricType::Histogram,
        )?;
        for ((route, method, class), histogram) in &self.0 {
            let labels = [
                ("route", route.as_str()),
                ("method", method),
                ("status", class),
            ];
            let bounds = BOUNDS.iter().copied().chain([f64::INFINITY]);
            let buckets: Vec<(f64, u64)> = bounds.zip(histogram.buckets).collect();
            let no_exemplars: Option<&HashMap<usize, NoExemplar>> = None;
            family.encode_family(&labels)?.encode_histogram(
                histogram.seconds,
                histogram.requests,
                &buckets,
                no_exemplars,
            )?;
        }
        Ok(())
    }
}

#[derive(Debug)]
struct Figures(Vec<Figure>);

impl Collector for Figures {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        for figures in self.0.chunk_by(|one, next| one.name == next.name) {
            let Some(Figure {
                name, help, sort, ..
            }) = figures.first()
            else {
                continue;
            };
            let sort = match sort {
                Sort::Count => MetricType::Counter,
                Sort::Level => MetricType::Gauge,
            };
            let mut family = encoder.encode_descriptor(name, help, None, sort)?;
            for figure in figures {
                match figure.label {
                    None => figure.write(&mut family)?,
                    Some(label) => figure.write(&mut family.encode_family(&[label])?)?,
                }
            }
        }
        Ok(())
    }
}

impl Figure {
    fn write(&self, encoder: &mut MetricEncoder) -> Result<(), fmt::Error> {
        match self.sort {
            Sort::Count => {
                let no_exemplar: Option<&NoExemplar> = None;
                encoder.encode_counter(&self.value, no_exemplar)
            }
            Sort::Level => encoder.encode_gauge(&self.value),
        }
    }
}

/// A client may write any word for a method, and must not make a label of it.
fn known_method(method: &str) -> &'static str {
    const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    METHODS
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}

fn class(status: u16) -> &'static str {
    match status / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_requests_of_all_workers_are_added_up() {
        let metrics = Metrics::new(vec![Box::new(|| {
            vec![Figure {
                name: "edition",
                help: "The number of the edition",
                sort: Sort::Level,
                label: None,
                value: 7.0,
            }]
        })]);
        let route = || Some("/articles/{slug}".to_owned());
        for meter in [metrics.meter(), metrics.meter()] {
            meter.note(route(), "GET", 200, Duration::from_micros(400));
            meter.note(route(), "GET", 304, Duration::from_millis(2));
            meter.note(None, "BREW", 404, Duration::from_secs(60));
        }
        let text = metrics.text(Vec::new()).unwrap();
        let has = |line: &str| assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        let of = r#"route="/articles/{slug}",method="GET",status="2xx""#;
        has(&format!("daybook_request_duration_seconds_count{{{of}}} 2"));
        has(&format!(
            "daybook_request_duration_seconds_bucket{{le=\"0.0005\",{of}}} 2"
        ));
        has(&format!(
            "daybook_request_duration_seconds_bucket{{le=\"+Inf\",{of}}} 2"
        ));
        let other = r#"route="(none)",method="other",status="4xx""#;
        has(&format!(
            "daybook_request_duration_seconds_bucket{{le=\"10.0\",{other}}} 0"
        ));
        has(&format!(
            "daybook_request_duration_seconds_bucket{{le=\"+Inf\",{other}}} 2"
        ));
        has("daybook_edition 7.0");
        has("# TYPE daybook_edition gauge");
        assert!(text.ends_with("# EOF\n"), "{text}");
        assert!(!text.contains("BREW"));
    }
}
