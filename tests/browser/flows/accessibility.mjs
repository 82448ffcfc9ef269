// axe-core finds nothing on any type of page: wide and in the narrowest window
// that WCAG asks for, light and dark, with more contrast, and in the colours of
// the reader's system.

import { accessibilityFindings, assertNone } from "../harness/checks.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

// A theme changes colours alone, and a window all but them: each is looked at
// where it differs. axe-core cannot tell the colours that a system forces.
const LOOKS = [
  { size: WIDE, about: "all" },
  { size: WIDE, about: "colours", colorScheme: "dark" },
  { size: WIDE, about: "colours", contrast: "more" },
  { size: WIDE, about: "colours", contrast: "more", colorScheme: "dark" },
  { size: NARROW, about: "all" },
  { size: NARROW, about: "colours", colorScheme: "dark" },
  { size: NARROW, about: "structure", forcedColors: "active" },
];

for (const type of PAGES) {
  flow(`axe-core finds nothing: ${type.name}`, async (world) => {
    const visitor = await world.visit(world[type.site]);
    await open(visitor, type);
    const found = [];
    for (const { size, about, ...asked } of LOOKS) {
      const media = { colorScheme: "light", contrast: "no-preference", forcedColors: "none", ...asked };
      await visitor.page.emulateMedia(media);
      await visitor.page.setViewportSize(size);
      const findings = await accessibilityFindings(visitor.page, about);
      const look = [`${size.width} px`, ...Object.entries(asked).map((pair) => pair.join(": "))].join(", ");
      found.push(...findings.map((finding) => `${look}: ${finding}`));
    }
    assertNone(found);
  });
}
