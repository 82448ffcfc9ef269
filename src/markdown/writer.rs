//! Writes blocks: paragraphs, headings, lists, quotes, tables and code. What
//! stands inside a line is in `inline`.

use std::fmt::Write as _;
use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::headings::Headings;
use super::notes::{Definitions, Notes};
use super::problems::Problems;
use super::render::Placed;
use super::text_block::{Kind, TextBlock};
use super::{Context, Heading, Passage, PassageKind, Rendered, escape, margin};

/// Turns events into markup and collects everything else on the way.
pub(super) struct Writer<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) definitions: &'a Definitions,
    pub(super) problems: Problems<'a>,
    pub(super) notes: Notes,
    /// Which sources have been cited, by index.
    pub(super) cited: Vec<bool>,
    /// Notes have no numbered passages and no headings.
    pub(super) in_notes: bool,
    pub(super) rendered: Rendered,
    pub(super) block: Option<TextBlock>,
    events: &'a [Placed<'a>],
    markup: String,
    headings: Headings,
    table: Option<Table>,
    tables: usize,
    code: Option<(usize, String)>,
}

/// A table that is being written.
struct Table {
    offset: usize,
    /// How many marks of notes its cells hold.
    marks: usize,
    /// What was written before it.
    before: String,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    rows: Vec<String>,
    cells: Vec<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        events: &'a [Placed<'a>],
        definitions: &'a Definitions,
        context: &'a Context<'a>,
        problems: Problems<'a>,
    ) -> Self {
        Self {
            context,
            definitions,
            problems,
            notes: Notes::default(),
            cited: vec![false; context.sources.len()],
            in_notes: false,
            rendered: Rendered::default(),
            block: None,
            events,
            // As much as the markup of prose comes to.
            markup: String::with_capacity(events.len() * 64),
            headings: Headings::default(),
            table: None,
            tables: 0,
            code: None,
        }
    }

    /// Writes these events, but for the notes defined among them.
    pub(super) fn write(&mut self, events: Range<usize>) {
        let all = self.events;
        let mut index = events.start;
        while index < events.end {
            let (event, range) = &all[index];
            if let Event::Start(Tag::FootnoteDefinition(_)) = event {
                self.close_item_text();
                index = self.definitions.end(index).unwrap_or(index) + 1;
                continue;
            }
            self.event(event, range);
            index += 1;
        }
        self.close_item_text();
    }

    /// What has been written since the last call.
    pub(super) fn take_markup(&mut self) -> String {
        mem::take(&mut self.markup)
    }

    /// All that was collected, without the markup.
    pub(super) fn finish(self) -> Rendered {
        Rendered {
            problems: self.problems.finish(),
            ..self.rendered
        }
    }

    fn event(&mut self, event: &Event<'a>, range: &Range<usize>) {
        if let Some((_, code)) = &mut self.code
            && let Event::Text(text) = event
        {
            code.push_str(text);
            return;
        }
        match event {
            Event::Start(tag) if is_block(&tag.to_end()) => {
                self.close_item_text();
                self.start_block(tag, range.start);
            }
            Event::End(tag) if is_block(tag) => {
                self.close_item_text();
                self.end_block(*tag);
            }
            Event::Rule => {
                self.close_item_text();
                self.markup.push_str("<hr>\n");
            }
            // The warning came with the start of the block.
            Event::Html(_) => {}
            _ => self.inline(event, range),
        }
    }

    fn start_block(&mut self, tag: &Tag, offset: usize) {
        match tag {
            Tag::Paragraph => self.block = Some(TextBlock::new(Kind::Paragraph, offset)),
            Tag::Heading { level, .. } => {
                self.block = Some(TextBlock::new(Kind::Heading(*level as u8), offset));
            }
            Tag::TableCell => self.block = Some(TextBlock::new(Kind::Cell, offset)),
            Tag::BlockQuote(_) => self.markup.push_str("<blockquote>\n"),
            Tag::List(None) => self.markup.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.markup.push_str("<ol>\n"),
            Tag::List(Some(start)) => {
                let _ = writeln!(self.markup, "<ol start=\"{start}\">");
            }
            Tag::Item => self.markup.push_str("<li>"),
            Tag::CodeBlock(_) => self.code = Some((offset, String::new())),
            Tag::HtmlBlock => self.warn_of_html(offset),
            Tag::Table(alignments) => {
                self.tables += 1;
                self.table = Some(Table {
                    offset,
                    marks: 0,
                    before: self.take_markup(),
                    alignments: alignments.clone(),
                    column: 0,
                    in_head: false,
                    rows: Vec::new(),
                    cells: Vec::new(),
                });
            }
            Tag::TableHead => {
                if let Some(table) = &mut self.table {
                    table.in_head = true;
                }
                self.markup.push_str("<thead><tr>");
            }
            Tag::TableRow => self.markup.push_str("<tr>"),
            _ => {}
        }
    }

    fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => self.close_text(),
            TagEnd::BlockQuote(_) => self.markup.push_str("</blockquote>\n"),
            TagEnd::List(true) => self.markup.push_str("</ol>\n"),
            TagEnd::List(false) => self.markup.push_str("</ul>\n"),
            TagEnd::Item => self.markup.push_str("</li>\n"),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::TableHead => {
                self.markup.push_str("</tr></thead>\n<tbody>\n");
                self.close_row();
            }
            TagEnd::TableRow => {
                self.markup.push_str("</tr>\n");
                self.close_row();
            }
            TagEnd::Table => self.close_table(),
            _ => {}
        }
    }

    /// In a tight list the words of an item come without a paragraph; they end
    /// where another block begins or the item ends.
    fn close_item_text(&mut self) {
        if self
            .block
            .as_ref()
            .is_some_and(|block| block.kind == Kind::Item)
        {
            self.close_text();
        }
    }

    fn close_text(&mut self) {
        let Some(mut block) = self.block.take() else {
            return;
        };
        block.flush();
        match block.kind {
            Kind::Cell => return self.close_cell(&block),
            Kind::Heading(level) if !self.in_notes && !block.plain.trim().is_empty() => {
                self.write_heading(level, &block);
            }
            Kind::Heading(_) | Kind::Paragraph => self.write_passage("p", &block),
            Kind::Item => self.write_passage("span", &block),
        }
        if let Kind::Heading(_) = block.kind
            && block.plain.trim().is_empty()
        {
            self.problems.warning(block.offset, "M016", || {
                "This heading has no words, so it is left out; write some, or delete it.".to_owned()
            });
        }
        self.markup.push_str(&block.figures);
    }

    fn write_passage(&mut self, tag: &str, block: &TextBlock) {
        let inner = block.html.trim();
        // What is left may be the emphasis around a picture.
        if block.plain.trim().is_empty() && !block.marked {
            return;
        }
        let kind = match block.kind {
            Kind::Item => PassageKind::Item,
            _ => PassageKind::Paragraph,
        };
        let passage = passage(kind, block);
        let (id, links) = self.number_passage(block.plain.trim(), passage);
        let end = if tag == "p" { "\n" } else { "" };
        let after = &block.after;
        let _ = write!(self.markup, "<{tag}{id}>{inner}{after}{links}</{tag}>{end}");
    }

    fn write_heading(&mut self, written: u8, block: &TextBlock) {
        let (level, skipped) = self.headings.level(written);
        if skipped {
            self.problems.warning(block.offset, "M017", || {
                format!(
                    "This heading leaves out a level, so it is shown at level {level}; write it \
                     with {level} hash signs."
                )
            });
        }
        let text = block.plain.trim().to_owned();
        let id = self.headings.id(&text);
        let inner = block.html.trim();
        let after = &block.after;
        // The heading is its own link, so that its name is read out once. A
        // link cannot hold another, and then only the id remains.
        let _ = if block.linked {
            writeln!(
                self.markup,
                "<h{level} id=\"{id}\">{inner}{after}</h{level}>"
            )
        } else {
            writeln!(
                self.markup,
                "<h{level} id=\"{id}\"><a class=\"heading-anchor\" href=\"#{id}\">{inner}</a>\
                 {after}</h{level}>"
            )
        };
        self.add_plain(&text);
        self.rendered.outline.push(Heading { level, id, text });
    }

    /// Counts a passage. Gives its id attribute and the links at its end, each
    /// empty where there is none.
    fn number_passage(&mut self, plain: &str, passage: Passage) -> (String, String) {
        if self.in_notes || plain.is_empty() {
            return (String::new(), String::new());
        }
        self.add_plain(plain);
        self.rendered.paragraphs.push(plain.to_owned());
        self.rendered.passages.push(passage);
        let number = self.rendered.paragraphs.len();
        let mut links = String::new();
        if let Some(href) = self.context.report_href {
            links.push_str("\u{a0}<a class=\"report-passage\" href=\"");
            escape::attribute(&mut links, &href(number));
            let _ = write!(
                links,
                "\" rel=\"nofollow\" aria-label=\"Report an error in paragraph {number}\" \
                 title=\"Report an error in this paragraph\">⚑\u{fe0e}</a>"
            );
        }
        if let Some(href) = self.context.share_href {
            links.push_str("<a class=\"share-passage\" href=\"");
            escape::attribute(&mut links, &href(number));
            let _ = write!(
                links,
                "\" rel=\"nofollow\" aria-label=\"Share this passage, paragraph {number}\" \
                 title=\"Share this passage\">¶</a>"
            );
        }
        (format!(" id=\"p-{number}\""), links)
    }

    /// For blocks that cannot hold the links themselves.
    fn write_passage_links(&mut self, links: &str) {
        if !links.is_empty() {
            let links = links.trim_start();
            let _ = writeln!(self.markup, "<p class=\"report-line\">{links}</p>");
        }
    }

    fn add_plain(&mut self, text: &str) {
        self.rendered.plain.push_str(text);
        self.rendered.plain.push('\n');
    }

    fn close_code(&mut self) {
        let (offset, code) = self.code.take().unwrap_or_default();
        let mut plain = String::new();
        escape::plain(&mut plain, code.trim());
        if plain.is_empty() {
            return;
        }
        let passage = Passage {
            kind: PassageKind::Code,
            anchors: vec![(0, offset)],
            marks: Vec::new(),
        };
        let (id, links) = self.number_passage(&plain, passage);
        let _ = write!(self.markup, "<pre{id} tabindex=\"0\"><code>");
        escape::text(&mut self.markup, &code);
        self.markup.push_str("</code></pre>\n");
        self.write_passage_links(&links);
    }

    fn close_cell(&mut self, block: &TextBlock) {
        let Some(table) = &mut self.table else {
            return;
        };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        table.column += 1;
        table.marks += block.marks.len();
        let plain = block.plain.trim();
        if !plain.is_empty() {
            table.cells.push(plain.to_owned());
        }
        // An empty header cell heads nothing and would be read out as one.
        let (tag, scope) = if table.in_head && !plain.is_empty() {
            ("th", " scope=\"col\"")
        } else {
            ("td", "")
        };
        let _ = write!(
            self.markup,
            "<{tag}{scope}{class}>{}{}{}</{tag}>",
            block.html.trim(),
            block.after,
            block.figures
        );
    }

    fn close_row(&mut self) {
        if let Some(table) = &mut self.table {
            table.in_head = false;
            table.column = 0;
            let cells = mem::take(&mut table.cells);
            if !cells.is_empty() {
                table.rows.push(cells.join(" | "));
            }
        }
    }

    fn close_table(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        let (beside, inner) = margin::take_out(&mem::replace(&mut self.markup, table.before));
        let plain = table.rows.join("\n");
        let passage = Passage {
            kind: PassageKind::Table,
            anchors: vec![(0, table.offset)],
            marks: vec![plain.len(); table.marks],
        };
        let (id, links) = self.number_passage(&plain, passage);
        // A wide table scrolls inside this box, which the keyboard can reach.
        let _ = writeln!(
            self.markup,
            "{beside}<div class=\"table\"{id} role=\"group\" aria-label=\"Table {}\" tabindex=\"0\">\
             <table>{inner}</tbody></table></div>",
            self.tables
        );
        self.write_passage_links(&links);
    }
}

/// What is known of a run of words beside its trimmed text.
fn passage(kind: PassageKind, block: &TextBlock) -> Passage {
    let cut = block.plain.len() - block.plain.trim_start().len();
    let mut anchors: Vec<(usize, usize)> = block
        .anchors
        .iter()
        .map(|(plain, source)| match plain.checked_sub(cut) {
            Some(plain) => (plain, *source),
            None => (0, source + (cut - plain)),
        })
        .collect();
    if anchors.first().is_none_or(|(plain, _)| *plain > 0) {
        anchors.insert(0, (0, block.offset));
    }
    Passage {
        kind,
        anchors,
        marks: block
            .marks
            .iter()
            .map(|at| at.saturating_sub(cut))
            .collect(),
    }
}

fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
