// The map of the world: a list for all, and zoom for whom it helps.

import assert from "node:assert/strict";

import { currentStop, tabTo } from "../harness/keyboard.mjs";
import { flow } from "../harness/suite.mjs";

const drawing = ".world-map__sheet";

async function shown(page) {
  const box = await page.locator(drawing).getAttribute("viewBox");
  const [x, y, width, height] = box.split(" ").map(Number);
  return { x, y, width, height };
}

/** Waits until what the map shows is as it should be; it may take its time to get there. */
async function until(page, what, holds) {
  let view;
  for (let tries = 50; tries > 0; tries -= 1) {
    view = await shown(page);
    if (holds(view)) return view;
    await page.waitForTimeout(100);
  }
  throw new assert.AssertionError({ message: `${what}: ${JSON.stringify(view)}` });
}

flow("map: every point stands in the list below, with and without a script", async ({ visit, shipped }) => {
  for (const javaScriptEnabled of [true, false]) {
    const visitor = await visit(shipped, { javaScriptEnabled });
    await visitor.open("/map");
    const { page } = visitor;
    const links = (selector) =>
      page.locator(selector).evaluateAll((all) => all.map((link) => link.getAttribute("href")).sort());
    const points = await links("a.world-map__point");
    assert.ok(points.length > 10);
    assert.deepEqual(await links(".world-map__list a"), points);
    assert.equal(await page.locator(".world-map__tools").count(), javaScriptEnabled ? 1 : 0);
    await page.getByRole("link", { name: /^Dubai.*: 1 article$/ }).dispatchEvent("click");
    await page.waitForURL("**/places/dubai");
  }
});

flow("map: zoom by keyboard, and the focus stays in view", async ({ visit, shipped }) => {
  for (const reducedMotion of ["reduce", "no-preference"]) {
    const visitor = await visit(shipped, { reducedMotion });
    const { page } = visitor;
    await visitor.open("/map");
    const whole = await shown(page);
    await tabTo(page, "a.world-map__point");
    assert.ok((await currentStop(page)).isShown, "a point shows the focus");
    for (let press = 0; press < 3; press += 1) await page.keyboard.press("+");
    const before = await until(page, "it is near", (view) => view.width < whole.width / 4);
    await page.keyboard.press("ArrowRight");
    await until(page, "the arrows move it", (view) => view.x > before.x);
    // The last point lies in New Zealand.
    const last = page.locator("a.world-map__point").last();
    const at = await last
      .locator("path")
      .last()
      .evaluate((path) => path.getAttribute("d").match(/[\d.]+/g).map(Number));
    await last.focus();
    await until(page, "what has the focus is shown", ({ x, width }) => at[0] > x && at[0] < x + width);
    await page.keyboard.press("0");
    await until(page, "it is whole", (view) => view.width === whole.width && view.x === whole.x);
    assert.ok(await page.getByRole("button", { name: "Zoom out" }).isDisabled());
    await page.getByRole("button", { name: "Zoom in" }).click();
    await until(page, "the button zooms", (view) => view.width < whole.width);
  }
});

flow("map: a wheel zooms with Ctrl only, and a drag moves it", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { reducedMotion: "reduce" });
  const { page } = visitor;
  await visitor.open("/map");
  const whole = await shown(page);
  const box = await page.locator(drawing).boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.75);
  await page.mouse.wheel(0, -100);
  await page.waitForTimeout(200);
  assert.deepEqual(await shown(page), whole, "the page scrolls");
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.75);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await page.waitForTimeout(200);
  const near = await shown(page);
  assert.ok(near.width < whole.width / 2, "Ctrl and the wheel zoom");
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.7, { steps: 4 });
  await page.mouse.up();
  const moved = await shown(page);
  assert.ok(moved.x > near.x && moved.width === near.width, "a drag moves it");
  assert.equal(new URL(page.url()).pathname, "/map");
});
