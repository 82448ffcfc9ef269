//! `daybook check`: which files are looked at, and how findings are printed.

use std::path::{Component, Path, PathBuf};

use anyhow::bail;

use crate::config::Config;
use crate::content::Diagnostic;
use crate::ingest;

/// Looks through the content folder and says what is wrong in it, or in the
/// named files and folders of it. The whole folder is always read, because
/// files say things about each other.
///
/// # Errors
/// The folder cannot be read, or a named path does not exist or does not lie
/// in a content folder.
pub(super) fn findings(config: &Config, paths: &[PathBuf]) -> anyhow::Result<Vec<Diagnostic>> {
    let (root, wanted) = root_and_prefixes(&config.content, paths)?;
    let mut found = ingest::examine(&root)?;
    if !wanted.is_empty() {
        found.retain(|one| {
            wanted.iter().any(|prefix| {
                one.file == *prefix
                    || prefix.is_empty()
                    || one
                        .file
                        .strip_prefix(prefix.as_str())
                        .is_some_and(|rest| rest.starts_with('/'))
            })
        });
    }
    Ok(found)
}

/// The content folder in which the paths lie, and the paths below it. A path
/// that holds a folder `articles` is a content folder itself.
fn root_and_prefixes(content: &Path, paths: &[PathBuf]) -> anyhow::Result<(PathBuf, Vec<String>)> {
    let mut root: Option<PathBuf> = None;
    let mut prefixes = Vec::new();
    for path in paths {
        let Ok(full) = path.canonicalize() else {
            bail!("there is no file or folder {}", path.display());
        };
        let Some(found) = root_of(&full, content) else {
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
        prefixes.push(names.join("/"));
        root = Some(found);
    }
    Ok((root.unwrap_or_else(|| content.to_owned()), prefixes))
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
