"""Calendars, read by icalendar and unfolded by dateutil."""

from datetime import date, datetime, timezone

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

CALENDARS = [
    "/calendar.ics",
    "/topics/korean-war/feed.ics",
    "/places/seoul/feed.ics",
    "/people/galileo-galilei/feed.ics",
]


def events(site, path):
    answer = site.get(path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.body)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    found = calendar.walk("VEVENT")
    assert found and not [event.errors for event in found if event.errors]
    return found


@pytest.mark.parametrize("path", CALENDARS)
def test_lines_are_folded_as_the_standard_asks(site, path):
    body = site.get(path).body
    lines = body.split(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")  # No character is cut in two.


@pytest.mark.parametrize("path", CALENDARS)
def test_every_event_is_a_day_that_comes_each_year(site, path):
    today = datetime.now(timezone.utc).date()
    seen = set()
    for event in events(site, path):
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is date and (end - start).days == 1
        assert 0 <= (start - today).days <= 366, "it begins with the next anniversary"
        assert event["UID"] not in seen and event.decoded("DTSTAMP").tzinfo is not None
        seen.add(event["UID"])
        assert event["TRANSP"] == "TRANSPARENT"
        assert str(event["URL"]).startswith(site.url)
        rule = event["RRULE"].to_ical().decode()
        begin = datetime(start.year, start.month, start.day)
        days = rrulestr(rule, dtstart=begin).between(begin, begin.replace(year=begin.year + 9), inc=True)
        years = [day.year for day in days[:8]]
        assert years == list(range(start.year, start.year + 8)), f"{event['SUMMARY']}: {rule}"
        head = str(event["SUMMARY"]).split(":")[0]
        assert any(character.isdigit() for character in head), "the true year comes first"


@pytest.mark.parametrize("path", CALENDARS)
def test_a_program_that_has_it_is_told_so(site, path):
    first = site.get(path)
    again = site.get(path, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert site.get(path).body == first.body


def test_events_lead_to_their_pages(site):
    found = events(site, CALENDARS[0])
    assert len(found) > 50
    for event in found[:: len(found) // 10]:
        assert site.get(str(event["URL"])).status == 200
