//! Every lint by its code, as `docs/lints.md` explains it.
//!
//! The page is part of the program and read here, so what an editor is told by
//! `daybook check --explain`, what SARIF says of a rule and what may be silenced
//! cannot differ from what is written there.

use std::sync::LazyLock;

use crate::content::Severity;

/// One kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lint {
    /// A letter for the family and three digits; never given to another lint.
    pub code: &'static str,
    /// What is wrong, in a few words without a full stop.
    pub title: &'static str,
    /// How grave it is as a rule; a few lints are graver in some cases.
    pub severity: Severity,
    /// Whether an article may silence it with `allow`.
    pub allowable: bool,
    /// What is wrong, an example of it and the same mended, and why it matters:
    /// Markdown, without the heading.
    pub text: &'static str,
}

impl Lint {
    /// All lints, in the order of the page.
    #[must_use]
    pub fn all() -> &'static [Lint] {
        &LINTS
    }

    /// The lint with exactly this code.
    #[must_use]
    pub fn find(code: &str) -> Option<&'static Lint> {
        Lint::all().iter().find(|lint| lint.code == code)
    }

    /// The lint that was probably meant by a code that does not exist, whether
    /// in small letters or with a slip or two.
    #[must_use]
    pub fn nearest(code: &str) -> Option<&'static Lint> {
        let code = code.trim().to_ascii_uppercase();
        let slips = |lint: &Lint| strsim::damerau_levenshtein(&code, lint.code);
        Lint::all()
            .iter()
            .map(|lint| (slips(lint), lint))
            .min_by_key(|(slips, lint)| (*slips, lint.code))
            .filter(|(slips, _)| *slips <= 2)
            .map(|(_, lint)| lint)
    }

    /// The first paragraph of the text: what is wrong.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.text.split("\n\n").next().unwrap_or_default()
    }
}

const PAGE: &str = include_str!("../../docs/lints.md");

static LINTS: LazyLock<Vec<Lint>> = LazyLock::new(|| parse(PAGE));

/// The sections of a page of lints. A section begins with `## C001: Title` and
/// a line such as `*warning; may be silenced*`; one without that line is left
/// out, and a test finds it.
fn parse(page: &'static str) -> Vec<Lint> {
    let mut found = Vec::new();
    let mut begins = None;
    let mut fenced = false;
    let mut at = 0;
    for line in page.split_inclusive('\n') {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced && (line.starts_with("# ") || line.starts_with("## ")) {
            found.extend(begins.and_then(|begins| section(&page[begins..at])));
            begins = line.starts_with("## ").then_some(at);
        }
        at += line.len();
    }
    found.extend(begins.and_then(|begins| section(&page[begins..])));
    found
}

fn section(text: &'static str) -> Option<Lint> {
    let (heading, rest) = text.strip_prefix("## ")?.split_once('\n')?;
    let (code, title) = heading.split_once(": ")?;
    let (line, rest) = rest.trim_start().split_once('\n')?;
    let (severity, silencing) = line.trim().trim_matches('*').split_once("; ")?;
    let severity = match severity.split([' ', ',']).next()? {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => return None,
    };
    let allowable = match silencing {
        "may be silenced" => true,
        "cannot be silenced" => false,
        _ => return None,
    };
    is_code(code).then_some(Lint {
        code,
        title: title.trim(),
        severity,
        allowable,
        text: rest.trim(),
    })
}

fn is_code(text: &str) -> bool {
    let mut letters = text.chars();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_uppercase())
        && text.len() == 4
        && letters.all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_headings_and_not_inside_its_examples() {
        let lints = parse(
            "# All\n\n## How to read this\n\nSo.\n\n# D: dates\n\n## D001: No date\n\n\
             *error, sometimes worse; cannot be silenced*\n\nIt is none.\n\n```text\n## D009: An example\n```\n\n\
             ## D002: Another\n*warning; may be silenced*\n\nWhy.\n",
        );
        assert_eq!(lints.len(), 2);
        assert_eq!((lints[0].code, lints[0].title), ("D001", "No date"));
        assert_eq!(lints[0].severity, Severity::Error);
        assert_eq!(lints[0].summary(), "It is none.");
        assert!(lints[0].text.ends_with("## D009: An example\n```"));
        assert!(!lints[0].allowable && lints[1].allowable);
        assert_eq!(lints[1].text, "Why.");
    }

    #[test]
    fn every_section_is_whole_and_stands_once_in_its_family() {
        let mut fenced = false;
        let mut headings = Vec::new();
        for line in PAGE.lines() {
            fenced ^= line.starts_with("```");
            let heading = line.strip_prefix("## ").filter(|_| !fenced);
            let code = heading.and_then(|heading| heading.split(':').next());
            headings.extend(code.filter(|code| is_code(code)));
        }
        let codes: Vec<&str> = Lint::all().iter().map(|lint| lint.code).collect();
        assert_eq!(codes, headings, "a section lacks its second line");
        for family in codes.chunk_by(|a, b| a[..1] == b[..1]) {
            assert!(family.is_sorted(), "{family:?}");
            let letter = &family[0][..1];
            let all = codes.iter().filter(|code| code.starts_with(letter)).count();
            assert_eq!(all, family.len(), "{letter} is scattered");
        }
        for Lint {
            code, title, text, ..
        } in Lint::all()
        {
            assert!(
                !title.is_empty() && !title.ends_with('.'),
                "{code}: {title}"
            );
            assert!(text.contains("```"), "{code} shows no example");
            assert!(text.len() > 150, "{code} says too little");
        }
    }

    #[test]
    fn the_nearest_code_is_one_slip_away_or_nothing() {
        let code = |text| Lint::nearest(text).map(|lint| lint.code);
        assert_eq!(code("d001"), Some("D001"));
        assert_eq!(code("C0002"), Some("C002"));
        assert_eq!(code("warning"), None);
        assert_eq!(code(""), None);
    }
}
