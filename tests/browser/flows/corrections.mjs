// The whole way of a correction, in the browsers of a reader and of an editor:
// from a doubt about a sentence to the changed article, and to every place that
// tells of the change. Then the same without JavaScript, and by keyboard.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { PATIENCE } from "../harness/daybook.mjs";
import {
  awaitMail, COOKIES, invite, lookAround, mailsTo, moveIn, press, signIn,
} from "../harness/desk.mjs";
import { openForm, sendForm } from "../harness/form.mjs";
import { fill } from "../harness/pages.mjs";
import { select, squeeze } from "../harness/selection.mjs";
import { flow } from "../harness/suite.mjs";

const OUTCOME = /You were right: the article has been corrected/;

/** One correction for each way of working, of articles that differ. */
const WITH_SCRIPT = {
  javaScriptEnabled: true,
  article: "/articles/fall-of-seoul-1951",
  file: "articles/01/04/fall-of-seoul-1951.md",
  reader: "reader@example.org",
  sentence: "On January 3 the Eighth Army left the capital.",
  from: "left the capital",
  to: "gave up the capital",
  wrong: "It did not simply leave: it was driven out & “gave up” the city.\n<b>Ridgway</b> says so.",
  source: "Ridgway, The Korean War, p. 95",
  note: "An earlier version said that the Eighth Army “left” the capital; it gave it up.",
};
const WITHOUT_SCRIPT = {
  javaScriptEnabled: false,
  article: "/articles/columbus-lunar-eclipse",
  file: "articles/02/29/columbus-lunar-eclipse.md",
  reader: "another@example.org",
  sentence: "Months passed.",
  from: "Months passed.",
  to: "Half a year passed.",
  wrong: "It was half a year.",
  source: "Science News",
  note: "An earlier version said “months”; it was half a year.",
};

for (const told of [WITH_SCRIPT, WITHOUT_SCRIPT]) {
  const { javaScriptEnabled } = told;
  const manner = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  flow(`from a reader’s doubt to the record, ${manner}`, async ({ visit, settled }) => {
    const reader = await visit(settled, { javaScriptEnabled });
    const receipt = await report(reader, told);
    await confirmAddress(reader, settled, told.reader);

    const editor = await visit(settled, { javaScriptEnabled, cookies: COOKIES });
    const { page } = editor;
    const email = javaScriptEnabled ? "ada@example.org" : "grace@example.org";
    const link = await invite(settled, email, javaScriptEnabled ? "Ada Lovelace" : "Grace Hopper");
    await moveIn(editor, link);
    const id = await findCase(page, told);
    await decide(editor, told, id);
    const file = await readFile(join(settled.content, told.file), "utf8");
    assert.ok(file.includes(told.to) && file.includes(id), "the file says the new text and the case");

    // The first reader's browser may keep the old page for a minute.
    const other = await visit(settled, { javaScriptEnabled });
    await checkArticle(other, told, id);
    await checkRecord(other, told, id);
    await checkForms(settled, told, id);
    await checkReceipt(reader, told, id, receipt);
    await checkMails(settled, told, id);
  });
}

/** Chooses the sentence in the article and reports it; gives back the receipt. */
async function report(visitor, told) {
  const { page } = visitor;
  await visitor.open(told.article);
  const paragraph = page.locator(".prose p", { hasText: told.sentence });
  const id = await paragraph.getAttribute("id");
  if (told.javaScriptEnabled) {
    await select(page, `#${id}`, "On January", "left the capital.");
    await page.locator(".report-selection").click();
    await page.waitForURL(`${told.article}/report?*`);
  } else {
    await paragraph.getByRole("link", { name: /report/i }).click();
    await page.waitForURL(`${told.article}/report?*`);
    await page.getByLabel(told.sentence, { exact: true }).check();
  }
  const { wrong, source, reader: email } = told;
  await fill(page, { category: "other-fact", wrong, correct: told.to, source, email });
  await sleep(PATIENCE);
  await visitor.submit();
  assert.match(new URL(page.url()).pathname, /^\/reports\/\w{20,}$/);
  assert.equal(squeeze(await page.locator(".receipt__passage").innerText()), told.sentence);
  return page.url();
}

/** Follows the link of the mail and says that the address is right. */
async function confirmAddress(visitor, site, address) {
  const { page } = visitor;
  const link = /https?:\/\/[^/\s]+(\/reports\/confirm\/\S+)/;
  const letter = await awaitMail(site, address, link);
  const path = link.exec(letter.words)[1];
  assert.ok(letter.parts["text/html"].includes(path), "both parts of the mail have the link");
  await visitor.open(path);
  await lookAroundOnce(visitor, "confirmation");
  await press(visitor, page.getByRole("button", { name: "Yes, it is mine" }));
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  await lookAroundOnce(visitor, "confirmed");
}

/** Opens the case from the inbox; gives back its number. */
async function findCase(page, told) {
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  const line = page.getByRole("main").getByRole("listitem").filter({ hasText: told.sentence });
  await line.getByRole("heading").getByRole("link").click();
  await page.waitForURL("**/desk/cases/c-*");
  return page.url().slice(-8).toUpperCase();
}

/** Takes the case, accepts it, looks at the patch, applies it. */
async function decide(editor, told, id) {
  const { page } = editor;
  const main = page.getByRole("main");
  assert.ok((await main.innerText()).includes(told.wrong), "the reader’s words stand there as text");
  await main.getByText(/The address of R-\w{6} confirmed/).waitFor();
  assert.equal(squeeze(await page.locator(".reading__mark").first().innerText()), told.sentence);
  await lookAroundOnce(editor, "case before deciding");
  await press(editor, page.getByRole("button", { name: "Take it" }));
  await page.getByText("The case is with you.").waitFor();

  await page.locator("summary", { hasText: "Accept" }).click();
  await page.getByRole("radio", { name: /^Correction/ }).check();
  await page.getByLabel("The public note").fill(told.note);
  const file = page.getByLabel("The article’s file");
  const text = await file.inputValue();
  assert.equal(text.split(told.from).length, 2, "the words stand in the file, once");
  await file.fill(text.replace(told.from, told.to));
  await lookAroundOnce(editor, "case while deciding");
  await press(editor, page.getByRole("button", { name: "Accept", exact: true }));

  const patch = page.getByRole("region", { name: "The change to the file" });
  const lines = (await patch.innerText()).split("\n");
  const begin = (sign, words) => lines.some((line) => line.startsWith(sign) && line.includes(words));
  assert.ok(begin("-", told.from) && begin("+", told.to), "the patch shows both texts");
  assert.ok(begin("+", id), "the patch names the case");
  await lookAroundOnce(editor, "patch");
  await press(editor, page.getByRole("button", { name: "Apply to the file" }));
  await page.getByText("readers see the change, and the case is corrected").waitFor();
  await lookAroundOnce(editor, "case after deciding");
}

/** The article says the new text, and above it what was wrong and when. */
async function checkArticle(visitor, told, id) {
  const { page } = visitor;
  await visitor.open(told.article);
  const text = await page.locator(".prose--article").innerText();
  assert.ok(text.includes(told.to) && !text.includes(told.from), "the article says the new text");
  const notice = page.getByRole("region", { name: "Corrections" });
  assert.ok((await notice.innerText()).includes(told.note), "the notice says what changed");
  assert.match(await notice.locator("time").getAttribute("datetime"), /^\d{4}-\d\d-\d\d$/);
  await notice.getByRole("link", { name: `Case ${id}` }).waitFor();
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  const article = data["@graph"].find((thing) => thing["@type"] === "Article");
  // JSON-LD writes a list of one as the one.
  assert.deepEqual([article.correction].flat().map(({ text }) => text), [told.note]);

  await notice.getByRole("link", { name: "What changed" }).click();
  await page.waitForURL(`${told.article}/compare/1..2`);
  const changed = page.locator(".comparison__changed", { hasText: told.to.split(" ").at(-1) });
  const words = async (element) => (await changed.locator(element).allInnerTexts()).join(" ");
  assert.ok((await words("del")).includes(told.from.split(" ")[0]), "the old words are struck through");
  assert.ok((await words("ins")).includes(told.to.split(" ")[0]), "the new words are underlined");
}

/** The history and the ledger say the same, and lead to each other. */
async function checkRecord(visitor, told, id) {
  const { page } = visitor;
  await visitor.open(`${told.article}/history`);
  const second = page.locator("#revision-2");
  assert.ok((await second.innerText()).includes(told.note), "the history has the reason");
  await second.getByRole("link", { name: id }).click();
  await page.waitForURL(`/corrections/${id.toLowerCase()}`);
  assert.ok((await page.getByRole("main").innerText()).includes(told.note), "the case has the reason");

  await visitor.open("/corrections");
  const line = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: `Case ${id}` }) });
  const words = await line.textContent();
  assert.ok(words.includes(told.note), "the ledger has the reason");
  assert.match(words, /Correction/);
  const whole = await page.content();
  for (const theirs of [told.wrong.slice(0, 20), told.source, told.reader, "Lovelace", "Hopper"]) {
    assert.ok(!whole.includes(theirs), `the ledger does not say “${theirs}”`);
  }
}

/** What programs read holds the same case by the same name, in the same words. */
async function checkForms(site, told, id) {
  const get = async (path) => (await fetch(site.url + path)).text();
  const tail = `/corrections/${id.toLowerCase()}`;
  const ours = (all, text) => {
    const found = all.filter((one) => (one.id ?? one["@id"]).endsWith(tail));
    assert.equal(found.length, 1);
    assert.ok(text(found[0]).includes(told.note), "the same words");
    return found[0].id ?? found[0]["@id"];
  };
  const api = JSON.parse(await get("/api/v1/corrections")).cases;
  const feed = JSON.parse(await get("/corrections.json")).items;
  const page = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(await get(tail))[1];
  const structured = JSON.parse(page);
  const names = new Set([
    ours(api, ({ text }) => text),
    ours(feed, ({ content_text, content_html, summary }) => [content_text, content_html, summary].join()),
    ours([structured["@graph"] ?? structured].flat(), ({ text }) => text),
  ]);
  assert.equal(names.size, 1, [...names].join(" "));
  const entries = (await get("/corrections.atom")).split("<entry>").slice(1);
  const entry = entries.filter((one) => one.includes(`<id>${[...names][0]}</id>`));
  assert.equal(entry.length, 1);
  assert.ok(entry[0].includes(told.note), "the feed has the same words");
}

/** The receipt tells each step with its day. */
async function checkReceipt(visitor, told, id, receipt) {
  const { page } = visitor;
  await visitor.open(receipt);
  await page.getByRole("heading", { name: "Corrected" }).waitFor();
  const steps = page.locator(".receipt__steps > li");
  const words = await steps.allInnerTexts();
  const wanted = ["was received", "began to check", "found that the report is right", "was corrected"];
  assert.equal(words.length, wanted.length, words.join("\n"));
  for (const [index, step] of wanted.entries()) {
    assert.ok(words[index].includes(step), words[index]);
    assert.match(await steps.nth(index).locator("time").getAttribute("datetime"), /^\d{4}-\d\d-\d\d/);
  }
  assert.ok(words.at(-1).includes(told.note), "the receipt has the words of the notice");
  await page.getByRole("link", { name: `case ${id}` }).first().waitFor();
  assert.ok(!(await page.content()).includes(told.reader), "the receipt shows nothing personal");
  await lookAroundOnce(visitor, "receipt");
}

/** The reader is told once, without anything that the reader wrote. */
async function checkMails(site, told, id) {
  const { words } = await awaitMail(site, told.reader, OUTCOME);
  assert.ok(words.includes(told.note) && words.includes(id), words);
  assert.ok(!words.includes(told.source), words);
  // Whatever would be sent twice would be on its way by now.
  await sleep(4500);
  const all = await mailsTo(site, told.reader);
  const outcomes = all.filter((letter) => OUTCOME.test(letter.words));
  assert.equal(outcomes.length, 1, "one outcome mail");
  assert.equal(all.length, 2, "and the one that asked for the address");
}

/** axe-core needs scripts: pages are looked at where they are on. */
async function lookAroundOnce(visitor, name) {
  if (await isScripted(visitor.page)) await lookAround(visitor, name);
}

/** Whether the page's scripts run; `evaluate` works in any case. */
function isScripted(page) {
  return page.evaluate(() => matchMedia("(scripting: enabled)").matches);
}

flow("desk: the door and every room can be used by anybody", async ({ visit, settled }) => {
  const admin = await visit(settled, { cookies: COOKIES });
  const { page } = admin;
  const look = (name) => lookAround(admin, name);
  const email = "root@example.org";
  const link = await invite(settled, email, "Katherine Johnson", "admin");
  const keys = await moveIn(admin, link, look);
  assert.equal(keys.recovery.length, new Set(keys.recovery).size);
  for (const [path, heading] of [
    ["/desk", "Inbox"], ["/desk/spam", "Spam"], ["/desk/account", "Your account"], ["/desk/editors", "Editors"],
    ["/desk/mail", "Mail"],
  ]) {
    await admin.open(path);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    await look(heading);
  }
  await press(admin, page.getByRole("button", { name: "Sign out" }));
  // Whoever is signed out is asked to sign in, and then gets to the page.
  await admin.open("/desk/editors");
  await signIn(admin, email, keys, look);
  await page.waitForURL("/desk/editors");
});

flow("desk: the inbox by keyboard", async ({ visit, settled }) => {
  const site = settled;
  for (const wrong of ["The first by keyboard.", "The second by keyboard.", "The third by keyboard."]) {
    const form = await openForm(site, "/contact");
    await sleep(PATIENCE);
    const answer = await sendForm(site, form, { wrong, category: "something-else" });
    assert.equal(answer.status, 303);
  }
  const editor = await visit(site, { cookies: COOKIES });
  const { page } = editor;
  await moveIn(editor, await invite(site, "keys@example.org", "Mary Jackson"));
  await editor.open("/desk?q=keyboard");
  const links = page.getByRole("main").getByRole("heading", { level: 2 }).getByRole("link");
  assert.equal(await links.count(), 3);
  const focused = () => links.evaluateAll((all) => all.indexOf(document.activeElement));
  for (const [key, at] of [["j", 0], ["j", 1], ["j", 2], ["j", 2], ["k", 1], ["ArrowDown", 2], ["ArrowUp", 1]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(), at, `after ${key}`);
  }
  // In the search letters are letters, and take the place of the old words.
  await page.keyboard.press("/");
  await page.keyboard.type("jk");
  assert.equal(await page.getByLabel("Words, a case, a report").inputValue(), "jk");
  await editor.open("/desk?q=keyboard");
  const wanted = await links.nth(1).getAttribute("href");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(wanted);
  assert.match(await page.getByRole("main").innerText(), /The second by keyboard\./);
});
