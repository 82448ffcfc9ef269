//! The four registries, and the names that articles carry.

/// The four registries, and so the four kinds of name that an article carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Registry {
    /// People who appear in an article.
    People,
    /// Where it happened.
    Places,
    /// Armies, companies, parliaments, academies.
    Organisations,
    /// Subjects and longer stories.
    Topics,
}

/// A name as an article writes it, and the registry entry it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Which registry.
    pub registry: Registry,
    /// The name that readers see.
    pub name: String,
    /// The slug of its entry, which need not have a file of its own.
    pub entry: String,
}

impl Registry {
    /// All four, in the order in which pages show them.
    pub const ALL: [Registry; 4] = [
        Registry::Places,
        Registry::People,
        Registry::Organisations,
        Registry::Topics,
    ];

    /// The word in URLs, folders and tables.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Registry::People => "people",
            Registry::Places => "places",
            Registry::Organisations => "organisations",
            Registry::Topics => "topics",
        }
    }

    /// The heading of its index.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Registry::People => "People",
            Registry::Places => "Places",
            Registry::Organisations => "Organisations",
            Registry::Topics => "Topics",
        }
    }

    /// The word for one of its entries.
    #[must_use]
    pub const fn singular(self) -> &'static str {
        match self {
            Registry::People => "Person",
            Registry::Places => "Place",
            Registry::Organisations => "Organisation",
            Registry::Topics => "Topic",
        }
    }

    /// Reads the word in URLs, folders and tables.
    #[must_use]
    pub fn parse(text: &str) -> Option<Registry> {
        Registry::ALL.into_iter().find(|one| one.slug() == text)
    }
}
