// No page sets a cookie, asks another host, or has anything to complain of in
// the console, the CSP included. Every visitor of every flow watches for that;
// these see to it that every type of page is visited, down to its end.

import assert from "node:assert/strict";

import { assertNone } from "../harness/checks.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";
import { Visitor } from "../harness/visitor.mjs";

for (const type of PAGES) {
  flow(`no cookie, no other host, no complaint: ${type.name}`, async ({ visit, ...sites }) => {
    const visitor = await visit(sites[type.site]);
    const response = await open(visitor, type);
    const { page } = visitor;
    const headers = await response.headersArray();
    const all = (name) => headers.filter((header) => header.name.toLowerCase() === name);
    assert.equal(all("set-cookie").length, 0, "no cookie");
    assert.equal(all("content-security-policy").length, 1, "one CSP");
    assert.doesNotMatch(all("content-security-policy")[0].value, /unsafe|\*|https?:|data:/);
    // Pictures further down load when they come into view.
    for (const image of await page.locator("img").all()) {
      await image.evaluate((element) => element.scrollIntoView({ block: "center", behavior: "instant" }));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    // What only paper shows is not asked for on a screen (print.mjs).
    await page.waitForFunction(() => [...document.images].every((image) => image.complete || !image.checkVisibility()));
    const broken = await page.evaluate(() =>
      [...document.images].filter((image) => image.checkVisibility() && image.naturalWidth === 0).map((image) => image.src),
    );
    assertNone(broken.map((source) => `no picture: ${source}`));
    const foreign = await page.evaluate(() =>
      [...document.querySelectorAll("[src], link[href]:not([rel=canonical])")]
        .map((element) => element.src ?? element.href)
        .filter((address) => !address.startsWith(`${location.origin}/`)),
    );
    assertNone(foreign.map((address) => `from elsewhere: ${address}`));
    const stored = await page.evaluate(() => localStorage.length + sessionStorage.length);
    assert.equal(stored, 0, "nothing is stored in the browser");
    assert.equal(await page.locator("[style], [onclick], [onload], script:not([src]):not([type='application/ld+json'])").count(), 0);
  });
}

flow("the watch itself notices what it watches for", async ({ browser, shipped }) => {
  const misdeeds = [
    [/a cookie was set/, () => (document.cookie = "a=b")],
    [/console says: oh/, () => console.error("oh")],
    [/CSP forbids style-src/, () => document.body.setAttribute("style", "color: red")],
    [/a script failed/, () => setTimeout(() => Promise.reject(new Error("oh")))],
    [/404 for/, () => document.body.append(Object.assign(new Image(), { src: "/media/none.png" }))],
    [/another host was asked/, () => location.assign("http://127.0.0.1:9/")],
  ];
  for (const [what, misbehave] of misdeeds) {
    const visitor = await Visitor.arrive(browser, shipped);
    await visitor.open("/about");
    await visitor.page.evaluate(misbehave);
    await visitor.page.waitForTimeout(500);
    await assert.rejects(visitor.leave(), what);
  }
});
