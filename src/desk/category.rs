//! What a report is about, in the words of the desk.

/// All categories that a report can have, by their words in the table and as
/// editors read them.
pub(super) const CATEGORIES: [(&str, &str); 11] = [
    ("removal", "Removal"),
    ("rights", "Rights"),
    ("date", "Date"),
    ("place", "Place"),
    ("person", "Person"),
    ("other-fact", "Other fact"),
    ("missing-source", "Missing source"),
    ("wording", "Wording"),
    ("picture", "Picture"),
    ("link", "Link"),
    ("something-else", "Something else"),
];

/// The words for a category; those of a later version stand for themselves.
pub(super) fn words(slug: &str) -> String {
    let known = CATEGORIES.iter().find(|(known, _)| *known == slug);
    known.map_or_else(|| slug.replace('-', " "), |(_, words)| (*words).to_owned())
}
