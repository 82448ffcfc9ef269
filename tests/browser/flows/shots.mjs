// A picture of every type of page for people to look at: narrow by night and
// wide by day; both by both if this file is named (`run.mjs shots`). Nothing is
// compared.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const SHOTS = fileURLToPath(new URL("../shots/", import.meta.url));

for (const type of PAGES) {
  flow(`pictures: ${type.name}`, async ({ visit, words, ...sites }) => {
    const visitor = await visit(sites[type.site]);
    await open(visitor, type);
    const { page } = visitor;
    await mkdir(SHOTS, { recursive: true });
    const isNamed = words.some((word) => "shots".includes(word));
    for (const [width, usual] of [[360, "dark"], [1440, "light"]]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of isNamed ? ["light", "dark"] : [usual]) {
        await page.emulateMedia({ colorScheme });
        const name = `${type.name.replaceAll(" ", "-")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: `${SHOTS}${name}`, fullPage: true });
      }
    }
  });
}
