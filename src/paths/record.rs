//! The addresses of the public record: what an article said before, and what
//! became of the reports about it.

/// Every revision of an article.
pub const HISTORY_ROUTE: &str = "/articles/{slug}/history";
/// An article as one revision had it, for ever.
pub const REVISION_ROUTE: &str = "/articles/{slug}/revisions/{number}";
/// Two revisions beside each other: `compare/3..5`.
pub const COMPARISON_ROUTE: &str = "/articles/{slug}/compare/{numbers}";
/// Where a form asks for a comparison, `?from=3&to=5`; leads on to its own
/// address.
pub const COMPARE_ROUTE: &str = "/articles/{slug}/compare";
/// The file that an article is made from.
pub const SOURCE_ROUTE: &str = "/articles/{slug}.md";

/// All decided cases.
pub const LEDGER: &str = "/corrections";
/// The same for programs, with filters and pages.
pub const LEDGER_API: &str = "/api/v1/corrections";
/// One case, with each of its public steps.
pub const CASE_ROUTE: &str = "/corrections/{case}";
/// One case for programs.
pub const CASE_API_ROUTE: &str = "/api/v1/corrections/{case}";
/// Where the address behind a report is confirmed; `token` is a secret.
pub const CONFIRMATION_ROUTE: &str = "/reports/confirm/{token}";

/// Every revision of an article.
#[must_use]
pub fn history(slug: &str) -> String {
    format!("/articles/{slug}/history")
}

/// An article as one revision had it; revisions are numbered from 1.
#[must_use]
pub fn revision(slug: &str, number: i64) -> String {
    format!("/articles/{slug}/revisions/{number}")
}

/// What changed from one revision to another.
#[must_use]
pub fn comparison(slug: &str, from: i64, to: i64) -> String {
    format!("/articles/{slug}/compare/{from}..{to}")
}

/// Where the form that asks for a comparison is sent.
#[must_use]
pub fn compare_action(slug: &str) -> String {
    format!("/articles/{slug}/compare")
}

/// A note of a change, in the history of its article; notes are numbered from
/// 1, in the order of the present file.
#[must_use]
pub fn note(slug: &str, number: usize) -> String {
    format!("/articles/{slug}/history#correction-{number}")
}

/// The file that an article is made from, as it is now.
#[must_use]
pub fn source(slug: &str) -> String {
    format!("/articles/{slug}.md")
}

/// One case of the ledger, by its public id in whatever case: addresses are
/// lower case.
#[must_use]
pub fn case(id: &str) -> String {
    format!("/corrections/{}", id.to_ascii_lowercase())
}

/// The ledger for feed readers; `format` is `atom`, `rss` or `json`.
#[must_use]
pub fn ledger_feed(format: &str) -> String {
    format!("{LEDGER}.{format}")
}

/// A choice of the ledger for people: `/corrections?outcome=declined&page=2`.
/// The names and values of the parameters are encoded here.
#[must_use]
pub fn ledger_of(parameters: &[(&str, String)]) -> String {
    with_query(LEDGER, parameters)
}

/// The same choice for programs.
#[must_use]
pub fn ledger_api_of(parameters: &[(&str, String)]) -> String {
    with_query(LEDGER_API, parameters)
}

/// One case for programs.
#[must_use]
pub fn case_api(id: &str) -> String {
    format!("{LEDGER_API}/{}", id.to_ascii_lowercase())
}

/// Where the address behind a report is confirmed; `token` is its secret.
#[must_use]
pub fn confirmation(token: &str) -> String {
    format!("/reports/confirm/{token}")
}

fn with_query(path: &str, parameters: &[(&str, String)]) -> String {
    if parameters.is_empty() {
        return path.to_owned();
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    format!("{path}?{}", query.finish())
}
