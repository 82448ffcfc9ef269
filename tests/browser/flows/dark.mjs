// Paper and ink, by day and by night. (Whether the contrast suffices in both,
// accessibility.mjs asks axe-core.)

import assert from "node:assert/strict";

import { flow } from "../harness/suite.mjs";

/** Relative luminance as WCAG defines it, from what the screen shows. */
async function luminance(page, property) {
  return page.evaluate((property) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = getComputedStyle(document.body)[property];
    canvas.fillRect(0, 0, 1, 1);
    const linear = (value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    };
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    if (alpha !== 255) throw new Error(`the ${property} of the page is not opaque`);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  }, property);
}

for (const [colorScheme, isRight] of [
  ["light", (paper, ink) => paper > 0.8 && ink < 0.1],
  ["dark", (paper, ink) => paper < 0.05 && ink > 0.5],
]) {
  flow(`${colorScheme}: paper and ink are as the reader's system asks`, async ({ visit, shipped }) => {
    const visitor = await visit(shipped, { colorScheme });
    for (const path of ["/", "/articles/fall-of-seoul-1951", "/contact", "/nowhere"]) {
      await visitor.open(path, path === "/nowhere" ? 404 : 200);
      const paper = await luminance(visitor.page, "backgroundColor");
      const ink = await luminance(visitor.page, "color");
      assert.ok(isRight(paper, ink), `${path}: paper ${paper.toFixed(3)}, ink ${ink.toFixed(3)}`);
      const contrast = (Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05);
      assert.ok(contrast >= 7, `${path}: the contrast of the text is ${contrast.toFixed(1)}`);
      const scheme = await visitor.page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
      assert.equal(scheme, colorScheme === "dark");
    }
  });
}

flow("dark: it changes while the page is open", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { colorScheme: "light" });
  await visitor.open("/on/january-4");
  const before = await luminance(visitor.page, "backgroundColor");
  await visitor.page.emulateMedia({ colorScheme: "dark" });
  assert.ok((await luminance(visitor.page, "backgroundColor")) < before / 10);
});
