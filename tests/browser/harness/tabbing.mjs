// A walk through a page with the Tab key, from its beginning to its end.

/** What comes after so many is more of the same. */
const MOST_STOPS = 100;

/** What the key must stop at, marked so that each can be told from the others. */
async function markTargets(page) {
  return page.evaluate(() => {
    const selector = "a[href], button, input, select, textarea, summary, [tabindex]";
    const seen = new Set();
    const targets = [...document.querySelectorAll(selector)].filter((element) => {
      if (element.disabled || element.tabIndex < 0 || element.type === "hidden" || element.closest("[inert]")) return false;
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      // Of the buttons to choose one of, the key stops at one.
      if (element.type !== "radio") return true;
      const group = `${element.form?.id} ${element.name}`;
      return !seen.has(group) && seen.add(group);
    });
    window.stops = new Map();
    return targets.length;
  });
}

/** What has the focus now, and what is wrong with it; null for the page as a whole. */
function lookAtStop() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const name = `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}`;
  const isAgain = window.stops.has(element);
  const number = isAgain ? window.stops.get(element) : window.stops.size;
  window.stops.set(element, number);
  const boxes = [...element.getClientRects()];
  const inView = boxes.some(
    (box) => box.right >= 12 && box.bottom >= 12 && box.left <= innerWidth - 12 && box.top <= innerHeight - 12,
  );
  // A check box may show the focus by the words around it.
  const shows = [element, element.closest("label")].filter(Boolean).some((shown) => {
    const look = getComputedStyle(shown);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2 && !/, 0\)|\/ 0\)|transparent/.test(look.outlineColor);
  });
  const box = element.getBoundingClientRect();
  const isFixed = element.matches(".skip-link");
  const place = { left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY };
  return { name, number, isAgain, inView, shows, isFixed, place, box: { x: box.x, y: box.y, width: box.width, height: box.height } };
}

/** True if the look of the focused element is another without the focus. */
async function looksFocused(page, { box }) {
  const { width, height } = page.viewportSize();
  const x = Math.max(0, box.x - 6);
  const y = Math.max(0, box.y - 6);
  const clip = { x, y, width: Math.min(width - x, box.width + 12), height: Math.min(height - y, box.height + 12) };
  const focused = await page.screenshot({ clip });
  await page.evaluate(() => (window.held = document.activeElement).blur());
  const blurred = await page.screenshot({ clip });
  await page.evaluate(() => window.held.focus({ preventScroll: true, focusVisible: true }));
  return !focused.equals(blurred);
}

/** Walks through the whole page; gives back what is wrong on the way, as lines. */
export async function tabbingFindings(page) {
  const found = [];
  const targets = await markTargets(page);
  let before = null;
  let count = 0;
  let ends = 0;
  for (let pressed = 0; pressed < MOST_STOPS; pressed += 1) {
    await page.keyboard.press("Tab");
    let stop = await page.evaluate(lookAtStop);
    if (!stop) {
      // The browser's own controls, between the last and the first. A page may
      // have begun in its midst: with what is wrong in a form.
      ends += 1;
      if (ends > 2) break;
      before = null;
      continue;
    }
    if (stop.isAgain) {
      if (stop.number === before?.number) found.push(`Tab does not leave ${stop.name}`);
      break;
    }
    for (let wait = 0; !stop.inView && wait < 10; wait += 1) {
      await page.waitForTimeout(50); // It scrolls there.
      stop = (await page.evaluate(lookAtStop)) ?? stop;
    }
    count += 1;
    if (!stop.inView) found.push(`out of view: ${stop.name}`);
    else if (!stop.shows && !(await looksFocused(page, stop))) found.push(`the focus does not show: ${stop.name}`);
    // Columns and margins begin anew further up; a whole window up in the same
    // column is another order than the eye's.
    if (before && !before.isFixed) {
      const isAbove = before.place.top - stop.place.bottom > page.viewportSize().height;
      const isInColumn = stop.place.left < before.place.right && before.place.left < stop.place.right;
      if (isAbove && isInColumn) found.push(`after ${before.name} the focus goes back up to ${stop.name}`);
    }
    before = stop;
  }
  if (count < Math.min(targets, MOST_STOPS - ends)) {
    const missed = await page.evaluate(() => {
      const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
      return all
        .filter((element) => element.tabIndex >= 0 && element.type !== "radio" && !window.stops.has(element) && element.checkVisibility({ visibilityProperty: true }))
        .map((element) => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 40)}"`);
    });
    if (missed.length > 0) found.push(`Tab stops at ${count} of ${targets}; not at ${missed.slice(0, 10).join(", ")}`);
  }
  return found;
}
