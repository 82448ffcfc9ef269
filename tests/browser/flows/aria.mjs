// What a screen reader gets: the accessibility tree of Chromium for each type
// of page, in its order, with its roles and names, compared with the one that
// is kept in snapshots/. After a change that is meant:
//
//   node tests/browser/run.mjs --update aria
//
// and read the difference that git shows.

import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { difference } from "../harness/difference.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const SNAPSHOTS = fileURLToPath(new URL("../snapshots/", import.meta.url));
const RENEW = "if it is meant: node tests/browser/run.mjs --update aria";

const kept = PAGES.filter(({ tree }) => tree !== "none");
const fileOf = (type) => `${type.name.replaceAll(/[^\p{L}\d]+/gu, "-").toLowerCase()}.aria.yml`;

/** What is another thing on another day, or for another visitor. */
const PASSING = [
  [/http:\/\/127\.0\.0\.1:\d+/g, "SITE"],
  [/http%3A%2F%2F127\.0\.0\.1%3A\d+/g, "SITE"],
  [/\/reports\/[\w-]+/g, "/reports/TOKEN"],
  [/\b[A-Z][a-z]+ \d+, 20\d\d(?:[^"\n]*?\d\d:\d\d)?(?=[^"\n]*UTC)/g, "TODAY"],
  [/\b\d[\d,]* years? ago/g, "SOME years ago"],
  // The calendar of the masthead opens at today.
  [/(link "Calendar"[^\n]*\n\s*- \/url: )\/on\/[\w-]+/g, "$1/on/TODAY"],
];

const LANDMARKS = /^\s*- (?:banner|navigation|main|contentinfo|complementary|search|form|region|heading [^\n]*\[level=1\])/;
const DATES = /(?:January|February|March|April|May|June|July|August|September|October|November|December) \d+/g;

async function treeOf(page, how) {
  let tree = `${await page.locator("body").ariaSnapshot()}\n`;
  for (const [passing, lasting] of PASSING) tree = tree.replaceAll(passing, lasting);
  if (how !== "outline") return tree;
  const lines = tree.split("\n").filter((line) => LANDMARKS.test(line));
  return `${lines.map((line) => line.replaceAll(DATES, "DATE").replace(/:.*$/, "")).join("\n")}\n`;
}

for (const type of kept) {
  flow(`accessibility tree: ${type.name}`, async (world) => {
    const visitor = await world.visit(world[type.site]);
    await open(visitor, type);
    const tree = await treeOf(visitor.page, type.tree);
    const file = SNAPSHOTS + fileOf(type);
    if (world.update) {
      await mkdir(SNAPSHOTS, { recursive: true });
      await writeFile(file, tree);
      return;
    }
    const before = await readFile(file, "utf8").catch(() => null);
    assert.ok(before !== null, `there is no snapshots/${fileOf(type)}; ${RENEW}`);
    if (before !== tree) {
      assert.fail(`snapshots/${fileOf(type)} (-) and the page (+); ${RENEW}\n${difference(before, tree)}`);
    }
  });
}

flow("accessibility trees: none is kept of a page that is no more", async ({ update }) => {
  const names = new Set(kept.map(fileOf));
  const files = await readdir(SNAPSHOTS).catch(() => []);
  const stale = files.filter((file) => file.endsWith(".aria.yml") && !names.has(file));
  if (update) await Promise.all(stale.map((file) => rm(SNAPSHOTS + file)));
  else assert.deepEqual(stale, [], RENEW);
});
