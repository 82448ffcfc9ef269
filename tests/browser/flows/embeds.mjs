// What other sites show of this one: a page on another origin, served by the
// flow itself, puts frames into itself as oEmbed tells it.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";

import { accessibilityFindings, assertNone, overflowFindings } from "../harness/checks.mjs";
import { flow } from "../harness/suite.mjs";

const ARTICLE = "/articles/fall-of-seoul-1951";

/** A page of another origin with this body, and how to be rid of it. */
async function elsewhere(body) {
  const server = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html; charset=utf-8");
    answer.end(`<!doctype html><html lang="en"><title>Elsewhere</title><body>${body}</body></html>`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** The code for the page at a path, as another site asks for it. */
async function code(site, path, more = "") {
  const url = encodeURIComponent(site.url + path);
  const answer = await fetch(`${site.url}/oembed?url=${url}${more}`);
  assert.equal(answer.status, 200, path);
  return answer.json();
}

for (const scheme of ["light", "dark"]) {
  flow(`frames are shown on another site, in ${scheme}`, async ({ browser, shipped }) => {
    const paths = [ARTICLE, "/on/january-4", "/today"];
    const answers = [];
    for (const more of ["", "&maxwidth=320"]) {
      for (const path of paths) answers.push(await code(shipped, path, more));
    }
    const page = await elsewhere(answers.map(({ html }) => `<p>${html}</p>`).join(""));
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1000, height: 3000 } });
    try {
      const tab = await context.newPage();
      const troubles = [];
      tab.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) troubles.push(message.text());
      });
      tab.on("requestfailed", (request) => troubles.push(request.url()));
      await tab.goto(page.url, { waitUntil: "networkidle" });
      for (const [index, { title, width }] of answers.entries()) {
        const element = tab.locator("iframe").nth(index);
        assert.equal(await element.getAttribute("title"), title);
        const frame = await (await element.elementHandle()).contentFrame();
        await frame.waitForSelector(".embed__card a");
        const seen = await frame.evaluate(() => ({
          dark: matchMedia("(prefers-color-scheme: dark)").matches,
          ground: getComputedStyle(document.body).backgroundColor,
          // Set in the site's own type, though a sandboxed frame is no site.
          font: [...document.fonts].some((font) => font.family.includes("Daybook Serif") && font.status === "loaded"),
          wide: document.documentElement.scrollWidth - innerWidth,
          small: [...document.querySelectorAll("a")].filter((a) => a.getBoundingClientRect().height < 24).map((a) => a.textContent),
        }));
        assert.equal(seen.dark, scheme === "dark");
        assert.notEqual(seen.ground, "rgba(0, 0, 0, 0)", "the frame has its paper");
        assert.ok(seen.font, "the type has come");
        assert.equal(seen.wide, 0, `${title} fits into ${width} pixels`);
        assert.deepEqual(seen.small, [], `${title} has nothing too small to hit`);
      }
      assert.deepEqual(troubles, []);
      assert.deepEqual(await context.cookies(), []);
      // A link opens the page itself, outside the frame and its sandbox.
      const opening = context.waitForEvent("page");
      await tab.frameLocator("iframe >> nth=0").locator(".embed__title a").click();
      const opened = await opening;
      await opened.waitForLoadState();
      assert.equal(new URL(opened.url()).pathname, ARTICLE);
      assert.equal(await opened.evaluate(() => opener), null);
      assert.ok(await opened.evaluate(() => customElements.get("reading-preferences") !== undefined));
    } finally {
      await context.close();
      page.close();
    }
  });
}

for (const colorScheme of ["light", "dark"]) {
  flow(`frames are for everybody, ${colorScheme}`, async ({ visit, shipped, awkward }) => {
    const frames = [
      [shipped, `/embed${ARTICLE}`],
      [shipped, "/embed/on/january-4"],
      [shipped, "/embed/on/january-2"],
      [shipped, "/embed/today"],
      [awkward, "/embed/articles/arabic"],
      [awkward, "/embed/articles/everything-at-once"],
      [awkward, "/embed/articles/one-endless-word"],
      [awkward, "/embed/on/september-9"],
    ];
    for (const [site, path] of frames) {
      for (const width of [240, 480]) {
        const visitor = await visit(site, { colorScheme, viewport: { width, height: 320 } });
        await visitor.open(path);
        const findings = [...(await accessibilityFindings(visitor.page)), ...(await overflowFindings(visitor.page))];
        assertNone(findings.map((finding) => `${path}, ${width} px: ${finding}`));
        await visitor.leave();
      }
    }
  });
}

flow("no other page is shown on another site", async ({ browser, shipped }) => {
  const paths = [ARTICLE, "/", "/contact", `${ARTICLE}/history`, "/desk/sign-in"];
  const frames = paths.map((path) => `<iframe src="${shipped.url}${path}"></iframe>`);
  const page = await elsewhere(frames.join(""));
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    const refused = [];
    tab.on("console", (message) => refused.push(message.text()));
    await tab.goto(page.url, { waitUntil: "networkidle" });
    for (const frame of tab.frames().slice(1)) {
      assert.ok(!frame.url().startsWith(shipped.url), `${frame.url()} is not shown`);
    }
    assert.equal(refused.filter((text) => /frame-ancestors|X-Frame-Options/.test(text)).length, paths.length, refused.join("\n"));
  } finally {
    await context.close();
    page.close();
  }
});
