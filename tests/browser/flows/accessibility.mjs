// axe-core finds nothing on any type of page, light and dark, wide and narrow.

import { accessibilityFindings, assertNone } from "../harness/checks.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const WINDOWS = [
  { width: 1280, height: 800 },
  { width: 360, height: 800 },
];

for (const type of PAGES) {
  flow(`axe-core finds nothing: ${type.name}`, async (world) => {
    const visitor = await world.visit(world[type.site]);
    await open(visitor, type);
    const found = [];
    for (const colorScheme of ["light", "dark"]) {
      for (const size of WINDOWS) {
        await visitor.page.emulateMedia({ colorScheme });
        await visitor.page.setViewportSize(size);
        const findings = await accessibilityFindings(visitor.page);
        found.push(...findings.map((finding) => `${colorScheme}, ${size.width} px: ${finding}`));
      }
    }
    assertNone(found);
  });
}
