//! One answer, finished: its headers, and its body in the codings that were
//! asked for.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use actix_web::dev::Response;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    HttpDate, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use actix_web::web::Bytes;

use super::Inputs;
use crate::site::coding::{Coding, Effort, is_worth_coding};
use crate::site::uncoded::{Keeping, Uncoded};

/// What an entry weighs beside its bodies: its key, its tags, its place in the
/// map, its headers so far as it does not share them.
const OVERHEAD: usize = 900;

/// How old a change is before its date is told.
const SETTLED: Duration = Duration::from_secs(3);

/// An answer that is finished for each client in a moment.
///
/// Among ten thousand pages none is in the processor's memory when it is asked
/// for, and to fetch its parts from here and there takes longer than all else
/// that is done here. So what each answer needs stands first and side by side,
/// in this order, up to the body in the first of the codings.
#[repr(C)]
pub(super) struct Kept {
    /// How often it was asked for; halved from time to time.
    pub(super) asked: AtomicU32,
    status: StatusCode,
    is_text: bool,
    /// Whether it is packed as tightly as can be.
    is_packed: bool,
    /// Whether its last change is known to be long ago, so that no clock is
    /// asked.
    is_settled: AtomicBool,
    /// All headers but those of the coding, the tag and the last change. Most
    /// answers have the same ones as others, and share them.
    headers: Arc<[(HeaderName, HeaderValue)]>,
    /// When the time of day makes it another page.
    pub(super) until: Option<SystemTime>,
    /// The body in one coding after the other, as [`Coding::ALL`] counts them;
    /// [`Coding::Identity`] is kept of what is not worth any other.
    bodies: [OnceLock<Coded>; 4],
    /// The tag without its quotes and its coding; empty if there is none.
    tag: String,
    changed: Option<SystemTime>,
    pub(super) inputs: Inputs,
    /// The newest change that was known when it was made.
    pub(super) number: i64,
    /// The day on which it was begun, as the cache counts them.
    pub(super) turn: u64,
    weight: AtomicUsize,
    /// What all that are kept weigh together; empty for one that is not.
    total: OnceLock<Arc<AtomicUsize>>,
}

/// A body in a coding with the two headers that no other answer has, all of
/// them parts of one piece of memory.
#[derive(Clone)]
struct Coded {
    bytes: Bytes,
    tag: Option<HeaderValue>,
    /// The value of `Last-Modified`.
    changed: Option<HeaderValue>,
}

impl Coded {
    fn new(body: &[u8], tag: &str, changed: Option<SystemTime>) -> Coded {
        let words = changed.map_or_else(String::new, |changed| HttpDate::from(changed).to_string());
        let mut tag = Bytes::from([tag.as_bytes(), words.as_bytes(), body].concat());
        let mut words = tag.split_off(tag.len() - body.len() - words.len());
        let bytes = words.split_off(words.len() - body.len());
        let value = |text: Bytes| {
            Some(text)
                .filter(|text| !text.is_empty())
                .and_then(|text| HeaderValue::from_maybe_shared(text).ok())
        };
        Coded {
            bytes,
            tag: value(tag),
            changed: value(words),
        }
    }
}

impl Kept {
    /// Of a response that carried `uncoded`, with all its headers.
    pub(super) fn new(
        status: StatusCode,
        headers: Arc<[(HeaderName, HeaderValue)]>,
        uncoded: &Uncoded,
        now: SystemTime,
    ) -> Kept {
        let kind = headers.iter().find(|(name, _)| name == CONTENT_TYPE);
        let is_text = kind
            .and_then(|(_, value)| value.to_str().ok())
            .is_some_and(is_worth_coding);
        let tag = uncoded.tag.as_ref();
        Kept {
            asked: AtomicU32::new(0),
            status,
            is_text,
            is_packed: !is_text,
            is_settled: AtomicBool::new(false),
            headers,
            until: match uncoded.keeping {
                Keeping::For(time) => now.checked_add(time),
                Keeping::UntilChange | Keeping::Not => None,
            },
            bodies: Default::default(),
            tag: tag.map_or_else(String::new, |tag| tag.tag().to_owned()),
            changed: uncoded.changed,
            inputs: Inputs::Everything,
            number: 0,
            turn: 0,
            weight: AtomicUsize::new(OVERHEAD),
            total: OnceLock::new(),
        }
    }

    /// Compresses the body for its first client, quickly. What is kept of text is
    /// always compressed: the rare client that wants it otherwise gets it
    /// unpacked.
    pub(super) fn fill(&self, body: &Bytes, coding: Coding) -> std::io::Result<()> {
        let coding = match (self.is_text, coding) {
            (false, _) => Coding::Identity,
            (true, Coding::Identity) => Coding::Brotli,
            (true, coding) => coding,
        };
        match coding {
            Coding::Identity => self.put(coding, body, false),
            _ => self.put(coding, &coding.encode(body, Effort::Quick)?, false),
        };
        Ok(())
    }

    /// Begins to count what it weighs into `total`, until it is dropped.
    pub(super) fn count_into(&self, total: &Arc<AtomicUsize>) {
        if self.total.set(Arc::clone(total)).is_ok() {
            total.fetch_add(self.weight.load(Ordering::Relaxed), Ordering::Relaxed);
        }
    }

    /// What it takes of the budget, in bytes.
    pub(super) fn weighs(&self) -> usize {
        self.weight.load(Ordering::Relaxed)
    }

    pub(super) fn is_over(&self, now: SystemTime) -> bool {
        self.until.is_some_and(|until| now >= until)
    }

    /// The answer for a client with these headers: 304 if it has it already.
    pub(super) fn answer(&self, asked: &HeaderMap) -> std::io::Result<Response<Bytes>> {
        let coding = match self.is_text {
            true => Coding::accepted_by(asked),
            false => Coding::Identity,
        };
        let made;
        let coded = match (self.bodies[coding as usize].get(), coding) {
            (Some(coded), _) => coded,
            (None, Coding::Identity) => {
                made = Coded::new(&self.unpacked()?, &self.tag_in(""), self.changed);
                &made
            }
            (None, _) => {
                let bytes = coding.encode(&self.unpacked()?, Effort::Quick)?;
                self.put(coding, &bytes, false)
            }
        };
        let had = self.had_by(asked, coding, coded.tag.as_ref());
        let mut answer = Response::with_body(self.status, Bytes::new());
        let headers = answer.headers_mut();
        for (name, value) in self.headers.iter() {
            // Several lines of one name stay several.
            headers.append(name.clone(), value.clone());
        }
        if let Some(until) = self.until {
            count_down(headers, until);
        }
        if let Some(words) = coded.changed.as_ref().filter(|_| self.is_settled()) {
            headers.insert(LAST_MODIFIED, words.clone());
        }
        if let Some(tag) = had.as_ref().and_then(Had::tag).or(coded.tag.as_ref()) {
            headers.insert(ETAG, tag.clone());
        }
        if had.is_some() {
            headers.remove(CONTENT_TYPE);
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(answer);
        }
        if coding != Coding::Identity {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        Ok(answer.set_body(coded.bytes.clone()))
    }

    /// Whether there is nothing more to be gained by packing it.
    pub(super) fn is_packed(&self) -> bool {
        self.is_packed
    }

    /// The same with the body packed as tightly as can be, to be kept in its
    /// place. Takes tens of milliseconds.
    pub(super) fn packed(&self) -> std::io::Result<Kept> {
        let packed = Kept {
            asked: AtomicU32::new(self.asked.load(Ordering::Relaxed)),
            status: self.status,
            is_text: self.is_text,
            is_packed: true,
            is_settled: AtomicBool::new(false),
            headers: Arc::clone(&self.headers),
            until: self.until,
            bodies: Default::default(),
            tag: self.tag.clone(),
            changed: self.changed,
            inputs: self.inputs.clone(),
            number: self.number,
            turn: self.turn,
            weight: AtomicUsize::new(OVERHEAD),
            total: OnceLock::new(),
        };
        let bytes = Coding::Brotli.encode(&self.unpacked()?, Effort::Most)?;
        let before = self.bodies[Coding::Brotli as usize].get();
        match before.filter(|before| before.bytes.len() <= bytes.len()) {
            // Of a short text the quick way may find the shorter form.
            Some(before) => packed.put(Coding::Brotli, &before.bytes, false),
            None => packed.put(Coding::Brotli, &bytes, true),
        };
        Ok(packed)
    }

    /// The body without any coding.
    fn unpacked(&self) -> std::io::Result<Vec<u8>> {
        for coding in Coding::ALL {
            if let Some(coded) = self.bodies[coding as usize].get() {
                return coding.decode(&coded.bytes);
            }
        }
        Err(std::io::Error::other("a page is kept without its body"))
    }

    /// Keeps the body in a coding, unless another did just before; gives what is
    /// kept then.
    fn put(&self, coding: Coding, bytes: &[u8], is_best: bool) -> &Coded {
        let tag = match (coding, is_best) {
            (Coding::Identity, _) => self.tag_in(""),
            // Other bytes of the same document are another representation.
            (_, true) => self.tag_in(&format!("-{}-best", coding.name())),
            (_, false) => self.tag_in(&format!("-{}", coding.name())),
        };
        self.bodies[coding as usize].get_or_init(|| {
            self.weight.fetch_add(bytes.len(), Ordering::Relaxed);
            if let Some(total) = self.total.get() {
                total.fetch_add(bytes.len(), Ordering::Relaxed);
            }
            Coded::new(bytes, &tag, self.changed)
        })
    }

    /// The tag as a header says it, or nothing where there is none.
    fn tag_in(&self, suffix: &str) -> String {
        match self.tag.as_str() {
            "" => String::new(),
            tag => format!("\"{tag}{suffix}\""),
        }
    }

    /// Whether it last changed so long ago that a date tells it from the change
    /// before.
    fn is_settled(&self) -> bool {
        if !self.is_settled.load(Ordering::Relaxed) {
            let age = self
                .changed
                .and_then(|changed| SystemTime::now().duration_since(changed).ok());
            if age.is_none_or(|age| age < SETTLED) {
                return false;
            }
            self.is_settled.store(true, Ordering::Relaxed);
        }
        true
    }

    /// Whether the client says that it has this document in this coding. It is
    /// compared weakly (RFC 9110 section 13.1.2), so one packed more tightly
    /// since counts as the same. A date counts only where no tag is named
    /// (section 13.1.3).
    fn had_by(&self, asked: &HeaderMap, coding: Coding, tag: Option<&HeaderValue>) -> Option<Had> {
        if self.status != StatusCode::OK || self.tag.is_empty() {
            return None;
        }
        let mut named = asked.get_all(IF_NONE_MATCH).peekable();
        if named.peek().is_none() {
            let changed = self.changed.filter(|_| self.is_settled())?;
            let since = asked.get(IF_MODIFIED_SINCE)?.to_str().ok()?;
            let since = SystemTime::from(since.parse::<HttpDate>().ok()?);
            return (since >= changed).then_some(Had::Now);
        }
        for line in named {
            if Some(line) == tag {
                return Some(Had::Now);
            }
            let Ok(line) = line.to_str() else { continue };
            for one in line.split(',').map(str::trim) {
                if one == "*" {
                    return Some(Had::Now);
                }
                let one = one.strip_prefix("W/").unwrap_or(one);
                let rest = one
                    .strip_prefix('"')
                    .and_then(|one| one.strip_suffix('"'))
                    .and_then(|one| one.strip_prefix(self.tag.as_str()));
                let Some(rest) = rest else { continue };
                let is_ours = match (coding, rest.strip_prefix('-')) {
                    (Coding::Identity, None) => rest.is_empty(),
                    (Coding::Identity, Some(_)) | (_, None) => false,
                    (_, Some(rest)) => rest.strip_suffix("-best").unwrap_or(rest) == coding.name(),
                };
                if is_ours {
                    return Some(Had::Under(HeaderValue::from_str(one).ok()));
                }
            }
        }
        None
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(total) = self.total.get() {
            total.fetch_sub(self.weight.load(Ordering::Relaxed), Ordering::Relaxed);
        }
    }
}

/// How a client has an answer already.
enum Had {
    /// Under the tag that it has now.
    Now,
    /// Under another of its tags.
    Under(Option<HeaderValue>),
}

impl Had {
    fn tag(&self) -> Option<&HeaderValue> {
        match self {
            Had::Now => None,
            Had::Under(tag) => tag.as_ref(),
        }
    }
}

/// Lets `max-age` say what is left.
fn count_down(headers: &mut HeaderMap, until: SystemTime) {
    let left = until
        .duration_since(SystemTime::now())
        .unwrap_or_default()
        .as_secs();
    if let Ok(value) = HeaderValue::from_str(&format!("public, max-age={left}")) {
        headers.insert(CACHE_CONTROL, value);
    }
}
