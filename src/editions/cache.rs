//! The bounded cache of finished answers.

use std::collections::{HashMap, VecDeque};
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use actix_web::http::header::{HeaderName, HeaderValue};
use arc_swap::ArcSwap;
use foldhash::quality::RandomState;

use super::Change;
use super::flights::Flights;
use super::kept::Kept;
use super::polish::Polisher;

/// Into how many parts the map is cut. Whoever adds a page copies one part, so
/// they are small.
const SHARDS: usize = 256;

/// How many of the newest changes are remembered, for pages that were being
/// made while they came.
const REMEMBERED: usize = 64;

/// How many lists of headers are shared. Pages of one kind have the same.
const SHARED_HEADERS: usize = 64;

/// After how many requests a page is worth the best compression.
const ASKED_AGAIN: u32 = 2;

type Pages = HashMap<Arc<str>, Arc<Kept>, RandomState>;
type Headers = Arc<[(HeaderName, HeaderValue)]>;

/// Finished answers by their canonical address, as many as fit into a budget of
/// bytes.
///
/// Who looks a page up waits for nobody: each part of the map is replaced as a
/// whole by whoever adds to it (read, copy, update). When the budget is used up,
/// those go that were asked for least, so that ten thousand pages that were
/// asked for once do not drive out the hundred that everybody reads.
pub struct PageCache {
    shelves: Arc<Shelves>,
    budget: usize,
    is_evicting: AtomicBool,
    /// The number of the newest change that was applied.
    applied: AtomicI64,
    /// How often the day has changed.
    turns: AtomicU64,
    /// The newest changes. Whoever holds it may add pages or drop them.
    recent: Mutex<VecDeque<(i64, Change)>>,
    shared: Mutex<Vec<Headers>>,
    pub(super) flights: Flights,
    polisher: Polisher,
    misses: AtomicU64,
    dropped: AtomicU64,
    evicted: AtomicU64,
}

/// The map, for the thread that packs pages as well.
struct Shelves {
    shards: Vec<Shard>,
    hasher: RandomState,
    used: Arc<AtomicUsize>,
}

struct Shard {
    pages: ArcSwap<Pages>,
    /// Held by whoever replaces the map.
    writing: Mutex<()>,
    /// Spread over the shards, so that workers do not share the line of memory.
    hits: AtomicU64,
}

/// What the cache has done since the start, and what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheStats {
    /// Answers that were kept already.
    pub hits: u64,
    /// Answers that had to be made and could have been kept.
    pub misses: u64,
    /// Pages that went because something they depend on changed.
    pub dropped: u64,
    /// Pages that went because there was no more room.
    pub evicted: u64,
    /// Pages that are kept.
    pub pages: usize,
    /// What they weigh, in bytes, headers and keys included.
    pub bytes: usize,
    /// The number of the newest change that was applied.
    pub applied: i64,
}

impl PageCache {
    /// Keeps no more than so many bytes; with 0, nothing.
    #[must_use]
    pub fn new(budget: usize) -> PageCache {
        let shard = || Shard {
            pages: ArcSwap::default(),
            writing: Mutex::new(()),
            hits: AtomicU64::new(0),
        };
        let shelves = Arc::new(Shelves {
            shards: std::iter::repeat_with(shard).take(SHARDS).collect(),
            hasher: RandomState::default(),
            used: Arc::default(),
        });
        let packed = Arc::clone(&shelves);
        PageCache {
            shelves,
            budget,
            is_evicting: AtomicBool::new(false),
            applied: AtomicI64::new(0),
            turns: AtomicU64::new(0),
            recent: Mutex::default(),
            shared: Mutex::default(),
            flights: Flights::default(),
            polisher: Polisher::start(move |key, page, by| packed.replace(key, page, by)),
            misses: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
            evicted: AtomicU64::new(0),
        }
    }

    /// The number of the newest change that was applied.
    #[must_use]
    pub fn applied(&self) -> i64 {
        self.applied.load(Ordering::Acquire)
    }

    /// The present day, counted from the start.
    pub(super) fn turn(&self) -> u64 {
        self.turns.load(Ordering::Acquire)
    }

    /// What it has done and what it holds.
    #[must_use]
    pub fn stats(&self) -> CacheStats {
        let of_shards = |what: fn(&Shard) -> u64| self.shelves.shards.iter().map(what).sum::<u64>();
        let pages = self
            .shelves
            .shards
            .iter()
            .map(|shard| shard.pages.load().len());
        CacheStats {
            hits: of_shards(|shard| shard.hits.load(Ordering::Relaxed)),
            misses: self.misses.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
            evicted: self.evicted.load(Ordering::Relaxed),
            pages: pages.sum(),
            bytes: self.shelves.used.load(Ordering::Relaxed),
            applied: self.applied(),
        }
    }

    /// The page under a key, if it is kept and still right.
    pub(super) fn get(&self, key: &str) -> Option<Arc<Kept>> {
        self.with(key, Arc::clone)
    }

    /// What `look` makes of the page under a key. Meanwhile nobody may drop it,
    /// and to say so takes less than to share it.
    pub(super) fn with<T>(&self, key: &str, look: impl FnOnce(&Arc<Kept>) -> T) -> Option<T> {
        let shard = self.shelves.shard(key);
        let pages = shard.pages.load();
        let (key, page) = pages.get_key_value(key)?;
        if page.until.is_some() && page.is_over(SystemTime::now()) {
            return None;
        }
        shard.hits.fetch_add(1, Ordering::Relaxed);
        let asked = page.asked.fetch_add(1, Ordering::Relaxed) + 1;
        // Whoever found no place in the queue comes again later.
        if asked >= ASKED_AGAIN && asked.is_power_of_two() {
            self.polisher.take(key, page);
        }
        Some(look(page))
    }

    /// Counts an answer that had to be made.
    pub(super) fn missed(&self) {
        self.misses.fetch_add(1, Ordering::Relaxed);
    }

    /// Keeps a page, unless something that it depends on has changed since
    /// `page.number`, when it was begun, or the day has.
    pub(super) fn keep(&self, key: Arc<str>, page: &Arc<Kept>) {
        if self.budget == 0 {
            return;
        }
        {
            let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            let oldest = recent.front().map_or(i64::MAX, |(number, _)| *number);
            let is_known = page.number >= self.applied() || page.number >= oldest - 1;
            let mut since = recent.iter().filter(|(number, _)| *number > page.number);
            if page.turn != self.turn()
                || !is_known
                || since.any(|(_, change)| change.touches(&page.inputs))
            {
                return;
            }
            page.count_into(&self.shelves.used);
            self.shelves.shard(&key).change(|pages| {
                pages.insert(key, Arc::clone(page));
            });
        }
        if self.shelves.used.load(Ordering::Relaxed) > self.budget {
            self.evict();
        }
    }

    /// Says up to which change what is made from now on is right, before there
    /// is any page.
    pub(super) fn begin_at(&self, number: i64) {
        self.applied.store(number, Ordering::Release);
    }

    /// Drops what a change touches, in all parts of the map as nearly at once as
    /// can be: they are prepared first and then replaced.
    pub(super) fn apply(&self, number: i64, change: Change) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if number <= self.applied() {
            return;
        }
        // No page is added meanwhile: that takes the lock that is held here.
        let gone = self.retain(|page| page.number >= number || !change.touches(&page.inputs));
        self.dropped.fetch_add(gone, Ordering::Relaxed);
        recent.push_back((number, change));
        if recent.len() > REMEMBERED {
            recent.pop_front();
        }
        self.applied.store(number, Ordering::Release);
    }

    /// Forgets everything and goes on from a number that may be lower than
    /// before: the database was replaced.
    pub(super) fn begin_anew(&self, number: i64) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.clear();
        self.retain(|_| false);
        self.begin_at(number);
    }

    /// Drops what depends on the day, and whatever `change` touches, without a
    /// row in the table: the day has changed where this site is.
    pub(super) fn turn_day(&self, change: &Change) {
        let _recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        self.turns.fetch_add(1, Ordering::AcqRel);
        let gone = self.retain(|page| !change.touches(&page.inputs));
        self.dropped.fetch_add(gone, Ordering::Relaxed);
    }

    /// The same headers in one place for all answers that have them.
    pub(super) fn share(&self, headers: Vec<(HeaderName, HeaderValue)>) -> Headers {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shared.iter().find(|known| ***known == *headers) {
            return Arc::clone(known);
        }
        if shared.len() == SHARED_HEADERS {
            return headers.into();
        }
        // They stay until the program ends anyway, and what is known to stay
        // need not be counted by whoever uses it.
        let lasting = |value: &HeaderValue| {
            let text = value.to_str().ok()?.to_owned();
            Some(HeaderValue::from_static(String::leak(text)))
        };
        let headers = headers
            .into_iter()
            .map(|(name, value)| (name, lasting(&value).unwrap_or(value)));
        let headers: Headers = headers.collect();
        shared.push(Arc::clone(&headers));
        headers
    }

    /// Replaces the parts that hold something else; says how many pages went.
    fn retain(&self, stays: impl Fn(&Kept) -> bool) -> u64 {
        let mut guards = Vec::new();
        let mut gone = 0;
        for shard in &self.shelves.shards {
            let guard = shard.writing.lock().unwrap_or_else(PoisonError::into_inner);
            let old = shard.pages.load_full();
            let new: Pages = old
                .iter()
                .filter(|(_, page)| stays(page))
                .map(|(key, page)| (Arc::clone(key), Arc::clone(page)))
                .collect();
            if new.len() < old.len() {
                gone += (old.len() - new.len()) as u64;
                guards.push((guard, shard, Arc::new(new)));
            }
        }
        let mut old = Vec::with_capacity(guards.len());
        for (guard, shard, new) in guards {
            old.push(shard.pages.swap(new));
            drop(guard);
        }
        gone
    }

    /// Makes room: a tenth of the budget, from what was asked for least. One
    /// thread does it, the others go on.
    fn evict(&self) {
        if self.is_evicting.swap(true, Ordering::Acquire) {
            return;
        }
        let mut all: Vec<(u32, Arc<str>, usize)> = Vec::new();
        let now = SystemTime::now();
        for shard in &self.shelves.shards {
            for (key, page) in shard.pages.load().iter() {
                let asked = page.asked.load(Ordering::Relaxed);
                // What was liked long ago is forgotten by halves.
                page.asked.store(asked / 2, Ordering::Relaxed);
                let asked = if page.is_over(now) { 0 } else { asked };
                all.push((asked, Arc::clone(key), page.weighs()));
            }
        }
        all.sort_unstable_by_key(|(asked, ..)| *asked);
        let used = self.shelves.used.load(Ordering::Relaxed);
        let mut too_much = used.saturating_sub(self.budget - self.budget / 10);
        for (_, key, weight) in all {
            if too_much == 0 {
                break;
            }
            too_much = too_much.saturating_sub(weight);
            self.shelves.shard(&key).change(|pages| {
                pages.remove(&key);
            });
            self.evicted.fetch_add(1, Ordering::Relaxed);
        }
        self.is_evicting.store(false, Ordering::Release);
    }
}

impl Shelves {
    fn shard(&self, key: &str) -> &Shard {
        let hash = self.hasher.hash_one(key);
        let index = usize::try_from(hash % SHARDS as u64).unwrap_or(0);
        &self.shards[index]
    }

    /// Puts `by` in the place of a page, if that is still kept.
    fn replace(&self, key: &str, page: &Arc<Kept>, by: Kept) {
        self.shard(key).change(|pages| {
            if let Some(kept) = pages.get_mut(key).filter(|kept| Arc::ptr_eq(kept, page)) {
                by.count_into(&self.used);
                *kept = Arc::new(by);
            }
        });
    }
}

impl Shard {
    fn change(&self, change: impl FnOnce(&mut Pages)) {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pages = Pages::clone(&self.pages.load());
        change(&mut pages);
        self.pages.store(Arc::new(pages));
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::StatusCode;

    use super::*;
    use crate::editions::{Inputs, Tag};
    use crate::site::CachePolicy;
    use crate::site::coding::Coding;
    use crate::site::uncoded::Uncoded;

    fn page(cache: &PageCache, inputs: Inputs) -> Arc<Kept> {
        let uncoded = Uncoded::new("A page.", CachePolicy::Public { max_age: 60 });
        let headers = cache.share(Vec::new());
        let mut page = Kept::new(StatusCode::OK, headers, &uncoded, SystemTime::now());
        page.fill(&uncoded.body, Coding::Brotli).unwrap();
        (page.number, page.turn) = (cache.applied(), cache.turn());
        page.inputs = inputs;
        Arc::new(page)
    }

    #[test]
    fn a_new_day_takes_what_depends_on_it_and_what_was_begun_before_it() {
        let cache = PageCache::new(1 << 20);
        let day = || Tag::new("now", "day");
        let keep = |key: &str, page: &Arc<Kept>| cache.keep(Arc::from(key), page);
        keep("/everything", &page(&cache, Inputs::Everything));
        keep("/today", &page(&cache, Inputs::of([day()])));
        keep("/page", &page(&cache, Inputs::nothing()));
        let begun = page(&cache, Inputs::of([day()]));
        let mut change = Change::default();
        change.tag(day());
        cache.turn_day(&change);
        keep("/begun", &begun);
        for (key, is_kept) in [
            ("/everything", false),
            ("/today", false),
            ("/begun", false),
            ("/page", true),
        ] {
            assert_eq!(cache.get(key).is_some(), is_kept, "{key}");
        }
        assert_eq!(cache.stats().dropped, 2);
        keep("/today", &page(&cache, Inputs::of([day()])));
        assert!(cache.get("/today").is_some());
    }

    #[test]
    fn a_page_that_was_begun_before_a_change_that_touches_it_is_not_kept() {
        let cache = PageCache::new(1 << 20);
        let vasa = || Inputs::of([Tag::article("vasa")]);
        let (old, other) = (page(&cache, vasa()), page(&cache, Inputs::nothing()));
        let mut change = Change::default();
        change.tag(Tag::article("vasa"));
        cache.apply(1, change);
        cache.keep(Arc::from("/old"), &old);
        cache.keep(Arc::from("/other"), &other);
        cache.keep(Arc::from("/new"), &page(&cache, vasa()));
        let is_kept = |key| cache.get(key).is_some();
        assert!(!is_kept("/old") && is_kept("/other") && is_kept("/new"));
    }
}
