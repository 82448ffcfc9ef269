// Choosing words on a page with the pointer.

/** Words as they are read: white space of any kind counts as one space. */
export const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** Draws the pointer over the words of a paragraph from one to another. */
export async function select(page, paragraph, from, to) {
  await page.locator(paragraph).scrollIntoViewIfNeeded();
  const { start, end } = await page.locator(paragraph).evaluate(
    (element, words) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const boxOf = (wanted) => {
        walker.currentNode = element;
        while (walker.nextNode()) {
          const at = walker.currentNode.data.indexOf(wanted);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + wanted.length);
          const { left, right, top, bottom } = range.getClientRects()[0];
          return { left, right, middle: (top + bottom) / 2 };
        }
        throw new Error(`“${wanted}” is not in ${element.id}`);
      };
      return { start: boxOf(words.from), end: boxOf(words.to) };
    },
    { from, to },
  );
  await page.mouse.move(start.left + 1, start.middle);
  await page.mouse.down();
  await page.mouse.move(start.left + 20, start.middle, { steps: 3 });
  await page.mouse.move(end.right - 1, end.middle, { steps: 5 });
  await page.mouse.up();
}
