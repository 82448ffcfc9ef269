// The Nu HTML checker finds no error on any type of page, nor in the styles
// and the icon. The pages are those that a browser without JavaScript gets.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { assertNone } from "../harness/checks.mjs";
import { open, PAGES } from "../harness/pages.mjs";
import { flow } from "../harness/suite.mjs";

/** A jar of Java, which the package merely wraps. */
const checker = createRequire(import.meta.url)("vnu-jar");

/** For a short run with a deep stack, which the checker's schemas need. */
const JAVA_FLAGS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m"];

/** What the checker says of all files in a folder, as lines. */
async function errors(folder) {
  const flags = ["--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg"];
  const output = await new Promise((resolve, reject) => {
    const args = [...JAVA_FLAGS, "-jar", checker, ...flags, folder];
    execFile("java", args, { maxBuffer: 1 << 26 }, (error, _, written) =>
      error ? reject(new Error(`the checker failed: ${error.message}\n${written}`)) : resolve(written),
    );
  });
  return JSON.parse(output)
    .messages.filter(({ type }) => type === "error" || type === "non-document-error")
    .map(({ url, lastLine, message, extract }) => {
      const file = decodeURI(url ?? "").split("/").at(-1);
      return `${file}:${lastLine}: ${message} (${(extract ?? "").trim()})`;
    });
}

flow("the Nu HTML checker finds no error in any page, the styles and the icon", async (world) => {
  const folder = await mkdtemp(join(tmpdir(), "daybook-markup-"));
  try {
    const options = { javaScriptEnabled: false };
    const visitors = {
      shipped: await world.visit(world.shipped, options),
      awkward: await world.visit(world.awkward, options),
    };
    for (const type of PAGES) {
      const visitor = visitors[type.site];
      const response = await open(visitor, type);
      const file = `${type.name.replaceAll(" ", "-")}.html`;
      await writeFile(join(folder, file), await response.body(), { flag: "wx" });
    }
    const { url } = world.shipped;
    const html = await (await fetch(url)).text();
    for (const [file, link] of [
      ["styles.css", /<link rel="stylesheet" href="([^"]+)"/],
      ["icon.svg", /<link rel="icon" href="([^"]+)"/],
    ]) {
      const answer = await fetch(url + link.exec(html)[1]);
      assert.equal(answer.status, 200);
      await writeFile(join(folder, file), await answer.text());
    }
    // The checker is asked about a page with errors too, to know that it looks.
    await writeFile(join(folder, "wrong.html"), "<!doctype html><p><div></p>");
    await writeFile(join(folder, "wrong.css"), "p { colr: red }");
    await writeFile(join(folder, "wrong.svg"), '<svg xmlns="http://www.w3.org/2000/svg" wrong="1"/>');
    const found = await errors(folder);
    for (const kind of ["html", "css", "svg"]) {
      const wrong = found.filter((line) => line.startsWith(`wrong.${kind}:`));
      assert.ok(wrong.length > 0, `the checker does not look at ${kind}`);
    }
    assertNone(found.filter((line) => !line.startsWith("wrong.")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
