//! The description: it names every address, its examples work, and answers are
//! of the shapes that it gives.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{answer, site};
use crate::harness::TestApp;
use crate::ledger::Desk;

const SCHEMAS: &str = "#/components/schemas/";

/// A site on which every address has something to show.
async fn full_site() -> (TestApp, Value) {
    let app = site().await;
    let desk = Desk::of(&app);
    let case = desk.report(Some("seoul-falls"), "date", 0.0).await;
    desk.decline(&case, "The sources agree.", 1.0).await;
    let document = answer(&app, "/api/v1/openapi.json").await;
    (app, document)
}

#[tokio::test]
async fn every_address_below_the_api_is_described() {
    let (_app, document) = full_site().await;
    let described: BTreeSet<&str> = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let named: BTreeSet<&str> = [
        include_str!("../../../src/paths/api.rs"),
        include_str!("../../../src/paths/record.rs"),
    ]
    .into_iter()
    .flat_map(|text| text.split('"').skip(1).step_by(2))
    .filter(|text| text.starts_with("/api/v1/") && !text.contains("{}"))
    .filter(|text| !["/api/v1/{kind}?"].contains(text))
    .collect();
    assert!(named.len() > 12, "{named:?}");
    assert_eq!(named.difference(&described).collect::<Vec<_>>(), [&""; 0]);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], super::BASE);
    let tags: BTreeSet<&str> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    let mut ids = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let operation = &methods["get"];
        assert!(
            tags.contains(operation["tags"][0].as_str().unwrap()),
            "{path}"
        );
        assert!(
            ids.insert(operation["operationId"].as_str().unwrap()),
            "{path}"
        );
        let parameters = operation.get("parameters");
        assert!(
            parameters.is_none_or(Value::is_array),
            "{path}: {parameters:?}"
        );
        assert!(operation["responses"].get("301").is_some(), "{path}");
        for parameter in parameters.and_then(Value::as_array).into_iter().flatten() {
            assert!(
                parameter["description"]
                    .as_str()
                    .is_some_and(|text| text.ends_with('.')),
                "{path}: {parameter}"
            );
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            let told = schema["description"].is_string() || schema.get("$ref").is_some();
            assert!(
                told || described_beside(schema),
                "{name}.{field} is not told"
            );
        }
    }
}

#[tokio::test]
async fn every_example_is_answered_in_the_shape_that_is_described() {
    let (app, document) = full_site().await;
    let mut seen = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let operation = &methods["get"];
        let ours = path.starts_with("/api/v1/");
        let (requests, is_whole) = requests(path, operation);
        assert!(is_whole || !ours, "{path} has no example");
        for request in requests {
            let page = app.get(&request).await;
            assert_eq!(page.status, 200, "{request}: {}", page.text());
            let content = &operation["responses"]["200"]["content"]["application/json"];
            if content.is_null() || path.ends_with("openapi.json") {
                continue;
            }
            let schema = strict(&document, &content["schema"], &mut seen);
            let value: Value = serde_json::from_str(page.text()).unwrap();
            let validator = jsonschema::validator_for(&schema).unwrap();
            let faults: Vec<String> = validator
                .iter_errors(&value)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert_eq!(faults, [""; 0], "{request}");
        }
    }
    let shapes: BTreeSet<String> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    seen.extend(["Problem", "OnThisDayProblem"].map(str::to_owned));
    let unseen: Vec<&String> = shapes.difference(&seen).collect();
    assert_eq!(unseen, [""; 0], "shapes that no answer has");
}

#[tokio::test]
async fn every_kind_of_error_that_readers_report_is_named() {
    let app = TestApp::start().await;
    let text = app.get("/api/v1/openapi.json").await;
    let document: Value = serde_json::from_str(text.text()).unwrap();
    let parameters = &document["paths"]["/api/v1/corrections"]["get"]["parameters"];
    let mut all = parameters.as_array().unwrap().iter();
    let category = all.find(|one| one["name"] == "category").unwrap();
    for one in daybook::cases::Category::ALL {
        let name = format!("`{}`", one.slug());
        assert!(category.to_string().contains(&name), "{name}: {category}");
    }
}

#[tokio::test]
async fn problems_have_the_shape_that_is_described() {
    let (app, document) = full_site().await;
    for (shape, path) in [
        ("Problem", "/api/v1/articles/the-hoax"),
        ("Problem", "/api/v1/x"),
        ("Problem", "/api/v1/articles?limit=x"),
        (
            "OnThisDayProblem",
            "/api/rest_v1/feed/onthisday/events/13/32",
        ),
    ] {
        let schema = json!({ "$ref": format!("{SCHEMAS}{shape}") });
        let schema = strict(&document, &schema, &mut BTreeSet::new());
        let validator = jsonschema::validator_for(&schema).unwrap();
        let value: Value = serde_json::from_str(app.get(path).await.text()).unwrap();
        assert!(validator.is_valid(&value), "{path}: {value}");
    }
}

#[tokio::test]
async fn the_page_shows_all_of_it() {
    let (app, document) = full_site().await;
    let page = app.page("/api").await;
    let paths: Vec<String> = page.texts(".operation__path code");
    assert_eq!(paths.len(), document["paths"].as_object().unwrap().len());
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(paths.contains(path), "{path}");
    }
    // Links within the page lead somewhere, and examples are answered.
    let ids: BTreeSet<String> = page
        .all("[id]")
        .iter()
        .map(|one| one.attribute("id"))
        .collect();
    for href in page.links("main a") {
        if let Some(id) = href.strip_prefix('#') {
            assert!(ids.contains(id), "{href}");
        }
    }
    let examples = page.links(".operation__answers a[rel]");
    assert!(examples.len() > 12, "{examples:?}");
    for example in examples {
        assert_eq!(app.get(&example).await.status, 200, "{example}");
    }
    for sample in page.texts(".operation__more pre") {
        let _: Value = serde_json::from_str(&sample).unwrap();
        assert!(!sample.contains("\"id\": null"), "{sample}");
    }
    assert!(page.links("footer a").contains(&"/api".to_owned()));
}

/// The requests that the examples of an operation make: with what the path
/// needs, and then with each other parameter alone. And whether there are any.
fn requests(path: &str, operation: &Value) -> (Vec<String>, bool) {
    let mut filled = path.to_owned();
    let mut alone = Vec::new();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap();
        let value = match &parameter["example"] {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if parameter["in"] == "path" {
            filled = filled.replace(&format!("{{{name}}}"), &value);
        } else {
            let value = value.replace(' ', "%20");
            alone.push(format!("{name}={value}"));
        }
    }
    if filled.contains('{') {
        return (Vec::new(), false);
    }
    let mut requests = vec![filled.clone()];
    requests.extend(alone.iter().map(|one| format!("{filled}?{one}")));
    (requests, true)
}

/// A schema without references, in which an object has no other members than
/// those that are described.
fn strict(document: &Value, schema: &Value, seen: &mut BTreeSet<String>) -> Value {
    let mut schema = inlined(document, schema, seen);
    close(&mut schema, false);
    schema
}

fn inlined(document: &Value, schema: &Value, seen: &mut BTreeSet<String>) -> Value {
    match schema {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                let name = name.strip_prefix(SCHEMAS).unwrap();
                seen.insert(name.to_owned());
                return inlined(document, &document["components"]["schemas"][name], seen);
            }
            let fields = fields
                .iter()
                .filter(|(key, _)| !["example", "examples"].contains(&&***key));
            fields
                .map(|(key, value)| (key.clone(), inlined(document, value, seen)))
                .collect()
        }
        Value::Array(items) => items
            .iter()
            .map(|one| inlined(document, one, seen))
            .collect(),
        other => other.clone(),
    }
}

fn close(schema: &mut Value, is_part: bool) {
    let Some(fields) = schema.as_object_mut() else {
        return;
    };
    let is_object = fields.contains_key("properties") || fields.contains_key("allOf");
    if is_object && !is_part {
        fields.insert("unevaluatedProperties".to_owned(), false.into());
    }
    for part in fields
        .get_mut("allOf")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        close(part, true);
    }
    for key in ["oneOf", "anyOf"] {
        for part in fields
            .get_mut(key)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            close(part, false);
        }
    }
    if let Some(properties) = fields.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(|one| close(one, false));
    }
    if let Some(items) = fields.get_mut("items") {
        close(items, false);
    }
}

fn described_beside(schema: &Value) -> bool {
    let either = schema["oneOf"].as_array().into_iter().flatten();
    either
        .clone()
        .any(|one| one["description"].is_string() || one.get("$ref").is_some())
}
