//! A run of words that is being written: a paragraph, a heading, a list item's
//! words, a cell of a table.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{escape, margin, typography};

/// Where a run of words stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph of its own.
    Paragraph,
    /// A list item, without a paragraph.
    Item,
    /// A heading, with the author's level.
    Heading(u8),
    /// A cell of a table.
    Cell,
}

/// A run of words that is being written.
pub(super) struct TextBlock {
    pub(super) kind: Kind,
    /// Its first byte in the text.
    pub(super) offset: usize,
    pub(super) html: String,
    pub(super) plain: String,
    /// Pictures, which come after the words: a figure is a block.
    pub(super) figures: String,
    /// Marks of notes that must wait for the end of a heading, which is a link.
    pub(super) after: String,
    /// True if the words hold a link.
    pub(super) linked: bool,
    /// True if they hold a mark of a note.
    pub(super) marked: bool,
    /// Bytes of the plain text, each with the byte of the source from which it
    /// comes: one pair for each run of words.
    pub(super) anchors: Vec<(usize, usize)>,
    /// Bytes of the plain text after which a mark of a note stands.
    pub(super) marks: Vec<usize>,
    run: String,
    run_start: usize,
    run_end: usize,
    /// Bytes of text since the html was last cut.
    uncut: usize,
    pub(super) links: Vec<OpenLink>,
    pub(super) hidden: Option<Hidden>,
}

/// A link whose words are being written.
pub(super) struct OpenLink {
    pub(super) offset: usize,
    /// Lengths of html and plain text before it.
    pub(super) html_start: usize,
    pub(super) plain_start: usize,
    /// False if it leads nowhere, so that only its words are shown.
    pub(super) leads: bool,
    /// What to show if it has no words.
    pub(super) fallback: Option<String>,
    /// Marks of notes, which are links themselves.
    pub(super) after: String,
    /// An address is shown as it is.
    pub(super) verbatim: bool,
}

/// Something whose words are not shown in their place.
pub(super) struct Hidden {
    pub(super) depth: usize,
    pub(super) words: String,
    /// The file name if it is a picture; else it is a wikilink without words.
    pub(super) picture: Option<(String, usize)>,
}

impl TextBlock {
    pub(super) fn new(kind: Kind, offset: usize) -> Self {
        Self {
            kind,
            offset,
            html: String::new(),
            plain: String::new(),
            figures: String::new(),
            after: String::new(),
            linked: false,
            marked: false,
            anchors: Vec::new(),
            marks: Vec::new(),
            run: String::new(),
            run_start: offset,
            run_end: 0,
            uncut: 0,
            links: Vec::new(),
            hidden: None,
        }
    }

    /// Writes the words that have come in since the last call. The parser cuts
    /// them at each mark of punctuation, and typography needs them whole.
    pub(super) fn flush(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        self.anchors.push((self.plain.len(), self.run_start));
        if self.links.iter().any(|link| link.verbatim) {
            self.push(&run);
        } else {
            let before = self.plain.chars().next_back();
            self.push(&typography::set(&run, before));
        }
        // Its memory serves the next run.
        run.clear();
        self.run = run;
    }

    pub(super) fn push(&mut self, text: &str) {
        self.uncut += text.len();
        if self.uncut > escape::LONGEST_RUN {
            self.html.push_str(escape::CUT);
            self.uncut = 0;
        }
        escape::text(&mut self.html, text);
        escape::plain(&mut self.plain, text);
    }

    /// True if an unescaped `[` is the last thing before this byte.
    pub(super) fn ends_with_bracket(&self, offset: usize) -> bool {
        self.run.ends_with('[') && self.run_end == offset
    }

    fn add_text(&mut self, text: &str, range: &Range<usize>) {
        // Where the author has escaped a character, a backslash lies between
        // two pieces. They stay apart, so that an escape also holds off
        // typography.
        if !self.run.is_empty() && self.run_end != range.start {
            self.flush();
        }
        if self.run.is_empty() {
            self.run_start = range.start;
        }
        self.run.push_str(text);
        self.run_end = range.end;
    }

    pub(super) fn add_mark(&mut self, mark: &str) {
        self.flush();
        self.marked = true;
        self.marks.push(self.plain.len());
        let place = if let Some(link) = self.links.last_mut() {
            &mut link.after
        } else if let Kind::Heading(_) = self.kind {
            &mut self.after
        } else {
            &mut self.html
        };
        // Two marks side by side must not read as one number.
        if place.ends_with("</sup>") || place.ends_with(margin::BESIDE) {
            place.push('\u{202f}');
        }
        place.push_str(mark);
    }

    /// Opens a link; without an address only its words will be shown.
    pub(super) fn open_link(&mut self, offset: usize, href: Option<&str>, title: &str, rel: &str) {
        self.flush();
        // The parser never nests links. If it did, the outer one would win.
        let leads = href.is_some() && self.links.is_empty();
        let link = OpenLink {
            offset,
            html_start: self.html.len(),
            plain_start: self.plain.len(),
            leads,
            fallback: None,
            after: String::new(),
            verbatim: false,
        };
        if let Some(href) = href
            && leads
        {
            self.html.push_str("<a href=\"");
            escape::attribute(&mut self.html, href);
            self.html.push('"');
            self.html.push_str(rel);
            if !title.is_empty() {
                self.html.push_str(" title=\"");
                escape::attribute(&mut self.html, title);
                self.html.push('"');
            }
            self.html.push('>');
        }
        self.links.push(link);
    }

    /// Takes an event that needs nothing but the block itself.
    pub(super) fn take(&mut self, event: &Event, range: &Range<usize>) {
        if let Event::Text(text) = event {
            self.add_text(text, range);
            return;
        }
        self.flush();
        match event {
            Event::Code(code) => {
                self.html.push_str("<code>");
                self.push(code);
                self.html.push_str("</code>");
            }
            Event::SoftBreak => {
                self.html.push('\n');
                self.plain.push(' ');
            }
            Event::HardBreak => {
                self.html.push_str("<br>\n");
                self.plain.push(' ');
            }
            Event::Start(Tag::Emphasis) => self.html.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => self.html.push_str("</em>"),
            Event::Start(Tag::Strong) => self.html.push_str("<strong>"),
            Event::End(TagEnd::Strong) => self.html.push_str("</strong>"),
            _ => {}
        }
    }
}
