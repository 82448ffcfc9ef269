// A reader looks through the record of corrections, chooses among its cases,
// and finds its feeds. (What axe-core, the windows and the checker of HTML say
// of its pages, the flows about all pages see.)

import assert from "node:assert/strict";

import { accessibilityFindings, assertNone, overflowFindings } from "../harness/checks.mjs";
import { ledger, LISTED } from "../harness/ledger.mjs";
import { flow } from "../harness/suite.mjs";

const ENTRY = ".ledger__case";

flow("ledger: choosing among the cases, without JavaScript", async ({ visit, awkward }) => {
  const path = await ledger(awkward);
  const visitor = await visit(awkward, { javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open(path);
  assert.equal(await page.locator(ENTRY).count(), 50);
  await page.getByRole("link", { name: "Older cases" }).click();
  assert.equal(await page.locator(ENTRY).count(), LISTED - 50);

  await visitor.open(path);
  await page.locator(".ledger-filter summary").click();
  await page.locator(".ledger-filter").getByRole("link", { name: "Corrected" }).click();
  await page.waitForURL(/outcome=corrected/);
  assert.equal(await page.locator(ENTRY).count(), 3);
  assert.match(await page.locator(".ledger__chosen").innerText(), /^3 cases corrected\./);
  await page.locator("select[name=article]").selectOption("arabic");
  await page.locator(".ledger-filter__form button").click();
  await page.waitForURL(/outcome=corrected&article=arabic/);
  assert.equal(await page.locator(ENTRY).count(), 1);

  await page.locator(".ledger__number a").click();
  await page.waitForURL(/\/corrections\/c-aaaaac$/);
  assert.equal(await page.locator(".ledger__steps li").count(), 3);
});

flow("ledger: feed readers find the feeds from the page", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(await ledger(awkward));
  const feeds = await page.locator("link[rel=alternate][title]").evaluateAll((links) =>
    links.map(({ type, href }) => ({ type, href })),
  );
  assert.deepEqual(feeds.map(({ type }) => type), [
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/atom+xml", // of the whole site
  ]);
  for (const { type, href } of feeds) {
    const answer = await fetch(href);
    assert.equal(answer.status, 200, href);
    assert.ok(answer.headers.get("content-type").startsWith(type), href);
  }
  const isWellFormed = await page.evaluate(async (href) => {
    const text = await (await fetch(href)).text();
    const document = new DOMParser().parseFromString(text, "application/xml");
    return document.querySelector("parsererror") === null && document.querySelectorAll("entry").length;
  }, feeds[0].href);
  assert.equal(isWellFormed, 50);
});

flow("ledger: nothing is lost on a telephone, by day and by night", async ({ visit, awkward }) => {
  for (const colorScheme of ["light", "dark"]) {
    const visitor = await visit(awkward, { viewport: { width: 360, height: 800 }, colorScheme });
    await visitor.open(await ledger(awkward));
    await visitor.page.locator(".ledger-filter summary").click();
    assertNone(await accessibilityFindings(visitor.page));
    assertNone(await overflowFindings(visitor.page));
  }
});
