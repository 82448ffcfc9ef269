// Reading preferences: remembered by the reader's own browser, and by nobody
// else. That no cookie is set, every visitor watches for.

import assert from "node:assert/strict";

import { flow } from "../harness/suite.mjs";

const ARTICLE = "/articles/fall-of-seoul-1951";

async function opened(page) {
  const box = page.locator(".reading-preferences details");
  if ((await box.getAttribute("open")) === null) await box.locator("summary").click();
  return box;
}

async function choose(page, name, value) {
  const box = await opened(page);
  await box.locator(`select[name=${name}]`).selectOption(value);
}

/** How light the paper is, from 0 to 255. */
function lightness(page) {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data[0];
  });
}

const stored = (page) => page.evaluate(() => ({ ...localStorage }));

flow("preferences: the theme holds on every page, after a reload, and is forgotten", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { colorScheme: "light" });
  const { page } = visitor;
  await visitor.open("/about");
  assert.ok((await lightness(page)) > 200);
  assert.deepEqual(await stored(page), {}, "nothing is kept before one chooses");
  await choose(page, "theme", "dark");
  assert.ok((await lightness(page)) < 60, "dark at once");
  await page.reload();
  await page.locator("html[data-theme=dark]").waitFor();
  await visitor.open(ARTICLE);
  await page.locator("html[data-theme=dark]").waitFor();
  assert.ok((await lightness(page)) < 60, "dark elsewhere");
  await page.emulateMedia({ media: "print" });
  assert.ok((await lightness(page)) > 200, "paper is white");
  await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  await choose(page, "theme", "light");
  assert.ok((await lightness(page)) > 200, "light against a dark system");
  await page.getByRole("button", { name: "Forget these" }).click();
  assert.deepEqual(await stored(page), {});
  await page.getByText("Forgotten.").waitFor();
  assert.ok((await lightness(page)) < 60, "the system decides again");
});

flow("preferences: dates as the reader writes them, the words of articles as they are", async ({ visit, shipped }) => {
  const visitor = await visit(shipped);
  const { page } = visitor;
  await visitor.open(ARTICLE);
  const day = page.locator("time[datetime='1951-01-04']").first();
  const days = page.locator("time", { hasText: /1950.*1951/ }).first();
  const prose = await page.locator(".prose--article").innerText();
  assert.equal(await day.innerText(), "January 4, 1951");
  await choose(page, "dates", "dmy");
  assert.equal(await day.innerText(), "4 January 1951");
  if ((await days.count()) > 0) assert.match(await days.innerText(), /December 31, 1950/, "no half of a span is turned");
  assert.equal(await page.locator(".prose--article").innerText(), prose);
  await visitor.open("/on/january-4");
  await page.locator(".title-page__next", { hasText: "5 January" }).waitFor();
  await choose(page, "dates", "");
  assert.equal(await page.locator(".title-page__next").innerText(), "January 5");
});

flow("preferences: today by the reader's own clock", async ({ visit, shipped }) => {
  // At no moment is it the same day on both of these.
  for (const [timezoneId, word] of [["Pacific/Kiritimati", "already"], ["Pacific/Niue", "still"]]) {
    const visitor = await visit(shipped, { timezoneId });
    const { page } = visitor;
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await visitor.open("/");
    const today = page.locator(".masthead__nav a", { hasText: "Today" });
    assert.equal(await today.getAttribute("href"), "/");
    await choose(page, "zone", timezoneId);
    const href = `/today?tz=${encodeURIComponent(timezoneId)}`;
    assert.equal(await today.getAttribute("href"), href);
    assert.ok(asked.every((url) => !url.includes("tz=")), "nothing is told before a link is followed");
    const there = new Intl.DateTimeFormat("sv", { timeZone: timezoneId }).format();
    const line = page.locator(".title-page__elsewhere");
    if (there === new Intl.DateTimeFormat("sv", { timeZone: "UTC" }).format()) {
      assert.equal(await line.count(), 0);
    } else {
      assert.match(await line.innerText(), new RegExp(`^Where you are it is ${word} \\w+ \\d+: see that day$`));
      await line.locator("a").click();
      await page.waitForURL("/today?tz=*");
      const day = new Intl.DateTimeFormat("en", { timeZone: timezoneId, month: "long", day: "numeric" }).format();
      assert.equal((await page.locator("h1").innerText()).replace(/\s+/g, " ").toLowerCase(), day.toLowerCase());
    }
    await (await opened(page)).getByRole("button", { name: "Forget these" }).click();
    assert.equal(await today.getAttribute("href"), "/");
  }
});

flow("preferences: without JavaScript nothing dead is shown", async ({ visit, shipped }) => {
  const visitor = await visit(shipped, { javaScriptEnabled: false });
  await visitor.open("/on/january-4");
  const { page } = visitor;
  for (const name of ["reading-preferences", "day-keys"]) {
    assert.equal(await page.locator(name).innerText(), "", name);
  }
});

flow("preferences: what others have written into the storage is passed over", async ({ visit, shipped }) => {
  for (const nonsense of ["{", "null", "7", '{"theme":"<b>","dates":"x","zone":"Nowhere/None"}']) {
    const visitor = await visit(shipped);
    const { page } = visitor;
    await visitor.open("/on/january-4");
    await page.evaluate((text) => localStorage.setItem("reading", text), nonsense);
    await page.reload();
    await page.locator(".reading-preferences summary").click();
    assert.equal(await page.locator("html").getAttribute("data-theme"), null);
    assert.equal(await page.locator(".title-page__next").innerText(), "January 5");
  }
});
