//! Markdown text in; HTML, outline, plain text and problems out. Pure: no
//! files, no database, no clock.
//!
//! [`render`] never fails. What cannot be shown safely is left out, and a
//! [`Problem`] with its line and column says so. The HTML has been through the
//! sanitiser after all rewriting, so a [`RenderedHtml`] may be printed as it is.
//!
//! The dialect is CommonMark with tables, footnotes, `[[wikilinks]]` and smart
//! punctuation. `[^appleman: p. 58]` cites a place in the source `appleman`;
//! `[^x]` with a definition `[^x]: text` is an ordinary note.

mod clean;
mod depth;
mod elsewhere;
mod escape;
mod headings;
mod inline;
mod links;
mod margin;
mod notes;
mod origin;
mod problems;
mod render;
mod sanitise;
#[cfg(test)]
mod tests;
mod text_block;
mod typography;
mod writer;

use std::fmt;

pub use elsewhere::for_elsewhere;
pub use origin::origin;
pub use render::{render, survey};
pub use typography::smart_quotes;

/// Version of the renderer. Stored HTML that carries another number is rendered
/// again, so it rises whenever the same text may give other HTML: a change
/// here, or a new release of the parser or of the sanitiser.
pub const VERSION: u32 = 5;

/// HTML that this module has rendered and sanitised: the only type that
/// templates may print with `|safe`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderedHtml(String);

impl RenderedHtml {
    /// Takes back HTML that the database has kept. Only for what this module
    /// rendered earlier: nothing is checked or cleaned again.
    #[must_use]
    pub fn from_stored(html: String) -> Self {
        Self(html)
    }

    /// The markup itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True if there is nothing to print, as in the notes of a text without
    /// footnotes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for RenderedHtml {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a text may refer to, given by the caller, who knows the other articles.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The works that the front matter lists under `sources`.
    pub sources: &'a [Cited<'a>],
    /// The article behind a slug; `None` for an unknown one, whose words are
    /// then shown without a link.
    pub wikilink: &'a dyn Fn(&str) -> Option<Target>,
    /// The picture behind a file name as written in the Markdown; `None` for an
    /// unknown one, which is then left out.
    pub picture: &'a dyn Fn(&str) -> Option<Picture>,
    /// The URL of the report form for a passage, by its number from 1. `None`
    /// (as on pages that are no articles) leaves the links out, not the ids.
    pub report_href: Option<&'a dyn Fn(usize) -> String>,
    /// The URL of the page that helps to share a passage, by its number from 1;
    /// `None` leaves the links out.
    pub share_href: Option<&'a dyn Fn(usize) -> String>,
    /// Puts each note into the body as well, as `<small class="margin-note">`
    /// after its mark, for pages whose styles show either that or the list.
    pub margin_notes: bool,
}

/// A source that footnotes may cite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cited<'a> {
    /// The id in the front matter, which `[^id]` names.
    pub id: &'a str,
    /// One line of plain text: `Roy E. Appleman, Ridgway Duels for Korea
    /// (1990)`. The note shows it as a link to `#source-` and the id, which the
    /// list of sources on the page must carry.
    pub label: &'a str,
    /// The same in few words, for a margin that has named the source before:
    /// `Roy E. Appleman (1990)`.
    pub short: &'a str,
}

/// Where a wikilink leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// A path on this site, from its root.
    pub href: String,
    /// Plain text, shown where the author wrote no words of their own.
    pub title: String,
}

/// A picture that the body may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A path on this site, from its root.
    pub src: String,
    /// As the attribute has it: such paths, each with a width.
    pub srcset: String,
    /// The same as AVIF, if that is offered.
    pub avif: Option<String>,
    /// As the attribute has it: how wide the picture stands on the page.
    pub sizes: &'static str,
    /// Width in pixels, so that the page does not jump while it loads.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Much higher than wide.
    pub is_tall: bool,
    /// The class of what stands in its place until it has come, `tone--` and two
    /// characters; or empty.
    pub tone: String,
    /// Plain text for those who cannot see it. The words in the brackets of
    /// `![words](file.jpg)`, if there are any, come first.
    pub alt: String,
    /// Plain text below the picture.
    pub caption: Option<String>,
    /// Plain text below that: what sort of picture it is, and whose.
    pub credit: Option<String>,
}

/// All that one text gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The body. Its ids begin with `p-` (numbered passages), `h-` (headings)
    /// and `fnref-` (references to notes).
    pub html: RenderedHtml,
    /// The footnotes as one `<ol>`, whose items have the ids `fn-1`, `fn-2` …;
    /// empty if there are none. Its class is `notes--beside` as well if all of
    /// them stand in the margin, too. It stands outside [`html`](Self::html) so that
    /// the page can frame it.
    pub notes: RenderedHtml,
    /// The headings, in order.
    pub outline: Vec<Heading>,
    /// The plain text of passage `p-n`, without footnote marks, at index n − 1.
    /// A passage is a paragraph, the words of a list item, a table (one line a
    /// row) or a block of code, so that each sentence of the body belongs to
    /// one.
    pub paragraphs: Vec<String>,
    /// Where the passage at the same index of [`paragraphs`](Self::paragraphs)
    /// comes from, and what supports it.
    pub passages: Vec<Passage>,
    /// Headings and passages, each on lines of its own; no notes. For the
    /// search index, descriptions and feeds.
    pub plain: String,
    /// Each wikilink, those to unknown slugs included.
    pub wikilinks: Vec<Wikilink>,
    /// The file names of the pictures shown, in order, each once.
    pub pictures: Vec<String>,
    /// The ids of the sources cited, in order of first citation, each once.
    pub citations: Vec<String>,
    /// What was wrong, in order of place. At most a few hundred; the last one
    /// then says that there are more.
    pub problems: Vec<Problem>,
    /// Number of words in [`plain`](Self::plain).
    pub words: usize,
}

/// What there is to know of a passage beside its plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Bytes of the plain text, each with the byte of the source from which it
    /// comes. At least one pair, in order.
    anchors: Vec<(usize, usize)>,
    /// Bytes of the plain text after which the mark of a note stands.
    pub marks: Vec<usize>,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word it is named by")]
pub enum PassageKind {
    Paragraph,
    Item,
    Table,
    Code,
}

impl Passage {
    /// About where in the source a byte of the plain text comes from: exactly
    /// where the two run alike, a few bytes off where typography has changed
    /// the text before it.
    #[must_use]
    pub fn source_offset(&self, at: usize) -> usize {
        let after = self.anchors.partition_point(|(plain, _)| *plain <= at);
        let (plain, source) = self.anchors[after.saturating_sub(1)];
        source + at.saturating_sub(plain)
    }
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: level 1 is the page's own. Never more than one below the heading
    /// it stands under, whatever the author wrote.
    pub level: u8,
    /// The id in the HTML: `h-` and a slug of the text, unique on the page.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// A link to another article, as the author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wikilink {
    /// What stands before the `|`.
    pub slug: String,
    /// Line in the text, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Something that an editor should mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line in the text given to [`render`], from 1. The caller adds the lines
    /// of the front matter.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How bad it is.
    pub severity: Severity,
    /// A short constant name for the kind of problem, such as `M012`.
    pub code: &'static str,
    /// A sentence: what is wrong, and what to do.
    pub message: String,
}

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// A reader would miss something or be misled.
    Error,
    /// The page is right, but probably not what the author meant.
    Warning,
}
