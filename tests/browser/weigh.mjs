// Prints how heavy the pages of the shipped content are, as Markdown, and fails
// above what we allow ourselves. `scripts/weigh` calls it.
//
// From the environment: DAYBOOK_BIN, CHROMIUM, CHROMIUM_FLAGS, as for run.mjs.

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { Daybook } from "./harness/daybook.mjs";
import { MOST_TEXT, MOST_VIEW, VIEWS, weighedPaths, weighText, weighViews } from "./harness/weights.mjs";

const HEAVIEST = 10;
const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const kilobytes = (bytes) => (bytes / 1024).toFixed(1);

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}

function print(title, columns, rows) {
  console.log(`\n${title}\n\n| ${columns.join(" | ")} |\n|${columns.map((_, at) => (at ? "---:|" : "---|")).join("")}`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
}

async function weigh(site, browser) {
  const { articles, others } = await weighedPaths(site);
  const paths = [...articles, ...others];
  const pages = new Map();
  for (const path of paths) pages.set(path, { path, text: await weighText(site, path), views: [] });
  for (const view of VIEWS) {
    for (const weight of await weighViews(browser, site, paths, view)) pages.get(weight.path).views.push(weight);
  }
  const textOf = ({ text }) => text.html + text.css;
  const heaviestView = ({ views }) => Math.max(...views.map(({ all }) => all));
  const row = ({ path, text, views }) => [
    path, kilobytes(text.html), kilobytes(text.css), kilobytes(text.html + text.css),
    ...views.flatMap(({ all, pictures, requests }) => [kilobytes(all), kilobytes(pictures), requests]),
  ];
  const columns = ["page", "HTML", "CSS", "both", ...VIEWS.flatMap(({ name }) => [name, "pictures", "requests"])];
  const told = articles.map((path) => pages.get(path)).sort((a, b) => textOf(b) - textOf(a));
  const middle = ["*median*", ...row(told[0]).slice(1).map((_, at) => {
    const values = told.map((each) => Number(row(each)[at + 1]));
    return Number.isInteger(median(values)) && at > 2 && (at - 3) % 3 === 2 ? median(values) : median(values).toFixed(1);
  })];
  print(`The ${HEAVIEST} heaviest of ${told.length} articles by HTML and CSS (kB of 1,024 bytes, compressed with Brotli):`,
    columns, [...told.slice(0, HEAVIEST).map(row), middle]);
  const byView = [...told].sort((a, b) => heaviestView(b) - heaviestView(a));
  print(`The ${HEAVIEST} heaviest of them by the first view:`, columns, byView.slice(0, HEAVIEST).map(row));
  print("The other types of page:", columns, others.map((path) => row(pages.get(path))));

  const tooHeavy = [
    ...told.filter((each) => textOf(each) > MOST_TEXT).map(({ path }) => `${path}: HTML and CSS above ${kilobytes(MOST_TEXT)} kB`),
    ...[...pages.values()].filter((each) => heaviestView(each) > MOST_VIEW).map(({ path }) => `${path}: first view above ${kilobytes(MOST_VIEW)} kB`),
  ];
  if (tooHeavy.length > 0) console.error(`\n${tooHeavy.length} too heavy:\n${tooHeavy.join("\n")}`);
  return tooHeavy.length === 0;
}

const program = resolve(process.env.DAYBOOK_BIN || join(root, "target/debug/daybook"));
const site = await Daybook.start(program, [[".", join(root, "content")]], ["--no-watch"]);
try {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: (process.env.CHROMIUM_FLAGS || "").split(/\s+/).filter(Boolean),
  });
  try {
    process.exitCode = (await weigh(site, browser)) ? 0 : 1;
  } finally {
    await browser.close();
  }
} finally {
  await site.stop();
}
