//! Accounts that differ: what is shown of claims that contradict each other,
//! and where a disputed date is marked as one.

use crate::harness::{Corpus, Page, Setup, TestApp};

/// An article with two sources and these lines of front matter.
fn told(title: &str, dates: &str, claims: &[&str]) -> String {
    let claims = if claims.is_empty() {
        String::new()
    } else {
        format!("claims:\n  - {{{}}}\n", claims.join("}\n  - {"))
    };
    format!(
        "---\ntitle: {title}\nsummary: A summary.\n{dates}\nsources:\n  \
         - {{id: annals, kind: book, title: Annals, author: Ada Annalist, year: 1900}}\n  \
         - {{id: gazette, kind: newspaper, title: News of the day, publisher: The Gazette}}\n\
         {claims}---\nIt happened.[^annals][^gazette]\n"
    )
}

const ANNALS: &str = "subject: harbour, property: captor, value: The fleet, sources: [annals]";
const GAZETTE: &str = "subject: harbour, property: captor, value: The army, sources: [gazette]";

async fn serve(files: &[(&str, String)]) -> TestApp {
    start(files, false).await
}

async fn start(files: &[(&str, String)], drafts: bool) -> TestApp {
    let corpus = Corpus::empty();
    for (file, text) in files {
        corpus.write(file, text);
    }
    let setup = Setup::new(corpus);
    let setup = if drafts { setup.drafts() } else { setup };
    setup.start().await
}

/// The values of the disputes on a page, each with who says so.
fn accounts(page: &Page) -> Vec<String> {
    page.texts(".disputes__account")
}

#[tokio::test]
async fn two_sources_of_one_article_are_held_against_each_other() {
    let ruled = format!("{ANNALS}, ruling: Both took it.");
    let app = serve(&[(
        "articles/05/01/harbour.md",
        told("The harbour", "date: 1900-05-01", &[&ruled, GAZETTE]),
    )])
    .await;
    let page = app.page("/articles/harbour").await;
    assert_eq!(page.one("#accounts-differ h2").text, "Accounts differ");
    assert_eq!(page.texts("#accounts-differ h3"), ["captor"]);
    assert_eq!(page.texts("#accounts-differ dt"), ["The fleet", "The army"]);
    assert_eq!(
        page.texts("#accounts-differ dd"),
        ["Ada Annalist (1900)", "The Gazette"]
    );
    assert_eq!(
        page.links("#accounts-differ dd a"),
        ["#source-annals", "#source-gazette"]
    );
    assert_eq!(page.all("#source-annals").len(), 1);
    assert_eq!(
        page.one(".disputes__ruling").text,
        "What Daybook holds: Both took it."
    );
    let flag = page.one(".article__flags a");
    assert_eq!(flag.text, "Accounts differ: captor");
    assert_eq!(flag.attribute("href"), "#accounts-differ");
    // The captor is disputed, the date is not.
    assert!(page.all(".disputed").is_empty());
    assert!(app.page("/on/may-1").await.all(".disputed").is_empty());
}

#[tokio::test]
async fn two_articles_that_contradict_each_other_both_say_so() {
    let plain = "subject: harbour, property: Captor, value: the militia";
    let ruled = format!("{GAZETTE}, ruling: The army it was.");
    let app = serve(&[
        (
            "articles/05/01/harbour.md",
            told("The harbour", "date: 1900-05-01", &[ANNALS]),
        ),
        (
            "articles/05/02/harbour-again.md",
            told("The harbour again", "date: 1900-05-02", &[&ruled]),
        ),
        (
            "articles/05/03/militia.md",
            told("The militia", "date: 1900-05-03", &[plain]),
        ),
        (
            "articles/05/04/elsewhere.md",
            told(
                "Elsewhere",
                "date: 1900-05-04",
                &["subject: other-harbour, property: captor, value: Nobody"],
            ),
        ),
    ])
    .await;
    let first = app.page("/articles/harbour").await;
    assert_eq!(
        accounts(&first),
        [
            "The fleet Ada Annalist (1900)",
            "The army The Gazette, as cited in The harbour again",
            "the militia The militia",
        ]
    );
    assert_eq!(
        first.links("#accounts-differ dd a"),
        [
            "#source-annals",
            "/articles/harbour-again#accounts-differ",
            "/articles/militia#accounts-differ"
        ]
    );
    let ruling = first.one(".disputes__ruling");
    assert_eq!(
        ruling.text,
        "What Daybook holds: The army it was. (The harbour again)"
    );
    let second = app.page("/articles/harbour-again").await;
    assert_eq!(
        accounts(&second),
        [
            "The army The Gazette",
            "The fleet Ada Annalist (1900), as cited in The harbour",
            "the militia The militia",
        ]
    );
    let third = app.page("/articles/militia").await;
    assert_eq!(accounts(&third)[0], "the militia this article");
    let other = app.page("/articles/elsewhere").await;
    assert!(other.all("#accounts-differ").is_empty());
}

#[tokio::test]
async fn what_says_the_same_is_no_dispute() {
    let dates = "dates:\n  - {on: 1066-10-14, role: battle, calendar: julian, primary: true}";
    let app = serve(&[
        (
            "articles/10/14/one.md",
            told(
                "One",
                dates,
                &[
                    "subject: one, property: captor, value: \"The ‘free’  men\", sources: [annals]",
                    "subject: one, property: Captor, value: \"the 'Free' men\", sources: [gazette]",
                    "subject: one, property: date, value: 1066-10-14, sources: [annals]",
                    "subject: one, property: date, value: \"1066-10-14?\", sources: [gazette]",
                ],
            ),
        ),
        // The same day in the other calendar.
        (
            "articles/10/20/two.md",
            told(
                "Two",
                "date: 1066-10-20",
                &["subject: one, property: date, value: 1066-10-20, sources: [annals]"],
            ),
        ),
    ])
    .await;
    for path in ["/articles/one", "/articles/two"] {
        let page = app.page(path).await;
        assert!(page.all("#accounts-differ").is_empty(), "{path}");
        assert!(page.all(".disputed").is_empty(), "{path}");
        assert!(page.all(".article__flags").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_claim_that_readers_may_not_see_disputes_nothing_for_them() {
    let draft = |day: &str, claim: &str| {
        let head = format!("date: 1900-05-{day}\ndraft: true");
        told("Unfinished", &head, &[claim])
    };
    let date = "subject: harbour, property: date, value: 1900-05-01, sources: [annals]";
    let other_date = "subject: harbour, property: date, value: 1900-05-09, sources: [gazette]";
    let files = [
        (
            "articles/05/01/harbour.md",
            told("The harbour", "date: 1900-05-01", &[ANNALS, date]),
        ),
        ("articles/05/02/unfinished.md", draft("02", GAZETTE)),
        ("articles/05/03/unfinished-too.md", draft("03", other_date)),
        (
            "articles/05/04/later.md",
            told(
                "Later",
                "date: 1900-05-04\npublished: 2999-01-01",
                &[GAZETTE],
            ),
        ),
    ];
    let app = serve(&files).await;
    let page = app.page("/articles/harbour").await;
    assert!(page.all("#accounts-differ").is_empty());
    assert!(!page.text().contains("The army"));
    assert!(app.page("/on/may-1").await.all(".disputed").is_empty());

    let editors = start(&files, true).await;
    let page = editors.page("/articles/harbour").await;
    assert_eq!(page.texts("#accounts-differ h3"), ["captor", "date"]);
    assert_eq!(editors.page("/on/may-1").await.all(".disputed").len(), 1);
}

#[tokio::test]
async fn claims_are_text_and_nothing_else() {
    let hostile = "subject: harbour, property: \"<b>captor</b>\", value: \"<img src=x onerror=alert(1)>\", sources: [annals], ruling: \"<script>alert(1)</script>\"";
    let other = "subject: harbour, property: \"<b>captor</b>\", value: \"“&amp;” & more\"";
    let app = serve(&[(
        "articles/05/01/harbour.md",
        told("The harbour", "date: 1900-05-01", &[hostile, other]),
    )])
    .await;
    let page = app.page("/articles/harbour").await;
    assert_eq!(page.texts("#accounts-differ h3"), ["<b>captor</b>"]);
    assert_eq!(
        page.texts("#accounts-differ dt")[0],
        "<img src=x onerror=alert(1)>"
    );
    assert!(page.one(".disputes__ruling").text.contains("<script>"));
    assert!(page.all("#accounts-differ :is(img, script, b)").is_empty());
}

/// An article whose date is disputed, with a second date of the same part and
/// one of another.
fn disputed() -> [(&'static str, String); 2] {
    let dates = "place: Old Town\npeople: [Ada Plain]\ntopics: [Fires]\ncalendar: julian\ndates:\n  \
        - {on: 1500-08-24, role: erupted, primary: true}\n  \
        - {on: 1500-10-24, role: erupted, label: on the later dating}\n  \
        - {on: 1500-10-01, role: published}\n  \
        - {on: 1501-03, role: ended}";
    let claims = [
        "subject: eruption, property: date, value: 1500-08-24, sources: [annals]",
        "subject: eruption, property: date, value: 1500-10-24, sources: [gazette]",
        "subject: eruption, property: date, value: 1500-10-01",
        "subject: eruption, property: date, value: late autumn",
        "subject: eruption, property: date of the end, value: 1501-03",
        "subject: eruption, property: \"date: ended\", value: 1501-03",
        "subject: eruption, property: date of ended, value: 1501-04",
    ];
    [
        (
            "articles/08/24/eruption.md",
            told("The mountain erupts", dates, &claims),
        ),
        (
            "articles/08/24/calm.md",
            told("A calm day", "topics: [Fires]\ndate: 1600-08-24", &[]),
        ),
    ]
}

#[tokio::test]
async fn a_disputed_date_is_marked_on_the_article() {
    let app = serve(&disputed()).await;
    let page = app.page("/articles/eruption").await;
    assert_eq!(page.texts("#accounts-differ h3"), ["date", "date: ended"]);
    assert_eq!(
        page.texts("#accounts-differ dt"),
        [
            "August 24, 1500 (Julian; September 3 Gregorian)",
            "October 24, 1500 (Julian; November 3 Gregorian)",
            "October 1, 1500 (Julian; October 11 Gregorian)",
            "late autumn",
            "March 1501 (Julian)",
            "April 1501 (Julian)",
        ]
    );
    assert_eq!(page.one(".article__date .disputed").text, "date disputed");
    let marked: Vec<bool> = page
        .texts(".facts--dates dd")
        .iter()
        .map(|date| date.ends_with("date disputed"))
        .collect();
    // What was published on a day that one account gives was published then.
    assert_eq!(marked, [true, true, false, true]);
    for link in page.links(".disputed a") {
        assert_eq!(link, "#accounts-differ");
    }
    // Where the date stands inside a link, the words stand there alone.
    let calm = app.page("/articles/calm").await;
    let before = calm.one(".neighbours a[rel=prev]").text;
    assert!(
        before.contains("August 24, 1500 · date disputed"),
        "{before}"
    );
    assert_eq!(
        calm.links(".same-day__list .disputed a"),
        ["/articles/eruption#accounts-differ"]
    );
}

#[tokio::test]
async fn a_disputed_date_is_marked_in_every_list() {
    let app = serve(&disputed()).await;
    for (path, marks) in [
        ("/on/august-24", 1),
        ("/on/october-24", 1),
        ("/on/october-1", 0),
        ("/on/march", 1),
        ("/year/1500", 1),
        ("/year/1501", 1),
        ("/year/1600", 0),
        ("/people/ada-plain", 3),
        ("/places/old-town", 3),
        ("/topics/fires", 1),
    ] {
        let page = app.page(path).await;
        let links = page.links(":is(.event, .lead-event, .annals__entry) .disputed a");
        let expected = vec!["/articles/eruption#accounts-differ".to_owned(); marks];
        assert_eq!(links, expected, "{path}");
        for mark in page.texts(":is(.event, .lead-event, .annals__entry) .disputed a") {
            assert!(mark.starts_with("date disputed: "), "{mark} on {path}");
        }
    }
}

#[tokio::test]
async fn an_article_that_only_speaks_of_anothers_date_keeps_its_own() {
    let date = |day: &str| {
        format!("subject: eruption, property: date, value: 1500-08-{day}, sources: [annals]")
    };
    let app = serve(&[
        (
            "articles/08/24/eruption.md",
            told("The mountain erupts", "date: 1500-08-24", &[&date("24")]),
        ),
        (
            "articles/03/01/survivor.md",
            told("A survivor dies", "date: 1540-03-01", &[&date("25")]),
        ),
        (
            "articles/08/26/ash.md",
            told("Ash falls", "date: 1500-08-26", &[&date("26")]),
        ),
    ])
    .await;
    for (path, marked) in [
        ("/on/august-24", true),
        ("/on/march-1", false),
        ("/on/august-26", true),
    ] {
        let page = app.page(path).await;
        assert_eq!(page.all(".disputed").len(), usize::from(marked), "{path}");
    }
    let survivor = app.page("/articles/survivor").await;
    assert_eq!(survivor.texts("#accounts-differ h3"), ["date"]);
    assert!(survivor.all(".facts .disputed").is_empty());
}
