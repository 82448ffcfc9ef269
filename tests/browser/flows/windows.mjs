// No page scrolls sideways, no words are cut off or run into others, and
// everything can be tapped: on telephones, in the narrowest window that WCAG
// asks for, enlarged to 200 %, where the reader has set letters to twice the
// usual size, and on a desk.

import {
  assertNone,
  clippedTextFindings,
  coveredTargetFindings,
  overflowFindings,
  smallTargetFindings,
  spilledTextFindings,
} from "../harness/checks.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const WINDOWS = [
  { width: 360, height: 800 },
  { width: 320, height: 640 },
  // A window of 1440 px at 200 %; the first two are one of 720 and one of 640.
  { width: 720, height: 450 },
  { width: 1280, height: 800 },
];

for (const type of PAGES) {
  flow(`fits every window: ${type.name}`, async (world) => {
    const visitor = await world.visit(world[type.site], { hasTouch: true });
    await open(visitor, type);
    const { page } = visitor;
    const found = [];
    const check = async (what, isTapped = true) => {
      // Lines of other letters are of another height.
      await page.evaluate(() => document.fonts.ready.then(() => null));
      const findings = [
        ...(await overflowFindings(page)),
        ...(await clippedTextFindings(page)),
        ...(await spilledTextFindings(page)),
        ...(await smallTargetFindings(page)),
        // Which is slow, and no window between these two covers what they show.
        ...(isTapped ? await coveredTargetFindings(page) : []),
      ];
      found.push(...findings.map((finding) => `${what}: ${finding}`));
    };
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await check(`${size.width} px`, [320, 1280].includes(size.width));
    }
    const session = await page.context().newCDPSession(page);
    await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
    await page.setViewportSize({ width: 640, height: 800 });
    await check("letters twice as large, 640 px");
    assertNone(found);
  });
}
