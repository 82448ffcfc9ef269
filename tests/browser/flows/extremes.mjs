// Texts from right to left, without spaces, too long and too many: nothing of
// them is lost. (That nothing overflows, windows.mjs sees; the pictures of them
// are in shots/.)

import assert from "node:assert/strict";

import { assertNone, clippedTextFindings } from "../harness/checks.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const WINDOWS = [{ width: 360, height: 800 }, { width: 1440, height: 900 }];

for (const type of PAGES.filter(({ site, path }) => site === "awkward" && !String(path).includes("/report"))) {
  flow(`the title is there and in view: ${type.name}`, async ({ visit, awkward }) => {
    const visitor = await visit(awkward);
    const { page } = visitor;
    await open(visitor, type);
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      const title = page.locator("h1");
      assert.equal(await title.count(), 1, "one title");
      const { words, box } = await title.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { left, right, top, width, height } = range.getBoundingClientRect();
        return { words: element.innerText.trim(), box: { left, right, top, width, height } };
      });
      assert.ok(words.length > 0 && box.width > 0 && box.height > 0, `the title is empty: ${JSON.stringify(box)}`);
      assert.ok(box.top < size.height, `${size.width} px: the title begins at ${box.top} px, below the first view`);
      assert.ok(box.left >= -1 && box.right <= size.width + 1, `${size.width} px: it reaches from ${box.left} to ${box.right}`);
      assertNone(await clippedTextFindings(page));
    }
  });
}

for (const [language, path] of [["Arabic", "/articles/arabic"], ["Hebrew", "/articles/hebrew"]]) {
  flow(`${language} is set from right to left`, async ({ visit, awkward }) => {
    for (const viewport of WINDOWS) {
      const visitor = await visit(awkward, { viewport });
      await visitor.open(path);
      for (const block of ["h1", ".article__summary", ".prose > p:first-of-type"]) {
        const { gap, words } = await visitor.page.locator(block).first().evaluate((element) => {
          // The words before the first mark of a note, which may stand in the margin.
          const range = document.createRange();
          range.selectNodeContents(document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode());
          const { paddingRight, borderRightWidth } = getComputedStyle(element);
          const edge = element.getBoundingClientRect().right - parseFloat(paddingRight) - parseFloat(borderRightWidth);
          // The first line begins at the right, and what is left of it is not filled.
          const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
          const highest = Math.min(...boxes.map(({ top }) => top));
          const line = boxes.filter(({ top, height }) => top < highest + height / 2);
          return { gap: edge - Math.max(...line.map(({ right }) => right)), words: element.innerText };
        });
        assert.ok(Math.abs(gap) <= 8, `${viewport.width} px: ${block} begins ${gap.toFixed(0)} px from the right: ${words}`);
      }
    }
  });
}

flow("ten pictures have dimensions before they arrive, and room for what they show", async ({ visit, awkward }) => {
  for (const viewport of WINDOWS) {
    const visitor = await visit(awkward, { viewport });
    const { page } = visitor;
    await visitor.open("/articles/ten-pictures");
    const pictures = await page.locator("main figure img").evaluateAll((images) =>
      images.map((image) => ({
        source: image.getAttribute("src"),
        width: Number(image.getAttribute("width")),
        height: Number(image.getAttribute("height")),
        alt: image.alt,
        box: { width: image.getBoundingClientRect().width, height: image.getBoundingClientRect().height },
        caption: image.closest("figure").querySelector("figcaption")?.innerText ?? "",
      })),
    );
    assert.equal(pictures.length, 10);
    for (const { source, width, height, alt, box, caption } of pictures) {
      assert.ok(width > 0 && height > 0, `${source} has no dimensions`);
      const squeezed = box.width / box.height / (width / height);
      assert.ok(Math.abs(squeezed - 1) < 0.05, `${viewport.width} px: ${source} is ${box.width} by ${box.height}`);
      assert.ok(box.width <= width + 1, `${source} is blown up from ${width} to ${box.width} px`);
      assert.ok(alt && caption, `${source} has its words`);
    }
    // Those below the first view wait until somebody comes near.
    const eager = await page.locator("main figure img:not([loading=lazy])").count();
    assert.ok(eager <= 1, `${eager} pictures do not wait`);
  }
});

flow("a crowded day and a crowded place list all that there is", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const links = (pattern) =>
    visitor.page.locator("main a").evaluateAll((all, pattern) => {
      const paths = all.map((link) => new URL(link.href).pathname);
      return new Set(paths.filter((path) => new RegExp(pattern).test(path))).size;
    }, pattern);
  await visitor.open("/on/september-9");
  assert.equal(await links("^/articles/gate-opened-"), 30);
  await visitor.open("/places/the-crowded-harbour");
  assert.equal(await links("^/articles/(gate-opened|ship-sunk)-"), 40);
});

flow("sixty notes all lead to their note and back", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  await visitor.open("/articles/sixty-notes");
  const { references, lost } = await visitor.page.evaluate(() => {
    const references = [...document.querySelectorAll("main sup a[href^='#']")];
    const target = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const lost = references.filter((link) => {
      const note = target(link);
      return !note || ![...note.querySelectorAll("a[href^='#']")].some((back) => target(back)?.contains(link) || target(back) === link);
    });
    return { references: references.length, lost: lost.map((link) => link.hash) };
  });
  assert.ok(references >= 60, `there are only ${references} references`);
  assert.deepEqual(lost, []);
});
