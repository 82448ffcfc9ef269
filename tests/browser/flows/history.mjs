// What an article said before: found from its page, read, and compared, with
// and without JavaScript.

import assert from "node:assert/strict";

import { revise } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

for (const javaScriptEnabled of [true, false]) {
  const manner = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  flow(`from an article to what changed in it, ${manner}`, async ({ visit, awkward }) => {
    await changed(awkward);
    const visitor = await visit(awkward, { javaScriptEnabled });
    const { page } = visitor;
    await visitor.open("/articles/revised");
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.waitForURL("/articles/revised/history");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.waitForURL("/articles/revised/compare/1..2");
    assert.equal(await page.locator(".comparison__changed del").textContent(), "[taken out: two]");
    assert.equal(await page.locator(".comparison__changed ins").textContent(), "[put in: three]");
    await page.getByRole("link", { name: "Revision 1", exact: true }).click();
    await page.waitForURL("/articles/revised/revisions/1");
    assert.match(await page.locator(".prose").innerText(), /two tons/);
    await page.getByRole("link", { name: "The present article" }).click();
    await page.waitForURL("/articles/revised");
  });
}

for (const width of [320, 360, 768, 1440]) {
  flow(`the past of an article fits a window of ${width} px`, async ({ visit, awkward }) => {
    await changed(awkward);
    const visitor = await visit(awkward, { viewport: { width, height: 800 } });
    for (const path of ["history", "revisions/1", "compare/1..2"]) {
      await visitor.open(`/articles/revised/${path}`);
      const wide = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} is ${wide} px wide`);
      const small = await visitor.page
        .locator("main :is(select, button, summary)")
        .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 24).length);
      assert.equal(small, 0, `${path} has nothing too small to hit`);
    }
  });
}

flow("what was taken out and put in is told by more than colour", async ({ visit, awkward }) => {
  await changed(awkward);
  const visitor = await visit(awkward);
  await visitor.open("/articles/revised/compare/1..2");
  const line = (element) =>
    visitor.page
      .locator(`.comparison__changed ${element}`)
      .evaluate((one) => getComputedStyle(one).textDecorationLine);
  assert.equal(await line("del"), "line-through");
  assert.equal(await line("ins"), "underline");
});

flow("corrections for machines are no script that the policy refuses", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const refused = [];
  visitor.page.on("console", (message) => refused.push(message.text()));
  await visitor.open("/articles/everything-at-once");
  const data = await visitor.page.locator('script[type="application/ld+json"]').textContent();
  assert.equal(JSON.parse(data)["@graph"][0]["@type"], "Article");
  assert.deepEqual(refused, []);
});

/** Sees to it that the article has a past, whoever came first. */
async function changed(site) {
  const page = await (await fetch(`${site.url}/articles/revised`)).text();
  if (!page.includes("three tons")) await revise(site);
}
