use super::*;

fn from_env(pairs: &[(&str, &str)]) -> Result<Config, Vec<ConfigProblem>> {
    let find = |name: &str| pairs.iter().find(|(key, _)| *key == name);
    let env = |name: &str| find(name).map(|(_, value)| (*value).to_owned());
    Config::resolve(Overrides::default(), env, None)
}

#[test]
fn nobody_is_told_of_changes_unless_the_operator_says_so() {
    let config = from_env(&[]).unwrap();
    assert_eq!((config.index_now_key, config.websub_hub), (None, None));
    assert_eq!(config.index_now_url, "https://api.indexnow.org/indexnow");
    let told = from_env(&[
        ("DAYBOOK_INDEX_NOW_KEY", "abc-DEF-123"),
        ("DAYBOOK_WEBSUB_HUB", "https://hub.example"),
    ])
    .unwrap();
    assert_eq!(told.index_now_key.as_deref(), Some("abc-DEF-123"));
    assert_eq!(told.websub_hub.as_deref(), Some("https://hub.example/"));
}

#[test]
fn what_is_no_key_and_no_address_is_refused_in_a_sentence() {
    let long = "a".repeat(129);
    for (variable, value, word) in [
        ("DAYBOOK_INDEX_NOW_KEY", "short", "8 to 128"),
        ("DAYBOOK_INDEX_NOW_KEY", "with_underscore", "8 to 128"),
        ("DAYBOOK_INDEX_NOW_KEY", "../../etc/passwd", "8 to 128"),
        ("DAYBOOK_INDEX_NOW_KEY", long.as_str(), "8 to 128"),
        ("DAYBOOK_INDEX_NOW_URL", "ftp://a.example/", "http://"),
        ("DAYBOOK_WEBSUB_HUB", "hub.example", "such as https"),
        (
            "DAYBOOK_WEBSUB_HUB",
            "https://u:p@hub.example/",
            "user name",
        ),
        ("DAYBOOK_WEBSUB_HUB", "https://hub.example/#x", "#"),
        ("DAYBOOK_CONTENT_LICENCE", "free", "CC-BY-4.0"),
        ("DAYBOOK_CONTENT_LICENCE", "CC-BY-9.9", "CC-BY-4.0"),
        (
            "DAYBOOK_CONTENT_LICENCE",
            "X <javascript:alert(1)>",
            "CC-BY-4.0",
        ),
    ] {
        let problems = from_env(&[(variable, value)]).unwrap_err();
        let sentence = problems[0].to_string();
        assert!(sentence.contains(word), "{value}: {sentence}");
    }
}

#[test]
fn a_licence_is_what_the_setting_says_or_the_file_in_the_folder_names() {
    let by = |text: &str| text.parse::<Licence>().map(|one| one.to_string());
    for (text, licence) in [
        (
            "CC-BY-4.0",
            "CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/>",
        ),
        (
            "cc-by-sa-3.0",
            "CC BY-SA 3.0 <https://creativecommons.org/licenses/by-sa/3.0/>",
        ),
        (
            "CC0-1.0",
            "CC0 1.0 <https://creativecommons.org/publicdomain/zero/1.0/>",
        ),
        (
            "Our terms <https://a.example/t>",
            "Our terms <https://a.example/t>",
        ),
    ] {
        assert_eq!(by(text).as_deref(), Ok(licence), "{text}");
    }
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().display().to_string();
    let flags = || Overrides {
        content: Some(content.clone()),
        ..Overrides::default()
    };
    let licence = |variable: Option<&str>| {
        let env = |name: &str| {
            let value = variable.filter(|_| name == "DAYBOOK_CONTENT_LICENCE");
            value.map(str::to_owned)
        };
        let config = Config::resolve(flags(), env, None).unwrap();
        config.licence().map(|one| one.name)
    };
    assert_eq!(licence(None), None);
    let write = |text: &str| std::fs::write(folder.path().join("LICENSE"), text).unwrap();
    write("All rights reserved. Not https://creativecommons.org/about/cclicenses/ at all.");
    assert_eq!(licence(None), None);
    write("See https://creativecommons.org/licenses/by/4.0/legalcode.");
    assert_eq!(licence(None).as_deref(), Some("CC BY 4.0"));
    // A sentence may end with the version.
    write("See https://creativecommons.org/licenses/by-sa/4.0.");
    assert_eq!(licence(None).as_deref(), Some("CC BY-SA 4.0"));
    assert_eq!(licence(Some("CC0-1.0")).as_deref(), Some("CC0 1.0"));
}
