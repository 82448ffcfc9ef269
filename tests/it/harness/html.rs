//! An answer of the server, and the elements of its page by CSS selectors.

use std::collections::BTreeMap;

use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

/// One answer.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

/// One element: its text with single spaces, and its attributes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) text: String,
    attributes: BTreeMap<String, String>,
}

impl Page {
    pub(crate) async fn read(response: reqwest::Response) -> Page {
        Page {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            bytes: response.bytes().await.unwrap().to_vec(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// A header that must be there.
    pub(crate) fn header(&self, name: &str) -> &str {
        match self.headers.get(name) {
            Some(value) => value.to_str().unwrap(),
            None => panic!("the answer {} has no header {name}", self.status),
        }
    }

    /// All elements that the selector finds, in the order of the page.
    pub(crate) fn all(&self, css: &str) -> Vec<Element> {
        let selector = Selector::parse(css).unwrap();
        let html = Html::parse_document(self.text());
        html.select(&selector).map(Element::new).collect()
    }

    /// The element that the selector finds; there must be one, and no other.
    pub(crate) fn one(&self, css: &str) -> Element {
        let mut found = self.all(css);
        assert_eq!(found.len(), 1, "how many {css} there are: {found:#?}");
        found.remove(0)
    }

    /// The texts of all elements that the selector finds.
    pub(crate) fn texts(&self, css: &str) -> Vec<String> {
        self.all(css).into_iter().map(|one| one.text).collect()
    }

    /// The addresses of all links that the selector finds.
    pub(crate) fn links(&self, css: &str) -> Vec<String> {
        self.all(css)
            .iter()
            .map(|link| link.attribute("href"))
            .collect()
    }
}

impl Element {
    fn new(element: ElementRef) -> Element {
        let text: String = element.text().collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        Element {
            name: element.value().name().to_owned(),
            text: words.join(" "),
            attributes: element
                .value()
                .attrs()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        }
    }

    /// An attribute that must be there.
    pub(crate) fn attribute(&self, name: &str) -> String {
        match self.attributes.get(name) {
            Some(value) => value.clone(),
            None => panic!("{self:?} has no attribute {name}"),
        }
    }

    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}
