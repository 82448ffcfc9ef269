//! What an answer looks like, made from its schema and the examples in it.

use serde_json::{Map, Value, json};

use super::reading::{Sort, is_nullable, members, shape, sort};

/// How many steps lead from an answer to its innermost value, references to
/// shapes included; none of ours has more.
const DEEPEST: usize = 24;

/// A value of a schema.
pub(super) fn sample(document: &Value, schema: &Value) -> Value {
    value(document, schema, "", DEEPEST)
}

/// The same as text, two spaces for each level.
pub(super) fn sample_text(document: &Value, schema: &Value) -> String {
    serde_json::to_string_pretty(&sample(document, schema)).unwrap_or_default()
}

fn value(document: &Value, schema: &Value, name: &str, left: usize) -> Value {
    if let Some(example) = schema.get("example").or_else(|| schema["examples"].get(0)) {
        return example.clone();
    }
    if left == 0 {
        return Value::Null;
    }
    let inner = |schema: &Value, name: &str| value(document, schema, name, left - 1);
    match sort(schema) {
        Sort::Shape(name) => inner(shape(document, name), name),
        Sort::List(items) => json!([inner(items, name)]),
        Sort::Map(values) => json!({ "…": inner(values, "") }),
        Sort::Either(schemas) => schemas.first().map_or(Value::Null, |one| inner(one, name)),
        Sort::Object => members(document, schema)
            .into_iter()
            .map(|member| (member.name.to_owned(), inner(member.schema, member.name)))
            .collect::<Map<String, Value>>()
            .into(),
        Sort::Plain("string", _) => json!(text(name)),
        Sort::Plain("boolean", _) => json!(true),
        Sort::Plain("integer" | "number", _) => json!(1),
        Sort::Plain(..) if is_nullable(schema) => Value::Null,
        Sort::Plain(..) => json!({}),
    }
}

fn text(name: &str) -> &'static str {
    match name {
        "id" | "url" | "api" | "next" | "previous" => "https://…",
        _ => "…",
    }
}
