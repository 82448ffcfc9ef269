// What is disputed says so where it stands, and leads to who says what.

import assert from "node:assert/strict";

import { flow } from "../harness/suite.mjs";

for (const javaScriptEnabled of [true, false]) {
  const manner = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  flow(`from a disputed date to those who dispute it, ${manner}`, async ({ visit, shipped }) => {
    const visitor = await visit(shipped, { javaScriptEnabled });
    const { page } = visitor;
    await visitor.open("/on/august-24");
    const mark = page.getByRole("link", { name: /^date disputed.*Vesuvius/ });
    await mark.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("/articles/eruption-of-vesuvius#accounts-differ");
    const accounts = page.getByRole("region", { name: "Accounts differ" });
    assert.ok(await isInWindow(accounts.getByRole("heading", { level: 2 })), "the accounts are in the window");
    const terms = await accounts.locator("dt").allInnerTexts();
    assert.ok(terms.some((term) => term.startsWith("August 24, 79 CE")), terms.join("; "));
    assert.ok(terms.some((term) => term.startsWith("October 24, 79 CE")), terms.join("; "));
    await accounts.locator("dd a").first().click();
    const source = page.locator(":target");
    assert.match(await source.getAttribute("id"), /^source-/);
    assert.ok(await isInWindow(source), "the source is in the window");
  });
}

flow("a disputed date is marked on its other day, too", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { viewport: { width: 360, height: 800 } });
  await visitor.open("/on/october-24");
  assert.equal(await visitor.page.locator("main article .disputed").count(), 1);
});

flow("a life is drawn as one line, on paper and on a telephone", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open("/people/ada-plain");
  for (const [width, media] of [[360, "screen"], [1280, "screen"], [720, "print"]]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ media });
    const points = await page.locator(".lifeline > li").evaluateAll((list) =>
      list.map((point) => {
        const { top, bottom } = point.getBoundingClientRect();
        const entry = point.querySelector(".event__entry").getBoundingClientRect();
        const border = getComputedStyle(point).borderInlineStartWidth;
        return { top, bottom, inner: entry.height, border };
      }),
    );
    assert.ok(points.length >= 4, `${points.length} points`);
    for (let at = 1; at < points.length; at += 1) {
      const gap = points[at].top - points[at - 1].bottom;
      assert.ok(Math.abs(gap) < 1, `no gap in the line at ${width} px: ${gap}`);
    }
    const dots = await page.locator(".lifeline > li").evaluateAll((list) =>
      list.map((point) => Number.parseFloat(getComputedStyle(point, "::before").width)),
    );
    assert.ok(dots.every((dot) => dot > 4), `a dot at each point: ${dots}`);
  }
});

/** Whether an element has come into the part of the page that is shown. */
async function isInWindow(element) {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    const box = await element.boundingBox();
    const { height } = element.page().viewportSize();
    if (box && box.y >= 0 && box.y < height) return true;
    await element.page().waitForTimeout(50);
  }
  return false;
}
