//! Writes what stands inside a line: links, pictures, marks of notes.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::text_block::{Hidden, Kind, OpenLink, TextBlock};
use super::writer::Writer;
use super::{Picture, Wikilink, escape, links};

impl Writer<'_> {
    pub(super) fn inline(&mut self, event: &Event, range: &Range<usize>) {
        if self.block.is_none() {
            if let Event::SoftBreak | Event::HardBreak | Event::End(_) = event {
                return;
            }
            self.block = Some(TextBlock::new(Kind::Item, range.start));
        }
        if let Event::InlineHtml(_) = event {
            self.warn_of_html(range.start);
            return;
        }
        if self.hidden_event(event) {
            return;
        }
        self.check_mark(event, range.start);
        match event {
            Event::FootnoteReference(label) => {
                if let Some(mark) = self.refer(label, range.start) {
                    let markup = mark.markup(self.has_margin());
                    self.with_block(|block| block.add_mark(&markup));
                }
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => match link_type {
                LinkType::WikiLink { has_pothole } => {
                    self.start_wikilink(dest_url, *has_pothole, range.start);
                }
                _ => self.start_link(*link_type, dest_url, title, range.start),
            },
            Event::End(TagEnd::Link) => self.end_link(),
            Event::Start(Tag::Image { dest_url, .. }) => self.with_block(|block| {
                block.flush();
                block.hidden = Some(Hidden {
                    depth: 1,
                    words: String::new(),
                    picture: Some((dest_url.to_string(), range.start)),
                });
            }),
            _ => self.with_block(|block| block.take(event, range)),
        }
    }

    /// Warns of raw HTML, which is never shown.
    pub(super) fn warn_of_html(&mut self, offset: usize) {
        self.problems.warning(offset, "M002", || {
            "Raw HTML is left out; say it in Markdown, or delete it.".to_owned()
        });
    }

    /// An unescaped `[^` that is still there in the text was meant for a mark.
    fn check_mark(&mut self, event: &Event, offset: usize) {
        let Some(block) = &self.block else {
            return;
        };
        let in_text = matches!(event, Event::Text(text) if text.starts_with('^'))
            && block.ends_with_bracket(offset);
        if in_text {
            self.problems.error(offset - 1, "M003", || {
                "This mark of a note is shown as it is written; close it with one `]`, and put a \
                 space between it and any other bracket."
                    .to_owned()
            });
        }
    }

    /// Inside a picture's words, or a wikilink that has none. True if that is
    /// where the event belongs.
    fn hidden_event(&mut self, event: &Event) -> bool {
        let Some(block) = &mut self.block else {
            return false;
        };
        let Some(hidden) = &mut block.hidden else {
            return false;
        };
        match event {
            Event::Text(text) | Event::Code(text) => hidden.words.push_str(text),
            Event::SoftBreak | Event::HardBreak => hidden.words.push(' '),
            Event::Start(_) => hidden.depth += 1,
            Event::End(_) => hidden.depth -= 1,
            _ => {}
        }
        if hidden.depth == 0
            && let Some(hidden) = block.hidden.take()
        {
            match hidden.picture {
                Some((file, offset)) => self.add_picture(&file, &hidden.words, offset),
                None => self.end_link(),
            }
        }
        true
    }

    fn start_link(&mut self, link_type: LinkType, dest: &str, title: &CowStr, offset: usize) {
        let href = if link_type == LinkType::Email {
            escape::url(&format!("mailto:{dest}"))
        } else {
            escape::url(dest)
        };
        let kind = links::kind(&href);
        if kind.is_none() {
            self.problems.error(offset, "M004", || {
                let shown: String = dest.chars().take(80).collect();
                let advice = links::advice(&href);
                format!("The link to `{shown}` is left out: {advice}.")
            });
        }
        let rel = if kind == Some(links::Kind::External) {
            " rel=\"noopener\""
        } else {
            ""
        };
        let verbatim = matches!(link_type, LinkType::Autolink | LinkType::Email);
        self.with_block(|block| {
            block.open_link(offset, kind.map(|_| href.as_str()), title, rel);
            if let Some(link) = block.links.last_mut() {
                link.verbatim = verbatim;
            }
        });
    }

    fn start_wikilink(&mut self, dest: &str, has_words: bool, offset: usize) {
        // In a table the bar has to be escaped, and the parser leaves the
        // backslash with the slug.
        let slug = dest.strip_suffix('\\').unwrap_or(dest).trim().to_owned();
        let (line, column) = self.problems.place(offset);
        let target = (self.context.wikilink)(&slug);
        if target.is_none() {
            self.problems.warning(offset, "M005", || {
                format!(
                    "There is no article `{slug}`, so these words are no link; check the slug, or \
                     take the brackets away."
                )
            });
        }
        let (href, fallback) = match target {
            Some(target) => (Some(target.href), target.title),
            None => (None, slug.replace('-', " ")),
        };
        self.with_block(|block| {
            block.open_link(offset, href.as_deref(), "", "");
            if let Some(link) = block.links.last_mut() {
                link.fallback = Some(fallback);
            }
            if !has_words {
                block.hidden = Some(Hidden {
                    depth: 1,
                    words: String::new(),
                    picture: None,
                });
            }
        });
        self.rendered
            .wikilinks
            .push(Wikilink { slug, line, column });
    }

    fn end_link(&mut self) {
        let Some(block) = &mut self.block else {
            return;
        };
        block.flush();
        let Some(link) = block.links.pop() else {
            return;
        };
        if block.plain[link.plain_start..].trim().is_empty() {
            if let Some(fallback) = &link.fallback {
                block.push(fallback);
            } else if link.leads {
                block.html.truncate(link.html_start);
                self.problems.warning(link.offset, "M006", || {
                    "This link has no words to follow, so it is left out; write some between the \
                     square brackets."
                        .to_owned()
                });
                return self.add_marks_of(&link);
            }
        }
        if link.leads {
            block.html.push_str("</a>");
            block.linked = true;
        }
        self.add_marks_of(&link);
    }

    fn add_marks_of(&mut self, link: &OpenLink) {
        if !link.after.is_empty() {
            self.with_block(|block| block.add_mark(&link.after));
        }
    }

    fn add_picture(&mut self, file: &str, words: &str, offset: usize) {
        if file.contains("//") || file.starts_with("data:") {
            self.problems.error(offset, "M007", || {
                let shown: String = file.chars().take(80).collect();
                format!(
                    "The picture `{shown}` lies elsewhere, so it is left out; put the file beside \
                     the text and list it under `pictures`."
                )
            });
            return;
        }
        let Some(picture) = (self.context.picture)(file) else {
            self.problems.error(offset, "M008", || {
                let shown: String = file.chars().take(80).collect();
                format!(
                    "There is no picture `{shown}`, so it is left out; list it under `pictures` \
                     and check the file name."
                )
            });
            return;
        };
        if !self.rendered.pictures.iter().any(|known| known == file) {
            self.rendered.pictures.push(file.to_owned());
        }
        self.with_block(|block| {
            let own = words.trim();
            // `![[file.jpg]]` repeats the name where words would be.
            let alt = if own.is_empty() || own == file {
                &picture.alt
            } else {
                own
            };
            let figure = &mut block.figures;
            figure.push_str(if picture.is_tall {
                "<figure class=\"picture picture--tall\">"
            } else {
                "<figure class=\"picture\">"
            });
            write_image(figure, &picture, alt);
            if picture.caption.is_some() || picture.credit.is_some() {
                figure.push_str("<figcaption>");
                escape::text(figure, picture.caption.as_deref().unwrap_or_default());
                if let Some(credit) = &picture.credit {
                    figure.push_str(" <span class=\"picture__credit\">");
                    escape::text(figure, credit);
                    figure.push_str("</span>");
                }
                figure.push_str("</figcaption>");
            }
            figure.push_str("</figure>\n");
        });
    }

    fn with_block(&mut self, change: impl FnOnce(&mut TextBlock)) {
        if let Some(block) = &mut self.block {
            change(block);
        }
    }
}

fn write_image(out: &mut String, picture: &Picture, alt: &str) {
    fn attributes(out: &mut String, all: &[(&str, &str)]) {
        for (name, value) in all {
            let _ = write!(out, " {name}=\"");
            escape::attribute(out, value);
            out.push('"');
        }
    }
    let sizes = picture.sizes;
    if let Some(avif) = &picture.avif {
        out.push_str("<picture class=\"picture__sources\"><source");
        let all = [("type", "image/avif"), ("srcset", avif), ("sizes", sizes)];
        attributes(out, &all);
        out.push('>');
    }
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    out.push_str("<img");
    if !picture.tone.is_empty() {
        attributes(out, &[("class", &picture.tone)]);
    }
    let all = [
        ("src", picture.src.as_str()),
        ("srcset", &picture.srcset),
        ("sizes", sizes),
        ("width", &width),
        ("height", &height),
        ("loading", "lazy"),
        ("decoding", "async"),
        ("alt", alt),
    ];
    attributes(out, &all);
    out.push('>');
    if picture.avif.is_some() {
        out.push_str("</picture>");
    }
}
