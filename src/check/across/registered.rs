//! Names without an entry, and entries without a name.

use std::collections::{HashMap, HashSet};

use super::super::names::{Near, NearNames, head_of};
use super::{ListedName, Sketch};
use crate::articles::model::{Registry, Slug};
use crate::content::{Diagnostic, Names};

/// Each name of an article that no entry carries. An article's warning changes
/// when an entry comes, though its own file does not: so this is found when all
/// of the folder is in hand, and not when one file is taken in.
pub(super) fn unregistered(sketches: &[Sketch], names: &Names) -> Vec<Diagnostic> {
    let near_names = NearNames::of(names);
    // Many articles carry one name.
    let mut looked_up: HashMap<(Registry, &str), Option<Near>> = HashMap::new();
    let mut found = Vec::new();
    for sketch in sketches {
        let listed_here: HashSet<(Registry, &str)> = sketch
            .names
            .iter()
            .map(|one| (one.registry, one.name.as_str()))
            .collect();
        for listed in &sketch.names {
            let (registry, name) = (listed.registry, listed.name.as_str());
            if names.entry(registry, name).is_some() {
                continue;
            }
            let near = *looked_up
                .entry((registry, name))
                .or_insert_with(|| near_names.nearest(registry, name));
            // Two people of one article are two people, however alike.
            let near = near.filter(|near| !listed_here.contains(&(registry, near.name)));
            found.push(finding(listed, near).in_file(&sketch.path));
        }
    }
    found
}

fn finding(listed: &ListedName, near: Option<Near>) -> Diagnostic {
    let ListedName {
        registry,
        name,
        place,
    } = listed;
    // Ingest refuses a name that makes no slug.
    let slug = Slug::from_name(name).map(|slug| slug.to_string());
    let file = format!(
        "content/{}/{}.md",
        registry.slug(),
        slug.unwrap_or_default()
    );
    let Some(near) = near else {
        let message = format!(
            "“{name}” has no entry in the registry of {}",
            registry.slug()
        );
        let help = format!("create {file} with `name: {name}`");
        return Diagnostic::warning_at(place, "N003", &message).help(&help);
    };
    let message = format!(
        "“{name}” is not in the registry of {}, but “{}” is",
        registry.slug(),
        near.name
    );
    let help = format!(
        "write {}, or create {file} if this is another {}",
        near.name,
        registry.singular().to_lowercase()
    );
    Diagnostic::warning_at(place, "N002", &message)
        .note("the registered name stands here", Some(head_of(near.path)))
        .help(&help)
}

/// Each entry that no article names.
pub(super) fn orphans(names: &Names, named: &HashSet<(Registry, String)>) -> Vec<Diagnostic> {
    let named: HashSet<(Registry, &str)> = named
        .iter()
        .map(|(registry, slug)| (*registry, slug.as_str()))
        .collect();
    names
        .entries()
        .filter(|(registry, slug, _)| !named.contains(&(*registry, slug)))
        .map(|(_, _, entry)| {
            let message = format!("no article names “{}”", entry.name);
            let help = "name it in an article, correct the name there, or remove this file";
            Diagnostic::warning(1, 1, "X003", &message)
                .help(help)
                .in_file(&entry.path)
        })
        .collect()
}
