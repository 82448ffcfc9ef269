// Every type of page that the site has, and the ways to get to see it.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { PATIENCE } from "./daybook.mjs";

/** How many reports one client may send at once. */
const REPORTS_AT_ONCE = 5;

/**
 * The types. `site` is the site that has it; `path` its path, or a function
 * that finds it; `status` the answer, if not 200. Where `form` is given, the
 * page is the answer to the form at `path` with these words in its fields, and
 * `before` is done first.
 */
export const PAGES = [
  page("home", "shipped", "/"),
  page("today elsewhere", "shipped", "/today?tz=Pacific/Kiritimati"),
  page("day with events", "shipped", "/on/january-4"),
  page("day without events", "shipped", "/on/january-2"),
  page("day with drafts and long words", "awkward", "/on/june-15"),
  page("leap day", "shipped", "/on/february-29"),
  page("month", "shipped", "/on/january"),
  page("month with undated events", "awkward", "/on/june"),
  page("year", "shipped", "/year/1951"),
  page("year before the common era", "shipped", "/year/44-bce"),
  page("article", "shipped", "/articles/first-four-minute-mile"),
  page("article with disputes", "shipped", "/articles/fall-of-seoul-1951"),
  page("article with illustration", "shipped", "/articles/columbus-lunar-eclipse"),
  page("article before the common era", "shipped", "/articles/assassination-of-julius-caesar"),
  page("article with everything", "awkward", "/articles/everything-at-once"),
  page("article with hardly anything", "awkward", "/articles/hardly-anything"),
  page("article without a day", "awkward", "/articles/a-month"),
  page("article without a month", "awkward", "/articles/long-ago"),
  page("draft", "awkward", "/articles/not-published-yet"),
  page("places", "shipped", "/places"),
  page("people", "shipped", "/people"),
  page("organisations", "shipped", "/organisations"),
  page("topics", "shipped", "/topics"),
  page("empty index", "awkward", "/organisations"),
  page("place", "shipped", "/places/seoul"),
  page("person", "shipped", "/people/galileo-galilei"),
  page("organisation", "shipped", "/organisations/cern"),
  page("topic", "shipped", "/topics/korean-war"),
  page("person with other names", "awkward", "/people/ada-plain"),
  page("person in no article", "awkward", "/people/nobody-in-particular"),
  page("place with a long name", "awkward", longNamedPlace),
  page("about", "shipped", "/about"),
  page("privacy", "shipped", "/privacy"),
  page("corrections policy", "shipped", "/corrections-policy"),
  page("accessibility", "shipped", "/accessibility"),
  page("imprint", "shipped", "/imprint"),
  page("contact", "shipped", "/contact?page=/on/january-4"),
  page("contact with errors", "shipped", "/contact", 422, { form: { wrong: "" } }),
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
  page("receipt", "shipped", receipt),
  page("no page", "shipped", "/articles/there-is-none", 404),
  page("removed article", "awkward", "/articles/never-happened", 410),
  page("removed article with another", "awkward", "/articles/retold-twice", 410),
  page("method not allowed", "shipped", "/about", 405, { form: {} , action: "/about" }),
];

function page(name, site, path, status = 200, more = {}) {
  return { name, site, path, status, ...more };
}

/** Shows a visitor a page of one of the types. */
export async function open(visitor, site, type) {
  const path = await pathOf(site, type);
  if (!type.form) {
    await visitor.open(path, type.status);
    return;
  }
  throw new Error("todo");
}
