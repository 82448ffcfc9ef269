//! How answers travel: headers, compression, caching, redirects, files.

use crate::harness::{Corpus, Page, Setup, TestApp};

fn assert_protected(page: &Page, what: &str) {
    let policy = page.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(
            policy.split(';').any(|part| part.trim() == directive),
            "{directive} on {what}: {policy}"
        );
    }
    assert!(
        !policy.contains("unsafe") && !policy.contains('*'),
        "{what}: {policy}"
    );
    assert_eq!(page.header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(page.header("x-frame-options"), "DENY", "{what}");
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        "same-origin",
        "{what}"
    );
    assert!(page.headers.contains_key("referrer-policy"), "{what}");
    assert!(
        page.header("permissions-policy").contains("geolocation=()"),
        "{what}"
    );
    assert!(
        !page.headers.contains_key("strict-transport-security"),
        "{what}"
    );
}

#[tokio::test]
async fn every_answer_protects_readers_whatever_its_status() {
    let app = TestApp::start().await;
    let page = app.page("/articles/airship-burns").await;
    let style = page
        .one("link[rel=stylesheet]:not([media])")
        .attribute("href");
    let picture = page.one(".picture--lead img").attribute("src");
    for (path, status) in [
        ("/on/january-4", 200),
        ("/robots.txt", 200),
        ("/favicon.ico", 200),
        ("/healthz", 200),
        (style.as_str(), 200),
        (picture.as_str(), 200),
        ("/on/1-4", 301),
        ("/On/January-4", 301),
        ("/articles/first-steps", 301),
        ("/random", 302),
        ("/nothing-here", 404),
        ("/nothing/here", 404),
        ("/static/none.css", 404),
        ("/articles/the-hoax", 410),
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert_protected(&page, path);
    }
    let refused = app.post("/on/january-4", &[]).await;
    assert_eq!(refused.status, 405);
    assert_eq!(refused.one("h1").text, "This cannot be done here");
    assert_protected(&refused, "405");
    let wrong = app.report("seoul-falls").await.send().await;
    assert_eq!(wrong.status, 422);
    assert_protected(&wrong, "422");
    let tag = app.page("/year/1951").await.header("etag").to_owned();
    let same = app.get_with("/year/1951", "if-none-match", &tag).await;
    assert_eq!(same.status, 304);
    assert_protected(&same, "304");
    let huge = vec![("wrong".to_owned(), "x".repeat(1_000_000))];
    let too_much = app.post("/contact", &huge).await;
    assert_eq!(too_much.status, 413);
    assert_eq!(too_much.one("h1").text, "That was too much at once");
    assert_protected(&too_much, "413");
}

#[tokio::test]
async fn a_site_on_https_promises_to_stay_there() {
    let app = Setup::new(Corpus::empty())
        .variable("DAYBOOK_BASE_URL", "https://almanac.example")
        .start()
        .await;
    for path in ["/about", "/on/1-4", "/on/january-4"] {
        let page = app.get(path).await;
        assert_eq!(
            page.header("strict-transport-security"),
            "max-age=63072000",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_page_that_the_reader_has_is_not_sent_again_until_it_changes() {
    let app = TestApp::start().await;
    let path = "/articles/seoul-falls";
    let first = app.page(path).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "{tag} is strong");
    assert_eq!(app.page(path).await.header("etag"), tag);
    for known in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let same = app.get_with(path, "if-none-match", &known).await;
        assert_eq!(same.status, 304, "{known}");
        assert!(same.bytes.is_empty());
        assert_eq!(same.header("etag"), tag);
        assert_eq!(same.header("cache-control"), first.header("cache-control"));
    }
    app.edit(
        "articles/01/04/seoul-falls.md",
        "Nobody fought",
        "No one fought",
    );
    app.ingest();
    let changed = app.get_with(path, "if-none-match", &tag).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
}

#[tokio::test]
async fn head_answers_as_get_without_the_body() {
    let app = TestApp::start().await;
    let page = app.page("/articles/airship-burns").await;
    let style = page
        .one("link[rel=stylesheet]:not([media])")
        .attribute("href");
    let picture = page.one(".picture--lead img").attribute("src");
    let paths = [
        "/year/1951",
        "/on/january",
        "/articles/seoul-falls",
        "/people",
        "/about",
        "/random",
        "/on/1-4",
        "/nothing-here",
        "/articles/the-hoax",
        "/articles/first-steps",
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/favicon.ico",
        "/contact",
        style.as_str(),
        picture.as_str(),
    ];
    for path in paths {
        let get = app.get(path).await;
        let head = app.head(path).await;
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.bytes.is_empty(), "{path}");
        for name in ["content-type", "cache-control", "etag"] {
            assert_eq!(
                head.headers.get(name),
                get.headers.get(name),
                "{name} of {path}"
            );
        }
        if path != "/random" {
            assert_eq!(
                head.headers.get("location"),
                get.headers.get("location"),
                "{path}"
            );
        }
        assert_protected(&head, path);
    }
}

#[tokio::test]
async fn other_spellings_lead_to_the_one_address() {
    let app = TestApp::start().await;
    for (path, target) in [
        ("/on/1-4", "/on/january-4"),
        ("/on/01-04", "/on/january-4"),
        ("/on/january-4/", "/on/january-4"),
        ("/on/January-4", "/on/january-4"),
        ("/ON/JANUARY-4", "/on/january-4"),
        ("/on//january-4", "/on/january-4"),
        ("/articles/Seoul-Falls/", "/articles/seoul-falls"),
        ("/People/", "/people"),
        ("/about/", "/about"),
        ("/today/?tz=Asia/Seoul", "/today?tz=Asia/Seoul"),
        ("/articles/first-steps", "/articles/moon-landing"),
        ("/articles/third-battle-of-seoul", "/articles/seoul-falls"),
        ("/2019/01/seoul.html", "/articles/seoul-falls"),
    ] {
        let page = app.get(path).await;
        assert_eq!(
            (page.status, page.header("location")),
            (301, target),
            "{path}"
        );
        assert_eq!(app.get(target).await.status, 200, "{target}");
    }
    // An old path of another site is found in whatever case it was linked.
    let mut path = "/2019/01/Seoul.html".to_owned();
    for _ in 0..2 {
        path = app.get(&path).await.header("location").to_owned();
    }
    assert_eq!(path, "/articles/seoul-falls");
}

#[tokio::test]
async fn no_spelling_leads_off_the_site() {
    let app = TestApp::start().await;
    for target in [
        "//evil.example",
        "//evil.example/",
        "///evil.example//",
        "//evil.example/..",
        "/\\evil.example/",
        "/\\/evil.example/",
        "\\\\evil.example/",
        "/%2f%2fevil.example/",
        "/%2F%2Fevil.example",
        "/%5cevil.example/",
        "/.//evil.example/",
        "/on/..//evil.example/",
        "/@evil.example/",
        "/articles//evil.example/",
        "/ON/%0d%0aLocation:%20https://evil.example/",
        "/on/1-4/%0d%0aX-Evil:1/",
        "http://evil.example/ON/JANUARY-4/",
        "/On/january-4?next=https://evil.example/",
    ] {
        let answer = app.raw(target);
        let head = answer.split("\r\n\r\n").next().unwrap();
        assert!(head.starts_with("HTTP/1.1 "), "{target}: {head}");
        assert!(!head.starts_with("HTTP/1.1 5"), "{target}: {head}");
        for line in head.lines().skip(1) {
            let (name, value) = line.split_once(':').unwrap();
            let value = value.trim();
            assert!(!name.eq_ignore_ascii_case("x-evil"), "{target}");
            if name.eq_ignore_ascii_case("location") {
                let local =
                    value.starts_with('/') && !value.starts_with("//") && !value.starts_with("/\\");
                assert!(local, "{target} leads to {value}");
            }
        }
    }
}

#[tokio::test]
async fn a_random_article_is_one_that_readers_may_see_and_is_never_kept() {
    let app = TestApp::start().await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        let page = app.get("/random").await;
        assert_eq!(
            (page.status, page.header("cache-control")),
            (302, "no-store")
        );
        seen.insert(page.header("location").to_owned());
    }
    for path in &seen {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    // Forty draws of eleven articles that all fall on one are no chance.
    assert!(seen.len() > 3, "{seen:?}");
    let empty = Setup::new(Corpus::empty()).start().await;
    assert_eq!(empty.get("/random").await.status, 404);
}

#[tokio::test]
async fn static_files_may_be_kept_for_ever_under_their_hash_alone() {
    let app = TestApp::start().await;
    let page = app.page("/articles/seoul-falls").await;
    let files: Vec<String> = page
        .all("link[rel=stylesheet], link[rel=preload], link[rel~=icon], script[src]")
        .iter()
        .map(|one| one.find("href").or(one.find("src")).unwrap().to_owned())
        .collect();
    assert!(files.len() >= 6, "{files:?}");
    for path in &files {
        let file = app.page(path).await;
        assert_eq!(
            file.header("cache-control"),
            "public, max-age=31536000, immutable",
            "{path}"
        );
        let kind = match path.rsplit('.').next().unwrap() {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "woff2" => "font/woff2",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            other => panic!("{other}"),
        };
        assert_eq!(file.header("content-type"), kind, "{path}");
        let tag = file.header("etag").to_owned();
        assert_eq!(
            app.get_with(path, "if-none-match", &tag).await.status,
            304,
            "{path}"
        );
        let (stem, rest) = path.split_once('.').unwrap();
        let (_, ending) = rest.split_once('.').unwrap();
        for wrong in [
            format!("{stem}.0000000000.{ending}"),
            format!("{stem}.{ending}"),
        ] {
            let answer = app.get(&wrong).await;
            assert_eq!(answer.status, 404, "{wrong}");
            assert_eq!(answer.header("cache-control"), "no-store", "{wrong}");
        }
    }
    // What the stylesheet asks for is there as well.
    let style = files.iter().find(|path| path.ends_with(".css")).unwrap();
    let css = app.page(style).await;
    let fonts: Vec<&str> = css
        .text()
        .split("url(")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
        .collect();
    assert!(fonts.len() >= 3, "{fonts:?}");
    for font in fonts {
        assert_eq!(
            app.get(&format!("/static/{font}")).await.status,
            200,
            "{font}"
        );
    }
    for outside in [
        "/static/../Cargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/static/css/base.css",
    ] {
        let answer = app.raw(outside);
        let status = &answer[..12];
        assert!(
            ["HTTP/1.1 404", "HTTP/1.1 301"].contains(&status),
            "{outside}: {status}"
        );
        assert!(
            !answer.contains("[package]") && !answer.contains("@layer"),
            "{outside}"
        );
    }
}

#[tokio::test]
async fn a_machine_can_ask_whether_the_site_is_alive_and_ready() {
    let app = TestApp::start().await;
    for (path, words) in [("/healthz", "alive\n"), ("/readyz", "ready\n")] {
        let page = app.page(path).await;
        assert_eq!(
            (page.text(), page.header("cache-control")),
            (words, "no-store")
        );
    }
    let robots = app.page("/robots.txt").await;
    assert!(robots.text().contains("Disallow: /reports/"));
    // Nothing was imported here, and nothing will be.
    let waiting = Setup::new(Corpus::fixtures())
        .variable("DAYBOOK_INGEST", "off")
        .start()
        .await;
    assert_eq!(waiting.get("/readyz").await.status, 503);
    assert_eq!(waiting.get("/healthz").await.status, 200);
    waiting.ingest();
    assert_eq!(waiting.get("/readyz").await.status, 200);
    assert_eq!(waiting.get("/articles/seoul-falls").await.status, 200);
}
