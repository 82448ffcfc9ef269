//! The code: who imports whom, and what must not be written.

use std::collections::BTreeSet;

use super::{code, document, files, module, sources};

/// Who may import whom: a module imports from rows below its own. The same
/// table stands in ARCHITECTURE.md.
const LAYERS: [&[&str]; 14] = [
    &["main"],
    &["cli"],
    &["app"],
    &["ingest"],
    &["check"],
    &[
        "about",
        "api",
        "calendar",
        "cards",
        "desk",
        "discovery",
        "embeds",
        "feeds",
        "history",
        "ledger",
        "maps",
        "onthisday",
        "registries",
        "reports",
        "sharing",
    ],
    &["content"],
    &["articles"],
    &["cases"],
    &["mail"],
    &["editions"],
    &["allowances"],
    &[
        "db",
        "site",
        "markdown",
        "metrics",
        "dates",
        "pictures",
        "cartography",
    ],
    &["config", "error", "logging", "paths", "priority"],
];

/// Imports that go against the layers; the reasons are in ARCHITECTURE.md.
const EXCEPTIONS: [(&str, &str); 1] = [("config", "dates")];

/// Files that may be longer than 500 lines, with the reason.
const LONG_FILES: [(&str, &str); 0] = [];

/// The modules of ours that code names with `crate::`, also in a group.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut item = String::new();
            for character in group.chars() {
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        found.insert(first_word(&item));
                        item.clear();
                        continue;
                    }
                    _ => {}
                }
                item.push(character);
            }
            found.insert(first_word(&item));
        } else {
            found.insert(first_word(rest));
        }
    }
    found.remove("");
    found
}

fn first_word(text: &str) -> String {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    text[..end.unwrap_or(text.len())].to_owned()
}

/// The rows of the first table below a heading of ARCHITECTURE.md, without the
/// signs that set code apart.
fn table(heading: &str) -> Vec<Vec<String>> {
    let text = document("ARCHITECTURE.md");
    let (_, below) = text.split_once(&format!("\n{heading}\n")).unwrap();
    below
        .lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            let cells = line.trim_matches('|').split('|');
            cells
                .map(|cell| cell.replace('`', "").trim().to_owned())
                .collect()
        })
        .collect()
}

#[test]
fn imports_run_downwards_only() {
    let layer = |module: &str| LAYERS.iter().position(|row| row.contains(&module));
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for (file, text) in sources() {
        let from = module(&file);
        if from == "lib" {
            continue;
        }
        let own = layer(from).unwrap_or_else(|| panic!("src/{file}: {from} has no layer"));
        for to in imports(&code(&text)) {
            let theirs = layer(&to).unwrap_or_else(|| panic!("src/{file}: {to} has no layer"));
            if to == from || theirs > own {
                continue;
            }
            if EXCEPTIONS.contains(&(from, to.as_str())) {
                used.insert((from.to_owned(), to));
            } else {
                wrong.push(format!("src/{file} imports {to}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(
        used.len(),
        EXCEPTIONS.len(),
        "an exception that nobody needs: {used:?}"
    );
}

#[test]
fn the_parser_of_imports_understands_groups() {
    let code = "use crate::{about, articles::{self, x}, db};\nfn f() { crate::paths::day() }";
    let found: Vec<String> = imports(code).into_iter().collect();
    assert_eq!(found, ["about", "articles", "db", "paths"]);
}

#[test]
fn the_layers_and_their_exceptions_are_those_that_are_written_down() {
    let written: Vec<Vec<String>> = table("## Layers")
        .into_iter()
        .map(|row| row[1].split(", ").map(str::to_owned).collect())
        .collect();
    let sorted = |row: &[String]| row.iter().cloned().collect::<BTreeSet<_>>();
    let ours: Vec<BTreeSet<String>> = LAYERS
        .iter()
        .map(|row| row.iter().map(|name| (*name).to_owned()).collect())
        .collect();
    assert_eq!(
        written.iter().map(|row| sorted(row)).collect::<Vec<_>>(),
        ours
    );
    let exceptions = table("### Exceptions");
    let pairs: Vec<(&str, &str)> = exceptions
        .iter()
        .map(|row| (row[0].as_str(), row[1].as_str()))
        .collect();
    assert_eq!(pairs, EXCEPTIONS);
    assert!(
        exceptions.iter().all(|row| row[2].len() > 20),
        "each has its reason"
    );
}

#[test]
fn the_library_lists_every_module() {
    let declared: BTreeSet<String> = document("src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    let placed: BTreeSet<String> = LAYERS
        .iter()
        .flat_map(|row| row.iter())
        .filter(|name| **name != "main")
        .map(|name| (*name).to_owned())
        .collect();
    assert_eq!(declared, placed);
}

#[test]
fn only_queries_and_the_database_know_the_tables() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let at_home = file.starts_with("db/")
            || file.ends_with("/queries.rs")
            || file.split('/').any(|part| part == "queries");
        let code = code(&text);
        if !at_home && (code.contains("db::schema") || code.contains("diesel::sql_query")) {
            wrong.push(file);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_url_is_built_in_one_place() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if file.starts_with("paths/") {
            continue;
        }
        for (number, line) in code(&text).lines().enumerate() {
            let built = [
                "\"/articles",
                "\"/on/",
                "\"/year/",
                "\"/media/",
                "\"/static/",
                "\"/people",
                "\"/places",
            ]
            .iter()
            .any(|start| line.contains(start));
            // Reading a path apart is no building of one.
            let read = ["strip_prefix", "starts_with", "split_once"]
                .iter()
                .any(|word| line.contains(word));
            if built && !read {
                wrong.push(format!("src/{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    for (file, text) in files("templates", &[".html"]) {
        for (number, line) in text.lines().enumerate() {
            for attribute in ["href=\"/", "src=\"/", "action=\"/"] {
                if line.contains(attribute) {
                    wrong.push(format!("templates/{file}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_stay_short() {
    let mut long = Vec::new();
    for (folder, endings, most) in [
        ("src", [".rs"], 500),
        ("tests/it", [".rs"], 500),
        ("templates", [".html"], 150),
        ("static/css", [".css"], 200),
        ("static/js", [".js"], 150),
    ] {
        for (file, text) in files(folder, &endings) {
            let path = format!("{folder}/{file}");
            let lines = text.lines().count();
            let excused = LONG_FILES
                .iter()
                .any(|(known, reason)| *known == path && !reason.is_empty());
            if lines > most && !excused {
                long.push(format!("{path} has {lines} lines of {most}"));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn code_states_why_it_cannot_fail_instead_of_unwrapping() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (number, line) in code(&text).lines().enumerate() {
            for word in [
                ".unwrap()",
                "todo!(",
                "dbg!(",
                "unimplemented!(",
                "#[allow(",
                "unsafe {",
            ] {
                if line.contains(word) {
                    wrong.push(format!("src/{file}:{}: {word}", number + 1));
                }
            }
        }
        assert!(
            text.starts_with("//!"),
            "src/{file} does not begin by saying what it is"
        );
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn names_say_what_things_are() {
    for folder in ["src", "templates", "static"] {
        for file in files(folder, &[".rs", ".html", ".css", ".js"]).keys() {
            for part in file.split(['/', '.']) {
                let vague =
                    ["utils", "util", "helpers", "common", "misc", "manager"].contains(&part);
                assert!(!vague, "{folder}/{file}");
            }
        }
    }
    // A module is one folder or one file, never both.
    let sources = files("src", &[".rs"]);
    for file in sources.keys() {
        let folder = file.trim_end_matches(".rs");
        assert!(
            !sources.contains_key(&format!("{folder}/mod.rs")),
            "src/{file} and src/{folder}/"
        );
    }
}
