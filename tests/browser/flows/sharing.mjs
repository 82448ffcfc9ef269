// A reader hands an article on, and whoever follows the link is told what has
// been corrected since.

import assert from "node:assert/strict";

import { accessibilityFindings, assertNone, smallTargetFindings } from "../harness/checks.mjs";
import { select } from "../harness/selection.mjs";
import { flow } from "../harness/suite.mjs";

const ARTICLE = "/articles/bridge-opens";

flow("sharing without JavaScript: from a passage to the link to its words", async ({ visit, awkward }) => {
  const visitor = await visit(awkward, { javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
  const { page } = visitor;
  await visitor.open(ARTICLE);
  const mark = page.locator("#p-2 a.share-passage");
  assert.match(await mark.getAttribute("aria-label"), /^Share this passage/);
  const box = await mark.boundingBox();
  assert.ok(box.width >= 23.5 && box.height >= 23.5, `${box.width} by ${box.height} px`);
  await mark.click();
  await page.waitForURL(`${ARTICLE}/share?p=2`);
  const link = await page.locator(".quotes input").first().inputValue();
  assert.match(link, /\/articles\/bridge-opens\?r=1#p-2:~:text=/);
  assert.equal(await page.locator("copy-link button").count(), 0);
  assert.ok(await page.locator("mastodon-share textarea").isVisible(), "the words to copy");
});

flow("sharing with JavaScript: links are copied, and say so", async ({ visit, awkward }) => {
  const visitor = await visit(awkward, { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = visitor;
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await visitor.open(ARTICLE);
  const box = page.locator("share-link");
  await box.getByRole("button", { name: "Copy link" }).click();
  await box.getByRole("button", { name: "Copied" }).waitFor();
  assert.match(await copied(), /\/articles\/bridge-opens\?r=1$/);
  // Selected words travel with the revision as well.
  await select(page, "#p-2", "was not at", "wrote instead");
  await page.getByRole("button", { name: "Copy link to these words" }).click();
  await page.getByRole("button", { name: "Copied" }).last().waitFor();
  assert.match(await copied(), /\/articles\/bridge-opens\?r=1#p-2:~:text=/);
  await visitor.open(`${ARTICLE}/cite`);
  await page.locator("copy-link[data-from=bibtex] button").click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  assert.match(await copied(), /^@misc\{bridge-opens-r1,/);
});

flow("sharing with JavaScript: the browser marks the words of a link", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(`${ARTICLE}/share?p=3`);
  const link = await page.locator(".quotes input").last().inputValue();
  await page.goto(link);
  const top = await page.locator("#p-3").evaluate((passage) => passage.getBoundingClientRect().top);
  const height = page.viewportSize().height;
  assert.ok(top > -height && top < height, `the passage stands at ${top} px`);
});

flow("sharing with JavaScript: a server of Mastodon is asked for and checked", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(`${ARTICLE}/share`);
  const server = page.getByLabel("Your server, such as mastodon.social");
  await server.fill("no server");
  await page.getByRole("button", { name: "Write the post there" }).click();
  assert.equal(await server.getAttribute("aria-invalid"), "true");
  assert.match(await page.getByRole("alert").innerText(), /no name of a server/);
  assert.equal(await page.evaluate(() => localStorage.getItem("mastodon-server")), null);
  assert.ok(page.url().endsWith(`${ARTICLE}/share`));
});

for (const colorScheme of ["light", "dark"]) {
  flow(`sharing: its pages are for everybody, ${colorScheme}`, async ({ visit, awkward }) => {
    for (const width of [360, 1440]) {
      const visitor = await visit(awkward, { colorScheme, viewport: { width, height: 800 } });
      for (const path of ["share", "share?p=2", "cite"]) {
        await visitor.open(`${ARTICLE}/${path}`);
        assertNone(await accessibilityFindings(visitor.page));
        assertNone(await smallTargetFindings(visitor.page));
      }
    }
  });
}
