//! Sites with many articles: long lists go on several pages, and what is
//! counted by the import is what may be seen.

use std::collections::BTreeSet;

use crate::harness::{Corpus, Page, Setup, TestApp};
use crate::time::events;

/// So many that a list has three pages, the last of them short.
const MANY: usize = 230;

/// An article of a long story, with a person and a place.
fn chapter(number: usize, date: &str, more: &str) -> String {
    format!(
        "---\ntitle: Chapter {number} of it\nsummary: What chapter {number} tells.\n\
         date: \"{date}\"\ntopics: [Long story]\npeople: [Ada Teller]\nplace: Longtown\n{more}\
         sources:\n  - {{id: book, kind: book, title: A book}}\n---\nIt was so.[^book]\n"
    )
}

/// As many articles as [`MANY`], one of each year from 1701 on.
fn of_many_years(folder: &str, rest_of_date: &str) -> Corpus {
    let corpus = Corpus::empty();
    for number in 1..=MANY {
        let date = format!("{}-{rest_of_date}", 1700 + number);
        let path = format!("articles/{folder}/chapter-{number}.md");
        corpus.write(&path, chapter(number, &date, ""));
    }
    corpus.ingest();
    corpus
}

/// Every page of a list, from the first, along its links.
async fn pages_of(app: &TestApp, path: &str) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let page = app.page(&path).await;
        let canonical = page.one("link[rel=canonical]").attribute("href");
        assert!(canonical.ends_with(&path), "{canonical}");
        next = page.links(".turn a[rel=next]").pop();
        pages.push(page);
        assert!(pages.len() < 10, "the links lead in circles");
    }
    pages
}

/// The chapters that a page names, in its order, each once.
fn chapters(page: &Page) -> Vec<usize> {
    let mut named = Vec::new();
    for link in page.links("main a[href^='/articles/chapter-']") {
        let link = link.split('#').next().unwrap().to_owned();
        let number = link.rsplit('-').next().unwrap().parse().unwrap();
        if !named.contains(&number) {
            named.push(number);
        }
    }
    named
}

/// Holds that a list has all chapters in order, none twice, over three pages.
async fn assert_three_pages(app: &TestApp, path: &str) {
    let pages = pages_of(app, path).await;
    let each: Vec<Vec<usize>> = pages.iter().map(chapters).collect();
    assert_eq!(
        each.iter().map(Vec::len).collect::<Vec<_>>(),
        [100, 100, 30],
        "{path}"
    );
    let all: Vec<usize> = each.concat();
    assert_eq!(all, (1..=MANY).collect::<Vec<_>>(), "{path}");
    let words: Vec<String> = pages
        .iter()
        .map(|page| page.one(".turn span").text)
        .collect();
    assert_eq!(
        words,
        [
            "1–100 of 230 articles",
            "101–200 of 230 articles",
            "201–230 of 230 articles"
        ]
    );
    assert_eq!(
        pages[1].one(".turn a[rel=prev]").attribute("href"),
        path,
        "the first page has the address of the list"
    );
    for (query, status) in [("page=4", 404), ("page=0", 404), ("page=x", 200)] {
        let answer = app.get(&format!("{path}?{query}")).await;
        assert_eq!(answer.status, status, "{path}?{query}");
    }
}

#[tokio::test]
async fn a_long_day_goes_on_several_pages_and_its_lead_stands_on_the_first() {
    let app = Setup::new(of_many_years("01/04", "01-04")).start().await;
    let pages = pages_of(&app, "/on/january-4").await;
    let each: Vec<Vec<String>> = pages.iter().map(events).collect();
    assert_eq!(
        each.iter().map(Vec::len).collect::<Vec<_>>(),
        [100, 100, 30]
    );
    let all: BTreeSet<&String> = each.iter().flatten().collect();
    assert_eq!(all.len(), MANY, "none is lost or shown twice");
    assert_eq!(pages[0].all(".lead-event").len(), 1);
    assert!(
        pages[1..]
            .iter()
            .all(|page| page.all(".lead-event").is_empty())
    );
    let lead = &each[0][0];
    let others: Vec<&String> = each.iter().flatten().filter(|one| *one != lead).collect();
    let in_time: Vec<String> = (1..=MANY)
        .map(|number| format!("chapter-{number}"))
        .filter(|one| one != lead)
        .collect();
    assert_eq!(others, in_time.iter().collect::<Vec<_>>());
    assert_eq!(pages[1].one(".turn span").text, "101–200 of 230 articles");
    assert!(
        pages[1]
            .one("title")
            .text
            .starts_with("January 4, page 2 of 3")
    );
    assert_eq!(app.get("/on/january-4?page=4").await.status, 404);
    // Many or few, the description names how many there are.
    let description = pages[0].one("meta[name=description]").attribute("content");
    assert!(description.ends_with("and 229 more."), "{description}");
}

#[tokio::test]
async fn long_lists_of_a_month_and_of_names_go_on_several_pages() {
    let app = Setup::new(of_many_years("03", "03")).start().await;
    for path in [
        "/on/march",
        "/topics/long-story",
        "/people/ada-teller",
        "/places/longtown",
    ] {
        assert_three_pages(&app, path).await;
    }
}

#[tokio::test]
async fn a_long_year_goes_on_several_pages_in_order_of_its_days() {
    let corpus = Corpus::empty();
    for number in 1..=MANY {
        let (month, day) = ((number - 1) / 28 + 1, (number - 1) % 28 + 1);
        let path = format!("articles/{month:02}/{day:02}/chapter-{number}.md");
        let date = format!("1951-{month:02}-{day:02}");
        corpus.write(&path, chapter(number, &date, ""));
    }
    corpus.ingest();
    let app = Setup::new(corpus).start().await;
    assert_three_pages(&app, "/year/1951").await;
}

#[tokio::test]
async fn an_article_names_the_nearest_of_a_long_day_and_the_way_to_all() {
    let app = Setup::new(of_many_years("01/04", "01-04")).start().await;
    let named = |page: &Page| -> Vec<String> { page.links(".same-day__title") };
    let of = |numbers: &[usize]| -> Vec<String> {
        let path = |number: &usize| format!("/articles/chapter-{number}");
        numbers.iter().map(path).collect()
    };
    for (number, nearest) in [
        (1, vec![2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
        (
            100,
            vec![94, 95, 96, 97, 98, 99, 101, 102, 103, 104, 105, 106],
        ),
        (
            230,
            vec![218, 219, 220, 221, 222, 223, 224, 225, 226, 227, 228, 229],
        ),
    ] {
        let page = app.page(&format!("/articles/chapter-{number}")).await;
        assert_eq!(named(&page), of(&nearest), "{number}");
        let all = page.one(".same-day__all a");
        assert_eq!(all.attribute("href"), "/on/january-4");
        assert_eq!(all.text, "All events of January 4");
    }
    // Its neighbours in the story are found without going through all of it.
    let page = app.page("/articles/chapter-100").await;
    let neighbours = page.links(".neighbours a[href^='/articles/']");
    assert!(
        neighbours.contains(&"/articles/chapter-99".to_owned()),
        "{neighbours:?}"
    );
    assert!(
        neighbours.contains(&"/articles/chapter-101".to_owned()),
        "{neighbours:?}"
    );
}

#[tokio::test]
async fn what_may_not_be_seen_is_not_counted() {
    let make = || {
        let corpus = Corpus::empty();
        let seen = chapter(1, "1951-01-04", "");
        corpus.write("articles/01/04/chapter-1.md", seen);
        let later = chapter(2, "1951-01-05", "published: 2999-01-01\n");
        corpus.write("articles/01/05/chapter-2.md", later);
        let draft = chapter(3, "1952-01-06", "draft: true\n");
        corpus.write("articles/01/06/chapter-3.md", draft);
        let alone = chapter(4, "1801-01-07", "draft: true\n").replace("Longtown", "Farville");
        corpus.write("articles/01/07/chapter-4.md", alone);
        corpus.ingest();
        corpus
    };
    let readers = Setup::new(make()).start().await;
    let editors = Setup::new(make()).drafts().start().await;
    let places = |page: &Page| page.links("main a[href^='/places/']");
    for (app, years, of_places, of_centuries, sum) in [
        (
            &readers,
            vec!["/year/1951"],
            vec!["/places/longtown"],
            1,
            "1 article in 1 year",
        ),
        (
            &editors,
            vec!["/year/1801", "/year/1951", "/year/1952"],
            vec!["/places/farville", "/places/longtown"],
            2,
            "4 articles in 3 years",
        ),
    ] {
        let timeline = app.page("/timeline").await;
        assert_eq!(timeline.links("main a[href^='/year/']"), years);
        assert!(timeline.text().contains(sum), "{sum}");
        assert_eq!(places(&app.page("/places").await), of_places);
        let map = app.page("/map").await;
        assert_eq!(map.links("a[href^='/map?century=']").len(), of_centuries);
    }
    let century = readers.page("/century/20th").await;
    assert!(century.text().contains("1901–2000: 1 article"));
    let century = editors.page("/century/20th").await;
    assert!(century.text().contains("1901–2000: 3 articles"));
    assert_eq!(readers.get("/century/19th").await.status, 404);
    let decade = editors.page("/decade/1950s").await;
    assert!(decade.text().contains("3 articles"));
    assert_eq!(readers.get("/map?century=19th").await.status, 404);
    assert_eq!(editors.get("/map?century=19th").await.status, 200);
}

/// A database of an older version has its tallies from the migration, until an
/// import counts them again.
#[test]
fn the_migration_counts_as_the_import_does() {
    let corpus = Corpus::fixtures();
    for (number, date) in [
        "0009-05",
        "-0008-03-15",
        "0000-02",
        "1900-01-04",
        "2000",
        "19XX",
        "195X",
    ]
    .into_iter()
    .enumerate()
    {
        let path = format!("articles/undated/chapter-{number}.md");
        corpus.write(&path, chapter(number, date, ""));
    }
    corpus.ingest();
    let tallies = |corpus: &Corpus| -> Vec<String> {
        let rows = corpus.database.derived().into_iter();
        rows.filter(|row| row.starts_with("tallies: ")).collect()
    };
    let counted = tallies(&corpus);
    assert!(counted.len() > 30, "{counted:?}");
    let engine = if corpus.database.is_postgres() {
        "postgres"
    } else {
        "sqlite"
    };
    let migration = format!(
        "{}/migrations/{engine}/2026-11-22-000016_growth/up.sql",
        env!("CARGO_MANIFEST_DIR")
    );
    let migration = std::fs::read_to_string(migration).unwrap();
    let from = migration.find("INSERT INTO tallies").unwrap();
    corpus
        .database
        .execute(&format!("DELETE FROM tallies; {}", &migration[from..]));
    assert_eq!(tallies(&corpus), counted);
}
