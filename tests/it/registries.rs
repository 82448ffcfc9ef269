//! The pages of people, places, organisations and topics: what their files
//! say, and their events through time.

use crate::harness::{Corpus, Page, Setup, TestApp, article};

const ADA: &str = "---\nname: Ada Plain\nsort: Plain, Ada\nalso: [Countess Plain]\n\
    wikidata: Q7259\nborn: {on: 1815-12-10, calendar: julian}\ndied: 1852-11-27\nsources:\n  \
    - {id: life, kind: book, title: A life of Ada, author: Bea Writer, year: 1900}\n  \
    - {id: page, kind: website, title: Ada, publisher: The Society, url: \"https://society.example/ada\", accessed: 2026-11-22}\n\
    ---\nShe wrote notes.[^life: p. 7] They were long.[^page]\n";

fn with(names: &str, text: String) -> String {
    text.replacen("sources:", &format!("{names}\nsources:"), 1)
}

async fn serve(files: &[(&str, String)]) -> TestApp {
    let corpus = Corpus::empty();
    for (file, text) in files {
        corpus.write(file, text);
    }
    Setup::new(corpus).start().await
}

/// Year, age and name of each point on a line.
fn line(page: &Page) -> Vec<String> {
    let years = page.texts(".lifeline .event__spine");
    let names = page.texts(".lifeline .event__title");
    assert_eq!(years.len(), names.len());
    years
        .iter()
        .zip(&names)
        .map(|(year, name)| format!("{year}: {name}"))
        .collect()
}

#[tokio::test]
async fn an_entry_shows_what_its_file_says_and_what_that_rests_on() {
    let app = serve(&[("people/ada-plain.md", ADA.to_owned())]).await;
    let page = app.page("/people/ada-plain").await;
    assert_eq!(
        page.one(".title-page__note").text,
        "Also known as Countess Plain"
    );
    assert_eq!(page.texts(".particulars dt"), ["Born", "Died", "Wikidata"]);
    let facts = page.texts(".particulars dd");
    // In what words the Gregorian day stands beside it is a matter of `dates`.
    assert!(
        facts[0].starts_with("December 10, 1815 (") && facts[0].contains("December 22"),
        "{}",
        facts[0]
    );
    assert_eq!(facts[1], "November 27, 1852, aged 36");
    let wikidata = page.one(".particulars a");
    assert_eq!(
        wikidata.attribute("href"),
        "https://www.wikidata.org/wiki/Q7259"
    );
    assert_eq!(wikidata.attribute("rel"), "noopener nofollow");

    assert_eq!(page.all(".prose ol").len(), 0, "the notes stand apart");
    assert_eq!(page.all("#notes li").len(), 2);
    let cited = page.links("#notes a[href^='#source-']");
    assert_eq!(cited, ["#source-life", "#source-page"]);
    assert_eq!(
        page.texts("#sources li"),
        [
            "Bea Writer, A life of Ada, 1900. book",
            "Ada, The Society. website, seen November 22, 2026"
        ]
    );
    for reference in page.links(".prose a[href^='#fn-']") {
        assert_eq!(page.all(&format!("[id='{}']", &reference[1..])).len(), 1);
    }
    assert!(page.all(".lifeline").is_empty());
    assert!(page.text().contains("No article tells of this person yet."));
}

#[tokio::test]
async fn a_place_shows_where_it_is() {
    let place = "---\nname: Old Town\nlat: -37.5\nlon: 126.978\ncountry: kr\n\
        wikidata: \"Q1\\\" onclick=\"\n---\n";
    let nowhere = "---\nname: Nowhere\ncountry: XX\n---\nText.\n";
    let seoul = "---\nname: Seoul, South Korea\ncountry: KR\n---\nText.\n";
    let names = "places: [Old Town, Nowhere, \"Seoul, South Korea\"]";
    let app = serve(&[
        ("places/old-town.md", place.to_owned()),
        ("places/nowhere.md", nowhere.to_owned()),
        ("places/seoul.md", seoul.to_owned()),
        (
            "articles/01/01/a.md",
            with(names, article("A", "1900-01-01", "Text.")),
        ),
    ])
    .await;
    let page = app.page("/places/old-town").await;
    assert_eq!(page.texts(".particulars dt"), ["Country", "Coordinates"]);
    assert_eq!(
        page.texts(".particulars dd"),
        ["South Korea", "37.50° S, 126.98° E"]
    );
    assert_eq!(page.links(".particulars a"), ["geo:-37.5,126.978"]);
    let nowhere = app.page("/places/nowhere").await;
    assert_eq!(nowhere.texts(".particulars dd"), ["XX"]);
    // A name that ends with its country needs it no second time.
    let index = app.page("/places").await;
    assert_eq!(
        index.texts(".register__entries li"),
        [
            "Nowhere XX 1 article",
            "Old Town South Korea 1 article",
            "Seoul, South Korea 1 article"
        ]
    );
}

#[tokio::test]
async fn a_persons_life_is_a_line_of_dated_events_with_ages() {
    let people = "people: [Countess Plain]";
    let engine = article("An engine", "1843-08", "Text.");
    let engine = engine.replace(
        "date: \"1843-08\"",
        "dates:\n  - {on: 1843-08, role: published, primary: true}\n  \
         - {on: 1833-06-05, role: first, label: the two meet}\n  \
         - {on: 1815-12-22, role: began}\n  \
         - {on: 1842/1843, role: happened}\n  \
         - {on: 1792-12-26, role: born}",
    );
    let app = serve(&[
        ("people/ada-plain.md", ADA.to_owned()),
        ("articles/08/engine.md", with(people, engine)),
        (
            "articles/12/03/funeral.md",
            with(people, article("A funeral", "1852-12-03", "Text.")),
        ),
        (
            "articles/undated/portrait.md",
            with(people, article("A portrait", "1852", "Text.")),
        ),
        (
            "articles/12/10/language.md",
            with(people, article("A language", "1980-12-10", "Text.")),
        ),
        (
            "articles/01/01/other.md",
            article("Another matter", "1850-01-01", "Text."),
        ),
    ])
    .await;
    let page = app.page("/people/ada-plain").await;
    assert_eq!(
        page.texts("main h2"),
        ["The life in dates", "Notes", "Sources"]
    );
    assert_eq!(
        line(&page),
        [
            "1792: An engine",
            "1815: Born",
            "1815: An engine",
            "1833 aged 17: the two meet",
            "1842 aged between 26 and 28: An engine",
            "1843 aged 27: An engine",
            "1852 aged 36 or 37: A portrait",
            "1852 aged 36: Died",
            "1852 less than a year after the death: A funeral",
            "1980 128 years after the death: A language",
        ]
    );
    assert_eq!(page.all("ol.lifeline").len(), 1);
    let dates = page.texts(".lifeline .event__facts li:first-child");
    assert_eq!(dates[3], "June 5, 1833");
    assert_eq!(dates[4], "1842 – 1843");
    assert_eq!(
        page.one(".lifeline time[datetime='1833-06-05']").text,
        "June 5, 1833"
    );
    // The date by which an article is known brings its summary along.
    assert_eq!(page.all(".lifeline .event__summary").len(), 4);
    assert_eq!(
        page.links(".lifeline .event__title a")
            .iter()
            .filter(|link| *link == "/articles/engine")
            .count(),
        5
    );
    for link in page.links(".lifeline a") {
        assert_eq!(app.get(&link).await.status, 200, "{link}");
    }
}

#[tokio::test]
async fn a_person_of_whom_no_dates_are_known_has_no_ages() {
    let app = TestApp::start().await;
    let page = app.page("/people/nobody-known").await;
    assert_eq!(page.texts("main h2"), ["In the articles"]);
    assert_eq!(line(&page), ["1969: People walk on the moon"]);
    let caesar = app.page("/people/gaius-iulius-caesar").await;
    assert_eq!(
        line(&caesar),
        [
            "100 BCE: Born",
            "44 BCE aged 55: Caesar is killed",
            "44 BCE aged 55: Died"
        ]
    );
}

#[tokio::test]
async fn a_place_of_many_events_is_told_by_century() {
    let corpus = Corpus::empty();
    let years = [
        "-0043", "0001", "0100", "0101", "1801", "1850", "1900", "1901", "1950", "1999", "2000",
        "2001",
    ];
    let tell = |year: &str| {
        corpus.write(
            &format!("articles/undated/y{}.md", year.replace('-', "b")),
            with(
                "place: Old Town\ntopics: [Things]",
                article("T", year, "Text."),
            ),
        );
    };
    years.iter().for_each(|year| tell(year));
    let app = Setup::new(corpus).start().await;
    let page = app.page("/places/old-town").await;
    assert!(page.all(".lifeline__century").is_empty());
    assert_eq!(page.all("ol.lifeline > li").len(), 12);
    assert!(page.all(".event__ago").is_empty());
    // The place's own page needs no link to it.
    assert!(
        page.all("main .event a[href='/places/old-town']")
            .is_empty()
    );

    let corpus = Corpus::empty();
    let tell = |year: &str| {
        corpus.write(
            &format!("articles/undated/y{}.md", year.replace('-', "b")),
            with(
                "place: Old Town\ntopics: [Things]",
                article("T", year, "Text."),
            ),
        );
    };
    years.iter().chain(&["1951"]).for_each(|year| tell(year));
    let app = Setup::new(corpus).start().await;
    let page = app.page("/places/old-town").await;
    assert_eq!(
        page.texts("h3.lifeline__century"),
        [
            "1st century BCE",
            "1st century CE",
            "2nd century",
            "19th century",
            "20th century",
            "21st century"
        ]
    );
    assert_eq!(page.all("ol.lifeline > li").len(), 13);
    assert_eq!(page.all("h4.event__title").len(), 13);
    // Topics keep their list.
    let topic = app.page("/topics/things").await;
    assert!(topic.all(".lifeline").is_empty());
    let first: Vec<String> = topic.texts(".event__year").into_iter().take(3).collect();
    assert_eq!(first, ["44 BCE", "1 CE", "100"]);
}

#[tokio::test]
async fn the_index_of_people_has_their_years_and_sorts_by_the_name_they_ask_for() {
    let person = |name: &str, dates: &str| format!("---\nname: {name}\n{dates}\n---\nText.\n");
    let names = "people: [Countess Plain, Zoe Ash, Bo Young, Old Greek]";
    let app = serve(&[
        ("people/ada-plain.md", ADA.to_owned()),
        ("people/zoe-ash.md", person("Zoe Ash", "born: 1960")),
        (
            "people/old-greek.md",
            person("Old Greek", "born: \"-0099~\"\ndied: \"-0043-03-15\""),
        ),
        (
            "articles/01/01/a.md",
            with(names, article("A", "1843-01-01", "Text.")),
        ),
    ])
    .await;
    let index = app.page("/people").await;
    assert_eq!(index.texts("h2"), ["B", "O", "P", "Z"]);
    assert_eq!(
        index.texts(".register__entries li"),
        [
            "Bo Young 1 article",
            "Old Greek about 100 BCE – 44 BCE 1 article",
            "Plain, Ada 1815–1852 1 article",
            "Zoe Ash born 1960 1 article",
        ]
    );
    // Its page bears the name as people say it.
    assert_eq!(
        app.page("/people/ada-plain").await.one("h1").text,
        "Ada Plain"
    );
}

#[tokio::test]
async fn the_head_of_an_entry_draws_its_years_and_says_them() {
    let named = "people: [Ada Plain]\ntopics: [Engines]\norganisations: [Society]";
    let app = serve(&[
        ("people/ada-plain.md", ADA.to_owned()),
        (
            "articles/01/01/a.md",
            with(named, article("A", "1843-01-01", "Text.")),
        ),
        (
            "articles/01/01/b.md",
            with("topics: [Engines]", article("B", "-0043-01-01", "Text.")),
        ),
    ])
    .await;
    let words = |page: &Page| page.one("svg.course[role='img']").attribute("aria-label");
    let ada = app.page("/people/ada-plain").await;
    assert_eq!(
        words(&ada),
        "A line of years from 1815 to 1852, with one event"
    );
    assert_eq!(ada.one(".course__life").text, "1815–1852");
    assert_eq!(ada.all(".course circle").len(), 3);
    let topic = app.page("/topics/engines").await;
    assert_eq!(
        words(&topic),
        "A line of years from 44 BCE to 1843, with 2 events"
    );
    // One event is no span of time.
    let society = app.page("/organisations/society").await;
    assert!(society.all("svg").is_empty());
}
