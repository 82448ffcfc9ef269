// No page scrolls sideways, and everything can be tapped: on telephones, in the
// narrowest window that WCAG asks for, enlarged to 200 %, where the reader has
// set letters to twice the usual size, and on a desk.

import {
  assertNone,
  coveredTargetFindings,
  overflowFindings,
  smallTargetFindings,
} from "../harness/checks.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const WINDOWS = [
  { width: 360, height: 800 },
  { width: 320, height: 640 },
  // A window of 1280 px at 200 %, and one of 768 px.
  { width: 640, height: 400 },
  { width: 384, height: 512 },
  { width: 1280, height: 800 },
];

for (const type of PAGES) {
  flow(`fits every window: ${type.name}`, async (world) => {
    const visitor = await world.visit(world[type.site], { hasTouch: true });
    await open(visitor, type);
    const { page } = visitor;
    const found = [];
    const check = async (what) => {
      const findings = [
        ...(await overflowFindings(page)),
        ...(await smallTargetFindings(page)),
        ...(await coveredTargetFindings(page)),
      ];
      found.push(...findings.map((finding) => `${what}: ${finding}`));
    };
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await check(`${size.width} px`);
    }
    const session = await page.context().newCDPSession(page);
    await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    for (const width of [640, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await check(`letters twice as large, ${width} px`);
    }
    assertNone(found);
  });
}
