//! What every test stands on: [`Corpus`], a content folder with its database;
//! [`TestApp`], a server over one; [`Page`], an answer that can be asked by CSS
//! selectors.

mod app;
mod content;
mod db;
mod desk;
mod form;
mod html;
mod http;
mod program;
mod proxy;
mod smtp;

pub(crate) use app::{Setup, TestApp};
pub(crate) use content::{Corpus, article, letterhead};
pub(crate) use db::TestDatabase;
pub(crate) use desk::{Browser, PASSWORD, SignedIn, code_of};
pub(crate) use html::Page;
pub(crate) use http::HttpServer;
pub(crate) use program::{Program, daybook};
pub(crate) use proxy::{Line, Proxy};
pub(crate) use smtp::{Fault, SmtpServer, Step, Way};
