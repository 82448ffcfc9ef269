// A reader reports an error, and what the editors get is what was sent.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { PATIENCE } from "../harness/daybook.mjs";
import { fill } from "../harness/pages.mjs";
import { select, squeeze } from "../harness/selection.mjs";
import { flow } from "../harness/suite.mjs";

const ARTICLE = "/articles/bridge-opens";
const PARAGRAPH = 2;
/** Its words as the page has them, without the marks of notes. */
const CHOSEN = "Its “engineer”, who had asked for five, was not at the opening.";

const WORDS = {
  category: "person",
  wrong: "The name is another.\n\n  An “indented” line & <b>no markup</b>.",
  correct: "Ridgway, M. B. – as he signed himself",
  source: "https://example.org/?a=1&b=2",
  email: "reader@example.org",
};

/** The one report that says `wrong`, as the command line lists it. */
async function kept(site, wrong) {
  const found = (await site.reports()).filter((report) => report.wrong === wrong);
  assert.equal(found.length, 1, `${found.length} reports say “${wrong}”`);
  return found[0];
}

flow("report with JavaScript: selected words, by pointer", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(ARTICLE);
  assert.equal(await page.locator(".report-selection").count(), 0);
  await select(page, `#p-${PARAGRAPH}`, "was not at", "wrote instead");
  const selected = squeeze(await page.evaluate(() => String(document.getSelection())));
  assert.match(selected, /^was not at the opening\. He wrote instead$/);

  await page.locator(".report-selection").click();
  await page.waitForURL(`${ARTICLE}/report?*`);
  const address = new URL(page.url());
  assert.equal(address.searchParams.get("quote"), selected);
  assert.equal(address.searchParams.get("p"), String(PARAGRAPH));
  assert.equal(await page.locator("[name=passage]:checked").inputValue(), selected);

  await fill(page, { ...WORDS, wrong: "By pointer." });
  await sleep(PATIENCE);
  await visitor.submit();
  assert.match(new URL(page.url()).pathname, /^\/reports\/\w{20,}$/);
  assert.equal(squeeze(await page.locator(".receipt__passage").innerText()), selected);
  const report = await kept(awkward, "By pointer.");
  assert.equal(report.state, "received");
  assert.equal(report.article, "bridge-opens");
  assert.equal(report.revision, 1);
  assert.equal(report.paragraph, PARAGRAPH);
  assert.equal(report.quote, selected);
  assert.ok(report.prefix.length > 0 && report.suffix.length > 0, "the words around it are kept");
});

flow("report with JavaScript: the link follows the selection and goes with it", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(ARTICLE);
  const link = page.locator(".report-selection");
  await select(page, `#p-${PARAGRAPH}`, "was not at", "wrote instead");
  await link.waitFor();
  await page.keyboard.press("Escape");
  await link.waitFor({ state: "detached" });
  // Outside the text of the article there is nothing to report in this way.
  await select(page, ".accuracy h2 + p", "If a date", "say so");
  await sleep(400);
  assert.equal(await link.count(), 0);
  await select(page, "#p-3", "The toll", "a penny");
  await link.waitFor();
  await page.mouse.click(5, 5);
  await link.waitFor({ state: "detached" });
});

flow("report with JavaScript: selected words, by keyboard", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(ARTICLE);
  await select(page, "#p-1", "cold", "o’clock");
  await page.locator(".report-selection").waitFor();
  const isFocused = () => page.evaluate(() => document.activeElement.className === "report-selection");
  let stops = 0;
  while (!(await isFocused()) && stops < 5) {
    await page.keyboard.press("Tab");
    stops += 1;
  }
  assert.ok(await isFocused(), "the link is not among the next five stops of the keyboard");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${ARTICLE}/report?*`);
  // The mark of the note between the two sentences is no part of the text.
  const passage = await page.locator("[name=passage]:checked").inputValue();
  assert.equal(passage, "cold morning. The first coach crossed it at two o’clock");
});

flow("report without JavaScript: a sentence, with mistakes, then a receipt", async ({ visit, awkward }) => {
  const visitor = await visit(awkward, { javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open(ARTICLE);
  await page.locator(`#p-${PARAGRAPH} a.report-passage`).click();
  await page.waitForURL(`${ARTICLE}/report?r=1&p=${PARAGRAPH}`);
  assert.equal(await page.locator("[name=passage]:checked").count(), 1, "the whole paragraph is chosen");
  await page.getByLabel(CHOSEN, { exact: true }).check();

  // Without the kind of error, and with an address that is none.
  const { category, ...rest } = { ...WORDS, email: "no address" };
  await fill(page, rest);
  const refused = await visitor.submit();
  assert.equal(refused.status(), 422);
  const summary = page.getByRole("alert");
  for (const field of ["category", "email"]) {
    const link = summary.locator(`a[href="#field-${field}"]`);
    const words = (await link.innerText()).replace(/^[^:]*: /, "");
    assert.equal(await page.locator(`#error-${field}`).innerText(), words, "said at the field as well");
    assert.match(
      await page.locator(`#field-${field}`).getAttribute("aria-describedby"),
      new RegExp(`\\berror-${field}\\b`),
    );
  }
  assert.equal(await summary.locator("a").count(), 2);
  assert.equal(await page.locator("#field-email").getAttribute("aria-invalid"), "true");
  await summary.locator("a[href='#field-email']").click();
  assert.equal(await page.evaluate(() => location.hash), "#field-email");
  assert.equal(await page.evaluate(() => document.activeElement.name), "email");

  // Nothing that was typed is lost.
  assert.equal(await page.locator("[name=passage]:checked").inputValue(), CHOSEN);
  for (const [name, value] of Object.entries(rest)) {
    assert.equal(await page.locator(`[name=${name}]`).inputValue(), value, name);
  }

  await fill(page, { category, email: WORDS.email });
  await sleep(PATIENCE);
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await visitor.submit();
  const receipt = page.url();
  assert.match(new URL(receipt).pathname, /^\/reports\/\w{20,}$/);
  const text = await page.locator("main").innerText();
  for (const part of [CHOSEN, "The name is another.", "<b>no markup</b>", WORDS.correct, WORDS.source]) {
    assert.ok(squeeze(text).includes(squeeze(part)), `the receipt shows “${part}”`);
  }
  assert.ok(!(await page.content()).includes(WORDS.email), "the receipt shows nothing personal");
  assert.equal(await page.locator(".receipt__address").innerText(), receipt);

  const report = await kept(awkward, WORDS.wrong.trim());
  const { article, revision, paragraph, quote, state, correct, source, email } = report;
  assert.deepEqual(
    { article, revision, paragraph, quote, state, category: report.category, correct, source, email },
    {
      article: "bridge-opens",
      revision: 1,
      paragraph: PARAGRAPH,
      quote: CHOSEN,
      state: "received",
      category: WORDS.category,
      correct: WORDS.correct,
      source: WORDS.source,
      email: WORDS.email,
    },
  );

  // The same again, as after a lost answer, gives the same receipt.
  await page.reload();
  assert.equal(page.url(), receipt);
  assert.equal(squeeze(await page.locator("main").innerText()), squeeze(text));
  const again = await page.request.post((await sent).url(), {
    headers: { "content-type": "application/x-www-form-urlencoded" },
    data: (await sent).postData(),
    maxRedirects: 0,
  });
  assert.equal(again.status(), 303);
  assert.equal(new URL(again.headers().location, receipt).href, receipt);
  await kept(awkward, WORDS.wrong.trim());
});

flow("report: a sentence that stands twice is reported where the reader was", async ({ visit, awkward }) => {
  const visitor = await visit(awkward, { javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open(ARTICLE);
  await page.locator("#p-3 a.report-passage").click();
  await page.waitForURL("**/report?r=1&p=3");
  await page.getByLabel("Nobody fell in.", { exact: true }).check();
  await fill(page, { category: "other-fact", wrong: "Somebody did." });
  await sleep(PATIENCE);
  await visitor.submit();
  const { paragraph, quote } = await kept(awkward, "Somebody did.");
  assert.deepEqual({ paragraph, quote }, { paragraph: 3, quote: "Nobody fell in." });
});

flow("report: a hasty second press sends nothing twice", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(`${ARTICLE}/report?r=1`);
  await fill(page, { category: "wording", wrong: "Pressed twice." });
  await sleep(PATIENCE);
  await page.locator("main form [type=submit]").dblclick();
  // The second press may end the navigation that the first has begun.
  await page.locator(".receipt").waitFor();
  assert.match(new URL(page.url()).pathname, /^\/reports\//);
  assert.equal((await kept(awkward, "Pressed twice.")).state, "received");
});

flow("report: a passage that is typed by hand finds its place in the text", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open("/articles/everything-at-once");
  await page.locator(".accuracy .button").click();
  await page.waitForURL("**/report?r=1");
  const passage = page.locator("[name=passage]");
  assert.equal(await passage.evaluate((field) => field.tagName), "TEXTAREA");
  await fill(page, { passage: "A quotation that somebody", category: "wording", wrong: "Who?" });
  await sleep(PATIENCE);
  await visitor.submit();
  const report = await kept(awkward, "Who?");
  assert.equal(report.quote, "A quotation that somebody");
  assert.ok(report.paragraph > 2, `paragraph ${report.paragraph}`);
});

flow("contact: the same form from any other page", async ({ visit, awkward }) => {
  const visitor = await visit(awkward, { javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open("/year/1826");
  await page.getByRole("link", { name: "Report an error" }).click();
  await page.waitForURL("/contact?*");
  const category = page.locator("[name=category]");
  if ((await category.count()) > 0) await category.first().check();
  await fill(page, { wrong: "About the year." });
  await sleep(PATIENCE);
  await visitor.submit();
  assert.match(new URL(page.url()).pathname, /^\/reports\//);
  const report = await kept(awkward, "About the year.");
  assert.equal(report.page, "/year/1826");
  assert.equal(report.state, "received");
});

flow("report: what fills a field that nobody sees is kept as spam, and answered alike", async ({ visit, awkward }) => {
  const visitor = await visit(awkward);
  const { page } = visitor;
  await visitor.open(`${ARTICLE}/report?r=1`);
  const trap = await page.locator(".form__trap").boundingBox();
  assert.ok(!trap || (trap.width <= 1 && trap.height <= 1), "nobody sees the field");
  await page.evaluate(() => (document.querySelector("[name=website]").value = "https://example.org"));
  await fill(page, { category: "link", wrong: "Buy this." });
  await sleep(PATIENCE);
  await visitor.submit();
  assert.match(new URL(page.url()).pathname, /^\/reports\//);
  const report = await kept(awkward, "Buy this.");
  assert.equal(report.state, "spam");
});
