//! Reads schemas of an OpenAPI document, as far as ours go.

use serde_json::Value;

const SCHEMAS: &str = "#/components/schemas/";

/// A member of an object.
pub(super) struct Member<'a> {
    pub(super) name: &'a str,
    pub(super) schema: &'a Value,
}

/// What a schema says, without what may be absent.
pub(super) enum Sort<'a> {
    /// A shape by its name.
    Shape(&'a str),
    /// A list of one schema.
    List(&'a Value),
    /// An object whose members have any names, all of one schema.
    Map(&'a Value),
    /// An object or a part of one.
    Object,
    /// One of several schemas.
    Either(Vec<&'a Value>),
    /// Anything else, by its type and its format.
    Plain(&'a str, &'a str),
}

/// The schema of a shape.
pub(super) fn shape<'a>(document: &'a Value, name: &str) -> &'a Value {
    &document["components"]["schemas"][name]
}

/// Whether the value may be null.
pub(super) fn is_nullable(schema: &Value) -> bool {
    let among = |types: &Value| {
        let mut types = types.as_array().into_iter().flatten();
        types.any(|one| one == "null")
    };
    among(&schema["type"]) || alternatives(schema).iter().any(|one| is_null(one))
}

/// What a schema says beside that.
pub(super) fn sort(schema: &Value) -> Sort<'_> {
    if let Some(name) = schema["$ref"].as_str() {
        return Sort::Shape(name.trim_start_matches(SCHEMAS));
    }
    let mut either = alternatives(schema);
    either.retain(|one| !is_null(one));
    match either.as_slice() {
        [] => {}
        [only] => return sort(only),
        _ => return Sort::Either(either),
    }
    let kind = match &schema["type"] {
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .find(|one| *one != "null"),
        one => one.as_str(),
    };
    match kind {
        Some("array") => Sort::List(&schema["items"]),
        Some("object") if schema["additionalProperties"].is_object() => {
            Sort::Map(&schema["additionalProperties"])
        }
        Some("object") | None => Sort::Object,
        Some(kind) => Sort::Plain(kind, schema["format"].as_str().unwrap_or_default()),
    }
}

/// The members of an object, those of the shapes that it is put together from
/// included.
pub(super) fn members<'a>(document: &'a Value, schema: &'a Value) -> Vec<Member<'a>> {
    let mut found = Vec::new();
    if let Some(name) = schema["$ref"].as_str() {
        let named = shape(document, name.trim_start_matches(SCHEMAS));
        return members(document, named);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(members(document, part));
    }
    let own = schema["properties"].as_object().into_iter().flatten();
    found.extend(own.map(|(name, schema)| Member { name, schema }));
    found
}

fn alternatives(schema: &Value) -> Vec<&Value> {
    let either = schema["oneOf"].as_array().or(schema["anyOf"].as_array());
    either.into_iter().flatten().collect()
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}
