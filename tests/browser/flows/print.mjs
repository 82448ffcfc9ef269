// A printed page has the text and its sources, and nothing to press.

import assert from "node:assert/strict";

import { flow } from "../harness/suite.mjs";

flow("print: an article without what only a screen needs", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { colorScheme: "dark" });
  const { page } = visitor;
  await visitor.open("/articles/fall-of-seoul-1951");
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".masthead__nav", ".masthead__report", ".skip-link", "a.report-passage", "a.share-passage", "share-link", ".colophon nav", ".neighbours"]) {
    for (const element of await page.locator(hidden).all()) {
      assert.ok(!(await element.isVisible()), `${hidden} is not printed`);
    }
  }
  for (const shown of ["h1", ".prose p", ".sources li", ".big-date"]) {
    assert.ok(await page.locator(shown).first().isVisible(), `${shown} is printed`);
  }
  // Ink costs money: paper stays white whatever the screen does.
  const [red, green, blue] = await page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    const color = getComputedStyle(document.body).backgroundColor;
    canvas.fillStyle = "white";
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  });
  assert.ok(Math.min(red, green, blue) > 240, `the paper is rgb(${red} ${green} ${blue})`);
});

flow("print: a code leads from paper back to the page, and no screen loads it", async ({ visit, shipped }) => {
  const visitor = await visit(shipped);
  const { page } = visitor;
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/qr.svg")) asked += 1;
  });
  await visitor.open("/articles/fall-of-seoul-1951");
  await page.waitForLoadState("networkidle");
  assert.equal(asked, 0, "the code is of no use on a screen");
  await page.pdf({ format: "A4" });
  assert.equal(asked, 1, "a printer waits for it");
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".accuracy__paper img").evaluate((code) => code.complete && code.naturalWidth > 0));
  assert.match(await page.locator(".accuracy__paper").innerText(), /\/articles\/fall-of-seoul-1951\?r=1/);
});

flow("print: the addresses of sources stand beside them", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open("/articles/everything-at-once");
  await page.emulateMedia({ media: "print" });
  const after = (selector) =>
    page.locator(selector).first().evaluate((link) => getComputedStyle(link, "::after").content);
  const address = await page.locator(".sources cite a").first().getAttribute("href");
  assert.ok((await after(".sources cite a")).includes(address), "the address of a source");
  assert.equal(await after(".article__tags a"), "none", "a link within the site needs none");
});

flow("print: it makes a PDF of a few pages", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  await visitor.open("/articles/everything-at-once");
  const pdf = (await visitor.page.pdf({ format: "A4" })).toString("latin1");
  const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0;
  assert.ok(pages >= 1 && pages <= 6, `${pages} pages`);
});
