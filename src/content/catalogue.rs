//! What files say about each other: who has which address, what a name stands
//! for, which article a link means.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Alias, Diagnostic};
use crate::articles::model::EntryDetails;
use crate::articles::model::{Registry, Slug};
use crate::articles::queries::Linked;
use crate::paths;

/// An article's file, as far as others must know it.
#[derive(Clone, Debug)]
pub struct Claimant {
    /// The file.
    pub path: String,
    /// The slug it claims.
    pub slug: String,
    /// Its headline.
    pub title: String,
    /// The old addresses it claims.
    pub aliases: Vec<Alias>,
    /// Whether it had the slug before this run: it then keeps it against a
    /// newcomer.
    pub established: bool,
}

/// Articles by slug and by old address, each address held by one of them.
#[derive(Debug, Default)]
pub struct Catalogue {
    titles: HashMap<String, String>,
    by_alias: HashMap<String, String>,
    refused: HashSet<String>,
}

/// Registry names and what they stand for.
#[derive(Clone, Debug, Default)]
pub struct Names {
    by_name: HashMap<(Registry, String), String>,
    entries: BTreeMap<(Registry, String), Entry>,
}

/// A registry entry, as far as articles must know it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its file.
    pub path: String,
    /// The name that articles use.
    pub name: String,
    /// Life dates, coordinates, other names.
    pub details: EntryDetails,
}

impl Catalogue {
    /// Gives each address to one file, and says which files lose: those are
    /// held back.
    #[must_use]
    pub fn settle(mut claimants: Vec<Claimant>) -> (Catalogue, Vec<Diagnostic>) {
        claimants.sort_by(|a, b| (!a.established, &a.path).cmp(&(!b.established, &b.path)));
        let mut found = Vec::new();
        let mut catalogue = Catalogue::default();
        let mut holders: BTreeMap<&str, &str> = BTreeMap::new();
        for claimant in &claimants {
            if let Some(holder) = holders.get(claimant.slug.as_str()) {
                let message = format!(
                    "the slug `{}` is already that of {holder}: rename one of the two files",
                    claimant.slug
                );
                found.push(Diagnostic::error(1, 1, "A001", &message).in_file(&claimant.path));
                catalogue.refused.insert(claimant.path.clone());
            } else {
                holders.insert(&claimant.slug, &claimant.path);
            }
        }
        let mut alias_holders: HashMap<&str, &str> = HashMap::new();
        for claimant in &claimants {
            if catalogue.refused.contains(&claimant.path) {
                continue;
            }
            for alias in &claimant.aliases {
                let target = alias.path.strip_prefix("/articles/");
                let trouble = if let Some(other) = target.and_then(|slug| holders.get(slug)) {
                    Some(if *other == claimant.path {
                        "an article cannot be an alias of itself: remove this alias".to_owned()
                    } else {
                        format!(
                            "the alias {} is the address of {other}, which exists: remove the alias or that file",
                            alias.path
                        )
                    })
                } else if target.is_none() && paths::is_reserved(&alias.path) {
                    Some(format!(
                        "the alias {} is an address of the site itself",
                        alias.path
                    ))
                } else {
                    alias_holders.get(alias.path.as_str()).map(|other| {
                        format!("the alias {} is already claimed by {other}", alias.path)
                    })
                };
                if let Some(message) = trouble {
                    let diagnostic = Diagnostic::error(alias.line, alias.column, "A002", &message);
                    found.push(diagnostic.in_file(&claimant.path));
                    catalogue.refused.insert(claimant.path.clone());
                } else {
                    alias_holders.insert(&alias.path, &claimant.path);
                }
            }
        }
        for claimant in &claimants {
            if catalogue.refused.contains(&claimant.path) {
                continue;
            }
            for alias in &claimant.aliases {
                catalogue
                    .by_alias
                    .insert(alias.path.clone(), claimant.slug.clone());
            }
        }
        for claimant in claimants {
            if !catalogue.refused.contains(&claimant.path) {
                catalogue.titles.insert(claimant.slug, claimant.title);
            }
        }
        (catalogue, found)
    }

    /// A catalogue of these articles alone, which are known to have their slugs.
    #[must_use]
    pub fn of(linked: impl IntoIterator<Item = Linked>) -> Catalogue {
        let mut catalogue = Catalogue::default();
        for Linked { named, slug, title } in linked {
            let path = paths::article(&named);
            catalogue.by_alias.insert(path, slug.clone());
            catalogue.titles.insert(slug, title);
        }
        catalogue
    }

    /// Whether a file lost an address to another and is held back.
    #[must_use]
    pub fn is_refused(&self, path: &str) -> bool {
        self.refused.contains(path)
    }

    /// The slug and the title of the article that a wikilink names, by its
    /// slug or by an old one.
    #[must_use]
    pub fn find(&self, slug: &str) -> Option<(&str, &str)> {
        let slug = match self.titles.get_key_value(slug) {
            Some((slug, _)) => slug,
            None => self.by_alias.get(&paths::article(slug))?,
        };
        self.titles
            .get_key_value(slug)
            .map(|(slug, title)| (slug.as_str(), title.as_str()))
    }

    /// Whether an article with this slug exists.
    #[must_use]
    pub fn contains(&self, slug: &str) -> bool {
        self.titles.contains_key(slug)
    }
}

impl Names {
    /// Takes up an entry with its names. The first entry to claim a name keeps
    /// it; `Err` names the one that has it.
    ///
    /// # Errors
    /// The slug of the entry that has one of the names.
    pub fn add(&mut self, registry: Registry, slug: &str, entry: Entry) -> Result<(), String> {
        let mut taken = Ok(());
        for name in std::iter::once(&entry.name).chain(&entry.details.also) {
            let key = (registry, name.to_lowercase());
            match self.by_name.get(&key) {
                Some(other) if other != slug => taken = Err(other.clone()),
                _ => {
                    self.by_name.insert(key, slug.to_owned());
                }
            }
        }
        if taken.is_ok() {
            self.entries.insert((registry, slug.to_owned()), entry);
        }
        taken
    }

    /// The entry that a name stands for, if one is written.
    #[must_use]
    pub fn entry(&self, registry: Registry, name: &str) -> Option<&Entry> {
        let slug = self.by_name.get(&(registry, name.to_lowercase()))?;
        self.entries.get(&(registry, slug.clone()))
    }

    /// Every written entry with its registry and slug, ordered by both.
    pub fn entries(&self) -> impl Iterator<Item = (Registry, &str, &Entry)> {
        self.entries
            .iter()
            .map(|((registry, slug), entry)| (*registry, slug.as_str(), entry))
    }

    /// The slug of the entry that a name stands for; where none is written,
    /// the name itself makes one.
    #[must_use]
    pub fn resolve(&self, registry: Registry, name: &str) -> String {
        self.by_name
            .get(&(registry, name.to_lowercase()))
            .cloned()
            .or_else(|| Slug::from_name(name).map(|slug| slug.to_string()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claimant(path: &str, slug: &str, aliases: &[&str], established: bool) -> Claimant {
        Claimant {
            path: path.into(),
            slug: slug.into(),
            title: slug.to_uppercase(),
            aliases: aliases
                .iter()
                .map(|path| Alias {
                    path: (*path).into(),
                    line: 3,
                    column: 1,
                })
                .collect(),
            established,
        }
    }

    #[test]
    fn a_slug_stays_with_the_file_that_had_it() {
        let (catalogue, found) = Catalogue::settle(vec![
            claimant("articles/01/01/a.md", "a", &[], false),
            claimant("articles/02/02/a.md", "a", &[], true),
        ]);
        assert!(catalogue.is_refused("articles/01/01/a.md"));
        assert_eq!(found[0].file, "articles/01/01/a.md");
        assert!(found[0].message.contains("articles/02/02/a.md"));
    }

    #[test]
    fn aliases_cannot_form_a_loop_because_none_may_name_an_article_that_exists() {
        let (catalogue, found) = Catalogue::settle(vec![
            claimant("a.md", "a", &["/articles/b"], false),
            claimant("b.md", "b", &["/articles/a"], false),
        ]);
        assert_eq!(found.len(), 2);
        assert!(catalogue.is_refused("a.md") && catalogue.is_refused("b.md"));
    }

    #[test]
    fn the_second_claim_on_an_alias_is_refused_where_it_stands() {
        let (catalogue, found) = Catalogue::settle(vec![
            claimant("a.md", "a", &["/articles/old"], false),
            claimant("b.md", "b", &["/articles/old"], false),
        ]);
        assert_eq!((found[0].file.as_str(), found[0].line), ("b.md", 3));
        assert_eq!(catalogue.find("old"), Some(("a", "A")));
    }
}
