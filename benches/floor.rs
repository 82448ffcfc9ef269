//! The floor for serving: a bare actix-web handler that answers with bytes from
//! a map, and does nothing else. `scripts/bench-serve` runs it beside the site
//! and beside nginx, over the same bytes.
//!
//! `floor FOLDER PORT [HEADERS]`: every file `X.br` of the folder is answered at
//! `/X`. With a file of headers (`name: value` lines) each answer carries those
//! as well.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::http::header::{CONTENT_ENCODING, HeaderName, HeaderValue};
use actix_web::web::Bytes;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::Context;

struct Answers {
    bodies: HashMap<String, Bytes>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

async fn answer(request: HttpRequest, answers: web::Data<Answers>) -> HttpResponse {
    let Some(body) = answers.bodies.get(request.path()) else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_ENCODING, "br"));
    for (name, value) in &answers.headers {
        response.insert_header((name.clone(), value.clone()));
    }
    response.body(body.clone())
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, port, rest @ ..] = arguments.as_slice() else {
        // As `cargo bench` runs it, without anything to serve.
        return Ok(());
    };
    let Ok(port) = port.parse::<u16>() else {
        return Ok(());
    };
    let mut bodies = HashMap::new();
    for entry in std::fs::read_dir(folder).context("the folder of answers")? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".br") {
            bodies.insert(
                format!("/{name}"),
                Bytes::from(std::fs::read(entry.path())?),
            );
        }
    }
    let mut headers = Vec::new();
    if let Some(file) = rest.first() {
        for line in std::fs::read_to_string(file)?.lines() {
            let (name, value) = line.split_once(": ").context("a header has no value")?;
            headers.push((name.parse()?, HeaderValue::from_str(value)?));
        }
    }
    let answers = Arc::new(Answers { bodies, headers });
    actix_web::rt::System::new().block_on(async move {
        HttpServer::new(move || {
            App::new()
                .app_data(web::Data::from(Arc::clone(&answers)))
                .default_service(web::get().to(answer))
        })
        .workers(1)
        .bind(("127.0.0.1", port))?
        .run()
        .await
    })?;
    Ok(())
}
