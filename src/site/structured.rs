//! What all pages say alike in the words of schema.org 30, as JSON-LD: who
//! publishes the site, what the site is, where a page lies in it, what it lists.
//!
//! Each page has one block, a graph. What it is about has the page's canonical
//! address for its `@id`, and the publisher and the site have addresses that no
//! page has (`/#publisher`), so that readers of many pages can join them.

use serde_json::{Map, Value, json};

use super::shell::{Identity, Link};
use crate::paths;

/// How many entries of a list are told one by one. The number of all of them
/// is told besides.
const MOST_LISTED: usize = 30;

/// One thing with its properties. Those without a value are left out.
#[derive(Clone, Debug)]
pub struct Node(Map<String, Value>);

impl Node {
    /// `kind` is a type of schema.org, such as `Article`.
    #[must_use]
    pub fn new(kind: &str) -> Node {
        Node(Map::new()).with("@type", kind)
    }

    /// Something of which no more is said than a name, because it is not known
    /// whether it is a person or an organisation.
    #[must_use]
    pub fn named(name: &str) -> Node {
        Node(Map::new()).with("name", name)
    }

    /// A reference to something that is told elsewhere.
    #[must_use]
    pub fn reference(id: String) -> Node {
        Node(Map::new()).with("@id", id)
    }

    /// Gives it its `@id`, which is the absolute address of its page too.
    #[must_use]
    pub fn at(self, address: &str) -> Node {
        self.with("@id", address).with("url", address)
    }

    /// Adds a property.
    #[must_use]
    pub fn with(mut self, property: &str, value: impl Into<Value>) -> Node {
        self.0.insert(property.to_owned(), value.into());
        self
    }

    /// Adds a property if it has a value.
    #[must_use]
    pub fn maybe(self, property: &str, value: Option<impl Into<Value>>) -> Node {
        match value {
            Some(value) => self.with(property, value),
            None => self,
        }
    }

    /// Adds a property with all its values; with one, as that value.
    #[must_use]
    pub fn all<T: Into<Value>>(self, property: &str, values: Vec<T>) -> Node {
        let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
        match values.len() {
            0 => self,
            1 => self.maybe(property, values.pop()),
            _ => self.with(property, values),
        }
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Value {
        Value::Object(node.0)
    }
}

/// The one block of a page.
#[must_use]
pub fn graph(nodes: Vec<Node>) -> Value {
    let nodes: Vec<Value> = nodes.into_iter().map(Into::into).collect();
    json!({ "@context": "https://schema.org", "@graph": nodes })
}

/// Who answers for the site and how: its principles, what becomes of a report,
/// and where to send one.
#[must_use]
pub fn publisher(site: &Identity) -> Node {
    let address = |path: &str| paths::absolute(&site.base_url, path);
    Node::new("Organization")
        .with("@id", publisher_id(site))
        .with("name", site.publisher.as_deref().unwrap_or(&site.name))
        .with("url", address(paths::HOME))
        .with("publishingPrinciples", address(&paths::about("about")))
        .with(
            "correctionsPolicy",
            address(&paths::about("corrections-policy")),
        )
        .with("actionableFeedbackPolicy", address(paths::CONTACT))
}

/// The `@id` of the publisher, which [`publisher`] describes.
#[must_use]
pub fn publisher_id(site: &Identity) -> String {
    format!("{}#publisher", paths::absolute(&site.base_url, paths::HOME))
}

/// The site as a whole.
#[must_use]
pub fn website(site: &Identity) -> Node {
    Node::new("WebSite")
        .with("@id", website_id(site))
        .with("url", paths::absolute(&site.base_url, paths::HOME))
        .with("name", site.name.as_str())
        .with("inLanguage", site.lang)
        .with("publisher", Node::reference(publisher_id(site)))
}

/// A page that lists others, in the order of the page.
#[must_use]
pub fn collection(site: &Identity, address: &str, name: &str, entries: &[Link]) -> Node {
    let list = Node::new("ItemList")
        .with("numberOfItems", entries.len())
        .with("itemListElement", listed(site, entries, MOST_LISTED, false));
    Node::new("CollectionPage")
        .at(address)
        .with("name", name)
        .with("inLanguage", site.lang)
        .with("isPartOf", Node::reference(website_id(site)))
        .with("mainEntity", list)
}

/// Where a page lies: the pages around it, the largest first, and last itself.
#[must_use]
pub fn breadcrumbs(site: &Identity, crumbs: &[Link]) -> Node {
    Node::new("BreadcrumbList").with("itemListElement", listed(site, crumbs, usize::MAX, true))
}

/// A crumb or an entry by its words and the path of its page.
#[must_use]
pub fn crumb(label: impl Into<String>, path: impl Into<String>) -> Link {
    Link {
        href: path.into(),
        label: label.into(),
    }
}

fn website_id(site: &Identity) -> String {
    format!("{}#website", paths::absolute(&site.base_url, paths::HOME))
}

/// Crumbs lead to their page as `item`, because search engines read no other;
/// entries as `url`. An `item` is a thing and no text, hence named by its `@id`.
fn listed(site: &Identity, links: &[Link], most: usize, are_crumbs: bool) -> Vec<Value> {
    (1_u64..)
        .zip(links.iter().take(most))
        .map(|(position, link)| {
            let address = paths::absolute(&site.base_url, &link.href);
            let entry = Node::new("ListItem")
                .with("position", position)
                .with("name", link.label.as_str());
            if are_crumbs {
                entry.with("item", Node::reference(address)).into()
            } else {
                entry.with("url", address).into()
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::assets::Assets;

    fn site(publisher: Option<&str>) -> Identity {
        let publisher = publisher.map(str::to_owned);
        Identity::new(
            "Daybook".to_owned(),
            publisher,
            "https://daybook.example/",
            &Assets::default(),
        )
    }

    #[test]
    fn the_publisher_is_who_answers_for_the_site_and_else_the_site() {
        let publisher_of = |name| Value::from(publisher(&site(name)));
        let named = publisher_of(Some("The Almanac Society"));
        assert_eq!(named["name"], "The Almanac Society");
        assert_eq!(named["@id"], "https://daybook.example/#publisher");
        assert_eq!(publisher_of(None)["name"], "Daybook");
    }

    #[test]
    fn crumbs_are_numbered_from_one_and_absolute() {
        let crumbs = [crumb("People", "/people"), crumb("Ada", "/people/ada")];
        let list = Value::from(breadcrumbs(&site(None), &crumbs));
        let last = &list["itemListElement"][1];
        assert_eq!(last["position"], 2);
        assert_eq!(last["item"]["@id"], "https://daybook.example/people/ada");
    }

    #[test]
    fn a_long_list_is_told_in_part_and_counted_in_full() {
        let entries = vec![crumb("One", "/articles/one"); 40];
        let page = Value::from(collection(&site(None), "https://x/", "Page", &entries));
        let list = &page["mainEntity"];
        assert_eq!(list["numberOfItems"], 40);
        assert_eq!(list["itemListElement"].as_array().unwrap().len(), 30);
    }
}
