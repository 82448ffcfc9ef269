use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use super::*;

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn from_env(pairs: &[(&str, &str)]) -> Result<Config, Vec<ConfigProblem>> {
    resolve(Overrides::default(), pairs, None)
}

fn resolve(
    flags: Overrides,
    pairs: &[(&str, &str)],
    file: Option<&Path>,
) -> Result<Config, Vec<ConfigProblem>> {
    let env: HashMap<String, String> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Config::resolve(flags, |name| env.get(name).cloned(), file)
}

/// The settings file with this text, in a folder that lives as long as the
/// first value.
fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn problem(variable: &str, value: &str) -> String {
    let problems = from_env(&[(variable, value)]).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].to_string()
}

fn origin<'a>(config: &'a Config, key: &str) -> &'a Origin {
    let found = config.settings().iter().find(|s| s.setting.key == key);
    &found.unwrap().origin
}

#[test]
fn nothing_set_gives_the_defaults() {
    let config = from_env(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.base_url.as_str(), "http://127.0.0.1:8080");
    assert_eq!(config.content, PathBuf::from("content"));
    assert_eq!(config.database_url.to_string(), "sqlite:data/daybook.db");
    assert_eq!(config.time_zone.iana_name(), Some("UTC"));
    assert_eq!(config.site_name, "Daybook");
    assert_eq!(config.ingest, IngestMode::Auto);
    assert!(config.trusted_proxies.is_empty());
    assert_eq!(config.settings().len(), SETTINGS.len());
    for setting in config.settings() {
        assert_eq!(setting.origin, Origin::Default, "{}", setting.setting.key);
    }
}

#[test]
fn flags_win_over_environment_over_file_over_default() {
    let (_folder, path) = file("listen = \"a:1\"\nsite_name = \"File\"\ndata = \"d\"\n");
    let flags = Overrides {
        listen: Some("c:3".to_owned()),
        ..Overrides::default()
    };
    let env = [("DAYBOOK_LISTEN", "b:2"), ("DAYBOOK_SITE_NAME", "Env")];
    let config = resolve(flags, &env, Some(&path)).unwrap();
    assert_eq!(config.listen.to_string(), "c:3");
    assert_eq!(origin(&config, "listen"), &Origin::Flag("--listen"));
    assert_eq!(config.site_name, "Env");
    assert_eq!(
        origin(&config, "site_name"),
        &Origin::Variable("DAYBOOK_SITE_NAME")
    );
    assert_eq!(config.data, path.parent().unwrap().join("d"));
    assert!(matches!(
        origin(&config, "data"),
        Origin::File { line: 3, .. }
    ));
    assert_eq!(origin(&config, "ingest"), &Origin::Default);
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let (_folder, path) = file("publisher = \"The Press\"\n");
    let env = [("DAYBOOK_PUBLISHER", ""), ("DAYBOOK_LISTEN", "")];
    let config = resolve(Overrides::default(), &env, Some(&path)).unwrap();
    assert_eq!(config.publisher.as_deref(), Some("The Press"));
}

#[test]
fn the_database_and_the_key_follow_the_data_folder() {
    let config = from_env(&[("DAYBOOK_DATA", "/srv/daybook")]).unwrap();
    assert_eq!(
        config.database_url,
        DatabaseUrl::Sqlite(PathBuf::from("/srv/daybook/daybook.db"))
    );
    assert_eq!(
        config.secret_key_file(),
        PathBuf::from("/srv/daybook/secret.key")
    );
}

#[test]
fn the_public_address_follows_the_listener_until_it_is_set() {
    let config = from_env(&[("DAYBOOK_LISTEN", "0.0.0.0:9000")]).unwrap();
    assert_eq!(config.base_url.as_str(), "http://127.0.0.1:9000");
    let config = from_env(&[
        ("DAYBOOK_LISTEN", "[::]:9000"),
        ("DAYBOOK_BASE_URL", "https://History.Example/"),
    ])
    .unwrap();
    assert_eq!(config.listen.to_string(), "[::]:9000");
    assert_eq!(config.base_url.as_str(), "https://history.example");
    assert_eq!(config.base_url.authority(), "history.example");
    assert!(config.base_url.is_https());
}

#[test]
fn all_wrong_values_are_reported_together_with_their_places() {
    let (_folder, path) = file(
        "# settings\nlisten = \"8080\"\nsite_nam = \"X\"\nDATABASE_URL = \"sqlite:x\"\npublisher = 3\n",
    );
    let flags = Overrides {
        database_url: Some("mysql://root:hunter2@db/x".to_owned()),
        ..Overrides::default()
    };
    let env = [("DAYBOOK_INGEST", "sometimes")];
    let problems = resolve(flags, &env, Some(&path)).unwrap_err();
    let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let all = text.join("\n");
    assert_eq!(text.len(), 6, "{all}");
    for expected in [
        "daybook.toml:2: listen is “8080”",
        "daybook.toml:3: site_nam: there is no such setting; did you mean site_name?",
        "daybook.toml:4: DATABASE_URL: there is no such setting; did you mean database_url?",
        "daybook.toml:5: publisher: the value must be text in quotes",
        "flag --database-url: a database of the kind mysql: cannot be used; write sqlite:PATH or postgres://",
        "environment variable DAYBOOK_INGEST is “sometimes”: write auto or off",
    ] {
        assert!(all.contains(expected), "{expected}\nis not in\n{all}");
    }
    assert!(!all.contains("hunter2"), "{all}");
}

#[test]
fn a_settings_file_that_is_missing_or_broken_is_named() {
    let problems = resolve(Overrides::default(), &[], Some(Path::new("/no/such.toml")));
    let text = problems.unwrap_err()[0].to_string();
    assert!(
        text.starts_with("/no/such.toml: the settings file cannot be read"),
        "{text}"
    );

    let (_folder, path) = file("listen = \"a:1\"\ndata = [\n");
    let problems = resolve(Overrides::default(), &[], Some(&path)).unwrap_err();
    let text = problems[0].to_string();
    assert!(text.contains("daybook.toml:"), "{text}");
    assert!(text.contains("not valid TOML"), "{text}");
}

#[test]
fn listen_addresses() {
    for (text, shown) in [
        ("127.0.0.1:0", "127.0.0.1:0"),
        ("localhost:80", "localhost:80"),
        ("[::1]:8080", "[::1]:8080"),
    ] {
        let config = from_env(&[("DAYBOOK_LISTEN", text)]).unwrap();
        assert_eq!(config.listen.to_string(), shown);
    }
    for text in [
        "8080",
        ":8080",
        "host",
        "host:",
        "host:99999",
        "::1:80",
        "[::1:80",
        "[x]:80",
        "http://h:80",
        "a b:80",
        "h:80/x",
    ] {
        let text = problem("DAYBOOK_LISTEN", text);
        assert!(text.contains(":8080"), "{text}");
    }
}

#[test]
fn public_addresses() {
    for text in [
        "example.org",
        "ftp://example.org",
        "https://example.org/history",
        "https://example.org/?x=1",
        "https://example.org/#a",
        "https://a:b@example.org",
        "https://",
    ] {
        let text = problem("DAYBOOK_BASE_URL", text);
        assert!(text.contains("address"), "{text}");
    }
    let config = from_env(&[("DAYBOOK_BASE_URL", "http://localhost:3000//")]);
    assert!(config.is_err());
}

#[test]
fn a_misspelt_time_zone_is_answered_with_a_near_one() {
    let config = from_env(&[("DAYBOOK_TIME_ZONE", "asia/seoul")]).unwrap();
    assert_eq!(config.time_zone.iana_name(), Some("Asia/Seoul"));
    assert!(problem("DAYBOOK_TIME_ZONE", "Europe/Berln").contains("Europe/Berlin"));
    assert!(problem("DAYBOOK_TIME_ZONE", "Seoul").contains("Asia/Seoul"));
    assert!(problem("DAYBOOK_TIME_ZONE", "qqqqqqqqqqqqqq").contains("IANA"));
}

#[test]
fn words_that_go_into_pages_are_checked() {
    assert!(problem("DAYBOOK_SITE_NAME", "   ").contains("name"));
    assert!(problem("DAYBOOK_PUBLISHER", "a\nb").contains("one line"));
    assert!(problem("DAYBOOK_CONTACT_EMAIL", "editors").contains("e-mail"));
    assert!(problem("DAYBOOK_CONTACT_EMAIL", "a@b, c@d").contains("e-mail"));
    assert!(problem("DAYBOOK_DATE_STYLE", "ymd").contains("mdy"));
    let config = from_env(&[("DAYBOOK_DATE_STYLE", "dmy")]).unwrap();
    assert_eq!(config.date_style, DateStyle::Dmy);
}

#[test]
fn trusted_proxies_match_addresses_and_networks() {
    let (_folder, path) = file("trusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\", \"fd00::/8\"]\n");
    let config = resolve(Overrides::default(), &[], Some(&path)).unwrap();
    let trusted = |ip: &str| config.trusted_proxies.contains(ip.parse().unwrap());
    assert!(trusted("127.0.0.1"));
    assert!(trusted("10.200.3.4"));
    assert!(trusted("::ffff:10.200.3.4"));
    assert!(trusted("fdab::1"));
    assert!(!trusted("127.0.0.2"));
    assert!(!trusted("11.0.0.1"));
    assert!(!trusted("::1"));

    let config = from_env(&[("DAYBOOK_TRUSTED_PROXIES", "0.0.0.0/0 ::/0")]).unwrap();
    assert!(
        config
            .trusted_proxies
            .contains("203.0.113.9".parse().unwrap())
    );
    assert!(
        config
            .trusted_proxies
            .contains("2001:db8::1".parse().unwrap())
    );

    assert!(problem("DAYBOOK_TRUSTED_PROXIES", "10.0.0.1/8").contains("10.0.0.0/8"));
    assert!(problem("DAYBOOK_TRUSTED_PROXIES", "10.0.0.0/33").contains("32 bits"));
    assert!(problem("DAYBOOK_TRUSTED_PROXIES", "proxy.example").contains("proxy.example"));
    assert!(problem("DAYBOOK_TRUSTED_PROXIES", "10.0.0.0/-1").contains("no address"));
}

#[test]
fn sqlite_paths() {
    for (url, path) in [
        ("sqlite:/srv/x.db", "/srv/x.db"),
        ("sqlite:x.db", "x.db"),
        ("sqlite:///srv/x.db", "/srv/x.db"),
        ("SQLITE:x.db", "x.db"),
    ] {
        let parsed = DatabaseUrl::parse(url).unwrap();
        assert_eq!(parsed, DatabaseUrl::Sqlite(PathBuf::from(path)), "{url}");
    }
    for url in [
        "sqlite:",
        "sqlite::memory:",
        "sqlite:file:x?mode=ro",
        "x.db",
        "",
        "host=db password=pw",
    ] {
        assert!(DatabaseUrl::parse(url).is_err(), "{url}");
    }
    let (folder, path) = file("database_url = \"sqlite:x.db\"\n");
    let config = resolve(Overrides::default(), &[], Some(&path)).unwrap();
    assert_eq!(
        config.database_url,
        DatabaseUrl::Sqlite(folder.path().join("x.db"))
    );
}

#[cfg(not(feature = "postgres"))]
#[test]
fn a_build_without_postgresql_says_so() {
    let text = problem("DATABASE_URL", "postgres://u:hunter2@h/db");
    assert!(text.contains("--features postgres"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[cfg(feature = "postgres")]
#[test]
fn the_password_of_a_postgresql_url_is_never_shown() {
    for url in [
        "postgres://u:hunter2@h/db",
        "postgresql://u:hunter2@h1:5432,h2:5433/db?sslmode=require",
        "postgres://u:hun/hunter2@h/db",
        "postgres://u:h?hunter2@h/db",
        "postgres://u:h@hunter2@h/db",
        "postgres:///db?host=/run/x&user=u&password=hunter2",
        "postgres://h/db?PASSWORD=hunter2",
        "postgres://h/db?p%61ssword=hunter2",
    ] {
        let config = from_env(&[("DATABASE_URL", url)]).unwrap();
        let said = format!("{} {config:?}", config.database_url);
        assert!(!said.contains("hunter2"), "{said}");
        let DatabaseUrl::Postgres(kept) = &config.database_url else {
            panic!("{url}");
        };
        assert_eq!(kept.expose(), url);
    }
    for url in [
        "postgres://u:hunter2",
        "postgres:hunter2",
        "postgres://h/d hunter2",
    ] {
        assert!(!problem("DATABASE_URL", url).contains("hunter2"));
    }
    let plain = "postgres://daybook@/daybook?host=/run/postgresql";
    let config = from_env(&[("DATABASE_URL", plain)]).unwrap();
    assert_eq!(config.database_url.to_string(), plain);
}

#[test]
fn the_secret_key_is_never_shown() {
    let config = from_env(&[("DAYBOOK_SECRET_KEY", KEY)]).unwrap();
    let said = format!("{config:?} {:?}", config.settings());
    assert!(!said.contains("00112233"), "{said}");
    assert!(said.contains("hidden"));
    assert_eq!(config.secret_key, KEY.parse().ok());
    assert!(!problem("DAYBOOK_SECRET_KEY", "swordfish").contains("swordfish"));
}

#[test]
fn the_secret_key_is_made_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("deep/data");
    let config = from_env(&[("DAYBOOK_DATA", data.to_str().unwrap())]).unwrap();
    let keys: Vec<SecretKey> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| SecretKey::load_or_create(&config).unwrap()))
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(keys.iter().all(|key| key == &keys[0]));
    assert_ne!(keys[0], SecretKey::from_bytes([0; 32]));
    let names: Vec<_> = fs::read_dir(&data)
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(names, ["secret.key"], "no drafts are left behind");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(config.secret_key_file())
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_secret_key_file_that_holds_no_key_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let config = from_env(&[("DAYBOOK_DATA", data)]).unwrap();
    fs::write(config.secret_key_file(), "swordfish\n").unwrap();
    let error = SecretKey::load_or_create(&config).unwrap_err().to_string();
    assert!(
        error.contains("secret.key") && !error.contains("swordfish"),
        "{error}"
    );
    assert_eq!(
        fs::read_to_string(config.secret_key_file()).unwrap(),
        "swordfish\n"
    );
}

#[test]
fn a_data_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("data"), "a file").unwrap();
    let data = folder.path().join("data/inner");
    let config = from_env(&[("DAYBOOK_DATA", data.to_str().unwrap())]).unwrap();
    let error = SecretKey::load_or_create(&config).unwrap_err().to_string();
    assert!(error.contains("data/inner/secret.key"), "{error}");
}

#[test]
fn folders_are_made_before_they_are_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a/data");
    let elsewhere = folder.path().join("b/x.db");
    let url = format!("sqlite:{}", elsewhere.display());
    let config = from_env(&[
        ("DAYBOOK_DATA", data.to_str().unwrap()),
        ("DATABASE_URL", &url),
    ])
    .unwrap();
    config.prepare_data().unwrap();
    config.prepare_data().unwrap();
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
    assert!(elsewhere.parent().unwrap().is_dir());

    fs::write(folder.path().join("file"), "").unwrap();
    let data = folder.path().join("file/data");
    let config = from_env(&[("DAYBOOK_DATA", data.to_str().unwrap())]).unwrap();
    let error = config.prepare_data().unwrap_err().to_string();
    assert!(error.contains("file/data cannot be written to"), "{error}");
    assert!(error.contains("DAYBOOK_DATA"), "{error}");
}

#[test]
fn misspelt_variables_are_noticed_and_strangers_are_not() {
    let names = [
        "DAYBOOK_LISTN",
        "DAYBOOK_LISTEN",
        "DAYBOOK_LOG",
        "DAYBOOK_BIN",
        "HOME",
    ];
    let found = misspelt_variables(names.iter().map(|name| (*name).to_owned()));
    assert_eq!(found, [("DAYBOOK_LISTN".to_owned(), "DAYBOOK_LISTEN")]);
}

#[test]
fn the_desk_writes_unless_it_is_told_not_to() {
    let read = |env: &[(&str, &str)]| resolve(Overrides::default(), env, None);
    assert_eq!(read(&[]).unwrap().desk_writes, DeskWrites::Auto);
    let off = read(&[("DAYBOOK_DESK_WRITES", "off")]).unwrap();
    assert_eq!(off.desk_writes, DeskWrites::Off);
    assert!(read(&[("DAYBOOK_DESK_WRITES", "yes")]).is_err());
}
