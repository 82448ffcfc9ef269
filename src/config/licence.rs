//! The terms under which the articles may be used.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

use url::Url;

/// Where all licences of Creative Commons have their addresses.
const CREATIVE_COMMONS: &str = "https://creativecommons.org/";

/// How much of a file is looked through, in bytes; the longest licence of
/// Creative Commons has 20 kB.
const ENOUGH: u64 = 64 * 1024;

/// A licence by its name and its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// For people: "CC BY 4.0".
    pub name: String,
    /// Absolute; where its text stands.
    pub url: String,
}

impl Licence {
    /// The licence of Creative Commons that the file `LICENSE` in a folder
    /// names by its address. `None` if there is no such file, or it names none.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Option<Licence> {
        ["LICENSE", "LICENSE.md", "LICENSE.txt"]
            .iter()
            .find_map(|name| {
                let mut text = Vec::new();
                let file = File::open(folder.join(name)).ok()?;
                file.take(ENOUGH).read_to_end(&mut text).ok()?;
                Licence::in_text(&String::from_utf8_lossy(&text))
            })
    }

    fn in_text(text: &str) -> Option<Licence> {
        text.match_indices(CREATIVE_COMMONS).find_map(|(at, _)| {
            let rest = &text[at + CREATIVE_COMMONS.len()..];
            let mut parts = rest.split('/');
            let kind = parts.next()?;
            let code = parts.next()?;
            let version = parts.next()?;
            let end = version.find(|c: char| !c.is_ascii_digit() && c != '.');
            let version = version[..end.unwrap_or(version.len())].trim_end_matches('.');
            Licence::creative_commons(kind, code, version)
        })
    }

    /// By the parts of its address, such as `licenses`, `by-sa`, `4.0`.
    fn creative_commons(kind: &str, code: &str, version: &str) -> Option<Licence> {
        let name = match (kind, code) {
            ("licenses", "by" | "by-sa" | "by-nc" | "by-nc-sa" | "by-nd" | "by-nc-nd") => {
                format!("CC {} {version}", code.to_ascii_uppercase())
            }
            ("publicdomain", "zero") => format!("CC0 {version}"),
            _ => return None,
        };
        let is_version = matches!(version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0");
        is_version.then(|| Licence {
            name,
            url: format!("{CREATIVE_COMMONS}{kind}/{code}/{version}/"),
        })
    }
}

impl FromStr for Licence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            "write CC-BY-4.0 or another licence of Creative Commons, or the name and the address of any: Our terms <https://example.org/terms>".to_owned()
        };
        let text = text.trim();
        if let Some((name, rest)) = text.split_once('<') {
            let name = super::values::name(name).map_err(|_| wrong())?;
            let url = rest.strip_suffix('>').ok_or_else(wrong)?;
            let url = Url::parse(url).map_err(|_| wrong())?;
            if !matches!(url.scheme(), "http" | "https") {
                return Err(wrong());
            }
            return Ok(Licence {
                name,
                url: url.to_string(),
            });
        }
        // The names of SPDX: CC-BY-SA-4.0, CC0-1.0.
        let lower = text.to_ascii_lowercase();
        let (code, version) = lower.rsplit_once('-').ok_or_else(wrong)?;
        let found = match code.strip_prefix("cc-") {
            Some(code) => Licence::creative_commons("licenses", code, version),
            None if code == "cc0" => Licence::creative_commons("publicdomain", "zero", version),
            None => None,
        };
        found.ok_or_else(wrong)
    }
}

impl fmt::Display for Licence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} <{}>", self.name, self.url)
    }
}
