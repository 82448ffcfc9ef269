"""Feeds, read by feedparser."""

import json
import re
from datetime import datetime

import feedparser
import pytest

SITE_FEEDS = ["/feed", "/today", "/corrections"]
ENTRY_FEEDS = [
    "/topics/korean-war/feed",
    "/places/seoul/feed",
    "/people/galileo-galilei/feed",
    "/organisations/cern/feed",
]
ALL = SITE_FEEDS + ENTRY_FEEDS


def parsed(site, path):
    answer = site.get(path)
    assert answer.status == 200, path
    feed = feedparser.parse(answer.body, response_headers=answer.headers)
    assert not feed.bozo, f"{path}: {feed.get('bozo_exception')}"
    return feed


@pytest.mark.parametrize("stem", ALL)
@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_feed_is_well_formed_and_its_entries_are_whole(site, stem, form):
    feed = parsed(site, f"{stem}.{form}")
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[form]
    assert feed.feed.title
    selves = [link.href for link in feed.feed.links if link.rel == "self"]
    assert selves == [f"{site.url}{stem}.{form}"]
    if stem != "/corrections":
        assert feed.entries, "the shipped content has something for each"
    for entry in feed.entries:
        assert entry.id and entry.title and entry.link.startswith(site.url + "/")
        moment = entry.get("updated_parsed") or entry.published_parsed
        assert moment.tm_year >= 2026, "the date is the site's, not that of the event"
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("stem", ALL)
def test_the_three_forms_hold_the_same(site, stem):
    atom = parsed(site, f"{stem}.atom")
    rss = parsed(site, f"{stem}.rss")
    plain = json.loads(site.get(f"{stem}.json").text)
    told = [(entry.id, entry.title) for entry in atom.entries]
    assert told == [(entry.id, entry.title) for entry in rss.entries]
    # feedparser unescapes titles as HTML; JSON has them as they are.
    assert [id for id, _ in told] == [item["id"] for item in plain["items"]]


@pytest.mark.parametrize("stem", ALL)
def test_json_feed_has_what_version_1_1_requires(site, stem):
    answer = site.get(f"{stem}.json")
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = json.loads(answer.text)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] and feed["feed_url"] == f"{site.url}{stem}.json"
    for item in feed["items"]:
        assert isinstance(item["id"], str) and item["id"]
        assert "content_html" in item or "content_text" in item
        for key in ("date_published", "date_modified"):
            if key in item:
                assert datetime.fromisoformat(item[key]).tzinfo is not None
        unknown = [key for key in item if not key.startswith("_") and key not in KNOWN_OF_ITEM]
        assert unknown == []


KNOWN_OF_ITEM = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
    "banner_image", "date_published", "date_modified", "authors", "tags", "language", "attachments",
}


@pytest.mark.parametrize("path", [f"{stem}.{form}" for stem in ALL for form in ("atom", "rss", "json")])
def test_a_reader_that_has_it_is_told_so(site, path):
    first = site.get(path)
    again = site.get(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    if "last-modified" in first.headers:
        assert site.get(path, If_Modified_Since=first.headers["last-modified"]).status == 304


def test_content_holds_no_relative_address_and_no_script(site):
    for path in ["/feed.atom", "/today.atom", "/topics/korean-war/feed.atom"]:
        for entry in parsed(site, path).entries:
            for content in entry.get("content", []) + [entry.get("summary_detail", {"value": ""})]:
                html = content["value"]
                assert re.search(r'(?:href|src)="/', html) is None, path
                assert "<script" not in html


def test_the_page_for_people_names_every_feed_of_the_site(site):
    page = site.get("/feeds").text
    for stem in SITE_FEEDS:
        for form in ("atom", "rss", "json"):
            assert f"{stem}.{form}" in page
    assert f"webcal://{site.url.removeprefix('http://')}/calendar.ics" in page
