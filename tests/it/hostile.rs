//! What may come into a content folder by mistake or by malice: it is named
//! with its place, it harms nothing else, and nothing of it reaches a reader.

use std::fs;
use std::time::{Duration, Instant};

use daybook::ingest::Outcome;

use crate::harness::{Corpus, Setup, article};

const FILE: &str = "articles/08/08/hostile.md";

/// A folder with one sound article beside the hostile file.
fn folder_with(bytes: impl AsRef<[u8]>) -> Corpus {
    let corpus = Corpus::empty();
    corpus.write(
        "articles/08/09/sound.md",
        article("Sound", "1900-08-09", "Text."),
    );
    corpus.write(FILE, bytes);
    corpus
}

fn messages(outcome: &Outcome) -> Vec<String> {
    outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// The file is refused with one error that begins and goes on like this, the
/// sound article is in, and the checker says the same.
fn assert_refused(bytes: impl AsRef<[u8]>, place: &str, words: &str) {
    let bytes = bytes.as_ref();
    let corpus = folder_with(bytes);
    let outcome = corpus.ingest();
    let found = messages(&outcome);
    let first = found
        .first()
        .unwrap_or_else(|| panic!("nothing found: {words}"));
    let begins = format!("{FILE}:{place}");
    assert!(first.contains(": error "), "{first}");
    assert!(first.starts_with(&begins), "{begins} … not: {found:?}");
    assert!(first.contains(words), "{words:?} not in {first}");
    assert_eq!((outcome.held, outcome.written), (1, 1), "{found:?}");
    let slugs = corpus.database.lines("SELECT slug AS line FROM articles");
    assert_eq!(slugs, ["sound"], "{words}");
    let checked = daybook::ingest::examine(&corpus.content()).unwrap();
    assert_eq!(checked, outcome.diagnostics, "{words}");
}

#[test]
fn front_matter_that_is_missing_or_open_is_refused() {
    assert_refused("", "1:1", "no front matter");
    assert_refused("Just a text.\n", "1:1", "no front matter");
    assert_refused(" ---\ntitle: a\n---\n", "1:1", "no front matter");
    assert_refused(
        "---\ntitle: a\nsummary: b\ndate: 1900\n\nText.\n",
        "1:1",
        "not closed",
    );
    assert_refused("---\n---\nText.\n", "2:1", "");
    assert_refused("---\nsummary: b\n---\nText.\n", "2:1", "`title` is missing");
}

#[test]
fn keys_of_the_wrong_name_or_type_are_refused_where_they_stand() {
    let with =
        |line: &str| format!("---\ntitle: a\nsummary: b\ndate: 1900-08-08\n{line}\n---\nText.\n");
    for (line, place, words) in [
        ("topcis: [War]", "5:1", "did you mean `topics`?"),
        ("people: Someone", "5:9", ""),
        ("draft: perhaps", "5:8", ""),
        ("aliases: {a: b}", "5:10", ""),
        ("calendar: mayan", "5:11", ""),
        ("title: again", "5:1", "given twice"),
        (
            "sources: [{id: x, kind: bok, title: t}]",
            "5:25",
            "did you mean `book`?",
        ),
        ("sources: [{id: x, kind: book}]", "5:", "`title` is missing"),
        ("published: soon", "5:12", "is no day"),
        ("published: 2026-02-30", "5:12", "is no day"),
        ("dates: [{on: 1900}]", "5:8", "both given"),
        ("aliases: [\"no good\"]", "5:11", "is no alias"),
        ("people: [\"!!!\"]", "5:10", "holds no letter"),
        (
            "sources: [{id: x, kind: book, title: t, url: \"javascript:alert(1)\"}]",
            "5:11",
            "must begin with https://",
        ),
        ("\ttopics: [War]", "4:7", "tab"),
        ("topics: [War", "", ""),
        ("topics: &a [*a]", "5:", ""),
    ] {
        let corpus = folder_with(with(line));
        let outcome = corpus.ingest();
        let found = messages(&outcome);
        assert_eq!(outcome.held, 1, "{line}: {found:?}");
        let begins = format!("{FILE}:{place}");
        assert!(
            found[0].starts_with(&begins),
            "{line} at {place}: {found:?}"
        );
        assert!(found[0].contains(words), "{line}: {words} not in {found:?}");
    }
}

#[test]
fn yaml_that_would_swell_is_refused_quickly() {
    let mut text = String::from("---\ntitle: a\nsummary: b\ndate: 1900-08-08\n");
    text.push_str("people: &a [x, x, x, x, x, x, x, x, x]\n");
    for (name, of) in "bcdefghi".chars().zip("abcdefgh".chars()) {
        let list = vec![format!("*{of}"); 9].join(", ");
        text.push_str(&format!("{name}: &{name} [{list}]\n"));
    }
    text.push_str("---\nText.\n");
    let started = Instant::now();
    let outcome = folder_with(text).ingest();
    assert_eq!((outcome.held, outcome.written), (1, 1));
    assert!(started.elapsed() < Duration::from_secs(5));
    let deep = format!("---\ntitle: {}\n---\n", "[".repeat(100_000));
    let outcome = folder_with(deep).ingest();
    assert_eq!((outcome.held, outcome.written), (1, 1));
}

#[test]
fn dates_that_do_not_exist_are_refused_where_they_stand() {
    let dated = |date: &str| format!("---\ntitle: a\nsummary: b\ndate: {date}\n---\nText.\n");
    assert_refused(dated("1951-02-30"), "4:7", "February 1951 has 28 days");
    assert_refused(dated("1900-02-29"), "4:7", "29 in the Julian calendar");
    assert_refused(dated("1951-13-01"), "4:7", "months run from 01 to 12");
    assert_refused(dated("1951-01-04T10:00"), "4:7", "time of day");
    assert_refused(
        dated("1951-01-07/1951-01-04"),
        "4:7",
        "ends before it begins",
    );
    assert_refused(dated("January 4"), "4:7", "is not EDTF");
    assert_refused(
        "---\ntitle: a\nsummary: b\n---\nText.\n",
        "2:1",
        "has no date",
    );
    let two = "---\ntitle: a\nsummary: b\ndates:\n  - {on: 1900}\n  - {on: 1901}\n---\nText.\n";
    assert_refused(two, "5:3", "exactly one");
}

#[test]
fn bytes_that_are_no_text_are_refused_where_they_stand() {
    let sound = article("Text", "1900-08-08", "Text.");
    let mut latin = sound.clone().into_bytes();
    latin.extend(b"Caf\xe9\n");
    assert_refused(latin, "9:4", "not UTF-8");
    assert_refused(format!("{sound}A NUL\0.\n"), "9:6", "NUL");
    let utf16: Vec<u8> = "---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_refused([b"\xff\xfe".to_vec(), utf16].concat(), "1:1", "not UTF-8");
    let large = format!("{sound}{}", "Word. ".repeat(900_000));
    assert!(large.len() > 5_000_000);
    assert_refused(large, "1:1", "larger than 2 MiB");
}

#[test]
fn line_ends_and_byte_order_marks_of_other_systems_make_no_difference() {
    let plain = article("Same", "1900-08-08", "One.\n\nTwo.");
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    let old_mac = plain.replace('\n', "\r");
    let html = |text: String| {
        let corpus = folder_with(text);
        let outcome = corpus.ingest();
        assert_eq!(messages(&outcome), Vec::<String>::new());
        corpus
            .database
            .lines("SELECT html AS line FROM articles WHERE slug = 'hostile'")
    };
    let expected = html(plain);
    assert!(expected[0].contains("Two."));
    assert_eq!(html(windows), expected);
    assert_eq!(html(old_mac), expected);
}

#[test]
fn one_slug_belongs_to_one_file_and_the_first_comer_keeps_it() {
    let corpus = folder_with(article("First", "1900-08-08", "Text."));
    corpus.ingest();
    // It sorts before the other, and comes too late all the same.
    corpus.write(
        "articles/01/01/hostile.md",
        article("Second", "1900-01-01", "Text."),
    );
    let outcome = corpus.ingest();
    assert_eq!(outcome.held, 1);
    assert_eq!(
        messages(&outcome),
        [
            "articles/01/01/hostile.md:1:1: error A001: the slug `hostile` is already that of articles/08/08/hostile.md: rename one of the two files"
        ]
    );
    let titles = corpus
        .database
        .lines("SELECT title AS line FROM articles WHERE slug = 'hostile'");
    assert_eq!(titles, ["First"]);
    // When the holder goes, the other gets its turn.
    corpus.remove(FILE);
    assert_eq!(corpus.ingest().held, 0);
    let titles = corpus
        .database
        .lines("SELECT title AS line FROM articles WHERE slug = 'hostile'");
    assert_eq!(titles, ["Second"]);
}

#[test]
fn two_files_cannot_share_an_alias_nor_lead_in_a_circle() {
    let aliased = |title: &str, alias: &str| {
        article(title, "1900-08-08", "Text.")
            .replace("sources:", &format!("aliases: [{alias}]\nsources:"))
    };
    let corpus = folder_with(aliased("One", "old-name"));
    corpus.write("articles/08/08/other.md", aliased("Two", "old-name"));
    let outcome = corpus.ingest();
    assert_eq!(
        messages(&outcome),
        [
            "articles/08/08/other.md:5:11: error A002: the alias /articles/old-name is already claimed by articles/08/08/hostile.md"
        ]
    );
    assert_eq!((outcome.held, outcome.written), (1, 2));

    // a → b and b → a: each is the address of an article that exists.
    let corpus = folder_with(aliased("One", "other"));
    corpus.write("articles/08/08/other.md", aliased("Two", "hostile"));
    let outcome = corpus.ingest();
    assert_eq!(
        (outcome.held, outcome.written),
        (2, 1),
        "{:?}",
        messages(&outcome)
    );
    for found in messages(&outcome) {
        assert!(
            found.contains(":5:11: error A002: ") && found.contains("which exists"),
            "{found}"
        );
    }
    for alias in [
        "hostile",
        "/articles/hostile",
        "/on/january-4",
        "/static/x.css",
        "/",
        "/today",
        "/old/../x y",
        "//evil.example",
    ] {
        let outcome = folder_with(aliased("One", alias)).ingest();
        assert_eq!(outcome.held, 1, "{alias}: {:?}", messages(&outcome));
        assert!(
            messages(&outcome)[0].starts_with("articles/08/08/hostile.md:5:11: error "),
            "{alias}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_and_a_folder_is_no_article() {
    let corpus = folder_with(article("One", "1900-08-08", "Text."));
    let secret = corpus.outside("secret.md");
    fs::write(&secret, article("Secret", "1900-08-08", "Text.")).unwrap();
    fs::create_dir(corpus.outside("folder")).unwrap();
    fs::write(
        corpus.outside("folder/inside.md"),
        article("Inside", "1900-08-08", "Text."),
    )
    .unwrap();
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(corpus.outside(target), corpus.path(name)).unwrap();
    };
    link("secret.md", "articles/08/08/leak.md");
    link("folder", "articles/elsewhere");
    link("nowhere", "articles/08/08/dangling.md");
    // A folder that leads back to itself.
    link("content", "articles/round");
    fs::create_dir(corpus.path("articles/08/08/folder.md")).unwrap();
    let outcome = corpus.ingest();
    let found = messages(&outcome);
    let expected = [
        "articles/08/08/dangling.md:1:1: error S003",
        "articles/08/08/folder.md:1:1: error S004",
        "articles/08/08/leak.md:1:1: error S003",
        "articles/elsewhere:1:1: error S003",
        "articles/round:1:1: error S003",
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
    let slugs = corpus
        .database
        .lines("SELECT slug AS line FROM articles ORDER BY slug");
    assert_eq!(slugs, ["hostile", "sound"]);
}

#[test]
fn names_that_give_no_address_are_told_and_editors_own_files_are_left_alone() {
    let corpus = folder_with(article("One", "1900-08-08", "Text."));
    for name in ["Upper.md", "two words.md", "a--b.md", "ä.md"] {
        corpus.write(&format!("articles/08/08/{name}"), "x");
    }
    for name in [".hidden.md", "back.md~", "notes.txt", "#lock#"] {
        corpus.write(&format!("articles/08/08/{name}"), "x");
    }
    corpus.write("pages/search.md", "---\ntitle: a\nsummary: b\n---\nText.\n");
    corpus.write("pages/today.md", "---\ntitle: a\nsummary: b\n---\nText.\n");
    let outcome = corpus.ingest();
    let found = messages(&outcome);
    let refused: Vec<&str> = found
        .iter()
        .map(|one| one.split(':').next().unwrap())
        .collect();
    assert_eq!(
        refused,
        [
            "articles/08/08/Upper.md",
            "articles/08/08/a--b.md",
            "articles/08/08/two words.md",
            "articles/08/08/ä.md",
            "pages/search.md",
            "pages/today.md"
        ]
    );
}

#[tokio::test]
async fn markup_of_other_kinds_is_left_out_and_told() {
    let body = "Text. <script>alert(1)</script> <img src=x onerror=alert(1)>\n\n\
        <iframe src=\"https://evil.example\"></iframe>\n\n\
        [five](https://good.example)\n\n\
        <div onclick=\"x()\" style=\"position:fixed\">Still here.</div>\n\n\
        Inside <b onclick=x>bold</b>.\n\nThe end.";
    let corpus = folder_with(article("<script>alert(2)</script>", "1900-08-08", body));
    let app = Setup::new(corpus).start().await;
    let page = app.page("/articles/hostile").await;
    assert_eq!(page.one("h1").text, "<script>alert(2)</script>");
    for script in page.all("script:not([type='application/ld+json'])") {
        assert!(script.attribute("src").starts_with("/static/"));
        assert!(script.text.is_empty(), "{}", script.text);
    }
    let foreign = "main script, iframe, main img:not([src$='/qr.svg']), [onclick], [style]";
    assert!(page.all(foreign).is_empty() && page.all("[onerror]").is_empty());
    let outside: Vec<String> = page
        .links(".prose a")
        .into_iter()
        .filter(|link| {
            !link.starts_with('#')
                && !link.starts_with("/articles/hostile/report?")
                && !link.starts_with("/articles/hostile/share?")
        })
        .collect();
    assert_eq!(outside, ["https://good.example"]);
    let text = page.one(".prose").text;
    assert!(
        text.contains("Inside bold.") && text.contains("The end."),
        "{text}"
    );
    let outcome = app.ingest_full();
    let found = messages(&outcome);
    assert_eq!(outcome.held, 0, "{found:?}");
    assert!(
        found.iter().all(|one| one.contains("warning M002")),
        "{found:#?}"
    );
    assert!(
        found.len() >= 4 && found[0].contains(":8:7: "),
        "{found:#?}"
    );
}

#[tokio::test]
async fn addresses_that_run_or_lead_astray_hold_the_file_back() {
    for (text, code) in [
        ("[one](javascript:alert(1))", "M004"),
        ("[two](JaVaScRiPt:alert(1))", "M004"),
        ("[three](data:text/html,x)", "M004"),
        ("[four](//evil.example)", "M004"),
        ("[five](java&#10;script:alert(1))", "M004"),
        ("<javascript:alert(1)>", "M004"),
        ("![](https://evil.example/pixel.png)", "M007"),
        ("![](unknown.png)", "M008"),
        ("A note.[^nobody]", "M012"),
    ] {
        assert_refused(
            article("One", "1900-08-08", &format!("Before.\n\n{text}\n\nAfter.")),
            "10:",
            code,
        );
    }
    // What was good stays until the file is good again.
    let app = Setup::new(folder_with(article("One", "1900-08-08", "Good.")))
        .start()
        .await;
    app.edit(FILE, "Good.", "Bad [x](javascript:alert(1)).");
    let outcome = app.ingest();
    assert_eq!(
        (outcome.held, outcome.is_new),
        (1, true),
        "{:?}",
        messages(&outcome)
    );
    assert!(
        app.page("/articles/hostile")
            .await
            .one(".prose")
            .text
            .contains("Good.")
    );
    let again = app.ingest();
    assert_eq!(
        (again.held, again.is_new),
        (1, false),
        "{:?}",
        messages(&again)
    );
    assert_eq!(messages(&again), messages(&outcome));
    app.edit(FILE, "javascript:alert(1)", "/about");
    assert_eq!(app.ingest().held, 0);
    assert!(
        app.page("/articles/hostile")
            .await
            .one(".prose")
            .text
            .contains("Bad x.")
    );
}

#[test]
fn quotes_nested_ten_thousand_deep_are_refused_quickly() {
    let started = Instant::now();
    for mark in ["> ", ">", "- ", "1. ", "*a **b "] {
        let deep = format!("Before.\n\n{}deep\n\nAfter.", mark.repeat(10_000));
        let corpus = folder_with(article("Deep", "1900-08-08", &deep));
        let outcome = corpus.ingest();
        assert_eq!(
            corpus
                .database
                .number("SELECT COUNT(*) FROM articles WHERE slug = 'sound'"),
            1
        );
        if mark.starts_with('>') {
            let found = messages(&outcome);
            assert_eq!(outcome.held, 1, "{found:?}");
            let told = format!("{FILE}:10:1: error M001: ");
            assert!(found.iter().any(|one| one.starts_with(&told)), "{found:?}");
        }
    }
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_list_of_the_removed_that_cannot_be_read_leaves_the_old_one_in_force() {
    let corpus = Corpus::fixtures();
    corpus.ingest();
    for (text, words) in [
        ("- slug: a\n  date: soon\n  reason: b\n", "is no day"),
        (
            "- slug: a\n  date: 2026-01-01\n  reason: \"\"\n",
            "needs a `reason`",
        ),
        (
            "- slug: a\n  date: 2026-01-01\n  reson: b\n",
            "did you mean `reason`?",
        ),
        (
            "- slug: A B\n  date: 2026-01-01\n  reason: b\n",
            "is no slug",
        ),
        ("nonsense", ""),
    ] {
        corpus.write("removed.yaml", text);
        let outcome = corpus.ingest();
        let found = messages(&outcome);
        assert_eq!(outcome.held, 1, "{text}: {found:?}");
        let told = found.iter().find(|one| one.starts_with("removed.yaml:"));
        assert!(told.is_some_and(|one| one.contains(words)), "{found:?}");
        assert_eq!(
            corpus
                .database
                .number("SELECT COUNT(*) FROM tombstones WHERE slug = 'the-hoax'"),
            1
        );
    }
}
