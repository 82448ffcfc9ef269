use super::*;

fn with(pairs: &[(&str, &str)]) -> Result<Config, Vec<ConfigProblem>> {
    let env = |name: &str| {
        let mut found = pairs.iter().filter(|(known, _)| *known == name);
        found.next().map(|(_, value)| (*value).to_owned())
    };
    Config::resolve(Overrides::default(), env, None)
}

fn problem(variable: &str, value: &str) -> String {
    let problems = with(&[(variable, value)]).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems[0].to_string()
}

#[test]
fn a_mail_server_is_an_address_whose_password_is_never_shown() {
    for (text, host, port, security, shown) in [
        (
            "smtp://me:hunter2@mail.example",
            "mail.example",
            587,
            SmtpSecurity::Starttls,
            "smtp://me:***@mail.example:587",
        ),
        (
            "smtps://me%40x:hunter2%2F%25+&@Mail.Example:4650/",
            "mail.example",
            4650,
            SmtpSecurity::Tls,
            "smtps://me@x:***@mail.example:4650",
        ),
        (
            "smtp://127.0.0.1:2525?tls=none",
            "127.0.0.1",
            2525,
            SmtpSecurity::None,
            "smtp://127.0.0.1:2525?tls=none",
        ),
        (
            "smtps://[::1]",
            "::1",
            465,
            SmtpSecurity::Tls,
            "smtps://[::1]:465",
        ),
    ] {
        let config = with(&[("DAYBOOK_SMTP_URL", text)]).unwrap();
        let said = format!("{config:?} {:?}", config.settings());
        assert!(!said.contains("hunter2"), "{said}");
        let url = config.smtp_url.unwrap();
        assert_eq!(
            (url.host(), url.port(), url.security()),
            (host, port, security)
        );
        assert_eq!(url.to_string(), shown);
    }
    let spelt = "smtps://me%40x:hunter2%2F%25+&@mail.example";
    let url = spelt.parse::<SmtpUrl>().unwrap();
    assert_eq!(url.login(), Some(("me@x", "hunter2/%+&")));
}

#[test]
fn a_wrong_mail_server_is_refused_without_repeating_it() {
    for (text, expected) in [
        (
            "smtp://me:hunter2@mail.example?tls=none",
            "only for a server on this machine",
        ),
        (
            "smtp://me:hunter2@127.0.0.1.example?tls=none",
            "only for a server on this machine",
        ),
        ("smtps://me:hunter2@localhost?tls=none", "contradicts"),
        (
            "smtp://me:hunter2@mail.example?tls=opportunistic",
            "only thing that may follow",
        ),
        (
            "smtp://me:hunter2@mail.example/x",
            "nothing may follow the port",
        ),
        (
            "smtp://me:hunter2#x@mail.example",
            "no address of a mail server",
        ),
        ("smtp://me:hunter2/x@mail.example", "%2F"),
        ("smtp://hunter2@mail.example", "a user needs a password"),
        ("smtp://:hunter2@mail.example", "a user needs a password"),
        ("smtp://me:hunter2@", "address of a mail server"),
        ("http://me:hunter2@mail.example", "begin with smtp or smtps"),
        ("hunter2", "address of a mail server"),
        ("mail.example:587", "begin with smtp or smtps"),
    ] {
        let said = problem("DAYBOOK_SMTP_URL", text);
        assert!(
            said.starts_with("environment variable DAYBOOK_SMTP_URL: "),
            "{said}"
        );
        assert!(said.contains(expected), "{text}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn mail_is_from_the_site_until_somebody_is_named() {
    let shown = |pairs: &[(&str, &str)]| with(pairs).unwrap().mail_from.to_string();
    assert_eq!(shown(&[]), "Daybook <daybook@localhost>");
    let site = [
        ("DAYBOOK_BASE_URL", "https://history.example:8443"),
        ("DAYBOOK_SITE_NAME", "Dates, \"so to say\""),
    ];
    assert_eq!(
        shown(&site),
        "Dates, \"so to say\" <daybook@history.example>"
    );
    assert_eq!(with(&site).unwrap().mail_domain(), "history.example");
    for (text, kept) in [
        ("post@history.example", "post@history.example"),
        (
            "The \u{e4}rchive <post@history.example>",
            "The \u{e4}rchive <post@history.example>",
        ),
        (
            "\"A, B\" <post@history.example>",
            "A, B <post@history.example>",
        ),
    ] {
        assert_eq!(shown(&[("DAYBOOK_MAIL_FROM", text)]), kept);
    }
    for text in [
        "post",
        "Name <post>",
        "a@b.example\r\nBcc: c@d.example",
        "<>",
        "a@b.example, c@d.example",
    ] {
        assert!(
            problem("DAYBOOK_MAIL_FROM", text).contains("write an address"),
            "{text}"
        );
        assert!(
            problem("DAYBOOK_DESK_EMAIL", text).contains("write an address"),
            "{text}"
        );
    }
}
