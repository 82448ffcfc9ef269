// How many bytes a reader's first view takes, as they are sent.

import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** The HTML and the stylesheet of a page, compressed: the first round trip. */
export const MOST_TEXT = 14 * 1024;
/** All that loads before a reader touches anything. */
export const MOST_VIEW = 150 * 1024;

/** The windows in which a first view is weighed. */
export const VIEWS = [
  { name: "360 × 800 at 2×", viewport: { width: 360, height: 800 }, deviceScaleFactor: 2 },
  { name: "1440 × 900 at 1×", viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
];

/** One page of each type beside the articles. */
const OTHERS = [
  "/", "/on/january-4", "/on/january", "/year/1951", "/decade/1950s", "/century/20th", "/timeline", "/map",
  "/places", "/people", "/organisations", "/topics",
  "/places/seoul", "/people/galileo-galilei", "/organisations/cern", "/topics/korean-war",
  "/about", "/about/colophon", "/privacy", "/contact", "/articles/fall-of-seoul-1951/report?r=1",
];

/** The paths that are weighed: all articles, by the timeline, and the others that the site has. */
export async function weighedPaths(site) {
  const timeline = await (await fetch(`${site.url}/timeline`)).text();
  const links = new Set([...timeline.matchAll(/href="(\/(?:articles|year|decade|century)\/[^"#]+)"/g)].map(([, href]) => href));
  const articles = new Set();
  for (const link of links) {
    if (link.startsWith("/articles/")) articles.add(link);
    // What a timeline of many articles merely counts, its years list.
    else for (const [, href] of (await (await fetch(site.url + link)).text()).matchAll(/href="(\/articles\/[^"#/]+)"/g)) articles.add(href);
  }
  const others = [];
  for (const path of OTHERS) if ((await fetch(site.url + path)).ok) others.push(path);
  return { articles: [...articles].sort(), others };
}

/** The bytes of the body at `path` with Brotli, and the body itself where it has none. */
export function sentBytes(site, path, encoding = "br") {
  return new Promise((resolve, reject) => {
    get(site.url + path, { headers: { "accept-encoding": encoding } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve(Buffer.concat(parts)));
      answer.on("error", reject);
    }).on("error", reject);
  });
}

/** The HTML and the one stylesheet of a page, in bytes. */
export async function weighText(site, path) {
  const plain = (await sentBytes(site, path, "identity")).toString();
  const sheets = [...plain.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, href]) => href);
  const parts = await Promise.all([path, ...sheets].map((each) => sentBytes(site, each)));
  const [html, ...css] = parts.map((part) => part.length);
  return { html, css: css.reduce((sum, part) => sum + part, 0), sheets: sheets.length };
}

/**
 * What a browser loads for the first view of each path: the bytes of all
 * bodies by type, as they came over the line, with an empty cache.
 */
export async function weighViews(browser, site, paths, { viewport, deviceScaleFactor }) {
  const context = await browser.newContext({ baseURL: site.url, viewport, deviceScaleFactor });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let requests = new Map();
  const pending = new Set();
  session.on("Network.requestWillBeSent", ({ requestId }) => pending.add(requestId));
  session.on("Network.loadingFailed", ({ requestId }) => pending.delete(requestId));
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    const head = response.encodedDataLength;
    requests.set(requestId, { type, head, bytes: 0, url: response.url });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    pending.delete(requestId);
    if (request) request.bytes = encodedDataLength - request.head;
  });
  const views = [];
  try {
    for (const path of paths) {
      requests = new Map();
      pending.clear();
      await page.goto(path);
      await page.evaluate(() => document.fonts.ready.then(() => null));
      // What comes into view is asked for a moment after the page has loaded.
      for (let quiet = 0; quiet < 3; quiet = pending.size === 0 ? quiet + 1 : 0) await sleep(40);
      const loaded = [...requests.values()];
      const bytes = (type) => loaded.filter((each) => !type || each.type === type).reduce((sum, each) => sum + each.bytes, 0);
      views.push({
        path,
        all: bytes(),
        fonts: bytes("Font"),
        pictures: bytes("Image"),
        scripts: bytes("Script"),
        requests: loaded.length,
      });
    }
  } finally {
    await context.close();
  }
  return views;
}
