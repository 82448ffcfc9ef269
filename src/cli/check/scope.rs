//! Which files are looked at, and by which path they are shown.

use std::path::{Component, Path, PathBuf};

use anyhow::bail;

use crate::config::Config;
use crate::content::{self, FileKind};

/// What a run of `check` is about: a content folder, or parts of one.
#[derive(Debug)]
pub(super) struct Scope {
    /// The content folder.
    pub(super) root: PathBuf,
    /// What stands before a path of the content folder so that it leads to the
    /// file from the folder that one is in; ends in a slash, or is empty.
    pub(super) prefix: String,
    /// Paths below the root; empty for the whole folder.
    parts: Vec<String>,
}

/// How many files a run was about.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looked {
    pub(super) articles: usize,
    /// Entries, pages, pictures, the list of removed articles.
    pub(super) others: usize,
}

impl Scope {
    /// The content folder in which the named files and folders lie; without
    /// any, the one of the settings. A path that holds a folder `articles` is a
    /// content folder itself.
    ///
    /// # Errors
    /// A named path does not exist or does not lie in a content folder, or two
    /// lie in different ones.
    pub(super) fn of(config: &Config, paths: &[PathBuf]) -> anyhow::Result<Scope> {
        let mut root: Option<PathBuf> = None;
        let mut parts = Vec::new();
        for path in paths {
            let Ok(full) = path.canonicalize() else {
                bail!("there is no file or folder {}", path.display());
            };
            let Some(found) = root_of(&full, &config.content) else {
                bail!(
                    "{} does not lie in a content folder (one that holds a folder `articles`)",
                    path.display()
                );
            };
            if root.as_ref().is_some_and(|root| *root != found) {
                bail!("the paths lie in different content folders; name those of one");
            }
            let below = full.strip_prefix(&found).unwrap_or(&full);
            let names: Vec<String> = below
                .components()
                .filter_map(|part| match part {
                    Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                    _ => None,
                })
                .collect();
            parts.push(names.join("/"));
            root = Some(found);
        }
        let root = root.unwrap_or_else(|| config.content.clone());
        Ok(Scope {
            prefix: prefix(&root),
            root,
            parts,
        })
    }

    /// Whether a file, by its path below the root, is looked at.
    pub(super) fn contains(&self, file: &str) -> bool {
        self.parts.is_empty()
            || self.parts.iter().any(|part| {
                part.is_empty()
                    || file
                        .strip_prefix(part.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }

    /// How many files are looked at.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub(super) fn count(&self) -> std::io::Result<Looked> {
        let mut looked = Looked::default();
        for file in content::scan(&self.root)?.files {
            match file.kind {
                _ if !self.contains(&file.path) => {}
                FileKind::Article(_) => looked.articles += 1,
                _ => looked.others += 1,
            }
        }
        Ok(looked)
    }
}

/// What stands before a path below this folder so that it leads to the file
/// from the folder that one is in: `content/`, or nothing inside the folder.
pub(in crate::cli) fn prefix(root: &Path) -> String {
    let full = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let shown = match here {
        Ok(here) => full.strip_prefix(here).unwrap_or(root),
        Err(_) => root,
    };
    let shown = shown.display().to_string();
    match shown.as_str() {
        "" => shown,
        shown if shown.ends_with('/') => shown.to_owned(),
        shown => format!("{shown}/"),
    }
}

fn root_of(full: &Path, content: &Path) -> Option<PathBuf> {
    if let Ok(content) = content.canonicalize()
        && full.starts_with(&content)
    {
        return Some(content);
    }
    full.ancestors()
        .find(|folder| folder.join("articles").is_dir())
        .map(Path::to_owned)
}
