// Nothing moves when the fonts arrive late, as they do on a slow line.

import assert from "node:assert/strict";

import { flow } from "../harness/suite.mjs";

const FONTS_LATE_BY = 800;
/** Lighthouse calls 0.1 good. */
const MOST_SHIFT = 0.01;

const SHIFTS = [
  ["home", "/"],
  ["day", "/on/january-4"],
  ["article", "/articles/fall-of-seoul-1951"],
  ["article with illustration", "/articles/columbus-lunar-eclipse"],
  ["index", "/places"],
];

for (const [name, path] of SHIFTS) {
  flow(`steady: no layout shift when the fonts are late: ${name}`, async ({ visit, shipped }) => {
    for (const width of [360, 1440]) {
      const visitor = await visit(shipped, { viewport: { width, height: 900 } });
      const { page } = visitor;
      await page.addInitScript(() => {
        window.shifts = [];
        new PerformanceObserver((list) => {
          for (const { value, sources, startTime } of list.getEntries()) {
            const moved = sources.map(({ node }) => node?.parentElement?.className || node?.nodeName);
            window.shifts.push({ value, at: Math.round(startTime), moved });
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      let late = 0;
      await page.route("**/*.woff2", async (route) => {
        late += 1;
        await new Promise((resolve) => setTimeout(resolve, FONTS_LATE_BY));
        await route.continue();
      });
      await visitor.open(path);
      await page.evaluate(() => document.fonts.ready.then(() => null));
      // The observer is told of a shift after the frame that shows it.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
      assert.ok(late > 0, "no font was asked for");
      const used = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === "loaded").length);
      assert.ok(used > 0, "no font was used");
      const shifts = await page.evaluate(() => window.shifts);
      const sum = shifts.reduce((all, { value }) => all + value, 0);
      assert.ok(sum <= MOST_SHIFT, `${width} px: the page shifts by ${sum.toFixed(4)}: ${JSON.stringify(shifts)}`);
    }
  });
}

flow("steady: the watch notices a page that shifts", async ({ visit, shipped }) => {
  const visitor = await visit(shipped);
  const { page } = visitor;
  await visitor.open("/about");
  const sum = await page.evaluate(async () => {
    let seen = 0;
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) seen += value;
    }).observe({ type: "layout-shift", buffered: true });
    document.querySelector("main").prepend(Object.assign(document.createElement("p"), { textContent: "Late." }));
    await new Promise((done) => setTimeout(done, 300));
    return seen;
  });
  assert.ok(sum > MOST_SHIFT, `only ${sum} was noticed`);
});
