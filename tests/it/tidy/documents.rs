//! What must be written down, and what must lie side by side.

use std::collections::BTreeSet;

use daybook::check::Lint;
use daybook::config::SETTINGS;

use super::{code, document, files, sources};

#[test]
fn the_two_engines_have_the_same_migrations_each_with_a_way_back() {
    let names = |engine: &str| -> BTreeSet<String> {
        files(&format!("migrations/{engine}"), &[".sql"])
            .into_keys()
            .collect()
    };
    let sqlite = names("sqlite");
    assert_eq!(sqlite, names("postgres"));
    for name in &sqlite {
        let (folder, file) = name.split_once('/').unwrap();
        assert!(["up.sql", "down.sql"].contains(&file), "{name}");
        assert!(sqlite.contains(&format!("{folder}/down.sql")), "{folder}");
    }
}

#[test]
fn every_setting_is_explained() {
    let text = document("docs/configuration.md");
    for setting in SETTINGS {
        let (key, variable) = (setting.key, setting.variable);
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| [`{key}`](#{key}) ")));
        let row = row.unwrap_or_else(|| panic!("docs/configuration.md has no row for {key}"));
        assert!(row.contains(&format!("`{variable}`")), "{row}");
        assert!(
            setting
                .flag
                .is_none_or(|flag| row.contains(&format!("`{flag}`"))),
            "{row}"
        );
        assert!(
            text.contains(&format!("\n### `{key}`\n")),
            "{key} has no section"
        );
    }
    assert!(text.contains("`DAYBOOK_LOG`"));
}

#[test]
fn every_key_of_the_front_matter_is_explained() {
    let text = document("docs/content.md");
    let source = files("src/content", &[".rs"]);
    let source: String = source.values().map(|text| code(text)).collect();
    for name in [
        "struct RawArticle {",
        "struct RawDate {",
        "struct EntryMatter {",
        "struct Removed {",
    ] {
        let (_, rest) = source.split_once(name).unwrap();
        let (fields, _) = rest.split_once("\n}").unwrap();
        for line in fields
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with('#'))
        {
            let Some((key, _)) = line.split_once(": ") else {
                continue;
            };
            let key = key.rsplit(' ').next().unwrap();
            let told = [format!("`{key}`"), format!("{key}:")];
            assert!(
                told.iter().any(|word| text.contains(word)),
                "docs/content.md: {key}"
            );
        }
    }
}

#[test]
fn every_code_that_is_found_is_explained_and_the_other_way_round() {
    let mut found = BTreeSet::new();
    for text in sources().values() {
        // Every second piece stands between two quotation marks, at least
        // where a line holds no escaped one.
        for line in code(text).lines() {
            found.extend(line.split('"').skip(1).step_by(2).filter_map(|word| {
                let digits = word.strip_prefix(|c: char| c.is_ascii_uppercase())?;
                let is_code = digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit());
                is_code.then(|| word.to_owned())
            }));
        }
    }
    let explained: BTreeSet<String> = Lint::all().iter().map(|lint| lint.code.into()).collect();
    let unexplained: Vec<&String> = found.difference(&explained).collect();
    assert_eq!(
        unexplained, [""; 0],
        "docs/lints.md has no section on these"
    );
    let unknown: Vec<&String> = explained.difference(&found).collect();
    assert_eq!(
        unknown, [""; 0],
        "src/ does not find what docs/lints.md explains"
    );
}
