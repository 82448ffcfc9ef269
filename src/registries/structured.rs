//! An entry for machines: JSON-LD in the words of schema.org 30. `DefinedTerm`,
//! which a topic is, is a pending term there.

use serde_json::Value;

use crate::articles::model::{EntryDetails, LifeDate, Registry};
use crate::cartography::country;
use crate::paths;
use crate::site::shell::{Link, Shell};
use crate::site::structured::{Node, breadcrumbs, crumb, graph};

/// What the page of an entry says. `shell` is that of the page, with its
/// picture, and `index` leads to the registry. A life says only dates that are
/// sure.
pub(super) fn entry(
    shell: &Shell,
    registry: Registry,
    name: &str,
    details: &EntryDetails,
    index: Link,
) -> Value {
    let kind = match registry {
        Registry::People => "Person",
        Registry::Places => "Place",
        Registry::Organisations => "Organization",
        Registry::Topics => "DefinedTerm",
    };
    let card = shell.preview.card.as_ref();
    let node = Node::new(kind)
        .at(&shell.canonical)
        .with("name", name)
        .all("alternateName", details.also.clone())
        .maybe(
            "sameAs",
            details.wikidata.as_deref().and_then(paths::wikidata),
        )
        .maybe("image", card.map(|card| card.href.as_str()));
    let here = crumb(name, shell.canonical_path());
    let set = paths::absolute(&shell.site.base_url, &index.href);
    let node = match registry {
        Registry::People => node
            .maybe("birthDate", life(details.born.as_ref()))
            .maybe("deathDate", life(details.died.as_ref())),
        Registry::Places => node
            .maybe("geo", details.lat.zip(details.lon).map(geo))
            .maybe(
                "containedInPlace",
                details.country.as_deref().and_then(within),
            ),
        Registry::Organisations => node,
        Registry::Topics => node.with("inDefinedTermSet", set),
    };
    graph(vec![node, breadcrumbs(&shell.site, &[index, here])])
}

fn life(date: Option<&LifeDate>) -> Option<String> {
    date?.date()?.iso_date()
}

fn geo((lat, lon): (f64, f64)) -> Node {
    Node::new("GeoCoordinates")
        .with("latitude", lat)
        .with("longitude", lon)
}

/// The country of today; `None` for what is no code of one.
fn within(code: &str) -> Option<Node> {
    let code = code.trim().to_ascii_uppercase();
    let name = country::name(&code)?;
    Some(
        Node::new("Country")
            .with("name", name)
            .with("identifier", code),
    )
}
