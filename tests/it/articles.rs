//! An article's page: its dates, its names, its text and what it rests on; and
//! who may see it.

use crate::harness::{Corpus, Setup, TestApp, article};

#[tokio::test]
async fn an_article_shows_its_dates_its_names_and_what_it_rests_on() {
    let app = TestApp::start().await;
    let page = app.page("/articles/seoul-falls").await;
    assert_eq!(page.one(".big-date__day").text, "January 4");
    assert_eq!(
        page.one(".big-date__day").attribute("href"),
        "/on/january-4"
    );
    assert_eq!(page.one(".big-date__year").attribute("href"), "/year/1951");
    assert_eq!(
        page.texts(".facts--dates dt"),
        ["Captured", "Third Battle of Seoul", "On the date"]
    );
    assert_eq!(
        page.texts(".facts--dates dd"),
        [
            "January 4, 1951",
            "December 31, 1950 – January 7, 1951",
            "The battle ran from December 31 to January 7; the city fell on January 4."
        ]
    );
    assert_eq!(
        page.one(".facts--dates time").attribute("datetime"),
        "1951-01-04"
    );
    assert_eq!(
        page.links(".article__title .article__tags a"),
        ["/places/seoul", "/topics/korean-war"]
    );
    assert_eq!(
        page.links(".facts--names a"),
        [
            "/places/seoul",
            "/people/matthew-ridgway",
            "/organisations/eighth-army"
        ]
    );
    assert_eq!(
        page.one(".article__byline").text,
        "Written by Ada Writer. Reviewed by Bea Reader"
    );
    // Only what differs is disputed.
    assert_eq!(page.texts("#accounts-differ h3"), ["captor"]);
    assert_eq!(
        page.texts("#accounts-differ dt"),
        ["Chinese forces", "North Korean forces"]
    );
    assert_eq!(
        page.texts("#accounts-differ dd"),
        ["Roy E. Appleman (1990)", "The Chronicle"]
    );
    assert_eq!(
        page.one(".disputes__ruling").text,
        "What Daybook holds: Both took part, so both are named."
    );
    assert_eq!(
        page.texts("#corrections .corrections__kind"),
        ["Correction"]
    );
    assert_eq!(page.texts("#changes .corrections__kind"), ["Minor edit"]);
    // A minor edit does not move the date of the update.
    assert_eq!(
        page.one(".accuracy__record").text,
        "Published November 22, 2026. Updated November 23, 2026. Revision 1."
    );
    assert_eq!(
        page.one("#source-chronicle").text,
        "A chronicle of the war, The Chronicle. website, seen November 20, 2026, archived copy of A chronicle of the war · note 2"
    );
}

#[tokio::test]
async fn the_body_has_notes_headings_links_and_a_report_link_at_each_passage() {
    let app = TestApp::start().await;
    let page = app.page("/articles/seoul-falls").await;
    assert_eq!(page.texts(".prose h2"), ["A battle of eight days"]);
    assert_eq!(
        page.one(".prose h2").attribute("id"),
        "h-a-battle-of-eight-days"
    );
    assert_eq!(
        page.links(".prose a[href^='/articles/moon']"),
        ["/articles/moon-landing"]
    );
    let reports: Vec<String> = page.links(".prose a[href*='/report?']");
    let expected: Vec<String> = (1..=4)
        .map(|n| format!("/articles/seoul-falls/report?r=1&p={n}"))
        .collect();
    assert_eq!(reports, expected);
    assert_eq!(page.all("#notes li").len(), 3);
    for reference in page.links(".prose a[href^='#fn-']") {
        assert_eq!(
            page.all(&format!("[id='{}']", &reference[1..])).len(),
            1,
            "{reference}"
        );
    }
    let first = &page.texts("#notes li")[0];
    assert!(
        first.contains("Roy E. Appleman, Ridgway Duels for Korea (1990)")
            && first.contains("p. 58"),
        "{first}"
    );
    // A link without words of its own bears the title, also by an old slug.
    let launch = app.page("/articles/moon-launch").await;
    let links: Vec<(String, String)> = launch
        .all(".prose a[href^='/articles/moon-landing']")
        .into_iter()
        .map(|link| (link.attribute("href"), link.text))
        .collect();
    let expected = ["People walk on the moon", "another article"]
        .map(|words| ("/articles/moon-landing".to_owned(), words.to_owned()));
    assert_eq!(links, expected);
}

#[tokio::test]
async fn an_article_leads_on_in_time_and_to_its_day_in_other_years() {
    let app = TestApp::start().await;
    let page = app.page("/articles/moon-landing").await;
    assert_eq!(
        page.one(".neighbours a[rel=prev]").attribute("href"),
        "/articles/moon-launch"
    );
    assert_eq!(
        page.one(".neighbours a[rel=next]").attribute("href"),
        "/articles/tower-opens"
    );
    assert!(page.all(".same-day").is_empty());
    let oldest = app.page("/articles/death-of-caesar").await;
    assert!(oldest.all(".neighbours a[rel=prev]").is_empty());
    let newest = app.page("/articles/tower-opens").await;
    assert!(newest.all(".neighbours a[rel=next]").is_empty());
    assert_eq!(newest.links(".same-day__title"), ["/articles/seoul-falls"]);
}

#[tokio::test]
async fn pictures_have_words_sizes_and_captions() {
    let app = TestApp::start().await;
    let page = app.page("/articles/airship-burns").await;
    let lead = page.one(".picture--lead img");
    assert_eq!(
        lead.attribute("alt"),
        "An airship above a mast, drawn in four squares."
    );
    assert_eq!(
        (lead.attribute("width"), lead.attribute("height")),
        ("4".into(), "2".into())
    );
    assert_eq!(
        page.one(".picture--lead figcaption").text,
        "The airship above its mast. Drawing: Ada Writer, CC0"
    );
    let inner = page.one(".prose img");
    assert_eq!(inner.attribute("alt"), "A mast with a ring.");
    assert_eq!(
        page.one(".prose figcaption").text,
        "The mast Diagram: Ada Writer, CC0"
    );
    let day = app.page("/on/may-6").await;
    assert_eq!(
        day.one(".event__picture").attribute("src"),
        lead.attribute("src")
    );
}

#[tokio::test]
async fn drafts_and_the_future_are_hidden_from_readers_everywhere() {
    let app = TestApp::start().await;
    for (slug, place) in [
        ("unfinished", "/on/june-1"),
        ("from-the-future", "/on/june-2"),
    ] {
        assert_eq!(
            app.get(&format!("/articles/{slug}")).await.status,
            404,
            "{slug}"
        );
        assert_eq!(
            app.get(&format!("/articles/{slug}/report")).await.status,
            404,
            "{slug}"
        );
        assert!(app.page(place).await.all(".event").is_empty(), "{place}");
    }
    assert_eq!(app.get("/year/1900").await.status, 404);
    let june = app.page("/on/june").await;
    assert!(june.all(".calendar__count").is_empty());
    // Its own neighbours in time are neighbours of each other.
    let earlier = app.page("/articles/winter-siege").await;
    let next = earlier.one(".neighbours a[rel=next]").attribute("href");
    assert_eq!(next, "/articles/airship-burns");
}

#[tokio::test]
async fn editors_see_drafts_and_the_future_marked_as_such() {
    let app = Setup::new(Corpus::fixtures()).drafts().start().await;
    let draft = app.page("/articles/unfinished").await;
    assert_eq!(
        draft.one(".notice--inline").text,
        "Draft: readers do not see this article."
    );
    assert_eq!(
        draft.one("meta[name=robots]").attribute("content"),
        "noindex"
    );
    assert_eq!(
        app.page("/on/june-1").await.links(".event__title a"),
        ["/articles/unfinished"]
    );
    assert_eq!(
        app.page("/articles/from-the-future").await.one("h1").text,
        "An article of the future"
    );
    assert_eq!(
        app.page("/people/hidden-person").await.one("h1").text,
        "Hidden Person"
    );
}

#[tokio::test]
async fn an_article_published_today_is_shown_and_one_of_tomorrow_is_not() {
    let corpus = Corpus::empty();
    let now = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::get("Etc/GMT-14").unwrap());
    let with_day = |text: String, day: jiff::civil::Date| {
        text.replace("sources:", &format!("published: {day}\nsources:"))
    };
    // Readers are fourteen hours ahead of UTC: their today has begun.
    let today = article("Today", "1900-01-01", "Text.");
    corpus.write("articles/01/01/today.md", with_day(today, now.date()));
    let later = now.date().checked_add(jiff::ToSpan::days(2)).unwrap();
    let tomorrow = article("Later", "1900-01-01", "Text.");
    corpus.write("articles/01/01/later.md", with_day(tomorrow, later));
    let app = Setup::new(corpus)
        .variable("DAYBOOK_TIME_ZONE", "Etc/GMT-14")
        .start()
        .await;
    assert_eq!(app.get("/articles/today").await.status, 200);
    assert_eq!(app.get("/articles/later").await.status, 404);
}

#[tokio::test]
async fn what_is_gone_says_why_and_leads_elsewhere() {
    let app = TestApp::start().await;
    let page = app.get("/articles/the-hoax").await;
    assert_eq!(page.status, 410);
    assert_eq!(
        page.one(".lead").text,
        "An article stood here until October 1, 2026."
    );
    assert_eq!(
        page.texts(".notice p"),
        [
            "Why it was removed",
            "The event never happened; the one source was a satire."
        ]
    );
    assert_eq!(
        page.links("main li a")[0],
        "/articles/moon-landing",
        "what to read instead comes first"
    );
    assert_eq!(app.get("/articles/the-hoax/report").await.status, 410);
}
