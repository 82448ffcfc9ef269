//! The outermost layer of the application, which finishes and keeps what those
//! within have made, and one further in for what has a limit.

use std::cell::Cell;
use std::sync::Arc;
use std::time::SystemTime;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};

use super::door::{self, Door};
use super::kept::Kept;
use super::{Inputs, PageCache};
use crate::db::BEHIND;
use crate::paths;
use crate::site::coding::Coding;
use crate::site::uncoded::{Keeping, Uncoded};

/// Headers that say something of one client and are never kept.
const OF_ONE_CLIENT: [&str; 3] = ["ratelimit", "ratelimit-policy", "retry-after"];

/// Says that a page depends on no more than these. The response may be of any
/// status; only a 200 is kept.
#[must_use]
pub fn depends_on(mut response: HttpResponse, inputs: Inputs) -> HttpResponse {
    response.extensions_mut().insert(inputs);
    response
}

/// Finishes and keeps what the layers within have made. It must be the outermost
/// layer of the application, so that what is kept has all headers; in front of
/// it stands the [`Door`](super::Door).
#[derive(Clone)]
pub struct Keeper {
    door: Door,
}

type Answer<B> = Result<ServiceResponse<EitherBody<B, Bytes>>, actix_web::Error>;

/// A kept answer that one of the inner layers has found, for the [`Keeper`].
struct Found(Arc<Kept>);

impl Keeper {
    /// Behind this door.
    #[must_use]
    pub fn behind(door: &Door) -> Keeper {
        Keeper { door: door.clone() }
    }
}

impl Keeper {
    /// Lets a page be made by one request at a time, for `middleware::from_fn`.
    ///
    /// # Errors
    /// Those of the inner service.
    pub async fn layer<B: MessageBody + 'static>(
        self,
        request: ServiceRequest,
        next: Next<B>,
    ) -> Answer<B> {
        let cache = &self.door.cache;
        // What has a limit is counted first, further in.
        let is_api = paths::api::is_for_programs(request.path());
        let key = door::key(request.head()).filter(|_| !is_api);
        let key: Option<Arc<str>> = key.map(|key| Arc::from(&*key));
        let flight = match &key {
            Some(key) => cache.flights.join(key).await,
            None => None,
        };
        if key.is_some()
            && flight.is_none()
            && let Some(answer) = self.door.answer(request.head())
        {
            let answer = request.into_response(HttpResponse::from(answer));
            return Ok(answer.map_into_right_body());
        }
        let begun = (cache.applied(), cache.turn());
        let made = BEHIND.scope(Cell::new(false), async {
            let response = next.call(request).await;
            (response, BEHIND.with(Cell::get))
        });
        let (response, is_behind) = made.await;
        let response = response?;
        let key = match is_api {
            // HEAD has been made GET by now, further in.
            true => door::key(response.request().head()).map(|key| Arc::from(&*key)),
            false => key,
        };
        // What was read from a replica that lacks a change is not kept.
        let key = key.filter(|_| !is_behind);
        let response = self.finish(response, key, begun);
        drop(flight);
        response
    }

    /// Chooses the coding of what the layers within have made, and keeps it if
    /// it may be kept.
    fn finish<B: MessageBody + 'static>(
        &self,
        mut response: ServiceResponse<B>,
        key: Option<Arc<str>>,
        begun: (i64, u64),
    ) -> Answer<B> {
        let (found, uncoded, inputs) = {
            let mut extensions = response.response_mut().extensions_mut();
            (
                extensions.remove::<Found>(),
                extensions.remove::<Uncoded>(),
                extensions.remove::<Inputs>(),
            )
        };
        if let Some(Found(page)) = found {
            let mut answer = page
                .answer(response.request().headers())
                .map_err(internal)?;
            for name in OF_ONE_CLIENT {
                if let Some(value) = response.headers().get(name) {
                    answer
                        .headers_mut()
                        .insert(HeaderName::from_static(name), value.clone());
                }
            }
            let (request, _) = response.into_parts();
            return Ok(ServiceResponse::new(request, answer.into()).map_into_right_body());
        }
        let Some(uncoded) = uncoded else {
            return Ok(response.map_into_left_body());
        };
        let mut own = Vec::new();
        for name in OF_ONE_CLIENT {
            if let Some(value) = response.headers_mut().remove(name).next() {
                own.push((HeaderName::from_static(name), value));
            }
        }
        let headers: Vec<(HeaderName, HeaderValue)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let may_be_kept = uncoded.keeping != Keeping::Not && response.status() == StatusCode::OK;
        let headers = match may_be_kept {
            true => self.door.cache.share(headers),
            false => headers.into(),
        };
        let mut page = Kept::new(response.status(), headers, &uncoded, SystemTime::now());
        if let Some(inputs) = inputs {
            page.inputs = inputs;
        }
        (page.number, page.turn) = begun;
        let asked = response.request().headers();
        page.fill(&uncoded.body, Coding::accepted_by(asked))
            .map_err(internal)?;
        let mut answer = page.answer(asked).map_err(internal)?;
        for (name, value) in own {
            answer.headers_mut().insert(name, value);
        }
        if let Some(key) = key.filter(|_| may_be_kept) {
            self.door.cache.missed();
            self.door.cache.keep(key, &Arc::new(page));
        }
        let (request, _) = response.into_parts();
        Ok(ServiceResponse::new(request, answer.into()).map_into_right_body())
    }
}

/// Answers from what is kept what the [`Door`](super::Door) has let pass because it has a
/// limit; for `middleware::from_fn`, within the layer that counts.
#[derive(Clone, Copy)]
pub struct Recall;

impl Recall {
    /// The layer.
    ///
    /// # Errors
    /// Those of the inner service.
    pub async fn layer<B: MessageBody + 'static>(
        request: ServiceRequest,
        next: Next<B>,
    ) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
        if paths::api::is_for_programs(request.path())
            && let Some(key) = door::key(request.head())
            && let Some(cache) = request.app_data::<web::Data<PageCache>>()
            && let Some(page) = cache.get(&key)
        {
            let mut answer = HttpResponse::Ok().finish();
            answer.extensions_mut().insert(Found(page));
            return Ok(request.into_response(answer).map_into_right_body());
        }
        Ok(next.call(request).await?.map_into_left_body())
    }
}

fn internal(error: std::io::Error) -> actix_web::Error {
    crate::error::AppError::Internal(anyhow::Error::new(error).context("compressing an answer"))
        .into()
}
