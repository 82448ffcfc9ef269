// A picture of every type of page for people to look at, narrow and wide, light
// and dark: `run.mjs shots`. Nothing is compared.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const SHOTS = fileURLToPath(new URL("../shots/", import.meta.url));

for (const type of PAGES) {
  flow(`pictures: ${type.name}`, async ({ visit, ...sites }) => {
    const visitor = await visit(sites[type.site]);
    await open(visitor, type);
    const { page } = visitor;
    await mkdir(SHOTS, { recursive: true });
    for (const width of [360, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const name = `${type.name.replaceAll(" ", "-")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: `${SHOTS}${name}`, fullPage: true });
      }
    }
  });
}
