//! In front of the application: what is kept is answered before a request
//! becomes one of its own.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_http::Request;
use actix_service::IntoServiceFactory;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{
    RequestHead, Response, Service, ServiceFactory, ServiceResponse, forward_ready,
};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::web::Bytes;
use futures_util::future::{Either, FutureExt, LocalBoxFuture, Ready, TryFutureExt, ready};

use super::PageCache;
use crate::paths;

/// Answers what is kept. Nothing is routed for that, none of the application's
/// data is looked at, and nobody is waited for: the floor under an answer is
/// what reading a request and writing a response costs.
#[derive(Clone)]
pub struct Door {
    pub(super) cache: Arc<PageCache>,
    told: fn(&RequestHead, StatusCode),
    is_closing: Arc<AtomicBool>,
}

impl Door {
    /// `told` is called for each answer that gets no further than here, so that
    /// the log has a line for it too.
    ///
    /// While `is_closing`, because the server is about to stop, each answer says
    /// that its connection is closed after it, so that clients and balancers go
    /// elsewhere.
    #[must_use]
    pub fn new(
        cache: Arc<PageCache>,
        told: fn(&RequestHead, StatusCode),
        is_closing: Arc<AtomicBool>,
    ) -> Door {
        Door {
            cache,
            told,
            is_closing,
        }
    }

    /// Stands in front of an application, which gets the requests that are not
    /// answered here.
    pub fn before<F>(&self, application: impl IntoServiceFactory<F, Request>) -> Fronted<F>
    where
        F: ServiceFactory<Request>,
    {
        Fronted {
            door: self.clone(),
            inner: application.into_factory(),
        }
    }

    /// The answer, if it is kept.
    pub(super) fn answer(&self, request: &RequestHead) -> Option<Response<Bytes>> {
        let answer = match request.uri.query() {
            // What is never kept is not there either.
            None if request.method == Method::GET => self.look_up(request.uri.path(), request),
            _ => self.look_up(&key(request)?, request),
        }?;
        (self.told)(request, answer.status());
        Some(answer)
    }

    fn look_up(&self, key: &str, request: &RequestHead) -> Option<Response<Bytes>> {
        self.cache
            .with(key, |page| page.answer(&request.headers).ok())?
    }

    fn parting<B>(&self, mut answer: Response<B>) -> Response<B> {
        if self.is_closing.load(Ordering::Relaxed) {
            answer.head_mut().set_connection_type(ConnectionType::Close);
        }
        answer
    }
}

/// The address under which the answer may be kept, if it may be.
pub(super) fn key(request: &RequestHead) -> Option<Cow<'_, str>> {
    match request.method {
        Method::GET | Method::HEAD => {
            paths::kept::key(request.uri.path(), request.uri.query().unwrap_or_default())
        }
        _ => None,
    }
}

/// An application with a [`Door`] in front of it; one for each worker.
pub struct Fronted<T> {
    door: Door,
    inner: T,
}

impl<F, B> ServiceFactory<Request> for Fronted<F>
where
    F: ServiceFactory<Request, Response = ServiceResponse<B>>,
    F::Service: 'static,
    F::Future: 'static,
    F::Error: 'static,
    F::InitError: 'static,
    B: MessageBody + 'static,
{
    type Response = Response<EitherBody<B, Bytes>>;
    type Error = F::Error;
    type Config = F::Config;
    type Service = Fronted<F::Service>;
    type InitError = F::InitError;
    type Future = LocalBoxFuture<'static, Result<Self::Service, Self::InitError>>;

    fn new_service(&self, config: Self::Config) -> Self::Future {
        let door = self.door.clone();
        let inner = self.inner.new_service(config);
        inner.map_ok(|inner| Fronted { door, inner }).boxed_local()
    }
}

impl<S, B> Service<Request> for Fronted<S>
where
    S: Service<Request, Response = ServiceResponse<B>>,
    S::Future: 'static,
    S::Error: 'static,
    B: MessageBody + 'static,
{
    type Response = Response<EitherBody<B, Bytes>>;
    type Error = S::Error;
    type Future = Either<
        Ready<Result<Self::Response, Self::Error>>,
        LocalBoxFuture<'static, Result<Self::Response, Self::Error>>,
    >;

    forward_ready!(inner);

    fn call(&self, request: Request) -> Self::Future {
        // What has a limit is counted first, further in.
        if !paths::api::is_for_programs(request.path())
            && let Some(answer) = self.door.answer(request.head())
        {
            let answer = self.door.parting(answer);
            return Either::Left(ready(
                Ok(answer.map_body(|_, body| EitherBody::right(body))),
            ));
        }
        let door = self.door.clone();
        let made = self.inner.call(request).map_ok(move |response| {
            let response = Response::from(response);
            door.parting(response.map_body(|_, body| EitherBody::left(body)))
        });
        Either::Right(made.boxed_local())
    }
}
