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

/** What the checker says of files of one kind, as lines. */
async function errors(files, flags) {
  const args = ["-Xss1024k", "-jar", checker, "--format", "json", "--exit-zero-always", ...flags, ...files];
  const output = await new Promise((resolve, reject) => {
    execFile("java", args, { maxBuffer: 1 << 26 }, (error, _, written) =>
      error ? reject(new Error(`the checker failed: ${error.message}\n${written}`)) : resolve(written),
    );
  });
  return JSON.parse(output)
    .messages.filter(({ type }) => type === "error" || type === "non-document-error")
    .map(({ url, lastLine, message, extract }) =>
      `${decodeURI(url ?? "").split("/").at(-1)}:${lastLine}: ${message} (${(extract ?? "").trim()})`,
    );
}

flow("the Nu HTML checker finds no error on any page", async ({ visit, ...sites }) => {
  const folder = await mkdtemp(join(tmpdir(), "daybook-markup-"));
  try {
    const files = [];
    for (const type of PAGES) {
      const visitor = await visit(sites[type.site], { javaScriptEnabled: false });
      const response = await open(visitor, type);
      const file = join(folder, `${type.name.replaceAll(" ", "-")}.html`);
      await writeFile(file, await response.body());
      files.push(file);
      await visitor.leave();
    }
    assert.equal(new Set(files).size, PAGES.length);
    assertNone(await errors(files, []));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

flow("the Nu HTML checker finds no error in the styles and the icon", async ({ shipped }) => {
  const folder = await mkdtemp(join(tmpdir(), "daybook-markup-"));
  try {
    const html = await (await fetch(shipped.url)).text();
    for (const [kind, link] of [
      ["css", /<link rel="stylesheet" href="([^"]+)"/],
      ["svg", /<link rel="icon" href="([^"]+)"/],
    ]) {
      const answer = await fetch(shipped.url + link.exec(html)[1]);
      assert.equal(answer.status, 200);
      const file = join(folder, `daybook.${kind}`);
      await writeFile(file, await answer.text());
      assertNone(await errors([file], [`--${kind}`]));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
