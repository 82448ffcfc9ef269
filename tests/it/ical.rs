//! Calendars, read line by line as RFC 5545 says, with a test for each way in
//! which programs have been known to lose events.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::harness::{Corpus, Page, Setup, TestApp, article};

/// The properties of one component by their names, parameters included:
/// `DTSTART;VALUE=DATE`.
type Component = BTreeMap<String, String>;

/// The head of a calendar and its events, after what every line must be was
/// looked at.
fn read(page: &Page) -> (Component, Vec<Component>) {
    let text = page.text();
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let mut lines = unfolded.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let (mut head, mut events) = (Component::new(), Vec::new());
    let mut event: Option<Component> = None;
    for line in lines {
        match line {
            "BEGIN:VEVENT" => event = Some(Component::new()),
            "END:VEVENT" => events.push(event.take().unwrap()),
            "END:VCALENDAR" => {}
            _ => {
                let (name, value) = line.split_once(':').unwrap();
                let component = event.as_mut().unwrap_or(&mut head);
                let old = component.insert(name.to_owned(), value.to_owned());
                assert_eq!(old, None, "{name} stands twice");
            }
        }
    }
    (head, events)
}

async fn events(app: &TestApp, path: &str) -> Vec<Component> {
    let page = app.page(path).await;
    assert_eq!(page.header("content-type"), "text/calendar; charset=utf-8");
    read(&page).1
}

/// The event whose UID begins so; there must be one.
fn event<'a>(events: &'a [Component], name: &str) -> &'a Component {
    let mut found = events
        .iter()
        .filter(|event| event["UID"].starts_with(&format!("{name}@")));
    let event = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert!(found.next().is_none(), "{name} stands twice");
    event
}

fn date(event: &Component, name: &str) -> Date {
    Date::strptime("%Y%m%d", &event[&format!("{name};VALUE=DATE")]).unwrap()
}

/// Lets an open case with this number mark something of an article, or keep it
/// back.
pub(crate) fn hold(app: &TestApp, number: usize, slug: &str, kind: &str) {
    app.database.execute(&format!(
        "INSERT INTO cases (id, kind, state, urgent, article, category, passage, reports,
            opened_at, changed_at, version, reason, note_kind, note, note_date, amended,
            amended_from)
         VALUES ('C-00000{number}', 'error', 'checking', FALSE, '{slug}', 'date', '', 1,
            0, 0, 1, '', '', '', '', '', '');
         INSERT INTO holds (case_id, article, kind, since)
         VALUES ('C-00000{number}', '{slug}', '{kind}', 0);"
    ));
}

#[tokio::test]
async fn every_day_is_a_yearly_event_that_begins_at_its_next_anniversary() {
    let app = TestApp::start().await;
    let page = app.page("/calendar.ics").await;
    let (head, events) = read(&page);
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Daybook//On this day//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("X-WR-CALNAME", "Daybook: on this day"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT12H"),
        ("X-PUBLISHED-TTL", "PT12H"),
    ] {
        assert_eq!(head[name], value);
    }
    // An invitation would have to name who invites.
    assert!(!head.contains_key("METHOD"));
    assert!(events.len() >= 10, "{}", events.len());
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    let mut uids = Vec::new();
    for event in &events {
        let (starts, ends) = (date(event, "DTSTART"), date(event, "DTEND"));
        // Programs drop what begins before 1970, and know no year before 1.
        assert!(starts >= today.yesterday().unwrap(), "{event:?}");
        assert!((starts - today).get_days() <= 366, "{event:?}");
        assert_eq!(ends, starts.tomorrow().unwrap(), "the end is exclusive");
        assert!(event["RRULE"].starts_with("FREQ=YEARLY"));
        assert_eq!(event["TRANSP"], "TRANSPARENT");
        for stamp in ["DTSTAMP", "CREATED", "LAST-MODIFIED"] {
            let stamp = &event[stamp];
            assert!(stamp.len() == 16 && stamp.starts_with("20") && stamp.ends_with('Z'));
        }
        let url = &event["URL"];
        assert!(url.starts_with("http://"), "{url}");
        assert!(event["DESCRIPTION"].ends_with(url.as_str()));
        uids.push(&event["UID"]);
    }
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), events.len());

    let caesar = event(&events, "death-of-caesar");
    assert_eq!(caesar["SUMMARY"], "44 BCE: Caesar is killed");
    assert_eq!(date(caesar, "DTSTART").month(), 3);
    assert_eq!(date(caesar, "DTSTART").day(), 15);
    assert_eq!(caesar["CATEGORIES"], "Antiquity");
    assert_eq!(caesar["LOCATION"], "Rome");
    // The day is the one by which the event is known; the calendar is named.
    let hastings = event(&events, "battle-of-hastings");
    assert_eq!(date(hastings, "DTSTART").day(), 14);
    assert!(hastings["DESCRIPTION"].contains("Julian"), "{hastings:?}");
}

#[tokio::test]
async fn an_interval_stands_on_its_first_and_its_last_day() {
    let app = TestApp::start().await;
    let events = events(&app, "/calendar.ics").await;
    let fell = event(&events, "seoul-falls");
    assert_eq!(fell["SUMMARY"], "1951: Seoul falls");
    assert_eq!(fell["GEO"], "37.566000;126.978000");
    assert_eq!(fell["LOCATION"], "Seoul\\, South Korea");
    let first = event(&events, "seoul-falls.battle.first");
    assert_eq!(
        first["SUMMARY"],
        "1950: Seoul falls (Third Battle of Seoul\\, first day)"
    );
    assert_eq!(
        (date(first, "DTSTART").month(), date(first, "DTSTART").day()),
        (12, 31)
    );
    let last = event(&events, "seoul-falls.battle.last");
    assert!(last["SUMMARY"].starts_with("1951: Seoul falls"));
    assert_eq!(date(last, "DTSTART").day(), 7);
    let all = events.iter();
    assert_eq!(
        all.filter(|one| one["URL"].ends_with("/seoul-falls"))
            .count(),
        3
    );
}

#[tokio::test]
async fn february_29_comes_every_year() {
    let app = TestApp::start().await;
    let events = events(&app, "/calendar.ics").await;
    let eclipse = event(&events, "leap-eclipse");
    assert_eq!(eclipse["RRULE"], "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1");
    let starts = date(eclipse, "DTSTART");
    assert_eq!(starts.month(), 2);
    assert_eq!(starts.day(), starts.days_in_month());
    assert!(eclipse["SUMMARY"].starts_with("1504: "));
    // The page of that day keeps it as well, in a year that lacks its own.
    if starts.day() == 28 && app.page("/").await.text().contains("February 28") {
        assert!(
            app.page("/on/february-28")
                .await
                .text()
                .contains("leap-eclipse")
        );
    }
}

#[tokio::test]
async fn an_event_stays_the_same_when_title_and_date_are_corrected() {
    const FILE: &str = "articles/it-happens.md";
    let corpus = Corpus::empty();
    corpus.write(FILE, article("It happens", "1951-01-07", "Text."));
    let app = Setup::new(corpus).start().await;
    let one = async || events(&app, "/calendar.ics").await.remove(0);
    let before = one().await;
    assert_eq!(before["SEQUENCE"], "0");

    // A comma is no news.
    app.edit(FILE, "Text.", "Text, and more.");
    app.ingest();
    let edited = one().await;
    assert_eq!(
        (&edited["UID"], &edited["DTSTAMP"]),
        (&before["UID"], &before["DTSTAMP"])
    );

    app.edit(FILE, "title: It happens", "title: It has happened");
    app.edit(
        FILE,
        "date: \"1951-01-07\"",
        "date: \"1950-01-04\"\ncorrections:\n  - {date: 2031-01-02, kind: correction, text: The date was wrong.}",
    );
    app.ingest();
    let after = one().await;
    assert_eq!(after["UID"], before["UID"]);
    assert_eq!(after["SUMMARY"], "1950: It has happened");
    assert_eq!(date(&after, "DTSTART").day(), 4);
    assert_eq!(after["DTSTAMP"], "20310102T000000Z");
    assert_eq!(after["LAST-MODIFIED"], "20310102T000000Z");
    assert_eq!(after["SEQUENCE"], "2");
}

#[tokio::test]
async fn what_may_not_be_seen_is_in_no_calendar() {
    // Not even where editors preview drafts.
    let app = Setup::new(Corpus::fixtures()).drafts().start().await;
    let text = app.page("/calendar.ics").await.text().to_owned();
    for hidden in ["unfinished", "from-the-future", "Hidden"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
    for (number, (slug, kind, is_shown)) in [
        ("seoul-falls", "date", false),
        ("moon-landing", "text", false),
        ("airship-burns", "picture", true),
    ]
    .into_iter()
    .enumerate()
    {
        assert!(text.contains(&format!("UID:{slug}@")), "{slug}");
        hold(&app, number, slug, kind);
        let text = app.page("/calendar.ics").await.text().to_owned();
        assert_eq!(text.contains(&format!("UID:{slug}@")), is_shown, "{slug}");
    }
}

#[tokio::test]
async fn any_text_is_written_so_that_it_can_be_read() {
    let corpus = Corpus::empty();
    let long = "한".repeat(60);
    let text = article("TITLE", "1815-04-10", "Text.").replace(
        "title: TITLE\nsummary: A summary of TITLE.",
        &format!("title: 'A; b, c \\ d: 🌋 {long}'\nsummary: \"One,\\ttwo;\\x07 \\\\ three.\""),
    );
    corpus.write("articles/odd.md", text);
    let app = Setup::new(corpus)
        .variable("DAYBOOK_SITE_NAME", "Days, and; years")
        .start()
        .await;
    let (head, events) = read(&app.page("/calendar.ics").await);
    assert_eq!(head["X-WR-CALNAME"], "Days\\, and\\; years: on this day");
    assert_eq!(head["NAME;VALUE=TEXT"], head["X-WR-CALNAME"]);
    assert_eq!(
        events[0]["SUMMARY"],
        format!("1815: A\\; b\\, c \\\\ d: 🌋 {long}")
    );
    let description = &events[0]["DESCRIPTION"];
    assert!(description.starts_with("One\\,"), "{description}");
    assert!(description.contains("two\\; \\\\ three."), "{description}");
    assert!(description.contains("\\n\\nDate: April 10\\, 1815\\n\\n"));
}

#[tokio::test]
async fn a_calendar_is_fetched_again_only_when_it_is_another() {
    let app = TestApp::start().await;
    // Dates of headers have no parts of a second, so a young edition has none.
    tokio::time::sleep(std::time::Duration::from_millis(3_100)).await;
    let first = app.page("/calendar.ics").await;
    let (tag, since) = (first.header("etag"), first.header("last-modified"));
    assert_eq!(app.page("/calendar.ics").await.bytes, first.bytes);
    let cache = first.header("cache-control");
    let seconds: u32 = cache
        .strip_prefix("public, max-age=")
        .unwrap()
        .parse()
        .unwrap();
    assert!(seconds <= 3_600, "{cache}");
    assert_eq!(first.header("access-control-allow-origin"), "*");
    for (name, value, status) in [
        ("if-none-match", tag, 304),
        ("if-none-match", "\"another\"", 200),
        ("if-modified-since", since, 304),
        ("if-modified-since", "Mon, 01 Jan 2024 00:00:00 GMT", 200),
        ("if-modified-since", "nonsense", 200),
    ] {
        let page = app.get_with("/calendar.ics", name, value).await;
        assert_eq!(page.status, status, "{name}: {value}");
        assert_eq!(page.bytes.is_empty(), status == 304);
        assert_eq!(page.header("last-modified"), since);
    }
    // A tag that is another one counts for more than a date.
    let request = app
        .client()
        .get(app.url("/calendar.ics"))
        .header("if-none-match", "\"another\"")
        .header("if-modified-since", since);
    assert_eq!(request.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn entries_have_calendars_of_their_own() {
    let app = TestApp::start().await;
    let seoul = app.page("/places/seoul/feed.ics").await;
    let (head, found) = read(&seoul);
    assert_eq!(head["X-WR-CALNAME"], "Seoul\\, South Korea – Daybook");
    assert!(head["URL"].ends_with("/places/seoul"));
    assert!(head["SOURCE;VALUE=URI"].ends_with("/places/seoul/feed.ics"));
    assert_eq!(found.len(), 3);
    let all = events(&app, "/calendar.ics").await;
    for one in &found {
        assert!(all.contains(one), "the same event in both");
    }
    for path in [
        "/topics/korean-war/feed.ics",
        "/people/matthew-ridgway/feed.ics",
        "/organisations/eighth-army/feed.ics",
    ] {
        assert_eq!(events(&app, path).await.len(), 3, "{path}");
    }
    for missing in [
        "/topics/nothing/feed.ics",
        "/people/hidden-person/feed.ics",
        "/places/seoul/feed.ical",
    ] {
        assert_eq!(app.get(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn today_is_the_day_of_the_site() {
    // These two are 26 hours apart and so never share a day.
    for zone in ["Etc/GMT-14", "Etc/GMT+12"] {
        let in_zone = || {
            let zone = jiff::tz::TimeZone::get(zone).unwrap();
            jiff::Timestamp::now().to_zoned(zone).date()
        };
        let today = in_zone();
        let corpus = Corpus::empty();
        for (slug, day) in [
            ("today", today),
            ("tomorrow", today.tomorrow().unwrap()),
            ("yesterday", today.yesterday().unwrap()),
        ] {
            let on = format!("1904-{:02}-{:02}", day.month(), day.day());
            corpus.write(&format!("articles/{slug}.md"), article(slug, &on, "Text."));
        }
        let app = Setup::new(corpus)
            .variable("DAYBOOK_TIME_ZONE", zone)
            .start()
            .await;
        let events = events(&app, "/calendar.ics").await;
        if in_zone() != today || today.month() == 2 {
            return;
        }
        assert_eq!(date(event(&events, "today"), "DTSTART"), today, "{zone}");
        let tomorrow = date(event(&events, "tomorrow"), "DTSTART");
        assert_eq!(tomorrow, today.tomorrow().unwrap());
        let yesterday = date(event(&events, "yesterday"), "DTSTART");
        assert!(yesterday > tomorrow, "{zone}: {yesterday}");
    }
}
