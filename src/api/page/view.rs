//! The OpenAPI document, ready to print.

use serde_json::Value;

use super::reading::{Sort, is_nullable, members, sort};
use super::sample::sample_text;
use crate::paths::api;
use crate::site::shell::Link;

/// A text in which some words are code.
pub(super) type Words = Vec<Span>;

/// A run of words.
pub(super) struct Span {
    pub(super) text: String,
    pub(super) is_code: bool,
}

/// Addresses that belong together.
pub(super) struct GroupView {
    /// Its place in the page.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) about: Words,
    pub(super) operations: Vec<OperationView>,
}

/// One address.
pub(super) struct OperationView {
    /// Its place in the page.
    pub(super) id: String,
    /// With its parameters in braces.
    pub(super) path: String,
    pub(super) name: String,
    pub(super) about: Vec<Words>,
    pub(super) parameters: Vec<ParameterView>,
    /// A request that this site answers; absent where it has nothing to show.
    pub(super) example: Option<Link>,
    /// What the answer is made of.
    pub(super) shape: Option<KindView>,
    /// An answer, as JSON.
    pub(super) sample: Option<String>,
    /// Other answers: status and words.
    pub(super) others: Vec<(String, Words)>,
}

/// A parameter of an address.
pub(super) struct ParameterView {
    pub(super) name: String,
    /// "in the path", or nothing for one of the query string.
    pub(super) place: &'static str,
    pub(super) about: Words,
    pub(super) default: Option<String>,
}

/// A shape of answers.
pub(super) struct ShapeView {
    /// Its place in the page.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) about: Words,
    pub(super) fields: Vec<FieldView>,
}

/// A field of a shape.
pub(super) struct FieldView {
    pub(super) name: String,
    pub(super) kind: KindView,
    pub(super) about: Words,
}

/// What a value is: words, perhaps a link to a shape, words.
#[derive(Default)]
pub(super) struct KindView {
    pub(super) before: String,
    pub(super) shapes: Vec<Link>,
    pub(super) after: &'static str,
}

/// A text as paragraphs.
pub(super) fn words(text: &str) -> Vec<Words> {
    text.split("\n\n").map(spans).collect()
}

/// All addresses, in the groups of the document.
pub(super) fn groups(document: &Value) -> Vec<GroupView> {
    let tags = document["tags"].as_array().into_iter().flatten();
    tags.map(|tag| {
        let name = text(&tag["name"]);
        GroupView {
            id: identifier("about", &name),
            about: spans(&text(&tag["description"])),
            operations: operations(document, &name),
            name,
        }
    })
    .filter(|group| !group.operations.is_empty())
    .collect()
}

/// All shapes, by name; parts of lists are told where they are answered.
pub(super) fn shapes(document: &Value) -> Vec<ShapeView> {
    let schemas = document["components"]["schemas"].as_object();
    let mut shapes: Vec<ShapeView> = schemas
        .into_iter()
        .flatten()
        .filter(|(_, schema)| !members(document, schema).is_empty())
        .map(|(name, schema)| ShapeView {
            id: identifier("shape", name),
            name: spoken(name),
            about: spans(&text(&schema["description"])),
            fields: members(document, schema)
                .into_iter()
                .map(|member| FieldView {
                    name: member.name.to_owned(),
                    kind: kind(member.schema),
                    about: spans(&text(&member.schema["description"])),
                })
                .collect(),
        })
        .collect();
    shapes.sort_by(|one, other| one.name.cmp(&other.name));
    shapes
}

fn operations(document: &Value, tag: &str) -> Vec<OperationView> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .filter_map(|(path, methods)| Some((path, methods.get("get")?)))
        .filter(|(_, operation)| operation["tags"][0] == tag)
        .map(|(path, operation)| OperationView::new(document, path, operation))
        .collect()
}

impl OperationView {
    fn new(document: &Value, path: &str, operation: &Value) -> OperationView {
        let parameters = operation["parameters"].as_array();
        let parameters: Vec<&Value> = parameters.into_iter().flatten().collect();
        let media = operation["responses"]["200"]["content"].as_object();
        let media = media.and_then(|content| content.iter().next());
        let schema = media
            .filter(|(name, _)| name.as_str() == "application/json")
            .map(|(_, content)| &content["schema"]);
        let others = operation["responses"].as_object().into_iter().flatten();
        let mut others: Vec<(String, Words)> = others
            .filter(|(status, _)| status.as_str() != "200")
            .map(|(status, told)| (status.clone(), spans(&text(&told["description"]))))
            .collect();
        others.sort_by(|one, other| one.0.cmp(&other.0));
        OperationView {
            id: identifier("ask", operation["operationId"].as_str().unwrap_or(path)),
            path: path.to_owned(),
            name: text(&operation["summary"]).trim_end_matches('.').to_owned(),
            about: match operation["description"].as_str() {
                Some(about) => words(about),
                None => Vec::new(),
            },
            example: example(path, &parameters),
            parameters: parameters.into_iter().map(ParameterView::new).collect(),
            shape: schema.map(kind).filter(|kind| !kind.shapes.is_empty()),
            sample: schema
                .filter(|schema| {
                    !members(document, schema).is_empty() || schema.get("$ref").is_some()
                })
                .map(|schema| sample_text(document, schema)),
            others,
        }
    }
}

impl ParameterView {
    fn new(parameter: &Value) -> ParameterView {
        ParameterView {
            name: text(&parameter["name"]),
            place: if parameter["in"] == "path" {
                "in the path"
            } else {
                ""
            },
            about: spans(&text(&parameter["description"])),
            default: match &parameter["schema"]["default"] {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            },
        }
    }
}

/// A request that this site answers: with what must be there, and a short list.
fn example(path: &str, parameters: &[&Value]) -> Option<Link> {
    let mut filled = Vec::new();
    let mut query = Vec::new();
    for parameter in parameters {
        let name = text(&parameter["name"]);
        let value = match &parameter["example"] {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        if parameter["in"] == "path" {
            filled.push((name, value?));
        } else if name == "limit" {
            query.extend(value.map(|value| (name, value)));
        }
    }
    let path = api::with_query(&api::filled(path, &filled), &query);
    Some(Link {
        href: path.clone(),
        label: path,
    })
}

fn kind(schema: &Value) -> KindView {
    let mut view = match sort(schema) {
        Sort::Shape(name) => KindView {
            shapes: vec![link(name)],
            ..KindView::default()
        },
        Sort::List(items) => {
            let inner = kind(items);
            KindView {
                before: format!("list of {}", inner.before),
                ..inner
            }
        }
        Sort::Map(values) => {
            let inner = kind(values);
            KindView {
                before: format!("by name, {}", inner.before),
                ..inner
            }
        }
        Sort::Either(schemas) => KindView {
            shapes: schemas
                .iter()
                .filter_map(|one| one["$ref"].as_str())
                .map(|name| link(name.rsplit('/').next().unwrap_or(name)))
                .collect(),
            ..KindView::default()
        },
        Sort::Object => KindView {
            before: "object".to_owned(),
            ..KindView::default()
        },
        Sort::Plain(kind, format) => KindView {
            before: plain(kind, format).to_owned(),
            ..KindView::default()
        },
    };
    if is_nullable(schema) {
        view.after = " or null";
    }
    view
}

fn plain<'a>(kind: &'a str, format: &str) -> &'a str {
    match (kind, format) {
        (_, "date-time") => "moment",
        (_, "date") => "day",
        ("string", _) => "text",
        ("integer", _) => "whole number",
        ("boolean", _) => "true or false",
        (kind, _) => kind,
    }
}

fn link(name: &str) -> Link {
    Link {
        href: format!("#{}", identifier("shape", name)),
        label: spoken(name),
    }
}

/// `Page_Summary` is a `Page of Summary`.
fn spoken(name: &str) -> String {
    name.replace('_', " of ")
}

fn identifier(before: &str, name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    format!("{before}-{}", name.to_ascii_lowercase())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What stands between two backticks is code; a line is no end.
fn spans(text: &str) -> Words {
    text.split('`')
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(index, part)| Span {
            text: part.replace('\n', " "),
            is_code: index % 2 == 1,
        })
        .collect()
}
