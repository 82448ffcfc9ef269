//! The page of a day as a spread: which event leads, the week around the day,
//! who was born and who died on it.

use daybook::dates::{Calendar, DateStyle, Day, Year, is_round_anniversary};

use crate::harness::{Corpus, Page, Setup, TestApp, article};
use crate::time::events;

/// The year by which the site counts.
fn this_year() -> i64 {
    daybook::dates::today(&jiff::tz::TimeZone::UTC)
        .0
        .astronomical()
}

/// So many articles on June 15, none of them a round number of years ago.
fn on_june_15(count: i64) -> Corpus {
    let corpus = Corpus::empty();
    let years = (1..).map(|ago| this_year() - 37 * ago);
    let plain = years.filter(|year| !is_round_anniversary((this_year() - year).unsigned_abs()));
    for (n, year) in (0..count).zip(plain) {
        let on = format!("{year}-06-15");
        corpus.write(
            &format!("articles/event-{n:02}.md"),
            article(&format!("Event {n:02}"), &on, "Text."),
        );
    }
    corpus
}

fn lead(page: &Page) -> String {
    page.one(".lead-event__title a")
        .attribute("href")
        .replace("/articles/", "")
}

#[tokio::test]
async fn one_event_leads_and_the_others_follow_in_order_of_time() {
    let nothing = Setup::new(on_june_15(0))
        .start()
        .await
        .page("/on/june-15")
        .await;
    assert!(nothing.all(".lead-event").is_empty());
    assert!(nothing.all(".event").is_empty());

    // Alone it leads, and there was nothing to choose.
    let one = Setup::new(on_june_15(1))
        .start()
        .await
        .page("/on/june-15")
        .await;
    assert_eq!(lead(&one), "event-00");
    assert!(one.all(".event").is_empty());
    assert!(one.all(".lead-event__reason").is_empty());
    assert!(one.all(".timeline").is_empty());

    // All are there once, in one list while they are few.
    for count in [2, 7] {
        let page = Setup::new(on_june_15(count))
            .start()
            .await
            .page("/on/june-15")
            .await;
        let shown = usize::try_from(count).unwrap();
        assert_eq!(page.all(".event").len(), shown - 1);
        assert_eq!(page.all(".timeline").len(), 1);
        assert!(page.all(".timeline__century").is_empty());
        assert_eq!(page.all(".lead-event__reason").len(), 1);
    }

    // Many are parted into their centuries.
    let page = Setup::new(on_june_15(12))
        .start()
        .await
        .page("/on/june-15")
        .await;
    let mut all = events(&page);
    assert_eq!(all.remove(0), lead(&page));
    assert!(
        all.is_sorted_by(|one, next| one > next),
        "the latest was written first: {all:?}"
    );
    assert_eq!(all.len(), 11);
    let centuries = page.texts(".timeline__century");
    assert!(
        centuries.len() > 2 && centuries.len() == page.all(".timeline").len(),
        "{centuries:?}"
    );
    let mut of_events: Vec<String> = page
        .texts(".event .event__year")
        .iter()
        .map(|year| {
            Year::from_astronomical(year.parse().unwrap())
                .century()
                .words()
        })
        .collect();
    of_events.dedup();
    assert_eq!(centuries, of_events);
}

#[tokio::test]
async fn a_round_number_of_years_leads_and_the_page_says_so() {
    let corpus = on_june_15(5);
    for (slug, ago) in [("fifty", 50), ("hundred", 100)] {
        let on = format!("{}-06-15", this_year() - ago);
        corpus.write(&format!("articles/{slug}.md"), article(slug, &on, "Text."));
    }
    let app = Setup::new(corpus).start().await;
    let page = app.page("/on/june-15").await;
    assert_eq!(lead(&page), "hundred");
    let reason = page.one(".lead-event__reason");
    assert_eq!(
        reason.text,
        "Chosen because it was 100 years ago. How the lead is chosen"
    );
    assert_eq!(
        page.links(".lead-event__reason a"),
        ["/about#h-how-the-lead-of-a-day-is-chosen"]
    );
    // Asked again, the answer is the same to the byte.
    let tag = page.header("etag").to_owned();
    assert_eq!(app.page("/on/june-15").await.header("etag"), tag);
}

#[tokio::test]
async fn without_a_round_number_the_lead_is_unlike_those_of_the_days_before() {
    let year = this_year() - 37;
    let corpus = Corpus::empty();
    let write = |slug: &str, day: u8, place: &str, topic: &str| {
        let more = format!("place: {place}\ntopics: [{topic}]\nsources:");
        let text = article(slug, &format!("{year}-06-{day}"), "Text.").replace("sources:", &more);
        corpus.write(&format!("articles/{slug}.md"), text);
    };
    corpus.write(
        "places/lyon.md",
        "---\nname: Lyon\ncountry: FR\n---\nText.\n",
    );
    corpus.write(
        "places/paris.md",
        "---\nname: Paris\ncountry: fr\n---\nText.\n",
    );
    write("yesterday", 14, "Lyon", "War");
    // Another place of the same country is the same region.
    write("alike-in-place", 15, "Paris", "Art");
    write("alike-in-topic", 15, "Seoul", "War");
    write("unlike", 15, "Cairo", "Trade");
    let app = Setup::new(corpus).start().await;
    let page = app.page("/on/june-15").await;
    assert_eq!(lead(&page), "unlike");
    assert!(
        page.one(".lead-event__reason")
            .text
            .starts_with("Chosen because it is least like what led the two days before.")
    );
    // Three days later nothing stands before it, and they would take turns.
    let reason = app.page("/on/june-14").await;
    assert!(reason.all(".lead-event__reason").is_empty());
}

#[tokio::test]
async fn the_week_leads_to_the_days_around_and_says_what_they_hold() {
    let corpus = on_june_15(5);
    corpus.write("articles/eve.md", article("Eve", "1903-12-31", "Text."));
    corpus.write("articles/leap.md", article("Leap", "1904-02-29", "Text."));
    let app = Setup::new(corpus).start().await;
    let june = app.page("/on/june-17").await;
    assert_eq!(
        june.links(".week a"),
        [14, 15, 16, 17, 18, 19, 20].map(|day| format!("/on/june-{day}"))
    );
    assert_eq!(
        june.texts(".week__day--told .visually-hidden"),
        ["June 15, 5 articles"]
    );
    // Dots are for the eye, and three are enough.
    assert_eq!(june.one(".week__day--told .week__dots").text, "···");
    assert_eq!(
        june.one(".week [aria-current=date]").attribute("href"),
        "/on/june-17"
    );
    assert!(june.all(".week__month").is_empty());

    let eve = app.page("/on/december-31").await;
    assert_eq!(eve.links(".week a")[6], "/on/january-3");
    assert_eq!(eve.texts(".week__month"), ["Jan"]);
    let new_year = app.page("/on/january-1").await;
    assert_eq!(new_year.links(".week a")[0], "/on/december-29");
    assert_eq!(new_year.texts(".week__month"), ["Dec", "Jan"]);
    assert_eq!(
        new_year.texts(".week__day--told .visually-hidden"),
        ["December 31, 1 article"]
    );

    // February 29 is in its place in every year.
    for day in ["february-28", "february-29", "march-1"] {
        let page = app.page(&format!("/on/{day}")).await;
        assert!(
            page.links(".week a")
                .contains(&"/on/february-29".to_owned()),
            "{day}"
        );
        let current = page.one(".week [aria-current=date]").attribute("href");
        assert_eq!(current, format!("/on/{day}"));
    }
}

fn person(name: &str, life: &str) -> String {
    format!("---\nname: {name}\n{life}\n---\nText.\n")
}

fn lives(page: &Page) -> Vec<String> {
    page.texts(".annals--lives")
}

#[tokio::test]
async fn a_day_says_who_was_born_and_who_died_on_it() {
    let corpus = Corpus::empty();
    for (slug, life) in [
        ("newton", "born: 1642-12-25\ncalendar: julian"),
        ("sure", "born: 1900-01-01\ndied: 1980-12-25"),
        ("about", "born: 1700-12-25~\ndied: 1750-12-25?"),
        ("between", "born: \"[1700-12-24..1700-12-25]\""),
        ("caesar", "born: -0099-12-25\ncalendar: julian"),
        ("leap", "born: 1904-02-29"),
    ] {
        corpus.write(&format!("people/{slug}.md"), person(slug, life));
    }
    let app = Setup::new(corpus).start().await;
    let page = app.page("/on/december-25").await;
    // There is no article, and the page is kind all the same.
    assert_eq!(page.one(".lead").text, "Nothing is told for this day yet.");
    assert_eq!(
        page.texts(".annals--lives h2"),
        ["Born this day", "Died this day"]
    );
    assert_eq!(
        page.texts(".annals--lives li"),
        [
            "100 BCE caesar Julian; December 23 Gregorian",
            "1642 newton Old Style; January 4, 1643, New Style",
            "1980 sure"
        ]
    );
    assert_eq!(
        page.links(".annals--lives a"),
        ["/people/caesar", "/people/newton", "/people/sure"]
    );
    // A Julian day is the day as sourced, and no other.
    assert!(lives(&app.page("/on/january-4").await).is_empty());
    assert!(lives(&app.page("/on/december-24").await).is_empty());
    // Articles alone are counted.
    let december = app.page("/on/december").await;
    assert!(december.all(".calendar__count").is_empty());
    // What this year lacks is kept on the eve, lives too.
    let leap_year = Year::from_astronomical(this_year()).is_leap(Calendar::Gregorian);
    let eve = app.page("/on/february-28").await;
    assert_eq!(
        eve.texts(".annals--lives h2")
            .contains(&"Born on February 29".to_owned()),
        !leap_year
    );
}

#[tokio::test]
async fn a_person_who_changes_is_found_on_the_new_day_and_not_on_the_old() {
    let corpus = Corpus::empty();
    corpus.write(
        "people/ada.md",
        person("Ada", "born: 1815-12-10\ndied: 1852-11-27"),
    );
    corpus.ingest();
    let days = |corpus: &Corpus| {
        let sql =
            "SELECT event || ' ' || name || ' ' || words AS line FROM life_days ORDER BY event";
        corpus.database.lines(sql)
    };
    assert_eq!(
        days(&corpus),
        ["born Ada 1815-12-10", "died Ada 1852-11-27"]
    );
    corpus.edit("people/ada.md", "1815-12-10", "1815-12-11");
    corpus.edit("people/ada.md", "died: 1852-11-27", "died: 1852-11-27?");
    corpus.edit("people/ada.md", "name: Ada", "name: Ada King");
    corpus.ingest();
    assert_eq!(days(&corpus), ["born Ada King 1815-12-11"]);
    // What cannot be read leaves what was there.
    corpus.edit("people/ada.md", "1815-12-11", "1815-13-11");
    corpus.ingest();
    assert_eq!(days(&corpus), ["born Ada King 1815-12-11"]);
    corpus.remove("people/ada.md");
    corpus.ingest();
    assert!(days(&corpus).is_empty());
}

#[tokio::test]
async fn a_database_from_before_the_lives_learns_them_with_its_next_import() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    let all = corpus.database.derived();
    // As the migration leaves it.
    corpus.database.execute(
        "DELETE FROM life_days; UPDATE files SET size = -1, hash = '' WHERE path LIKE 'people/%'",
    );
    assert!(corpus.ingest().is_new);
    assert_eq!(corpus.database.derived(), all);
    assert!(corpus.database.number("SELECT COUNT(*) FROM life_days") > 0);
}

#[tokio::test]
async fn a_month_is_a_sheet_whose_weeks_begin_as_the_site_writes_dates() {
    let app = TestApp::start().await;
    let (year, today) = daybook::dates::today(&jiff::tz::TimeZone::UTC);
    let dmy = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_DATE_STYLE", "dmy")
        .start()
        .await;
    for (app, style, first) in [
        (&app, DateStyle::Mdy, "Sunday"),
        (&dmy, DateStyle::Dmy, "Monday"),
    ] {
        let page = app.page("/on/january").await;
        let head = page.texts(".calendar__weekday .visually-hidden");
        assert_eq!(head.len(), 7);
        assert_eq!(head[0], first);
        // The first of January stands under its weekday.
        let jan = jiff::civil::date(i16::try_from(year.astronomical()).unwrap(), 1, 1);
        let weekday = daybook::dates::weekday_name(jan.weekday());
        let column = head.iter().position(|name| name == weekday).unwrap();
        let cells = page.all(".calendar tbody tr:first-child td");
        assert!(cells[..column].iter().all(|cell| cell.text.is_empty()));
        let words = Day::new(1, 1).unwrap().words(style);
        assert!(
            cells[column].text.contains(&words),
            "{}",
            cells[column].text
        );
        assert_eq!(
            page.all(".calendar tr").len(),
            page.all(".calendar tbody tr").len() + 1
        );
        let says = format!("January as it falls in {}.", year.words());
        assert!(
            page.one("caption").text.starts_with(&says),
            "{}",
            page.one("caption").text
        );
    }
    // Today is marked where it is, and nowhere else.
    let month = daybook::dates::month_slug(today.month()).unwrap();
    let page = app.page(&format!("/on/{month}")).await;
    if daybook::dates::today(&jiff::tz::TimeZone::UTC).1 == today {
        assert_eq!(
            page.links(".calendar [aria-current=date]"),
            [format!("/on/{}", today.slug())]
        );
        assert_eq!(page.all("[aria-current=date]").len(), 1);
    }
    let cache = page.header("cache-control");
    assert!(
        cache.starts_with("public, max-age=") && !cache.contains("stale"),
        "{cache}"
    );
    // February 29 has its page, and the sheet no false weekday for it.
    let february = app.page("/on/february").await;
    let links = february.links("main section a");
    assert_eq!(
        links
            .iter()
            .filter(|href| *href == "/on/february-29")
            .count(),
        1
    );
    let is_in_sheet = february
        .links(".calendar a")
        .contains(&"/on/february-29".to_owned());
    assert_eq!(is_in_sheet, year.is_leap(Calendar::Gregorian));
}
