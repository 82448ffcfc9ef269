// The first round trip carries the HTML and the stylesheet of any article, and
// the first view is small, on a telephone and on a desk. `scripts/weigh` prints
// the same as a table.

import { assertNone } from "../harness/checks.mjs";
import { flow } from "../harness/suite.mjs";
import { MOST_TEXT, MOST_VIEW, VIEWS, weighedPaths, weighText, weighViews } from "../harness/weights.mjs";

const SHOWN = 10;

/** The heaviest of what is too heavy, as lines. */
function tooHeavy(weights, most) {
  const heavy = weights.filter(({ bytes }) => bytes > most).sort((a, b) => b.bytes - a.bytes);
  const lines = heavy.map(({ path, bytes }) => `${path}: ${bytes} bytes, ${bytes - most} too many`);
  if (lines.length > SHOWN) lines.splice(SHOWN, Infinity, `… and ${heavy.length - SHOWN} more`);
  return lines;
}

flow("weights: HTML and stylesheet of every article are at most 14 kB together", async ({ shipped }) => {
  // Only of articles it is promised: lists grow with what is told.
  const { articles } = await weighedPaths(shipped);
  const weights = [];
  for (const path of articles) {
    const { html, css } = await weighText(shipped, path);
    weights.push({ path, bytes: html + css });
  }
  if (weights.length < 50) throw new Error(`only ${weights.length} articles were found`);
  assertNone(tooHeavy(weights, MOST_TEXT));
});

for (const view of VIEWS) {
  flow(`weights: the first view takes at most 150 kB, ${view.name}`, async ({ browser, shipped }) => {
    const { articles, others } = await weighedPaths(shipped);
    const views = await weighViews(browser, shipped, [...articles, ...others], view);
    assertNone(tooHeavy(views.map(({ path, all }) => ({ path, bytes: all })), MOST_VIEW));
  });
}
