// Runs the flows in flows/ in a real browser against a Daybook of our own.
//
//   node tests/browser/run.mjs                 all of them but shots
//   node tests/browser/run.mjs report print    only files whose name holds one of these words
//   node tests/browser/run.mjs shots           a picture of every page, to look at
//   node tests/browser/run.mjs --update aria   the accessibility trees are kept as they are now
//
// From the environment: DAYBOOK_BIN (the program; target/debug/daybook if not
// given), CHROMIUM (the browser), CHROMIUM_FLAGS (flags that it needs here).
// Pictures of every page are left in shots/.

import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

import { Daybook } from "./harness/daybook.mjs";
import { writeExtremes } from "./harness/extremes.mjs";
import { runAll } from "./harness/suite.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");

// Checks nothing, and so runs only for somebody who wants to look.
const ON_REQUEST = ["shots.mjs"];

// What must be ended, the last one first.
const ending = [];

async function main(args) {
  const words = args.filter((arg) => arg !== "--update");
  const program = resolve(process.env.DAYBOOK_BIN || join(root, "target/debug/daybook"));
  const all = (await readdir(join(here, "flows"))).filter((name) => name.endsWith(".mjs")).sort();
  const chosen = all.filter((name) =>
    words.length === 0 ? !ON_REQUEST.includes(name) : words.some((word) => name.includes(word)),
  );
  if (chosen.length === 0) throw new Error(`no flow is named so; there are: ${all.join(" ")}`);
  for (const name of chosen) await import(pathToFileURL(join(here, "flows", name)).href);

  const start = async (parts, flags) => {
    const site = await Daybook.start(program, parts, flags);
    ending.push(() => site.stop());
    return site;
  };
  const content = join(root, "content");
  const shipped = await start([[".", content]], ["--no-watch"]);
  // Texts as no editor should write them, and as many as none would, beside the
  // usual pages about the site.
  const awkward = await start(
    [[".", join(here, "content")], [".", writeExtremes], ["pages", join(content, "pages")]],
    ["--drafts"],
  );
  // Where editors settle what readers report, and the files change.
  const settled = await start([[".", content]], ["--no-watch"]);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    // Without a window, letters would be set to whole pixels, and lines break
    // where no reader's do.
    args: ["--font-render-hinting=none", ...(process.env.CHROMIUM_FLAGS || "").split(/\s+/).filter(Boolean)],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  ending.push(() => browser.close());
  return runAll({ browser, start, shipped, awkward, settled, update: args.includes("--update") });
}

async function end() {
  while (ending.length > 0) await ending.pop()().catch((error) => console.error(error));
}

let ended = null;
const endAll = () => (ended ??= end());

for (const [signal, status] of [["SIGINT", 130], ["SIGTERM", 143]]) {
  process.once(signal, () => endAll().finally(() => process.exit(status)));
}
try {
  const passed = await main(process.argv.slice(2));
  process.exitCode = passed ? 0 : 1;
} catch (error) {
  console.error(`tests/browser/run.mjs: ${error.stack ?? error}`);
  process.exitCode = 1;
} finally {
  await endAll();
}
