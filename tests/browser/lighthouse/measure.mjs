// Lighthouse's verdict on each type of page, as a Markdown table; fails below
// 100. `scripts/lighthouse` calls it.
//
//   node tests/browser/lighthouse/measure.mjs            all pages, three runs each
//   node tests/browser/lighthouse/measure.mjs --runs 1   fewer runs
//   node tests/browser/lighthouse/measure.mjs timeline   only pages whose name holds one of these words
//
// From the environment: DAYBOOK_BIN, CHROMIUM, CHROMIUM_FLAGS, as for run.mjs.

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { Daybook } from "../harness/daybook.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Forms are not indexed, so what search engines like is not asked of them. */
const FORM = { seo: false };
const PAGES = [
  ["home", "/"],
  ["day", "/on/january-4"],
  ["article", "/articles/fall-of-seoul-1951"],
  ["article with a picture", "/articles/columbus-lunar-eclipse"],
  ["article before the common era", "/articles/assassination-of-julius-caesar"],
  ["month", "/on/january"],
  ["year", "/year/1951"],
  ["timeline", "/timeline"],
  ["index", "/places"],
  ["place", "/places/seoul"],
  ["person", "/people/galileo-galilei"],
  ["map", "/map"],
  ["about", "/about"],
  ["contact form", "/contact", FORM],
  ["report form", "/articles/fall-of-seoul-1951/report?r=1&p=2", FORM],
];

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = [
  ["FCP", "first-contentful-paint", (ms) => `${(ms / 1000).toFixed(2)} s`],
  ["LCP", "largest-contentful-paint", (ms) => `${(ms / 1000).toFixed(2)} s`],
  ["CLS", "cumulative-layout-shift", (value) => value.toFixed(3)],
  ["TBT", "total-blocking-time", (ms) => `${Math.round(ms)} ms`],
  ["bytes", "total-byte-weight", (bytes) => `${(bytes / 1024).toFixed(1)} kB`],
];

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** One run: the scores of 0 to 100, the metrics, and what costs points. */
async function measure(url, port, categories, tries = 3) {
  const { lhr } = await lighthouse(url, { port, onlyCategories: categories, formFactor: "mobile", logLevel: "error" });
  if (lhr.runtimeError) {
    // On a busy machine it now and then loses the beginning of its recording.
    if (tries > 1) return measure(url, port, categories, tries - 1);
    throw new Error(`Lighthouse gave up on ${url}: ${lhr.runtimeError.message}`);
  }
  const costs = categories.flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < (category === "performance" ? 0.9 : 1))
      .map(({ id }) => `${category}: ${lhr.audits[id].title}${lhr.audits[id].displayValue ? ` (${lhr.audits[id].displayValue})` : ""}`),
  );
  return {
    scores: categories.map((category) => Math.round((lhr.categories[category].score ?? 0) * 100)),
    metrics: METRICS.map(([, id]) => lhr.audits[id].numericValue ?? 0),
    costs,
  };
}

async function main(site, browser, runs, words) {
  const chosen = PAGES.filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
  if (chosen.length === 0) throw new Error(`no page is named so; there are: ${PAGES.map(([name]) => name).join(", ")}`);
  const columns = ["page", "performance", "accessibility", "best practices", "SEO", ...METRICS.map(([name]) => name)];
  console.log(`| ${columns.join(" | ")} |\n|${columns.map((_, at) => (at ? "---:|" : "---|")).join("")}`);
  const below = [];
  for (const [name, path, { seo } = { seo: true }] of chosen) {
    const { ok } = await fetch(site.url + path);
    // A page that the site does not have is left out, not counted as perfect.
    if (!ok) {
      console.error(`left out: there is no ${path}`);
      continue;
    }
    const categories = seo ? CATEGORIES : CATEGORIES.slice(0, -1);
    const measured = [];
    for (let run = 0; run < runs; run += 1) measured.push(await measure(site.url + path, browser.port, categories));
    const scores = categories.map((_, at) => median(measured.map((each) => each.scores[at])));
    const metrics = METRICS.map(([, , words], at) => words(median(measured.map((each) => each.metrics[at]))));
    console.log(`| ${[`${name} \`${path}\``, ...scores, ...(seo ? [] : ["–"]), ...metrics].join(" | ")} |`);
    if (scores.some((score) => score < 100)) {
      below.push(`${name}: ${[...new Set(measured.flatMap(({ costs }) => costs))].join("; ") || "no single audit says why"}`);
    }
  }
  if (below.length > 0) console.error(`\nbelow 100:\n${below.join("\n")}`);
  return below.length === 0;
}

const { values, positionals } = parseArgs({ options: { runs: { type: "string", default: "3" } }, allowPositionals: true });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs takes a number from 1 on, not ${values.runs}`);
const program = resolve(process.env.DAYBOOK_BIN || join(root, "target/release/daybook"));
const site = await Daybook.start(program, [[".", join(root, "content")]], ["--no-watch"]);
try {
  const browser = await launch({
    chromePath: process.env.CHROMIUM || "/usr/bin/chromium",
    chromeFlags: ["--headless=new", ...(process.env.CHROMIUM_FLAGS || "").split(/\s+/).filter(Boolean)],
  });
  try {
    process.exitCode = (await main(site, browser, runs, positionals)) ? 0 : 1;
  } finally {
    browser.kill();
  }
} finally {
  await site.stop();
}
