//! Daybook through the door that its users take: HTTP and the command line,
//! each test with a server, a content folder and a database of its own.
//!
//! With `TEST_DATABASE_URL=postgres://…/postgres` the same tests run on
//! PostgreSQL; each makes a database there and drops it at its end.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, a panic with its place is the best report"
)]

mod harness;

mod accounts;
mod amend;
mod api;
mod article_page;
mod articles;
mod away;
mod cards;
mod cases;
mod changes;
mod check;
mod chronicle;
mod cli;
mod codings;
mod database;
mod desk;
mod discovery;
mod editions;
mod embeds;
mod feeds;
mod filling;
mod glances;
mod growth;
mod history;
mod hostile;
mod ical;
mod ingest;
mod instances;
mod leases;
mod ledger;
mod lints;
mod locators;
mod logs;
mod mail;
mod maps;
mod notices;
mod onthisday;
mod pages;
mod permalinks;
mod pictures;
mod rebuild;
mod registries;
mod reports;
mod serving;
mod sharing;
mod shipped;
mod spread;
mod standing;
mod structured;
mod tidy;
mod time;
mod timeline;
mod watch;
