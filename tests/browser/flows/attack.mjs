// While very many reports come in, a reader's browser calculates, or its reader
// waits a minute; nobody has to solve anything, and nothing typed is lost.

import assert from "node:assert/strict";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { accessibilityFindings, assertNone } from "../harness/checks.mjs";
import { PATIENCE } from "../harness/daybook.mjs";
import { openForm, sendForm } from "../harness/form.mjs";
import { fill } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const CONTENT = resolve(dirname(fileURLToPath(import.meta.url)), "../content");
const ARTICLE = "/articles/bridge-opens";
/** As many within ten minutes are peace. */
const PEACEFUL = 30;
/** How old a form must be, in milliseconds, whose browser did not calculate. */
const MINUTE = 60_000;

/** A site of its own that so many reports have reached just now. */
async function besieged(start) {
  const site = await start([[".", CONTENT]], ["--no-watch"]);
  const forms = [];
  for (let sent = 0; sent <= PEACEFUL; sent += 1) forms.push(await openForm(site, "/contact"));
  await sleep(PATIENCE);
  for (const [number, form] of forms.entries()) {
    const answer = await sendForm(site, form, { category: "something-else", wrong: `Number ${number}.` });
    // With the last of them the peace ends.
    assert.equal(answer.status, number < PEACEFUL ? 303 : 429, `report ${number}`);
  }
  return site;
}

flow("report under attack, with JavaScript: the browser calculates", async ({ visit, start }) => {
  const site = await besieged(start);
  const visitor = await visit(site);
  const { page } = visitor;
  await visitor.open(`${ARTICLE}/report?r=1`);
  await page.getByText("One more step").waitFor();
  await fill(page, { category: "wording", wrong: "A comma." });
  assertNone(await accessibilityFindings(page));
  await sleep(PATIENCE);
  await page.getByText("Your browser is ready").waitFor();
  await visitor.submit();
  assert.match(new URL(page.url()).pathname, /^\/reports\/\w{20,}$/);
  const kept = await site.reports();
  assert.equal(kept.filter(({ wrong }) => wrong === "A comma.").length, 1);
});

flow("report under attack, without JavaScript: a minute’s wait", async ({ visit, start }) => {
  const site = await besieged(start);
  const visitor = await visit(site, { javaScriptEnabled: false });
  const { page } = visitor;
  const opened = Date.now();
  await visitor.open(`${ARTICLE}/report?r=1`);
  await page.getByText("when a minute has passed since you opened it").waitFor();
  await fill(page, { category: "wording", wrong: "A full stop." });
  await sleep(PATIENCE);
  const early = await visitor.submit();
  assert.equal(early.status(), 429);
  assert.equal(await page.getByLabel("What is wrong?").inputValue(), "A full stop.");
  await sleep(opened + MINUTE + 1000 - Date.now());
  await visitor.submit();
  assert.match(new URL(page.url()).pathname, /^\/reports\/\w{20,}$/);
  const kept = await site.reports();
  assert.equal(kept.filter(({ wrong }) => wrong === "A full stop.").length, 1);
});
