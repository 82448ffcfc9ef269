//! The pages of time for machines: JSON-LD in the words of schema.org 30.

use serde_json::Value;

use crate::paths;
use crate::site::shell::{Identity, Link, Shell};
use crate::site::structured::{breadcrumbs, collection, crumb, graph, publisher, website};

/// The front page: the site and who publishes it. What happened today stands
/// on the page of the day.
pub(super) fn front(site: &Identity) -> Value {
    graph(vec![website(site), publisher(site)])
}

/// The page of a day, with the articles that stand on it in the order of their
/// years, and the month that it lies in.
pub(super) fn day(shell: &Shell, month: Link, entries: &[Link]) -> Value {
    let here = crumb(shell.title.as_str(), shell.canonical_path());
    let name = format!("{} in history", shell.title);
    graph(vec![
        collection(&shell.site, &shell.canonical, &name, entries),
        breadcrumbs(&shell.site, &[month, here]),
    ])
}

/// A page that only says where it lies: `around` are the larger pages around
/// it, the largest first, and `name` is what it is called among them. Without
/// any it lies below the front page.
pub(super) fn place(shell: &Shell, around: &[Link], name: &str) -> Value {
    let home = crumb(shell.site.name.as_str(), paths::HOME);
    let mut crumbs = match around {
        [] => vec![home],
        around => around.to_vec(),
    };
    crumbs.push(crumb(name, shell.canonical_path()));
    graph(vec![breadcrumbs(&shell.site, &crumbs)])
}
