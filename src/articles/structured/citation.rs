//! The works that an article cites.

use super::super::model::{Source, SourceKind};
use crate::site::structured::Node;

/// How many works are told. The page lists them all and says who says what;
/// this is for those who count links, and the page must stay light.
const MOST_CITED: usize = 8;

/// The works in the order of the file, the first of many.
pub(super) fn all(sources: &[Source]) -> Vec<Node> {
    sources.iter().take(MOST_CITED).map(work).collect()
}

fn work(source: &Source) -> Node {
    let kind = match source.kind {
        // Only a book has an ISBN, whatever else it is.
        _ if source.isbn.is_some() => "Book",
        SourceKind::Book => "Book",
        SourceKind::Article => "Article",
        SourceKind::Newspaper => "NewsArticle",
        SourceKind::Report => "Report",
        SourceKind::Website => "WebPage",
        // A `VideoObject` would have to say where its file and its picture are.
        SourceKind::Archive
        | SourceKind::Encyclopedia
        | SourceKind::Primary
        | SourceKind::Video => "CreativeWork",
    };
    let is_year = |year: &&str| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let publisher = |name: &str| Node::new("Organization").with("name", name);
    Node::new(kind)
        .with("name", source.title.as_str())
        // The line may name a person, several, or an office.
        .maybe("author", source.author.as_deref().map(Node::named))
        .maybe("publisher", source.publisher.as_deref().map(publisher))
        .maybe("datePublished", source.year.as_deref().filter(is_year))
        .maybe("isbn", source.isbn.as_deref())
        .maybe("url", source.url.as_deref().filter(is_address))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn source(more: Value) -> Value {
        let mut fields = json!({"id": "a", "kind": "website", "title": "A"});
        for (key, value) in more.as_object().unwrap() {
            fields[key] = value.clone();
        }
        Value::from(work(&serde_json::from_value(fields).unwrap()))
    }

    #[test]
    fn a_year_in_words_is_no_date_and_only_a_book_has_an_isbn() {
        let plutarch = source(json!({"kind": "primary", "year": "c. 110"}));
        assert_eq!(plutarch, json!({"@type": "CreativeWork", "name": "A"}));
        let report = source(json!({"kind": "report", "year": "1990", "isbn": "9780890964323"}));
        assert_eq!(report["@type"], "Book");
        assert_eq!(report["datePublished"], "1990");
    }

    #[test]
    fn an_author_may_be_an_office_so_no_kind_is_claimed() {
        let office = source(json!({"author": "United States Department of Commerce"}));
        assert_eq!(
            office["author"],
            json!({"name": "United States Department of Commerce"})
        );
    }

    #[test]
    fn only_what_leads_somewhere_is_an_address() {
        assert!(source(json!({"url": "javascript:alert(1)"}))["url"].is_null());
        assert!(source(json!({"url": "https://a.example/"}))["url"].is_string());
    }
}
