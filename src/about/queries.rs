//! The pages that the site has about itself.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::db::schema::pages;

/// One page.
#[derive(Clone, Debug)]
pub struct AboutPage {
    /// The heading.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// The text, as the Markdown renderer made it.
    pub html: String,
}

/// The page with this slug.
///
/// # Errors
/// The database's.
pub fn by_slug(conn: &mut AnyConnection, slug: &str) -> QueryResult<Option<AboutPage>> {
    let row: Option<(String, String, String)> = pages::table
        .filter(pages::slug.eq(slug))
        .select((pages::title, pages::summary, pages::html))
        .first(conn)
        .optional()?;
    Ok(row.map(|(title, summary, html)| AboutPage {
        title,
        summary,
        html,
    }))
}
