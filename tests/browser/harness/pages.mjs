// Every type of page that the site has, and the ways to get to see it.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { PATIENCE } from "./daybook.mjs";
import { openForm, sendForm } from "./form.mjs";
import { chosenLedger, ledger, mergedCase, reopenedCase } from "./ledger.mjs";

/** How many reports one client may send at once. */
const REPORTS_AT_ONCE = 5;

/**
 * The types. `site` is the site that has it; `path` its path, or a function of
 * the site that finds it; `status` the answer. Where `form` is given, the page
 * is the answer to the form at `path` with these words in its fields, and
 * `before` is done first. `tree` says what is kept of its accessibility tree
 * (aria.mjs): `whole`, `outline` (landmarks and headings of the first level,
 * without dates), or `none`. Where nothing is said, it is the whole of what our
 * own content alone decides, and nothing of what an editor may change tomorrow.
 */
export const PAGES = [
  page("home", "shipped", "/", 200, { tree: "outline" }),
  page("today elsewhere", "shipped", "/today?tz=Pacific/Kiritimati", 200, { tree: "outline" }),
  page("day with events", "shipped", "/on/january-4", 200, { tree: "outline" }),
  page("day with a disputed date", "shipped", "/on/august-24"),
  page("day without events", "shipped", "/on/january-2", 200, { tree: "whole" }),
  page("day with drafts and long words", "awkward", "/on/june-15", 200, { tree: "outline" }),
  page("leap day", "shipped", "/on/february-29"),
  page("month", "shipped", "/on/january"),
  page("month with undated events", "awkward", "/on/june", 200, { tree: "outline" }),
  page("year", "shipped", "/year/1951"),
  page("year with a date of several days", "shipped", "/year/1952"),
  page("year before the common era", "shipped", "/year/44-bce"),
  page("day before a leap day", "shipped", "/on/february-28"),
  page("year without articles", "shipped", "/year/1950000", 404, { tree: "whole" }),
  page("decade", "shipped", "/decade/1950s"),
  page("decade before the common era", "shipped", "/decade/40s-bce"),
  page("decade without years", "awkward", "/decade/1340s"),
  page("century", "shipped", "/century/20th", 200, { tree: "outline" }),
  page("century without decades", "awkward", "/century/14th"),
  page("timeline", "shipped", "/timeline", 200, { tree: "outline" }),
  page("timeline with gaps", "awkward", "/timeline"),
  page("map", "shipped", "/map"),
  page("map of a century", "shipped", "/map?century=20th"),
  page("article", "shipped", "/articles/first-four-minute-mile"),
  page("article with disputes", "shipped", "/articles/fall-of-seoul-1951", 200, { tree: "outline" }),
  page("article with a disputed date", "shipped", "/articles/eruption-of-vesuvius"),
  page("article with illustration", "shipped", "/articles/columbus-lunar-eclipse"),
  page("article before the common era", "shipped", "/articles/assassination-of-julius-caesar"),
  page("article with everything", "awkward", "/articles/everything-at-once"),
  page("article with hardly anything", "awkward", "/articles/hardly-anything"),
  page("article without a day", "awkward", "/articles/a-month"),
  page("article without a month", "awkward", "/articles/long-ago"),
  page("draft", "awkward", "/articles/not-published-yet"),
  page("article in Arabic", "awkward", "/articles/arabic"),
  page("article in Hebrew", "awkward", "/articles/hebrew"),
  page("article in Chinese", "awkward", "/articles/chinese"),
  page("article with a title of one word", "awkward", "/articles/one-word"),
  page("article with a title of 200 characters", "awkward", "/articles/two-hundred-characters"),
  page("article with a word of 200 characters", "awkward", "/articles/one-endless-word"),
  page("article without a text", "awkward", "/articles/empty-text"),
  page("article of 20,000 words", "awkward", "/articles/twenty-thousand-words", 200, { tree: "none" }),
  page("article with sixty notes", "awkward", "/articles/sixty-notes", 200, { tree: "none" }),
  page("article with ten pictures", "awkward", "/articles/ten-pictures"),
  page("article on somebody with a long name", "awkward", "/articles/long-named"),
  page("day with thirty events", "awkward", "/on/september-9", 200, { tree: "none" }),
  page("day with titles from right to left", "awkward", "/on/april-3", 200, { tree: "none" }),
  page("day with titles that are long", "awkward", "/on/april-7", 200, { tree: "none" }),
  page("places", "shipped", "/places", 200, { tree: "outline" }),
  page("people", "shipped", "/people"),
  page("organisations", "shipped", "/organisations"),
  page("topics", "shipped", "/topics"),
  page("empty index", "awkward", "/organisations"),
  page("place", "shipped", "/places/seoul"),
  page("person", "shipped", "/people/galileo-galilei"),
  page("organisation", "shipped", "/organisations/cern", 200, { tree: "outline" }),
  page("topic", "shipped", "/topics/korean-war"),
  page("person with other names", "awkward", "/people/ada-plain"),
  page("person in no article", "awkward", "/people/nobody-in-particular"),
  page("place with a long name", "awkward", longNamedPlace),
  page("person with a very long name", "awkward", longNamedPerson),
  page("person with a name from right to left", "awkward", rightToLeftPerson),
  page("place with a name without an end", "awkward", endlessPlace),
  page("place with forty articles", "awkward", "/places/the-crowded-harbour", 200, { tree: "none" }),
  page("about", "shipped", "/about", 200, { tree: "outline" }),
  page("privacy", "shipped", "/privacy"),
  page("corrections policy", "shipped", "/corrections-policy"),
  page("accessibility", "shipped", "/accessibility"),
  page("imprint", "shipped", "/imprint"),
  page("colophon", "shipped", "/about/colophon", 200, { tree: "outline" }),
  page("API", "shipped", "/api", 200, { tree: "outline" }),
  page("history", "shipped", "/articles/fall-of-seoul-1951/history"),
  page("history of a revised article", "awkward", (site) => revised(site, "/history"), 200, { tree: "none" }),
  page("old revision", "awkward", (site) => revised(site, "/revisions/1"), 200, { tree: "none" }),
  page("comparison", "awkward", (site) => revised(site, "/compare/1..2"), 200, { tree: "none" }),
  page("comparison with itself", "awkward", "/articles/revised/compare/1..1", 200, { tree: "none" }),
  page("article by a link to its first revision", "awkward", (site) => revised(site, "?r=1"), 200, { tree: "outline" }),
  page("sharing", "awkward", "/articles/bridge-opens/share"),
  page("sharing a passage", "awkward", "/articles/bridge-opens/share?p=2"),
  page("sharing a passage of a language from right to left", "awkward", "/articles/arabic/share?p=1"),
  page("citing", "awkward", "/articles/everything-at-once/cite", 200, { tree: "outline" }),
  page("contact", "shipped", "/contact?page=/on/january-4", 200, { tree: "whole" }),
  page("contact with errors", "shipped", "/contact", 422, { form: { wrong: "" }, tree: "whole" }),
  page("report form", "shipped", "/articles/fall-of-seoul-1951/report?r=1"),
  page("report form of a paragraph", "shipped", "/articles/fall-of-seoul-1951/report?r=1&p=2"),
  page("report form of a quote", "awkward", "/articles/everything-at-once/report?quote=it"),
  page("report form of an old revision", "awkward", oldRevision),
  page("report form with errors", "shipped", "/articles/fall-of-seoul-1951/report?r=1&p=2", 422, {
    form: { email: "not an address", source: "x".repeat(2001) },
  }),
  page("report form sent too often", "shipped", "/articles/fall-of-seoul-1951/report?r=1", 429, {
    form: { category: "date", wrong: "Once more." },
    before: useUpReports,
  }),
  page("receipt", "shipped", receipt, 200, { tree: "whole" }),
  page("ledger without cases", "shipped", "/corrections", 200, { tree: "whole" }),
  page("ledger", "awkward", ledger, 200, { tree: "outline" }),
  page("ledger, narrowed", "awkward", chosenLedger, 200, { tree: "outline" }),
  page("case", "awkward", reopenedCase),
  page("case that another answers", "awkward", mergedCase),
  page("feeds", "shipped", "/feeds", 200, { tree: "outline" }),
  page("no page", "shipped", "/articles/there-is-none", 404, { tree: "whole" }),
  page("removed article", "awkward", "/articles/never-happened", 410),
  page("removed article with another", "awkward", "/articles/retold-twice", 410),
];

function page(name, site, path, status = 200, more = {}) {
  return { name, site, path, status, tree: site === "awkward" ? "whole" : "none", ...more };
}

/** Shows a visitor a page of one of the types; gives back its response. */
export async function open(visitor, type) {
  const path = typeof type.path === "function" ? await once(visitor.site, type.path) : type.path;
  if (!type.form) return visitor.open(path, type.status);
  await visitor.open(path);
  await type.before?.(visitor, path);
  await fill(visitor.page, type.form);
  const response = await visitor.submit();
  assert.equal(response.status(), type.status, `the status of the form at ${path}`);
  return response;
}

/** Writes words into the fields of the form on the page. */
export async function fill(page, words) {
  for (const [name, value] of Object.entries(words)) {
    const field = page.locator(`form [name="${name}"]`);
    if ((await field.first().getAttribute("type")) === "radio") {
      await page.locator(`form [name="${name}"][value="${value}"]`).check();
    } else {
      await field.fill(value);
    }
  }
}

const known = new WeakMap();

/** What is made for one site is made once. */
function once(site, make) {
  if (!known.has(site)) known.set(site, new Map());
  const made = known.get(site);
  if (!made.has(make)) made.set(make, make(site));
  return made.get(make);
}

function longNamedPlace(site) {
  return linkOn(site, "/places", /href="(\/places\/llanfair[^"]*)"/);
}

function endlessPlace(site) {
  return linkOn(site, "/articles/one-endless-word", /href="(\/places\/[^"]*)"/);
}

function longNamedPerson(site) {
  return linkOn(site, "/articles/long-named", /href="(\/people\/[^"]*)"/);
}

function rightToLeftPerson(site) {
  return linkOn(site, "/articles/arabic", /href="(\/people\/[^"]*)"/);
}

/** The path that a link on another page has. */
async function linkOn(site, path, pattern) {
  const html = await (await fetch(site.url + path)).text();
  const found = pattern.exec(html);
  assert.ok(found, `${path} has a link like ${pattern}`);
  return found[1];
}

/** The form as somebody has it open whose article changes under it. */
async function oldRevision(site) {
  await once(site, revise);
  return "/articles/revised/report?r=1&p=1";
}

/** A page about the past of an article that has one. */
async function revised(site, path) {
  await once(site, revise);
  return `/articles/revised${path}`;
}

/** Changes an article and waits until the change shows. */
export async function revise(site) {
  const file = join(site.content, "articles/06/15/revised.md");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("two tons", "three tons"));
  for (let tries = 100; tries > 0; tries -= 1) {
    const html = await (await fetch(`${site.url}/articles/revised`)).text();
    if (html.includes("three tons")) return;
    await sleep(100);
  }
  throw new Error("a changed article did not show within 10 s");
}

async function receipt(site) {
  const form = await openForm(site, "/articles/fall-of-seoul-1951/report?r=1&p=2");
  await sleep(PATIENCE);
  const words = { category: "date", correct: "It fell a day later.", source: "A book." };
  const answer = await sendForm(site, form, { ...words, wrong: "The day.\n\nAnd the year." });
  return answer.headers.get("location");
}

async function useUpReports(visitor, path) {
  for (let sent = 0; sent < REPORTS_AT_ONCE; sent += 1) {
    const form = await openForm(visitor.site, path, visitor.client);
    const answer = await sendForm(visitor.site, form, { category: "date", wrong: `Number ${sent}.` });
    assert.equal(answer.status, 303, "the first reports of a client are taken");
  }
}
