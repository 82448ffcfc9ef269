//! The cache by itself, without a server around it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH,
};
use actix_web::web::Bytes;

use super::kept::Kept;
use super::{Change, Inputs, PageCache, Tag};
use crate::site::coding::Coding;
use crate::site::uncoded::{Keeping, Uncoded};
use crate::site::{CachePolicy, entity_tag};

const TEXT: &str = "On January 4 the city fell, and on March 15 it was retaken. ";

fn page(cache: &PageCache, inputs: Inputs, number: i64, body: &str) -> Arc<Kept> {
    let uncoded = Uncoded::new(body.to_owned(), CachePolicy::Public { max_age: 60 });
    finished(cache, inputs, number, &uncoded)
}

fn finished(cache: &PageCache, inputs: Inputs, number: i64, uncoded: &Uncoded) -> Arc<Kept> {
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    let headers = cache.share(vec![(CONTENT_TYPE, html)]);
    let mut page = Kept::new(StatusCode::OK, headers, uncoded, SystemTime::now());
    page.inputs = inputs;
    page.number = number;
    page.fill(&uncoded.body, Coding::Brotli).unwrap();
    Arc::new(page)
}

fn article(slug: &str) -> Inputs {
    Inputs::of([Tag::new("article", slug)])
}

fn change_of(slug: &str) -> Change {
    let mut change = Change::default();
    change.tag(Tag::new("article", slug));
    change
}

fn asked(headers: &[(HeaderName, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(name.clone(), HeaderValue::from_str(value).unwrap());
    }
    map
}

#[test]
fn a_change_drops_what_depends_on_it_and_nothing_else() {
    let cache = PageCache::new(1 << 20);
    for slug in ["vasa", "seoul"] {
        cache.keep(slug.into(), &page(&cache, article(slug), 0, TEXT));
    }
    cache.apply(1, change_of("vasa"));
    assert!(cache.get("vasa").is_none());
    assert!(cache.get("seoul").is_some());
    assert_eq!((cache.stats().dropped, cache.stats().pages), (1, 1));
    cache.turn_day(&Change::default());
    assert!(
        cache.get("seoul").is_some(),
        "it does not depend on the day"
    );
}

#[test]
fn a_page_that_was_begun_before_a_change_is_not_kept_after_it() {
    let cache = PageCache::new(1 << 20);
    let [late, other] = ["vasa", "seoul"].map(|slug| page(&cache, article(slug), 0, TEXT));
    cache.apply(1, change_of("vasa"));
    cache.keep("vasa".into(), &late);
    cache.keep("seoul".into(), &other);
    assert!(cache.get("vasa").is_none());
    assert!(cache.get("seoul").is_some());
    // Of what was begun longer ago than is remembered, nobody knows.
    let old = page(&cache, article("old"), 0, TEXT);
    for number in 2..200 {
        cache.apply(number, change_of("nothing"));
    }
    cache.keep("old".into(), &old);
    assert!(cache.get("old").is_none());
    // One that was begun after the change is right, and stays.
    cache.keep("new".into(), &page(&cache, article("new"), 200, TEXT));
    cache.apply(200, change_of("new"));
    assert!(cache.get("new").is_some());
}

#[test]
fn what_is_asked_for_often_stays_when_there_is_no_more_room() {
    let cache = PageCache::new(100_000);
    let keep = |key: &str| cache.keep(key.into(), &page(&cache, Inputs::nothing(), 0, TEXT));
    keep("liked");
    for number in 0..2_000 {
        assert!(cache.get("liked").is_some(), "{number}");
        keep(&format!("seen once: {number}"));
        assert!(cache.stats().bytes <= 100_000);
    }
    let stats = cache.stats();
    assert!(stats.evicted > 1_500 && stats.pages < 200, "{stats:?}");
    // What has gone counts no longer.
    cache.apply(1, Change::everything());
    assert_eq!((cache.stats().pages, cache.stats().bytes), (0, 0));
}

#[test]
fn what_is_asked_for_again_is_packed_in_its_place() {
    let cache = PageCache::new(1 << 20);
    let text: String = (0..400).map(|n| format!("{n} {TEXT}")).collect();
    cache.keep("vasa".into(), &page(&cache, article("vasa"), 0, &text));
    let before = cache.stats();
    let began = std::time::Instant::now();
    while !cache.get("vasa").unwrap().is_packed() {
        assert!(began.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(5));
    }
    let after = cache.stats();
    assert_eq!((before.pages, after.pages), (1, 1));
    assert!(after.bytes <= before.bytes, "{before:?} {after:?}");
    // It goes with what it depends on, as it would have gone before.
    cache.apply(1, change_of("vasa"));
    assert!(cache.get("vasa").is_none());
    let began = std::time::Instant::now();
    while cache.stats().bytes > 0 {
        assert!(began.elapsed() < Duration::from_secs(30));
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_cache_without_room_keeps_nothing() {
    let cache = PageCache::new(0);
    cache.keep("vasa".into(), &page(&cache, Inputs::nothing(), 0, TEXT));
    assert!(cache.get("vasa").is_none());
}

#[test]
fn what_depends_on_the_hour_is_over_after_it() {
    let cache = PageCache::new(1 << 20);
    let uncoded = Uncoded {
        keeping: Keeping::For(Duration::from_millis(5)),
        ..Uncoded::new(TEXT.to_owned(), CachePolicy::UntilMidnight { seconds: 1 })
    };
    let page = finished(&cache, Inputs::nothing(), 0, &uncoded);
    cache.keep("/".into(), &page);
    let words = page.answer(&HeaderMap::new()).unwrap();
    assert_eq!(
        words.headers().get("cache-control").unwrap(),
        "public, max-age=0"
    );
    std::thread::sleep(Duration::from_millis(10));
    assert!(cache.get("/").is_none());
}

#[test]
fn every_client_gets_the_same_document() {
    let cache = PageCache::new(1 << 20);
    let text: String = (0..400)
        .map(|n| format!("{} {TEXT}", n * 7919 % 997))
        .collect();
    let page = page(&cache, Inputs::nothing(), 0, &text);
    let ask_of = |page: &Kept, coding: Coding| {
        let headers = asked(&[(ACCEPT_ENCODING, coding.name())]);
        let answer = page.answer(&headers).unwrap();
        let tag = answer.headers().get(ETAG).unwrap().clone();
        let named = answer.headers().get(CONTENT_ENCODING).cloned();
        let body: &Bytes = answer.body();
        assert_eq!(coding.decode(body).unwrap(), text.as_bytes(), "{coding:?}");
        assert_eq!(named.is_some(), coding != Coding::Identity);
        (tag, body.len())
    };
    let ask = |coding| ask_of(&page, coding);
    let tags: Vec<_> = Coding::ALL.iter().map(|coding| ask(*coding).0).collect();
    let mut different = tags.clone();
    different.dedup();
    assert_eq!(different.len(), 4, "{tags:?}");
    let (quick, length) = ask(Coding::Brotli);
    let packed = page.packed().unwrap();
    let (best, shorter) = ask_of(&packed, Coding::Brotli);
    assert_ne!(quick, best, "other bytes are another representation");
    assert!(shorter < length);
    assert_eq!(ask_of(&packed, Coding::Identity).0, tags[3]);

    // Whoever has it in this coding, however tightly packed, need not have it
    // again; whoever has it in another must.
    for (tag, coding, status) in [
        (&quick, "br", 304),
        (&best, "br", 304),
        (&tags[2], "br", 200),
        (&tags[2], "gzip", 304),
        (&tags[3], "identity", 304),
        (&best, "identity", 200),
    ] {
        let headers = asked(&[
            (ACCEPT_ENCODING, coding),
            (IF_NONE_MATCH, tag.to_str().unwrap()),
        ]);
        let answer = packed.answer(&headers).unwrap();
        assert_eq!(answer.status(), status, "{tag:?} in {coding}");
        if status == 304 {
            assert_eq!(answer.headers().get(ETAG), Some(tag));
            assert!(answer.headers().get(CONTENT_ENCODING).is_none());
            assert!(answer.body().is_empty());
        }
    }
    for (header, status) in [("*", 304), ("W/\"x\", \"y\"", 200), ("nonsense", 200)] {
        let answer = packed.answer(&asked(&[(IF_NONE_MATCH, header)])).unwrap();
        assert_eq!(answer.status(), status, "{header}");
    }
}

#[test]
fn a_date_counts_only_where_no_tag_is_named() {
    let cache = PageCache::new(1 << 20);
    let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    let uncoded = Uncoded {
        changed: Some(changed),
        ..Uncoded::new(TEXT.to_owned(), CachePolicy::Public { max_age: 60 })
    };
    let page = finished(&cache, Inputs::nothing(), 0, &uncoded);
    let since = (IF_MODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:37 GMT");
    let before = (IF_MODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:36 GMT");
    for (headers, status) in [
        (vec![since.clone()], 304),
        (vec![before], 200),
        (vec![since, (IF_NONE_MATCH, "\"another\"")], 200),
    ] {
        let answer = page.answer(&asked(&headers)).unwrap();
        assert_eq!(answer.status(), status, "{headers:?}");
    }
    assert_eq!(entity_tag(TEXT.as_bytes()), uncoded.tag.unwrap());
}
