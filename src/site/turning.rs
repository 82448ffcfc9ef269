//! A long list on several pages: the first at the address of the list, the
//! others behind it with `?page=2`.

use std::ops::Range;

use url::form_urlencoded;

use crate::paths;

/// How many articles a page shows. A list that is not longer stays on one.
pub const ON_A_PAGE: usize = 100;

/// Which part of a list a page shows, and the way to the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// From 1.
    pub page: usize,
    /// At least 1.
    pub pages: usize,
    /// The length of the whole list.
    pub total: usize,
    path: String,
}

impl Turn {
    /// Reads which page of a list of `total` lines the query string of a
    /// request asks for; anything but a number asks for the first. `path` is
    /// the address of the list. `None` for a page that there is not.
    #[must_use]
    pub fn read(query: &str, path: &str, total: usize) -> Option<Turn> {
        let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "page");
        let page = asked.and_then(|(_, number)| number.parse().ok());
        let pages = total.div_ceil(ON_A_PAGE).max(1);
        let page = page.unwrap_or(1);
        (1..=pages).contains(&page).then(|| Turn {
            page,
            pages,
            total,
            path: path.to_owned(),
        })
    }

    /// The places in the list of what the page shows, from 0.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        let first = (self.page - 1) * ON_A_PAGE;
        first..(first + ON_A_PAGE).min(self.total)
    }

    /// Whether this is the page at the address of the list itself, which alone
    /// shows what belongs to the whole of it.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.page == 1
    }

    /// Whether this is the page on which the list ends.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.page == self.pages
    }

    /// The address of this page.
    #[must_use]
    pub fn here(&self) -> String {
        paths::page_of(&self.path, self.page)
    }

    /// The address of the page before.
    #[must_use]
    pub fn previous(&self) -> Option<String> {
        (!self.is_first()).then(|| paths::page_of(&self.path, self.page - 1))
    }

    /// The address of the page after.
    #[must_use]
    pub fn next(&self) -> Option<String> {
        (!self.is_last()).then(|| paths::page_of(&self.path, self.page + 1))
    }

    /// What follows the title of a page that is not the first: ", page 2 of 4".
    #[must_use]
    pub fn of_title(&self) -> String {
        if self.is_first() {
            return String::new();
        }
        format!(", page {} of {}", self.page, self.pages)
    }

    /// What the page shows of what: "101–200 of 308".
    #[must_use]
    pub fn words(&self) -> String {
        let range = self.range();
        format!("{}–{} of {}", range.start + 1, range.end, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(query: &str, total: usize) -> Option<Turn> {
        Turn::read(query, "/on/january-4", total)
    }

    #[test]
    fn each_line_of_a_list_is_on_one_page() {
        for total in [0, 1, 99, 100, 101, 200, 308] {
            let pages = turn("", total).unwrap().pages;
            let all: Vec<usize> = (1..=pages)
                .flat_map(|page| turn(&format!("page={page}"), total).unwrap().range())
                .collect();
            assert_eq!(all, (0..total).collect::<Vec<_>>());
            assert_eq!(turn(&format!("page={}", pages + 1), total), None);
        }
    }

    #[test]
    fn pages_know_their_neighbours_and_the_first_has_the_address_of_the_list() {
        let first = turn("utm_source=x", 308).unwrap();
        assert_eq!(first.here(), "/on/january-4");
        assert_eq!(first.previous(), None);
        assert_eq!(first.next().as_deref(), Some("/on/january-4?page=2"));
        assert_eq!(first.of_title(), "");
        let second = turn("page=2", 308).unwrap();
        assert_eq!(second.previous().as_deref(), Some("/on/january-4"));
        assert_eq!(second.here(), "/on/january-4?page=2");
        assert_eq!(second.words(), "101–200 of 308");
        assert_eq!(second.of_title(), ", page 2 of 4");
        let last = turn("page=4", 308).unwrap();
        assert_eq!(
            (last.next(), last.words().as_str()),
            (None, "301–308 of 308")
        );
    }

    #[test]
    fn what_is_no_number_of_a_page_asks_for_the_first() {
        for query in ["", "page=", "page=x", "page=-1", "page=1.5", "pages=2"] {
            assert_eq!(turn(query, 308).unwrap().page, 1, "{query}");
        }
        for query in ["page=0", "page=5", "page=18446744073709551615"] {
            assert_eq!(turn(query, 308), None, "{query}");
        }
    }
}
