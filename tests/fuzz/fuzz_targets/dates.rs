//! Texts that are read as dates. Run by `scripts/fuzz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| daybook_fuzz::properties::hold(text));
