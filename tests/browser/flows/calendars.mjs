// The calendar in the hands of ical.js, which mail programs and web calendars
// read with: every event comes once in each of the coming years.

import assert from "node:assert/strict";

import ICAL from "ical.js";

import { flow } from "../harness/suite.mjs";

const YEARS = 9;

async function events(site, path) {
  const answer = await fetch(site.url + path);
  assert.equal(answer.status, 200);
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  return calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
}

flow("calendars: ical.js finds each event once in every coming year", async ({ shipped }) => {
  const found = await events(shipped, "/calendar.ics");
  assert.ok(found.length > 50, `${found.length} events`);
  for (const event of found) {
    assert.ok(event.startDate.isDate && event.isRecurring(), event.summary);
    const comes = event.iterator();
    const first = event.startDate.year;
    for (let year = first; year < first + YEARS; year += 1) {
      assert.equal(comes.next().year, year, `${event.summary} in ${year}`);
    }
  }
});

flow("calendars: what happened on a leap day has its day in common years", async ({ shipped }) => {
  const leap = (await events(shipped, "/calendar.ics")).filter(({ component }) => {
    const rule = component.getFirstPropertyValue("rrule");
    return rule.getComponent("BYMONTHDAY").includes(-1);
  });
  assert.ok(leap.length > 0, "the shipped content has an event on February 29");
  for (const event of leap) {
    const comes = event.iterator();
    for (let year = 0; year < YEARS; year += 1) {
      const day = comes.next();
      const last = new Date(Date.UTC(day.year, 2, 0)).getUTCDate();
      assert.deepEqual([day.month, day.day], [2, last]);
    }
  }
});
