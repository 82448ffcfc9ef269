//! CSL-JSON 1.0 (<https://github.com/citation-style-language/schema>), which
//! reference managers and the processors of citation styles read.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{Name, Work, one_line};

/// A list with one item.
pub(in crate::sharing) fn csl(work: &Work) -> Value {
    let authors: Vec<Value> = work.authors.iter().map(author).collect();
    let mut item = Map::new();
    let mut add = |key: &str, value: Value| {
        item.insert(key.to_owned(), value);
    };
    add("id", json!(work.key()));
    add("type", json!("webpage"));
    add("title", json!(one_line(&work.title)));
    add("container-title", json!(one_line(&work.site)));
    add("author", json!(authors));
    if let Some(publisher) = &work.publisher {
        add("publisher", json!(one_line(publisher)));
    }
    add("issued", date(work.published));
    add("accessed", date(work.accessed));
    add("version", json!(format!("Revision {}", work.revision)));
    add("URL", json!(work.address));
    add("language", json!("en"));
    add("note", json!(work.note()));
    json!([item])
}

fn author(name: &Name) -> Value {
    match name {
        Name::Literal(name) => json!({ "literal": name }),
        Name::Person {
            given,
            particle,
            family,
            suffix,
        } => {
            let parts = [
                ("family", family),
                ("given", given),
                ("non-dropping-particle", particle),
                ("suffix", suffix),
            ];
            let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
            parts
                .map(|(key, part)| (key.to_owned(), json!(part)))
                .collect::<Map<String, Value>>()
                .into()
        }
    }
}

fn date(day: Date) -> Value {
    json!({ "date-parts": [[day.year(), day.month(), day.day()]] })
}
