// The keyboard as the only thing a visitor has.

import assert from "node:assert/strict";

const MOST_STOPS = 250;

/**
 * Presses Tab until the focus is on an element that matches `selector` (and,
 * if given, whose words match `words`). Every stop on the way must show that
 * it has the focus, and must be in view.
 */
export async function tabTo(page, selector, words = /(?:)/) {
  const passed = [];
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    let stop = await currentStop(page, selector);
    if (!stop) continue; // The browser's own controls, between the last and the first.
    for (let wait = 0; !stop.inView && wait < 10; wait += 1) {
      await page.waitForTimeout(50); // It scrolls there.
      stop = await currentStop(page, selector);
    }
    assert.ok(stop.isShown, `the focus does not show on ${stop.is}: ${JSON.stringify(stop.style)}`);
    assert.ok(stop.inView, `the focus is out of view on ${stop.is}`);
    if (stop.matches && words.test(stop.words)) return stop;
    passed.push(stop.is);
  }
  throw new Error(`Tab never reaches ${selector} ${words}; it stops at\n${passed.join("\n")}`);
}

/** What has the focus; null for the page as a whole. */
export async function currentStop(page, selector = "*") {
  return page.evaluate((selector) => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    const look = getComputedStyle(element);
    const style = { outline: look.outline, boxShadow: look.boxShadow };
    const hasOutline = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 1;
    const isTransparent = /rgba\(.*, 0\)|transparent/.test(look.outlineColor);
    // A link may break over lines, and a field be larger than the window: part
    // of it must be in view.
    const inView = [...element.getClientRects()].some(
      (box) => box.right >= 12 && box.bottom >= 12 && box.left <= innerWidth - 12 && box.top <= innerHeight - 12,
    );
    const words = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\s+/g, " ");
    return {
      isShown: hasOutline && !isTransparent,
      inView,
      matches: element.matches(selector),
      style,
      words,
      is: `<${element.tagName.toLowerCase()} class="${element.className}"> ${words.slice(0, 50)}`,
    };
  }, selector);
}
