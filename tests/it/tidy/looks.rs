//! Templates and stylesheets.

use std::collections::BTreeSet;

use super::{document, files, module, quoted_after};

/// Every place where a template prints HTML as it is. Each of these is of the
/// type `RenderedHtml`, which the Markdown renderer alone makes, or JSON that
/// the filter `json` has written without `<`, `>` and `&`.
const PRINTED_AS_IT_IS: [(&str, &str); 14] = [
    ("about/colophon.html", "prose"),
    ("about/colophon.html", "notes"),
    ("about/show.html", "body"),
    ("articles/_apparatus.html", "article.notes"),
    ("articles/show.html", "article.body"),
    ("feeds/article.html", "body"),
    ("feeds/article.html", "notes"),
    ("history/revision.html", "article.body"),
    ("layouts/base.html", "block|json"),
    ("ledger/case.html", "structured|json"),
    ("ledger/index.html", "structured|json"),
    ("registries/entry.html", "body"),
    ("registries/entry.html", "notes"),
    ("reports/new.html", "words"),
];

/// Classes that share the stylesheet of another, with the reason.
const GUEST_CLASSES: [(&str, &str, &str); 12] = [
    (
        "apparatus",
        "disputes",
        "the four parts of an article's apparatus are set alike",
    ),
    ("apparatus", "corrections", "the same"),
    ("apparatus", "endnotes", "the same"),
    ("apparatus", "sources", "the same"),
    ("neighbours", "same-day", "their headings are alike"),
    ("margin-note", "note-ref", "one of the two is shown"),
    ("margin-note", "endnotes", "the same"),
    (
        "report-passage",
        "report-selection",
        "a link in the box that the script adds",
    ),
    ("report-passage", "selection", "that box"),
    (
        "report-passage",
        "report-line",
        "the links of a passage that is no paragraph",
    ),
    (
        "report-passage",
        "share-passage",
        "the other mark at the end of a passage",
    ),
    ("since", "comparison", "what changed stands in the notice"),
];

#[test]
fn each_features_templates_lie_in_a_folder_of_its_name() {
    let templates = files("templates", &[".html", ".txt"]);
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for (file, text) in files("src", &[".rs"]) {
        for name in quoted_after(&text, "#[template(path = \"") {
            let folder = name.split('/').next().unwrap();
            if folder != module(&file) && !(folder == "layouts" && module(&file) == "site") {
                wrong.push(format!("src/{file} prints {name}"));
            }
            used.insert(name);
        }
    }
    for (file, text) in &templates {
        let own = file.split('/').next().unwrap();
        for start in ["{% include \"", "{% extends \""] {
            for name in quoted_after(text, start) {
                let folder = name.split('/').next().unwrap();
                if ![own, "articles", "layouts", "mail", "shared"].contains(&folder) {
                    wrong.push(format!("templates/{file} takes {name}"));
                }
                used.insert(name);
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let there: BTreeSet<String> = templates.into_keys().collect();
    assert_eq!(
        used, there,
        "templates that are used, and those that are there"
    );
}

#[test]
fn html_is_printed_as_it_is_only_where_it_was_reviewed() {
    let mut found = Vec::new();
    for (file, text) in files("templates", &[".html"]) {
        for (at, _) in text.match_indices("|safe") {
            let before = &text[..at];
            let expression = before.rsplit("{{").next().unwrap().trim();
            found.push((file.clone(), expression.to_owned()));
        }
        assert!(!text.contains("escape = \"none\""), "{file}");
    }
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(file, expression)| (file.as_str(), expression.as_str()))
        .collect();
    assert_eq!(found, PRINTED_AS_IT_IS);
}

#[test]
fn each_stylesheet_is_about_the_class_it_is_named_after() {
    let order = document("static/css/order.css");
    let mut wrong = Vec::new();
    for folder in [
        "components",
        "features",
        "almanac",
        "api",
        "desk",
        "embed",
        "record",
        "sharing",
    ] {
        // What only some pages need is a feature of theirs.
        let layer = if folder == "components" {
            folder
        } else {
            "features"
        };
        assert!(order.contains(layer), "{order}");
        for (file, text) in files(&format!("static/css/{folder}"), &[".css"]) {
            let stem = file.trim_end_matches(".css");
            let layer = format!("@layer {layer} {{");
            let first = text.lines().find(|line| !line.starts_with("/*"));
            assert_eq!(first, Some(layer.as_str()), "{folder}/{file}");
            assert!(!text.contains("!important"), "{folder}/{file}");
            let guests = GUEST_CLASSES.iter().filter(|(host, ..)| *host == stem);
            let roots: Vec<&str> = guests.map(|(_, guest, _)| *guest).chain([stem]).collect();
            for selector in selectors(&text) {
                let about = classes(&selector).iter().any(|class| {
                    roots.iter().any(|root| {
                        class.strip_prefix(root).is_some_and(|rest| {
                            rest.is_empty() || rest.starts_with("__") || rest.starts_with("--")
                        })
                    })
                });
                if !about {
                    wrong.push(format!("{folder}/{file}: {selector}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_class_of_the_stylesheet_is_in_use() {
    let mut words = BTreeSet::new();
    for (folder, ending) in [("templates", ".html"), ("src", ".rs"), ("static/js", ".js")] {
        for text in files(folder, &[ending]).values() {
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            words.extend(text.split(|c| !is_part(c)).map(str::to_owned));
        }
    }
    let mut unused = BTreeSet::new();
    for (file, text) in files("static/css", &[".css"]) {
        for class in selectors(&text).iter().flat_map(|one| classes(one)) {
            // A template may put the end of a name together: `year--{{ digit }}`.
            let is_built = ["--", "__"].iter().any(|joint| {
                class
                    .rsplit_once(joint)
                    .is_some_and(|(stem, _)| words.contains(&format!("{stem}{joint}")))
            });
            if !words.contains(&class) && !is_built {
                unused.insert(format!("{file}: .{class}"));
            }
        }
    }
    assert_eq!(unused, BTreeSet::new(), "rules that no page can need");
}

#[test]
fn the_colophon_shows_only_what_other_pages_have() {
    let (own, others): (Vec<_>, Vec<_>) = files("templates", &[".html"])
        .into_iter()
        .partition(|(file, _)| ["about/colophon.html", "about/_parts.html"].contains(&&**file));
    assert_eq!(own.len(), 2);
    let classes_of = |templates: &[(String, String)]| -> BTreeSet<String> {
        templates
            .iter()
            .flat_map(|(_, text)| quoted_after(text, "class=\""))
            .flat_map(|list| {
                list.split_whitespace()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let known = classes_of(&others);
    let drifted: Vec<String> = classes_of(&own).difference(&known).cloned().collect();
    assert_eq!(drifted, [""; 0], "classes of parts that have changed since");
}

/// The selectors of a stylesheet, each alone; rules that begin with @ are
/// looked into.
fn selectors(css: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").unwrap().1;
    }
    plain.push_str(rest);
    let mut found = Vec::new();
    let mut text = String::new();
    for character in plain.chars() {
        match character {
            '{' => {
                if !text.trim().starts_with('@') {
                    found.extend(apart(&text));
                }
                text.clear();
            }
            '}' | ';' => text.clear(),
            _ => text.push(character),
        }
    }
    found
}

/// Splits a list of selectors at the commas outside parentheses.
fn apart(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for character in list.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(character);
    }
    parts
        .into_iter()
        .map(|part| part.trim().to_owned())
        .collect()
}

fn classes(selector: &str) -> Vec<String> {
    selector
        .split('.')
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
            rest[..end.unwrap_or(rest.len())].to_owned()
        })
        .collect()
}
