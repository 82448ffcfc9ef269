//! The rule of standing: on which days, months and years an article stands.
//! Where nothing but a decade or a century is known, see `timeline`.

use std::collections::HashMap;

use daybook::dates::{Day, MONTHS};

use crate::harness::{Corpus, Setup, TestApp, article};
use crate::time::events;

#[tokio::test]
async fn an_interval_stands_on_its_first_and_last_day_and_not_between() {
    let app = TestApp::start().await;
    let days = [
        "december-30",
        "december-31",
        "january-1",
        "january-2",
        "january-3",
        "january-5",
        "january-6",
        "january-7",
        "january-8",
    ];
    let mut told = HashMap::new();
    for day in days {
        told.insert(day, events(&app.page(&format!("/on/{day}")).await));
    }
    assert_eq!(told["december-31"], ["seoul-falls"]);
    assert_eq!(told["january-3"], ["winter-siege"]);
    assert_eq!(told["january-7"], ["seoul-falls"]);
    for between in [
        "december-30",
        "january-1",
        "january-2",
        "january-5",
        "january-6",
        "january-8",
    ] {
        assert!(told[between].is_empty(), "{between}: {:?}", told[between]);
    }
    let first = app.page("/on/december-31").await;
    assert_eq!(
        first.texts(".event__label"),
        ["Third Battle of Seoul, first day"]
    );
    assert_eq!(first.texts(".event__year"), ["1950"]);
    let last = app.page("/on/january-7").await;
    assert_eq!(
        last.texts(".event__label"),
        ["Third Battle of Seoul, last day"]
    );
    assert_eq!(last.texts(".event__year"), ["1951"]);
    // It belongs to both years, and to 1951 once, though two dates lie there.
    assert_eq!(events(&app.page("/year/1950").await), ["seoul-falls"]);
    assert_eq!(events(&app.page("/year/1951").await), ["seoul-falls"]);
    // Without words of its own, an interval began and ended.
    let siege = app.page("/on/january-3").await;
    assert_eq!(siege.texts(".event__label"), ["ended"]);
}

#[tokio::test]
async fn an_article_of_a_month_stands_on_its_month_and_its_year_and_on_no_day() {
    let app = TestApp::start().await;
    let july = app.page("/on/july").await;
    assert_eq!(july.texts("h2")[1], "In July, day unknown");
    assert_eq!(events(&july), ["mansa-musa"]);
    assert_eq!(events(&app.page("/year/1324").await), ["mansa-musa"]);
    for day in Day::of_month(7) {
        let page = app.page(&format!("/on/{}", day.slug())).await;
        assert!(!page.text().contains("mansa-musa"), "{}", day.slug());
    }
    let article = app.page("/articles/mansa-musa").await;
    assert_eq!(article.one(".big-date--words").text, "July 1324");
}

#[tokio::test]
async fn an_article_of_a_year_stands_on_its_year_alone() {
    let app = TestApp::start().await;
    assert_eq!(events(&app.page("/year/212").await), ["edict-of-caracalla"]);
    for month in MONTHS {
        let page = app.page(&format!("/on/{}", month.to_lowercase())).await;
        assert!(!page.text().contains("edict-of-caracalla"), "{month}");
    }
    let article = app.page("/articles/edict-of-caracalla").await;
    assert_eq!(article.one(".big-date--words").text, "212 CE");
    assert_eq!(
        article.one(".facts--dates time").attribute("datetime"),
        "0212"
    );
}

#[tokio::test]
async fn a_julian_date_stands_on_its_own_day_and_says_its_gregorian_one() {
    let app = TestApp::start().await;
    assert_eq!(
        events(&app.page("/on/october-14").await),
        ["battle-of-hastings"]
    );
    assert!(events(&app.page("/on/october-20").await).is_empty());
    let page = app.page("/articles/battle-of-hastings").await;
    assert_eq!(
        page.one(".facts--dates dd").text,
        "October 14, 1066 (Julian; October 20 Gregorian)"
    );
    // For machines it is Gregorian.
    assert_eq!(
        page.one(".facts--dates time").attribute("datetime"),
        "1066-10-20"
    );
}

#[tokio::test]
async fn an_event_stands_on_each_of_its_dates_with_its_role_and_has_one_article() {
    let corpus = Corpus::empty();
    let dates = "dates:\n  - {on: 1840-05-06, role: took-effect, primary: true}\n  \
                 - {on: 1840-05-01, role: issued, label: on sale}\n  \
                 - {on: 1839-08, role: announced}\n  \
                 - {on: 1840-05-06/1840-05-09, role: battle}\n";
    let text = article("Stamp", "1840-05-06", "Text.").replace("date: \"1840-05-06\"\n", dates);
    corpus.write("articles/05/06/stamp.md", text);
    let app = Setup::new(corpus).start().await;
    for (day, label) in [
        ("may-6", "took effect"),
        ("may-1", "on sale"),
        ("may-9", "the battle, last day"),
    ] {
        let page = app.page(&format!("/on/{day}")).await;
        // The first date that the file names for a day speaks for it.
        assert_eq!(events(&page), ["stamp"], "{day}");
        assert_eq!(page.texts(".event__label"), [label], "{day}");
    }
    for between in ["may-7", "may-8", "august-1"] {
        let page = app.page(&format!("/on/{between}")).await;
        assert!(events(&page).is_empty(), "{between}");
    }
    let august = app.page("/on/august").await;
    assert_eq!(august.texts(".event__label"), ["announced"]);
    assert_eq!(events(&app.page("/year/1839").await), ["stamp"]);
    assert_eq!(events(&app.page("/year/1840").await), ["stamp"]);
    let count = "SELECT COUNT(*) FROM articles";
    assert_eq!(app.database.number(count), 1);
}

#[tokio::test]
async fn some_time_between_two_dates_stands_on_the_smallest_page_that_holds_both() {
    let corpus = Corpus::empty();
    for (slug, date) in [
        ("one-day", "[1951-02-03..1951-02-03]"),
        ("one-month", "[1951-01-04..1951-01-07]"),
        ("one-year", "[1951-01-30..1951-02-02]"),
        ("one-decade", "[1951..1953]"),
        ("months", "1951-03/1952-05"),
    ] {
        corpus.write(&format!("articles/{slug}.md"), article(slug, date, "Text."));
    }
    let app = Setup::new(corpus).start().await;
    for (path, expected) in [
        ("/on/february-3", vec!["one-day"]),
        ("/on/january-4", vec![]),
        ("/on/january-7", vec![]),
        ("/on/january-30", vec![]),
        ("/on/january", vec!["one-month"]),
        ("/on/february", vec![]),
        ("/on/march", vec!["months"]),
        ("/on/april", vec![]),
        ("/on/may", vec!["months"]),
        (
            "/year/1951",
            vec!["one-month", "one-day", "months", "one-year"],
        ),
        ("/year/1952", vec!["months"]),
    ] {
        assert_eq!(events(&app.page(path).await), expected, "{path}");
    }
    assert_eq!(app.get("/year/1953").await.status, 404);
    let january = app.page("/on/january").await;
    assert_eq!(
        january.texts(".event__facts li"),
        ["between January 4 and 7, 1951"]
    );
}

#[tokio::test]
async fn dates_of_both_calendars_stand_side_by_side_in_one_article() {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/10/15/calendar-begins.md",
        "---\ntitle: A calendar begins\nsummary: It began on October 15, 1582.\ndates:\n  \
         - {on: 1582-10-15, role: took-effect, primary: true}\n  \
         - {on: 1582-02-24, role: issued, calendar: julian}\n---\n\
         The bull was issued on February 24, 1582 (Julian), and took effect on October 15, 1582.\n",
    );
    let app = Setup::new(corpus).start().await;
    for day in ["october-15", "february-24"] {
        let page = app.page(&format!("/on/{day}")).await;
        assert_eq!(events(&page), ["calendar-begins"], "{day}");
    }
    // Not on the Gregorian twin of the Julian day.
    assert!(events(&app.page("/on/march-6").await).is_empty());
    let page = app.page("/articles/calendar-begins").await;
    let text = page.text();
    assert!(text.contains("Julian; March 6 Gregorian"), "{text}");
    assert!(!text.contains("October 5"), "{text}");
}
