//! The description of the API in the words of OpenAPI 3.1, made from the code.

mod examples;

use actix_web::HttpResponse;
use serde_json::{Value, json};
use utoipa::OpenApi as _;
use utoipa::openapi::{OpenApi, OpenApiVersion};

use super::answers::{self, Asked, Parts};
use super::query::CACHE;
use crate::config::Config;
use crate::error::AppError;
use crate::paths::api;
use crate::site::document::{self, Problem};

pub(super) use examples::{Examples, filled_in};

/// The groups of addresses, in their order, and what each is about.
const TAGS: [(&str, &str); 7] = [
    (
        "Articles",
        "What happened, with dates, names, sources and what was corrected.",
    ),
    (
        "Days",
        "The days of the year, with events, births and deaths.",
    ),
    (
        "People, places, organisations, topics",
        "The four registries to which the names in articles lead.",
    ),
    (
        "Claims",
        "What sources and articles say of one thing, and where they differ.",
    ),
    (
        "Corrections",
        "The public record of reported errors and of what became of them.",
    ),
    (
        "The whole",
        "Everything at once, the editions, and this description.",
    ),
    (
        "On this day",
        "A day in the shape of Wikimedia’s feed: programs that know that feed need only another host.",
    ),
];

/// What every answer can be beside what its operation says: status, words,
/// whether its body is a problem.
const ALWAYS: [(&str, &str); 5] = [
    (
        "400",
        "A parameter cannot be; `detail` says which, and what it takes.",
    ),
    ("404", "There is nothing under this address."),
    ("405", "The API is only read, with GET and HEAD."),
    (
        "429",
        "Too many requests; `Retry-After` says how many seconds to wait.",
    ),
    (
        "503",
        "The site cannot answer now; `Retry-After` says when it may.",
    ),
];

/// Without a body: what every answer with an `ETag` can be instead, and what
/// every address can be that is written otherwise.
const UNCHANGED: &str = "The client has it already, as its `If-None-Match` says.";
const MOVED: &str = "It is at the address in `Location`: an older name, or this one without capitals and without a slash at its end.";

#[derive(utoipa::OpenApi)]
#[openapi(
    paths(
        answers::articles::index,
        answers::articles::show,
        answers::revisions::index,
        answers::revisions::show,
        answers::days::index,
        answers::days::show,
        answers::entries::index,
        answers::entries::show,
        answers::claims::index,
        answers::claims::disputes,
        answers::export::export,
        answers::editions::index,
        document,
    ),
    components(schemas(Problem))
)]
struct Own;

/// The whole description, without examples of this site.
pub(super) struct Described(Value);

impl Described {
    /// Brings the description of this feature together with those of others.
    pub(super) fn new(config: &Config, others: Vec<OpenApi>) -> Described {
        let mut whole = Own::openapi();
        whole.openapi = OpenApiVersion::Version31;
        for other in others {
            whole.merge(other);
        }
        let mut value = serde_json::to_value(&whole).unwrap_or_default();
        value["info"] = info(config);
        value["servers"] = json!([{ "url": config.base_url.to_string() }]);
        value["tags"] = TAGS
            .iter()
            .map(|(name, words)| json!({ "name": name, "description": words }))
            .collect();
        complete(&mut value);
        Described(value)
    }

    /// The description with examples that this site answers.
    pub(super) fn with(&self, examples: &Examples) -> Value {
        filled_in(&self.0, examples)
    }
}

/// This description.
///
/// OpenAPI 3.1, made from the code that answers. The page `/api` shows the same
/// to people. The examples in it are of this site.
#[utoipa::path(
    get,
    path = api::OPENAPI,
    operation_id = "openapi",
    tag = "The whole",
    responses((status = 200, description = "The description.", body = Object, content_type = "application/json")),
)]
pub(super) async fn document(parts: Parts) -> Result<HttpResponse, AppError> {
    let asked = Asked::from(parts);
    let visibility = asked.library.terms.visibility;
    let examples = asked
        .db
        .read_public(move |conn| Examples::find(conn, visibility))
        .await?;
    let whole = asked.service.described.with(&examples);
    Ok(document::answer(
        "application/json",
        document::as_json(&whole)?,
        CACHE,
    ))
}

fn info(config: &Config) -> Value {
    let mut info = json!({
        "title": format!("{}: API", config.site_name),
        "summary": "What happened on which day, with sources, for programs.",
        "description": description(config.api_requests_per_minute),
        "version": "1.0.0",
    });
    let mut contact = serde_json::Map::new();
    for (key, value) in [
        ("name", config.publisher.clone()),
        ("email", config.contact_email.clone()),
    ] {
        if let Some(value) = value {
            contact.insert(key.to_owned(), Value::String(value));
        }
    }
    if !contact.is_empty() {
        info["contact"] = Value::Object(contact);
    }
    info
}

fn description(per_minute: u32) -> String {
    let limit = match per_minute {
        0 => "There is no limit to how often a client may ask.".to_owned(),
        limit => format!(
            "A client may ask {limit} times a minute; the headers `RateLimit-Policy` and `RateLimit` say what is left of that, and one that asks more often gets 429 with `Retry-After`. Whoever wants everything takes the export."
        ),
    };
    format!(
        "What is public on a page is public for programs. No key is needed, and scripts of any site may ask (CORS). Addresses in answers are absolute. What has a page of its own has the address of that page as its `id`, which never changes; `api` is its address here.\n\n\
         Dates of history are in EDTF (ISO 8601-2), as their source gives them and again in the proleptic Gregorian calendar; years are astronomical, so 0 is 1 BCE. Moments of the site itself are in RFC 3339, UTC.\n\n\
         Lists come in parts: follow `next`, or the header `Link`, until it is null. Each answer has an `ETag`: send it back as `If-None-Match`, and one that has not changed comes as 304. Errors are `application/problem+json` (RFC 9457) with a sentence in `detail` that says what to do.\n\n\
         {limit}\n\n\
         Fields may be added; none changes its meaning within `/api/v1`. A parameter without a value counts as absent, and one that an address does not know is passed over."
    )
}

/// Adds to every operation the answers that all of them share, and names the
/// shapes of which lists are made.
fn complete(whole: &mut Value) {
    let schemas = whole["components"]["schemas"].as_object_mut();
    for (name, schema) in schemas.into_iter().flatten() {
        if let Some(entry) = name.strip_prefix("Page_") {
            let entry = format!("#/components/schemas/{entry}");
            schema["properties"]["items"]["items"] = json!({ "$ref": entry });
        }
    }
    let Some(paths) = whole["paths"].as_object_mut() else {
        return;
    };
    let methods = paths.values_mut().filter_map(Value::as_object_mut);
    for operation in methods.flat_map(|path| path.values_mut()) {
        let Some(responses) = operation["responses"].as_object_mut() else {
            continue;
        };
        let found = responses.get("200");
        if found.is_some_and(|one| one["content"].get("application/json").is_some()) {
            responses
                .entry("304")
                .or_insert_with(|| json!({ "description": UNCHANGED }));
        }
        responses
            .entry("301")
            .or_insert_with(|| json!({ "description": MOVED }));
        for (status, words) in ALWAYS {
            responses.entry(status).or_insert_with(|| {
                json!({
                    "description": words,
                    "content": { "application/problem+json": {
                        "schema": { "$ref": "#/components/schemas/Problem" },
                    } },
                })
            });
        }
    }
}
