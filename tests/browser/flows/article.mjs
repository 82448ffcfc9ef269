// An article as it is read: notes beside their lines or at the end, the place
// kept through a reload, links to words.

import assert from "node:assert/strict";

import { flow } from "../harness/suite.mjs";

const LONG = "/articles/fall-of-seoul-1951";

flow("article: wide windows show each note beside its line, and none on another", async ({ visit, shipped }) => {
  const visitor = await visit(shipped);
  const { page } = visitor;
  await visitor.open(LONG);
  for (const width of [1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const notes = await page.locator(".margin-note").evaluateAll((list) =>
      list.map((note) => {
        const { top, bottom, left, right } = note.getBoundingClientRect();
        const mark = note.previousElementSibling.getBoundingClientRect();
        const text = note.closest(".prose").getBoundingClientRect();
        return { top, bottom, left, right, mark: mark.top, text: text.right, words: note.innerText };
      }),
    );
    assert.ok(notes.length > 10, `${notes.length} notes`);
    for (const [index, note] of notes.entries()) {
      assert.ok(note.left > note.text && note.right <= width, `${width} px: ${note.words}`);
      const above = notes[index - 1]?.bottom ?? 0;
      assert.ok(note.top >= above, `${note.words} stands on the note above it`);
      // Beside its line, unless others have pushed it down.
      const pushed = Math.max(0, above - note.mark);
      assert.ok(Math.abs(note.top - note.mark) < 40 + pushed, `${note.words} is far from its mark`);
    }
    // No link leads to what is not shown.
    assert.equal(await page.locator(".note-ref a:visible").count(), 0);
    assert.equal(await page.locator("#notes:visible").count(), 0);
  }
});

for (const width of [360, 1000]) {
  flow(`article: ${width} px show the notes at the end, and the way back`, async ({ visit, shipped }) => {
    const visitor = await visit(shipped, { viewport: { width, height: 800 } });
    const { page } = visitor;
    await visitor.open(LONG);
    assert.equal(await page.locator(".margin-note:visible").count(), 0);
    const reference = page.locator(".note-ref a[aria-label='Note 3']").first();
    await reference.click();
    await page.waitForURL("**#fn-3");
    const note = page.locator("#fn-3");
    assert.ok(await note.isVisible());
    await note.locator(".note-back").first().click();
    await page.waitForURL("**#fnref-3");
    assert.ok(await reference.isVisible());
  });
}

flow("article: the reader's place survives a reload where the browser loses it", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { viewport: { width: 900, height: 800 } });
  const { page } = visitor;
  await page.addInitScript(() => (history.scrollRestoration = "manual"));
  await visitor.open(LONG);
  const top = () => page.locator("#p-6").evaluate((place) => Math.round(place.getBoundingClientRect().top));
  await page.locator("#p-6").evaluate((place) => place.scrollIntoView({ block: "start" }));
  const place = await top();
  assert.ok(Math.abs(place) < 60, `${place}`);
  await page.reload();
  await page.waitForFunction(() => scrollY > 0);
  assert.ok(Math.abs((await top()) - place) < 4, `${await top()} instead of ${place}`);
  // Whoever comes anew begins at the beginning.
  await visitor.open("/about");
  await visitor.open(LONG);
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => scrollY), 0);
});

flow("article: a link to selected words", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = visitor;
  await visitor.open(LONG);
  const copied = async (from, to) => {
    await page.evaluate(
      ([from, to]) => {
        const find = (words) => {
          const walker = document.createTreeWalker(document.querySelector(".prose"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at >= 0) return [walker.currentNode, at];
          }
          throw new Error(`no “${words}”`);
        };
        const range = document.createRange();
        range.setStart(...find(from));
        const [node, at] = find(to);
        range.setEnd(node, at + to.length);
        const selection = document.getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
      },
      [from, to],
    );
    await page.getByRole("button", { name: "Copy link to these words" }).click();
    await page.getByRole("status").filter({ hasText: "Copied" }).waitFor({ state: "attached" });
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const short = await copied("withdrawn from", "city");
  assert.match(short, /fall-of-seoul-1951\?r=\d+#p-1:~:text=withdrawn%20from%20the%20city$/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Copy link to these words" }).waitFor({ state: "detached" });
  // The notes between the words are no part of them.
  const long = await copied("Communist troops took", "Communist rule.");
  const [start, end] = long.split(":~:text=")[1].split(",").map(decodeURIComponent);
  assert.equal(start, "Communist troops took it over");
  assert.match(end, /come under Communist rule\.$/);
  assert.doesNotMatch(long, /Phase/);
});
