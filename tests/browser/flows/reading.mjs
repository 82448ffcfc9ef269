// A reader follows links from the first page through the whole site and back,
// with and without JavaScript.

import assert from "node:assert/strict";

import { flow } from "../harness/suite.mjs";

for (const javaScriptEnabled of [true, false]) {
  const manner = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  flow(`reading path, ${manner}`, async ({ visit, shipped }) => {
    const visitor = await visit(shipped, { javaScriptEnabled });
    const { page } = visitor;
    const main = page.locator("main");
    const heading = () => page.locator("h1").innerText();
    const follow = async (link, path) => {
      await link.click();
      await page.waitForURL(path);
      assert.equal(await page.locator("h1").count(), 1, `one h1 on ${path}`);
    };

    await visitor.open("/");
    const today = await heading();
    await follow(main.getByRole("link", { name: /^[A-Z][a-z]+ \d+$/ }).and(page.locator("[rel=next]")), "/on/*");
    assert.notEqual(await heading(), today);
    await follow(main.locator("[rel=prev]"), "/on/*");
    assert.equal(await heading(), today, "the day before tomorrow is today");

    await follow(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Calendar" }), "/on/*");
    await follow(page.getByRole("navigation", { name: "Months" }).getByRole("link", { name: "January" }), "/on/january");
    await follow(main.getByRole("link", { name: /January 4\b/ }), "/on/january-4");
    assert.match(await heading(), /January\s+4/i);
    const years = await main.locator(".event__year").allInnerTexts();
    assert.ok(years.length >= 3, "January 4 has three events");
    assert.deepEqual(years, [...years].sort((a, b) => Number(a) - Number(b)), "by year");

    await follow(main.getByRole("link", { name: /^Read more.*capture Seoul$/ }), "/articles/fall-of-seoul-1951");
    assert.match(await page.title(), /capture Seoul – Daybook$/);
    await follow(main.locator(".article__tags").getByRole("link", { name: "Seoul, South Korea" }), "/places/seoul");
    assert.equal(await heading(), "Seoul, South Korea");
    const another = main.locator(".event__title a:not([href$=fall-of-seoul-1951])").first();
    const path = await another.getAttribute("href");
    await follow(another, path);

    const before = main.getByRole("navigation", { name: /before and after/ });
    await follow(before.locator("[rel=next]"), "/articles/*");
    await follow(page.getByRole("navigation", { name: /before and after/ }).locator("[rel=prev]"), path);

    await visitor.open("/articles/fall-of-seoul-1951");
    await follow(main.locator(".article__date").getByRole("link", { name: "1951" }), "/year/1951");
    assert.equal(await heading(), "1951");
    await page.goBack();
    await follow(main.locator(".article__date").getByRole("link", { name: /January\s+4/i }), "/on/january-4");
    await follow(main.getByRole("link", { name: "January", exact: true }), "/on/january");
    await follow(main.getByRole("link", { name: /January 7\b/ }), "/on/january-7");
  });

  flow(`from a year to its century, the timeline and back, ${manner}`, async ({ visit, shipped }) => {
    const visitor = await visit(shipped, { javaScriptEnabled });
    const { page } = visitor;
    const main = page.locator("main");
    const follow = async (link, path) => {
      await link.click();
      await page.waitForURL(path);
    };
    await visitor.open("/year/1951");
    await follow(main.getByRole("link", { name: "1950s", exact: true }), "/decade/1950s");
    await follow(main.locator("[rel=prev]"), "/decade/*");
    await follow(main.locator("[rel=next]"), "/decade/1950s");
    await follow(main.getByRole("link", { name: "20th century" }), "/century/20th");
    await follow(main.locator("[rel=prev]"), "/century/19th");
    await follow(main.getByRole("link", { name: "Timeline" }), "/timeline");
    await follow(page.getByRole("navigation", { name: "How much is told" }).getByRole("link", { name: "20th century" }), "**#20th");
    await follow(main.getByRole("link", { name: "1951", exact: true }), "/year/1951");
    await follow(main.getByRole("link", { name: /capture Seoul$/ }).first(), "/articles/fall-of-seoul-1951");
  });

  flow(`a day on which nothing is told leads to its neighbours, ${manner}`, async ({ visit, shipped }) => {
    const visitor = await visit(shipped, { javaScriptEnabled });
    const { page } = visitor;
    await visitor.open("/on/january-2");
    const links = page.locator("main .prose a");
    assert.deepEqual(await links.allInnerTexts(), ["January 1", "January 4"]);
    await links.last().click();
    await page.waitForURL("/on/january-4");
  });

  flow(`notes lead to the foot of the article and back, ${manner}`, async ({ visit, awkward }) => {
    const visitor = await visit(awkward, { javaScriptEnabled, viewport: { width: 1000, height: 800 } });
    const { page } = visitor;
    await visitor.open("/articles/everything-at-once");
    const reference = page.locator("sup.note-ref a").first();
    await reference.click();
    await page.waitForURL("**#fn-1");
    const note = page.locator("#fn-1");
    await note.locator("a:not(.note-back)").first().click();
    await page.waitForURL("**#source-book");
    await note.locator(".note-back").first().click();
    await page.waitForURL("**#fnref-*");
  });

  flow(`every link of the masthead and the colophon leads somewhere, ${manner}`, async ({ visit, shipped }) => {
    const visitor = await visit(shipped, { javaScriptEnabled });
    await visitor.open("/places");
    const hrefs = await visitor.page
      .locator(".masthead a, .colophon a, .skip-link")
      .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
    assert.ok(hrefs.length >= 14, `there are only ${hrefs}`);
    for (const href of hrefs.filter((href) => href.startsWith("/"))) await visitor.open(href);
  });
}
