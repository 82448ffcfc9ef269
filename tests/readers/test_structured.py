"""The JSON-LD of pages, expanded by PyLD and held against schema.org 30.0."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from pyld import jsonld

import record
from vocabulary import PREFIX, Vocabulary

# What schema.org's own context does to the terms that pages use: a vocabulary,
# and short names for the two keywords.
CONTEXT = {"@context": {"@vocab": PREFIX, "id": "@id", "type": "@type"}}
TEXT = {"Text", "URL", "Date", "DateTime", "Boolean", "Number", "Integer", "CssSelectorType", "XPathType"}

# What the pages at an address say, by the largest nodes of their one block.
SAID = {
    r"/": {"WebSite", "Organization"},
    r"/articles/[^/]+": {"Article", "BreadcrumbList", "Organization"},
    r"/people/[^/]+": {"Person", "BreadcrumbList"},
    r"/places/[^/]+": {"Place", "BreadcrumbList"},
    r"/organisations/[^/]+": {"Organization", "BreadcrumbList"},
    r"/topics/[^/]+": {"DefinedTerm", "BreadcrumbList"},
    r"/on/[a-z]+-\d+": {"CollectionPage", "BreadcrumbList"},
    r"/on/[a-z]+": {"BreadcrumbList"},
    r"/(?:year|decade|century)/[^/]+": {"BreadcrumbList"},
    r"/corrections": {"CollectionPage"},
    r"/corrections/c-aaaaa[abc]": {"CorrectionComment"},
    r"/corrections/c-aaaaa[de]": {"Comment"},
}


class Blocks(HTMLParser):
    """Collects the data blocks and the canonical address of a page."""

    def __init__(self):
        super().__init__()
        self.blocks, self.canonical, self._inside = [], None, False

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "script" and attributes.get("type") == "application/ld+json":
            self._inside = True
            self.blocks.append("")
        if tag == "link" and attributes.get("rel") == "canonical":
            self.canonical = attributes["href"]

    def handle_endtag(self, tag):
        if tag == "script":
            self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.blocks[-1] += data


def load(address, options):
    """Nothing is fetched: the one context that pages name is here."""
    assert address in ("https://schema.org", "https://schema.org/"), address
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": CONTEXT}


def expanded(site, path):
    page = Blocks()
    page.feed(site.get(path).text)
    found = []
    for block in page.blocks:
        found += jsonld.expand(json.loads(block), {"documentLoader": load})
    return page, found


def faults(node, vocabulary, where="", expected=None):
    """What in a node schema.org does not know, or joins otherwise."""
    types = [name.removeprefix(PREFIX) for name in node.get("@type", [])]
    kinds = set()
    for name in types:
        if name not in vocabulary.parents:
            yield f"{where}: {name} is no type that we know"
        else:
            kinds |= vocabulary.kinds(name)
    if types and expected and not kinds & expected:
        yield f"{where}: {types} where {sorted(expected)} is expected"
    for key, values in node.items():
        if key.startswith("@"):
            continue
        name = key.removeprefix(PREFIX)
        here = f"{where}/{name}"
        if name not in vocabulary.domains:
            yield f"{here}: no property that we know"
            continue
        if types and not kinds & vocabulary.domains[name]:
            yield f"{here}: not of {types}"
        ranges = vocabulary.ranges[name]
        for value in values:
            if "@value" in value:
                if not ranges & TEXT:
                    yield f"{here}: {value['@value']!r} where {sorted(ranges)} is expected"
            elif "@list" in value:
                for one in value["@list"]:
                    yield from faults(one, vocabulary, here, ranges)
            else:
                yield from faults(value, vocabulary, here, ranges)


def every_node(value):
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from every_node(part)
    elif isinstance(value, list):
        for part in value:
            yield from every_node(part)


def names(node):
    return {name.removeprefix(PREFIX) for name in node.get("@type", [])}


def test_every_page_says_what_it_is_and_only_what_schema_org_knows(site):
    vocabulary, wrong, kinds, types = Vocabulary(), [], set(), set()
    cases = [f"/corrections/{case.lower()}" for case in record.CASES]
    paths = {"/", "/corrections", *cases, *site.paths()}
    assert len(paths) > 200
    for path in sorted(paths):
        page, nodes = expanded(site, path)
        said = next((kind for kind in SAID if re.fullmatch(kind, path)), None)
        if said is None:
            assert nodes == [], f"{path} is no page of which the table tells"
            continue
        kinds.add(said)
        assert len(page.blocks) == 1, path
        assert set().union(*map(names, nodes)) == SAID[said], path
        for node in nodes:
            wrong += [f"{path} {fault}" for fault in faults(node, vocabulary)]
        types |= {name for node in nodes for each in every_node(node) for name in names(each)}
    assert wrong == []
    assert kinds == set(SAID), "there is no page of a kind"
    assert types >= {"Event", "ItemList", "ListItem", "GeoCoordinates", *set.union(*SAID.values())}


@pytest.mark.parametrize(
    ("node", "fault"),
    [
        ({"@type": "Almanac"}, ": Almanac is no type that we know"),
        ({"@type": "Person", "nickname": "x"}, "/nickname: no property that we know"),
        ({"@type": "Person", "headline": "x"}, "/headline: not of ['Person']"),
        ({"@type": "Article", "publisher": "x"}, "/publisher: 'x' where ['Organization', 'Person'] is expected"),
        ({"@type": "Article", "publisher": {"@type": "Event"}}, "/publisher: ['Event'] where "),
        ({"@type": "Article", "headline": {"@type": "Event"}}, "/headline: ['Event'] where ['Text'] is expected"),
        (
            {"@type": "ItemList", "itemListElement": {"@list": [{"@type": "Person", "headline": "x"}]}},
            "/itemListElement/headline: not of ['Person']",
        ),
    ],
)
def test_what_schema_org_does_not_know_is_found(node, fault):
    [node] = jsonld.expand({"@context": "https://schema.org", **node}, {"documentLoader": load})
    [found] = faults(node, Vocabulary())
    assert found.startswith(fault)


def test_there_is_no_search_to_be_offered(site):
    assert "SearchAction" not in site.get("/").text


def test_every_article_is_told_with_its_event_and_its_sources(site):
    articles = [path for path in site.paths() if path.startswith("/articles/")]
    assert len(articles) > 50
    dated = 0
    for path in articles:
        page, nodes = expanded(site, path)
        [article] = [node for node in nodes if "Article" in names(node)]

        def value(name):
            return [one.get("@value", one.get("@id")) for one in article.get(PREFIX + name, [])]

        assert article["@id"] == page.canonical == site.url + path
        [published] = value("datePublished")
        assert published >= "2026", "the date is the site's"
        assert value("headline")
        assert any("Event" in names(about) for about in article[PREFIX + "about"]), path
        assert article.get(PREFIX + "citation"), path
        [policy] = value("publishingPrinciples")
        assert policy.startswith(site.url) and site.get(policy).status == 200
        for moment in value("temporalCoverage"):
            dated += 1
            assert re.fullmatch(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?(?:/-?\d{4}(?:-\d\d(?:-\d\d)?)?)?", moment), moment
    assert dated > 50


def test_bread_crumbs_lead_where_they_say(site):
    for path in ["/articles/fall-of-seoul-1951", "/on/january-4", "/people/galileo-galilei"]:
        _, nodes = expanded(site, path)
        [crumbs] = [node for node in nodes if "BreadcrumbList" in names(node)]
        items = crumbs[f"{PREFIX}itemListElement"]
        items = items[0].get("@list", items)
        positions = [item[f"{PREFIX}position"][0]["@value"] for item in items]
        assert positions == list(range(1, len(items) + 1)) and len(items) >= 2
        addresses = [item[f"{PREFIX}item"][0]["@id"] for item in items]
        assert addresses[-1] == site.url + path
        for address in addresses:
            assert site.get(address).status == 200
