// With nothing but a keyboard: the way through the site, and a report.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { assertNone } from "../harness/checks.mjs";
import { PATIENCE } from "../harness/daybook.mjs";
import { currentStop, tabTo } from "../harness/keyboard.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";
import { tabbingFindings } from "../harness/tabbing.mjs";

for (const type of PAGES) {
  flow(`keyboard only: every stop shows, none is missed, none holds: ${type.name}`, async (world) => {
    const visitor = await world.visit(world[type.site]);
    await open(visitor, type);
    const { page } = visitor;
    if (!type.form) {
      await followSkipLink(page, type.name);
      await open(visitor, type);
    }
    assertNone(await tabbingFindings(page));
  });
}

/** The skip link comes first and leads to the text. */
async function followSkipLink(page, name) {
  await page.keyboard.press("Tab");
  const first = await currentStop(page, ".skip-link");
  assert.ok(first?.matches, `the first stop of ${name} is ${first?.is}`);
  assert.ok(first.isShown && first.inView, `the skip link shows on ${name}`);
  await page.keyboard.press("Enter");
  await page.waitForURL("**#main");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await page.keyboard.press("Tab");
  const next = await currentStop(page, "main *, footer *");
  assert.ok(next?.matches, `after the skip link of ${name} comes ${next?.is}`);
}

flow("keyboard only: every stop of a long article shows the focus", async ({ visit, awkward }) => {
  for (const [width, colorScheme] of [[1280, "light"], [360, "dark"]]) {
    const visitor = await visit(awkward, { viewport: { width, height: 700 }, colorScheme });
    const { page } = visitor;
    await visitor.open("/articles/everything-at-once");
    await tabTo(page, ".colophon li:last-child a");
    await page.keyboard.press("Shift+Tab");
    assert.ok((await currentStop(page)).isShown, "backwards too");
  }
});

flow("keyboard only: reading path", async ({ visit, shipped }) => {
  const visitor = await visit(shipped);
  const { page } = visitor;
  const follow = async (selector, words, path) => {
    await tabTo(page, selector, words);
    await page.keyboard.press("Enter");
    await page.waitForURL(path);
  };
  await visitor.open("/");
  await follow(".masthead__nav a", /^Calendar$/, "/on/*");
  await follow(".months a", /^January$/, "/on/january");
  await follow(".calendar a", /January 4\b/, "/on/january-4");
  await follow(".event__title a", /capture Seoul/, "/articles/fall-of-seoul-1951");
  await follow("main a", /^Seoul, South Korea$/, "/places/seoul");
  await follow(".event__title a", /^(?!.*capture Seoul)/, "/articles/*");
  const article = page.url();
  await follow(".neighbours a[rel=next]", /./, (url) => url.href !== article);
  await follow(".neighbours a[rel=prev]", /./, article);
  await visitor.open("/articles/fall-of-seoul-1951");
  await follow(".article__date a", /^1951$/, "/year/1951");
  await visitor.open("/on/january-4");
  await follow("h1 a", /^January$/, "/on/january");
  await follow(".calendar a", /January 7\b/, "/on/january-7");
});

flow("keyboard only: a report from a paragraph to the receipt", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  const { keyboard } = page;
  await visitor.open("/articles/bridge-opens");
  await tabTo(page, "#p-2 a.report-passage");
  await keyboard.press("Enter");
  await page.waitForURL("**/report?r=1&p=2");
  // The first of the passages is chosen; the arrows choose another.
  await tabTo(page, "[name=passage]");
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  const passage = await page.locator("[name=passage]:checked").inputValue();
  assert.match(passage, /^Its “engineer”/);

  // Sent too early: the summary of what is missing is a few stops away.
  await tabTo(page, "form [type=submit]");
  await keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await tabTo(page, "a[href='#field-wrong']");
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.name === "wrong");
  await keyboard.type("By keyboard alone.");
  await keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.name), "category");
  await keyboard.press("Space");
  assert.equal(await page.locator("[name=category]:checked").count(), 1);
  await sleep(PATIENCE);
  await tabTo(page, "form [type=submit]");
  await keyboard.press("Enter");
  await page.waitForURL("/reports/*");
  const [report] = (await awkward.reports()).filter(({ wrong }) => wrong === "By keyboard alone.");
  assert.equal(report.state, "received");
  assert.equal(report.quote, passage);
  assert.equal(report.paragraph, 2);
  await tabTo(page, ".receipt__address a");
});

flow("keyboard only: the arrow keys turn the days", async ({ visit, shipped }) => {
  const visitor = await visit(shipped);
  const { page } = visitor;
  const { keyboard } = page;
  await visitor.open("/on/january-4");
  await page.getByText("The keys ← and → turn the pages.").waitFor();
  await keyboard.press("ArrowRight");
  await page.waitForURL("/on/january-5");
  await page.locator("day-keys:not(:empty)").waitFor();
  await keyboard.press("ArrowLeft");
  await page.waitForURL("/on/january-4");
  await page.locator("day-keys:not(:empty)").waitFor();

  // Where the arrows already mean something, they do that.
  const stays = async (what) => {
    await page.waitForTimeout(150);
    assert.equal(new URL(page.url()).pathname, "/on/january-4", what);
  };
  for (const modifier of ["Shift", "Control", "Meta"]) {
    await keyboard.press(`${modifier}+ArrowRight`);
    await stays(`with ${modifier}`);
  }
  await page.locator(".reading-preferences summary").click();
  await page.locator(".reading-preferences select").first().focus();
  await keyboard.press("ArrowRight");
  await stays("in a field");
  await page.evaluate(() => {
    document.activeElement.blur();
    getSelection().selectAllChildren(document.querySelector(".event__summary"));
  });
  await keyboard.press("ArrowRight");
  await stays("with words selected");
  await page.evaluate(() => getSelection().removeAllRanges());
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await keyboard.press("ArrowLeft");
  await page.waitForURL("/on/january-5");
});

flow("the arrow keys do nothing on a page without neighbours", async ({ visit, shipped }) => {
  const visitor = await visit(shipped);
  await visitor.open("/about");
  assert.equal(await visitor.page.locator("day-keys").count(), 0);
});
