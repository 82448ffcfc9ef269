//! The date engine alone, without the server that the package `daybook` would
//! bring along: so the fuzzer builds in seconds, and every branch that it sees
//! is one of dates.

#[path = "../../../src/dates/mod.rs"]
pub mod dates;
pub mod properties;
