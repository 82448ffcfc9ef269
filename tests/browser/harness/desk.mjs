// Editors, from their invitation on, and the mails that the site sends.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { code, untilNext } from "./authenticator.mjs";
import { accessibilityFindings, assertNone, overflowFindings, smallTargetFindings } from "./checks.mjs";
import { readLetter } from "./letter.mjs";
import { squeeze } from "./selection.mjs";

/** What an editor's browser may keep. */
export const COOKIES = ["desk", "desk-known"];

const PASSWORD = "marsh kettle obvious tin";
const MAIL_WITHIN = 15_000;

/** Adds an editor by the command line; gives the path of the invitation. */
export async function invite(site, email, name, role = "editor") {
  const words = await site.run(["editor", "add", email, "--name", name, "--role", role]);
  return /https?:\/\/[^/\s]+(\/desk\/password\/\S+)/.exec(words)[1];
}

/**
 * Follows an invitation into the inbox. `look` is called on each page on the
 * way. Gives what the editor has then: the secret of the authenticator and the
 * recovery codes.
 */
export async function moveIn(visitor, link, look = async () => {}) {
  const { page } = visitor;
  await visitor.open(link);
  await look("choosing a password");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByLabel("The same again").fill(PASSWORD);
  await press(visitor, page.getByRole("button", { name: "Continue" }));
  await page.getByRole("heading", { name: "Set up an authenticator" }).waitFor();
  await look("setting up an authenticator");
  const secret = await page.locator(".account__secret").innerText();
  await page.getByLabel("The code that it shows now").fill(code(secret));
  const spent = Math.floor(Date.now() / 30_000);
  await press(visitor, page.getByRole("button", { name: "Confirm" }));
  await page.getByRole("heading", { name: "Recovery codes" }).waitFor();
  await look("recovery codes");
  const recovery = await page.getByRole("main").getByRole("listitem").allInnerTexts();
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  return { secret, spent, recovery };
}

/** Signs an editor in with both factors; `look` as for `moveIn`. */
export async function signIn(visitor, email, { secret, spent }, look = async () => {}) {
  const { page } = visitor;
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look("signing in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await press(visitor, page.getByRole("button", { name: "Continue" }));
  await page.getByRole("heading", { name: "The code" }).waitFor();
  await look("the code");
  // The code of one half minute is good for one sign-in.
  if (Math.floor(Date.now() / 30_000) === spent) await sleep(untilNext() + 100);
  await page.getByLabel("Code").fill(code(secret));
  await press(visitor, page.getByRole("button", { name: "Sign in" }));
}

/** Presses what leads to another page; gives back the last answer. */
export async function press({ page }, button) {
  const answered = page.waitForResponse(
    (response) =>
      response.request().isNavigationRequest() && ![301, 302, 303].includes(response.status()),
  );
  await button.click();
  const response = await answered;
  await page.waitForLoadState();
  return response;
}

/**
 * Nothing on the page is out of reach for anybody: wide and on a telephone, by
 * day and by night.
 */
export async function lookAround({ page }, name) {
  const found = [];
  const before = page.viewportSize();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [colorScheme, about] of [["light", "all"], ["dark", "colours"]]) {
      await page.emulateMedia({ colorScheme });
      const findings = await accessibilityFindings(page, about);
      found.push(...findings.map((finding) => `${name}, ${width} px, ${colorScheme}: ${finding}`));
    }
    const others = [...(await overflowFindings(page)), ...(await smallTargetFindings(page))];
    found.push(...others.map((finding) => `${name}, ${width} px: ${finding}`));
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: "light" });
  assertNone(found);
}

/** The mails to an address, oldest first, as their reader sees them; `words` is all of their text. */
export async function mailsTo(site, address) {
  const letters = (await site.mails()).map(readLetter);
  return letters
    .map((letter) => ({ ...letter, words: squeeze(letter.parts["text/plain"]) }))
    .filter(({ headers }) => headers.to.includes(address))
    .sort((one, other) => Date.parse(one.headers.date) - Date.parse(other.headers.date));
}

/** Waits for a mail to an address whose words match `pattern`. */
export async function awaitMail(site, address, pattern) {
  const late = Date.now() + MAIL_WITHIN;
  for (;;) {
    const all = await mailsTo(site, address);
    const found = all.find(({ words }) => pattern.test(words));
    if (found) return found;
    assert.ok(Date.now() < late, `no mail to ${address} says ${pattern}; there are ${all.length}`);
    await sleep(200);
  }
}
