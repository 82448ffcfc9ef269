//! Daybook: what happened on this day, in short articles with their sources,
//! where every reader can report an error and see what became of it.
//!
//! The modules in the order in which to read them:

// What a reader asks for.
pub mod about;
pub mod app;
pub mod articles;
pub mod calendar;
pub mod history;
pub mod ledger;
pub mod maps;
pub mod registries;
pub mod reports;

// What goes elsewhere.
pub mod api;
pub mod cards;
pub mod discovery;
pub mod embeds;
pub mod feeds;
pub mod onthisday;
pub mod sharing;

// What an editor writes.
pub mod check;
pub mod content;
pub mod desk;
pub mod ingest;

// What both stand on.
pub mod allowances;
pub mod cartography;
pub mod cases;
pub mod dates;
pub mod db;
pub mod editions;
pub mod mail;
pub mod markdown;
pub mod metrics;
pub mod pictures;
pub mod site;

// The ground.
pub mod cli;
pub mod config;
pub mod error;
pub mod logging;
pub mod paths;
pub mod priority;
