//! Days, months and years: what their pages show, and how a date is said there.

use daybook::dates::Day;

use crate::harness::{Corpus, Page, Setup, TestApp, article};

/// The articles of a list, in order.
pub(crate) fn events(page: &Page) -> Vec<String> {
    page.links(".event__title a, .annals__entry > a")
        .iter()
        .map(|link| link.replace("/articles/", ""))
        .collect()
}

#[tokio::test]
async fn a_day_shows_its_events_by_year_with_place_summary_and_the_way_on() {
    let app = TestApp::start().await;
    let page = app.page("/on/january-4").await;
    // Which of the two leads depends on the year in which this is run.
    let sorted = |css: &str| {
        let mut texts = page.texts(css);
        texts.sort();
        texts
    };
    let mut slugs = events(&page);
    slugs.sort();
    assert_eq!(slugs, ["seoul-falls", "tower-opens"]);
    assert_eq!(sorted(".event__year"), ["1951", "2010"]);
    let mut years = page.links(".event__year");
    years.sort();
    assert_eq!(years, ["/year/1951", "/year/2010"]);
    assert_eq!(
        sorted(".event__facts li"),
        [
            "Architecture",
            "Dubai",
            "Korean War",
            "Seoul, South Korea",
            "captured",
        ]
    );
    assert!(
        page.texts(".event__summary")
            .contains(&"The tallest building of its time is opened with fireworks.".to_owned())
    );
    assert_eq!(
        sorted(".event__more a"),
        ["Read more: A tower opens", "Read more: Seoul falls"]
    );
    assert_eq!(
        page.one(".title-page__previous").attribute("href"),
        "/on/january-3"
    );
    assert_eq!(
        page.one(".title-page__next").attribute("href"),
        "/on/january-5"
    );
    assert_eq!(
        page.one("head link[rel=prev]").attribute("href"),
        "/on/january-3"
    );
    assert_eq!(
        page.one(".title-page__month a").attribute("href"),
        "/on/january"
    );
}

#[tokio::test]
async fn a_day_without_events_leads_to_the_nearest_in_both_directions() {
    let app = TestApp::start().await;
    let nearest = |page: &Page| page.links(".prose p:not(.lead) a");
    let june = app.page("/on/june-1").await;
    // Its own draft does not count, nor the article of the future next day.
    assert_eq!(nearest(&june), ["/on/may-6", "/on/july-16"]);
    assert_eq!(june.one(".lead").text, "Nothing is told for this day yet.");
    // Around the turn of the year.
    let new_year = app.page("/on/january-1").await;
    assert_eq!(nearest(&new_year), ["/on/december-31", "/on/january-3"]);
    let december = app.page("/on/december-30").await;
    assert_eq!(nearest(&december), ["/on/december-29", "/on/december-31"]);

    let empty = Setup::new(Corpus::empty()).start().await;
    let page = empty.page("/on/june-1").await;
    assert_eq!(page.one(".lead").text, "Nothing is told for this day yet.");
    assert!(nearest(&page).is_empty());
}

#[tokio::test]
async fn february_29_is_a_day_like_any_other() {
    let app = TestApp::start().await;
    let page = app.page("/on/february-29").await;
    assert_eq!(events(&page), ["leap-eclipse"]);
    assert_eq!(
        page.one(".title-page__previous").attribute("href"),
        "/on/february-28"
    );
    assert_eq!(
        page.one(".title-page__next").attribute("href"),
        "/on/march-1"
    );
    let march = app.page("/on/march-1").await;
    assert_eq!(
        march.one(".title-page__previous").attribute("href"),
        "/on/february-29"
    );
    for missing in [
        "/on/february-30",
        "/on/april-31",
        "/on/2-30",
        "/on/january-0",
        "/on/smarch-1",
    ] {
        assert_eq!(app.get(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn a_month_is_a_calendar_with_the_number_of_articles_of_each_day() {
    let app = TestApp::start().await;
    let page = app.page("/on/january").await;
    let days = page.all(".calendar__day a");
    assert_eq!(days.len(), 31);
    assert_eq!(days[3].attribute("href"), "/on/january-4");
    assert_eq!(
        page.texts(".calendar__day--told .visually-hidden"),
        [
            "January 3, 1 article",
            "January 4, 2 articles",
            "January 7, 1 article"
        ]
    );
    assert_eq!(page.texts(".calendar__count"), ["1", "2", "1"]);
    assert_eq!(
        page.one(".title-page__previous").attribute("href"),
        "/on/december"
    );
    assert_eq!(
        page.one(".title-page__next").attribute("href"),
        "/on/february"
    );
    assert_eq!(page.all(".months a").len(), 12);
    assert_eq!(page.one(".months a[aria-current=page]").text, "January");
}

#[tokio::test]
async fn years_before_our_era_are_counted_as_historians_do() {
    let app = TestApp::start().await;
    let page = app.page("/year/44-bce").await;
    assert_eq!(events(&page), ["death-of-caesar"]);
    assert!(page.all(".title-page__previous").is_empty());
    let next = page.one(".title-page__next");
    assert_eq!(
        (next.attribute("href").as_str(), next.text.as_str()),
        ("/year/212", "212")
    );
    assert_eq!(page.texts(".annals__spine"), ["March", "Died"]);
    assert_eq!(page.texts(".annals__figure"), ["March 15"]);
    assert_eq!(page.links(".annals__figure a"), ["/on/march-15"]);
    let day = app.page("/on/march-15").await;
    assert_eq!(day.texts(".event__year"), ["44 BCE"]);
    let article = app.page("/articles/death-of-caesar").await;
    assert_eq!(article.one(".big-date__year").text, "44 BCE");
    assert!(
        article.all(".facts--dates time").is_empty(),
        "HTML knows no year before 1"
    );
    for (path, target) in [
        ("/year/-43", "/year/44-bce"),
        ("/year/44bc", "/year/44-bce"),
        ("/year/0212", "/year/212"),
    ] {
        let moved = app.get(path).await;
        assert_eq!(
            (moved.status, moved.header("location")),
            (301, target),
            "{path}"
        );
    }
    for missing in [
        "/year/1952",
        "/year/43-bce",
        "/year/0-bce",
        "/year/x",
        "/year/99999999999999999999",
    ] {
        assert_eq!(app.get(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn a_date_that_is_not_sure_is_not_set_as_if_it_were() {
    let app = TestApp::start().await;
    let page = app.page("/articles/long-title").await;
    assert!(page.all(".big-date__number").is_empty());
    assert_eq!(page.one(".big-date--words").text, "about September 9, 1645");
    assert_eq!(page.one("h1").text.chars().count(), 200);
}

#[tokio::test]
async fn february_28_of_a_common_year_keeps_february_29() {
    let corpus = Corpus::fixtures();
    corpus.write("articles/eve.md", article("The eve", "1953-02-28", "Text."));
    let app = Setup::new(corpus).start().await;
    let page = app.page("/on/february-28").await;
    let (year, _) = daybook::dates::today(&jiff::tz::TimeZone::UTC);
    if year.is_leap(daybook::dates::Calendar::Gregorian) {
        assert_eq!(events(&page), ["eve"]);
        assert!(page.all(".section-title").is_empty());
    } else {
        assert_eq!(events(&page), ["eve", "leap-eclipse"]);
        let heading = page.one("h2.section-title a");
        assert_eq!(heading.text, "February 29");
        assert_eq!(heading.attribute("href"), "/on/february-29");
        assert_eq!(
            page.one(".section-title__note").text,
            format!(
                "{} has no February 29; its events are kept here.",
                year.words()
            )
        );
    }
    // Only there, and only where there is something to keep.
    for other in ["february-27", "february-29", "march-1"] {
        let page = app.page(&format!("/on/{other}")).await;
        assert!(page.all(".section-title").is_empty(), "{other}");
    }
    let empty = Setup::new(Corpus::empty()).start().await;
    let page = empty.page("/on/february-28").await;
    assert!(page.all(".section-title").is_empty());
}

#[tokio::test]
async fn a_day_says_how_long_ago_each_event_is_whose_year_is_certain() {
    let corpus = Corpus::empty();
    let (year, _) = daybook::dates::today(&jiff::tz::TimeZone::UTC);
    let this_year = year.astronomical();
    for (slug, on) in [
        ("b-round", format!("{}-06-15", this_year - 75)),
        ("c-plain", format!("{}-06-15", this_year - 74)),
        ("d-last", format!("{}-06-15", this_year - 1)),
        ("e-now", format!("{this_year}-06-15")),
        ("f-unsure", format!("{}-06-15?", this_year - 50)),
        ("g-about", format!("{}-06-15~", this_year - 50)),
        (
            "h-ended",
            format!("{}-12-31/{}-06-15", this_year - 26, this_year - 25),
        ),
        ("a-caesar", "-0043-06-15".to_owned()),
    ] {
        corpus.write(&format!("articles/{slug}.md"), article(slug, &on, "Text."));
    }
    let app = Setup::new(corpus).start().await;
    let page = app.page("/on/june-15").await;
    assert_eq!(events(&page).len(), 8);
    // There was no year zero: from 44 BCE to 2026 it is 2069 years.
    let caesar = format!("{} years ago", this_year + 43);
    let round = ["75 years ago", "25 years ago"];
    // The largest round number leads.
    assert_eq!(
        page.texts(".event__ago"),
        [round[0], &caesar, "74 years ago", round[1], "1 year ago"]
    );
    let standing_out = page.texts(".event__ago--round");
    for words in round {
        assert!(standing_out.contains(&words.to_owned()), "{words}");
    }
    assert!(!standing_out.contains(&"74 years ago".to_owned()));
    // A year, a place, a decade do not depend on today.
    let lists = app.page(&format!("/year/{}", this_year - 75)).await;
    assert!(lists.all(".event__ago").is_empty());
    // Until shortly before New Year the page of a day may be kept as others
    // are; the turn of the year itself is a unit test.
    let cache = page.header("cache-control");
    assert!(cache.starts_with("public, max-age="), "{cache}");
}

#[tokio::test]
async fn today_is_the_day_of_the_site_or_of_the_zone_that_was_asked_for() {
    let corpus = Corpus::empty();
    let zone = |name: &str| jiff::tz::TimeZone::get(name).unwrap();
    let day_in = |name: &str| {
        let date = jiff::Timestamp::now().to_zoned(zone(name)).date();
        let day = Day::new(date.month().unsigned_abs(), date.day().unsigned_abs()).unwrap();
        (day, date)
    };
    // These two are 26 hours apart and so never share a day.
    let (east, west) = ("Etc/GMT-14", "Etc/GMT+12");
    let (day, date) = day_in(east);
    let year = i64::from(date.year()) - 75;
    let name = format!("articles/{:02}/{:02}/then.md", day.month(), day.day());
    let on = format!("{year}-{:02}-{:02}", day.month(), day.day());
    if day.slug() != "february-29" {
        corpus.write(&name, article("Then", &on, "Text."));
    }
    let app = Setup::new(corpus)
        .variable("DAYBOOK_TIME_ZONE", east)
        .start()
        .await;
    let home = app.page("/").await;
    let other = app
        .page(&format!("/today?tz={}", west.replace('+', "%2B")))
        .await;
    // At midnight itself the day may have turned since.
    if day_in(east).0 != day {
        return;
    }
    let words = |day: Day| day.words(daybook::dates::DateStyle::Mdy);
    assert_eq!(home.one("h1").text, words(day));
    let note = &home.texts(".title-page__note")[0];
    assert_eq!(
        *note,
        format!(
            "Today, {}, {}, by the clock of {east}.",
            words(day),
            date.year()
        )
    );
    if day.slug() != "february-29" {
        assert_eq!(home.texts(".event__ago"), ["75 years ago"]);
    }
    assert_eq!(other.one("h1").text, words(day_in(west).0));
    assert!(other.texts(".title-page__note")[0].ends_with(&format!("by the clock of {west}.")));
    assert!(events(&other).is_empty());

    // A zone that nobody knows counts as not given.
    for query in [
        "?tz=Nowhere/Land",
        "?tz=",
        "?tz=%00",
        "",
        "?tz=..%2F..%2Fetc%2Fpasswd",
        "?other=1",
    ] {
        let page = app.page(&format!("/today{query}")).await;
        assert!(page.texts(".title-page__note")[0].contains(east), "{query}");
    }
    // What depends on the day is not kept beyond it, and never shown stale.
    let cache = home.header("cache-control");
    assert!(
        cache.starts_with("public, max-age=") && !cache.contains("stale"),
        "{cache}"
    );
}
