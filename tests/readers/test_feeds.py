"""Feeds, read by feedparser."""

import json
import re
import time
from datetime import datetime

import feedparser
import pytest

import record

SITE_FEEDS = ["/feed", "/today", "/corrections"]
ENTRY_FEEDS = [
    "/topics/korean-war/feed",
    "/places/seoul/feed",
    "/people/galileo-galilei/feed",
    "/organisations/cern/feed",
]
ALL = SITE_FEEDS + ENTRY_FEEDS
TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}


def parsed(site, path):
    """The feed as it was sent: nothing is mended or taken out in reading."""
    answer = site.get(path)
    assert answer.status == 200, path
    assert answer.headers["content-type"].split(";")[0] == TYPES[path.rpartition(".")[2]]
    feed = feedparser.parse(
        answer.body, response_headers=answer.headers, resolve_relative_uris=False, sanitize_html=False
    )
    assert not feed.bozo, f"{path}: {feed.get('bozo_exception')}"
    assert feed.entries, f"{path}: the site has something for each"
    return feed


def items(site, path):
    answer = site.get(path)
    assert answer.headers["content-type"].split(";")[0] == TYPES["json"]
    feed = json.loads(answer.text)
    assert feed["items"], f"{path}: the site has something for each"
    return feed


@pytest.mark.parametrize("stem", ALL)
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_is_well_formed_and_its_entries_are_whole(site, stem, form):
    feed = parsed(site, f"{stem}.{form}")
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[form]
    assert feed.feed.title
    selves = [link.href for link in feed.feed.links if link.rel == "self"]
    assert selves == [f"{site.url}{stem}.{form}"]
    moments = []
    for entry in feed.entries:
        assert entry.id and entry.title and entry.link.startswith(site.url + "/")
        moments.append(entry.updated_parsed if form == "atom" else entry.published_parsed)
    assert min(moments).tm_year >= 2026, "the date is the site's, not that of the event"
    assert max(moments) <= time.gmtime(), "nothing comes from the future"
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids) <= 50
    assert site.get(feed.entries[0].link).status == 200
    assert site.get(feed.entries[-1].link).status == 200


@pytest.mark.parametrize("stem", ALL)
def test_the_three_forms_hold_the_same(site, stem):
    atom = parsed(site, f"{stem}.atom").entries
    rss = parsed(site, f"{stem}.rss").entries
    plain = items(site, f"{stem}.json")["items"]
    told = [(entry.id, entry.title, entry.link) for entry in atom]
    assert told == [(entry.id, entry.title, entry.link) for entry in rss]
    assert told == [(item["id"], item["title"], item["url"]) for item in plain]
    published = [entry.published_parsed for entry in atom]
    assert published == [entry.published_parsed for entry in rss]
    assert published == [moment(item["date_published"]).utctimetuple() for item in plain]
    updated = [entry.updated_parsed for entry in atom]
    assert updated == [moment(item.get("date_modified") or item["date_published"]).utctimetuple() for item in plain]


def moment(text):
    found = datetime.fromisoformat(text)
    assert found.tzinfo is not None, text
    return found


@pytest.mark.parametrize("stem", ALL)
def test_json_feed_has_what_version_1_1_requires(site, stem):
    feed = items(site, f"{stem}.json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] and feed["feed_url"] == f"{site.url}{stem}.json"
    assert not [key for key in feed if not key.startswith("_") and key not in KNOWN_OF_FEED]
    for item in feed["items"]:
        assert isinstance(item["id"], str) and item["id"]
        assert item.get("content_html") or item.get("content_text")
        for key in ("date_published", "date_modified"):
            if key in item:
                moment(item[key])
        assert not [key for key in item if not key.startswith("_") and key not in KNOWN_OF_ITEM]


KNOWN_OF_FEED = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon",
    "authors", "language", "expired", "hubs", "items",
}
KNOWN_OF_ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
    "banner_image", "date_published", "date_modified", "authors", "tags", "language", "attachments",
}


@pytest.mark.parametrize("path", [f"{stem}.{form}" for stem in ALL for form in ("atom", "rss", "json")])
def test_a_reader_that_has_it_is_told_so(site, path):
    first = site.get(path)
    for headers in (
        {"If_None_Match": first.headers["etag"]},
        {"If_Modified_Since": first.headers["last-modified"]},
    ):
        again = site.get(path, **headers)
        assert (again.status, again.body) == (304, b""), headers
    assert site.get(path, If_None_Match='"another"').status == 200


@pytest.mark.parametrize("stem", ALL)
def test_content_holds_no_relative_address_and_no_script(site, stem):
    texts = [item.get("content_html", "") for item in items(site, f"{stem}.json")["items"]]
    for form in ("atom", "rss"):
        for entry in parsed(site, f"{stem}.{form}").entries:
            texts += [content["value"] for content in entry.get("content", [])] + [entry.get("summary", "")]
    for html in texts:
        for address in re.findall(r"""\s(?:href|src|srcset|poster)=["']([^"']*)""", html):
            assert re.match(r"(?:https?|mailto):", address), address
        assert re.search(r"<(?:script|style|iframe|form)\b|\son\w+=|\sstyle=", html) is None, html
    if stem != "/corrections":
        assert any("href=" in html for html in texts)


def test_the_ledger_in_a_reader_has_every_decided_case(site):
    entries = parsed(site, "/corrections.atom").entries
    assert {entry.id for entry in entries} == {f"{site.url}/corrections/{case.lower()}" for case in record.CASES}
    for form, kind, words in (
        ("atom", "text/plain", "The source says so & <b>no</b> other does."),
        ("rss", "text/html", "The source says so &amp; &lt;b&gt;no&lt;/b&gt; other does."),
    ):
        [declined] = [one for one in parsed(site, f"/corrections.{form}").entries if one.id.endswith("/c-aaaaad")]
        [told] = declined.get("content") or [declined.summary_detail]
        assert (told.type, told.value) == (kind, words), "what editors write is text"


def test_the_page_for_people_names_every_feed_of_the_site(site):
    page = site.get("/feeds").text
    for stem in SITE_FEEDS:
        for form in TYPES:
            assert f"{stem}.{form}" in page
    assert f"webcal://{site.url.removeprefix('http://')}/calendar.ics" in page
