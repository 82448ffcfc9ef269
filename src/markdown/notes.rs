//! Footnotes: which source or note a mark refers to, their numbers, and the
//! list at the end.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write as _;
use std::mem;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::margin::{self, About, MarginNote};
use super::problems::Problems;
use super::render::Placed;
use super::text_block::Kind;
use super::writer::Writer;
use super::{Cited, escape, typography};

/// What a mark refers to. Each distinct one is a note with a number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Referent {
    /// A source, by its index, and the place in it, which may be empty.
    Source(usize, String),
    /// A note in the text, by the index of the event that begins it.
    Own(usize),
}

/// The sources that marks may cite and the notes that the text defines.
pub(super) struct Definitions {
    sources: HashMap<String, usize>,
    own: HashMap<String, usize>,
    /// Label, first event and first byte of each note, in order.
    list: Vec<(String, usize, usize)>,
    /// For the first event of a note, its last.
    ends: HashMap<usize, usize>,
}

/// The notes referred to so far, in order of first reference.
#[derive(Default)]
pub(super) struct Notes {
    numbers: HashMap<Referent, usize>,
    list: Vec<Note>,
    /// How each stands in the margin, once they are written.
    margin: Vec<Option<MarginNote>>,
    /// True once a mark stands where nothing can stand beside it.
    some_apart: bool,
}

struct Note {
    referent: Referent,
    references: usize,
}

/// One reference to a note: the note's number and which reference to it this
/// is, both from 1.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    number: usize,
    reference: usize,
}

impl Definitions {
    pub(super) fn collect(events: &[Placed], sources: &[Cited], problems: &mut Problems) -> Self {
        let mut found = Self {
            sources: HashMap::new(),
            own: HashMap::new(),
            list: Vec::new(),
            ends: HashMap::new(),
        };
        for (index, source) in sources.iter().enumerate() {
            found.sources.entry(source.id.to_owned()).or_insert(index);
        }
        let mut open = Vec::new();
        for (index, (event, range)) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push(index);
                    found.define(&tidy(label), index, range.start, problems);
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some(start) = open.pop() {
                        found.ends.insert(start, index);
                    }
                    if let Some((Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)), next)) =
                        events.get(index + 1)
                    {
                        problems.warning(next.start, "M009", || {
                            "A note is one paragraph: this indented text after it is shown as \
                             code. Move it up to the note, or take the indent away."
                                .to_owned()
                        });
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// If a note begins with this event, the event that ends it.
    pub(super) fn end(&self, start: usize) -> Option<usize> {
        self.ends.get(&start).copied()
    }

    fn define(&mut self, label: &str, index: usize, offset: usize, problems: &mut Problems) {
        if self.sources.contains_key(label) {
            problems.error(offset, "M010", || {
                format!(
                    "`{label}` is a source of this article, so this note is never shown; give \
                     the note another name."
                )
            });
        } else if let Entry::Vacant(entry) = self.own.entry(label.to_lowercase()) {
            entry.insert(index);
            self.list.push((label.to_owned(), index, offset));
        } else {
            problems.error(offset, "M011", || {
                format!(
                    "The note `{label}` is defined twice and only the first is shown; give one \
                     of them another name."
                )
            });
        }
    }

    /// What a label refers to, and whether it names a place in a note, which
    /// only sources have.
    fn find(&self, label: &str) -> Option<(Referent, bool)> {
        if let Some(index) = self.own.get(&label.to_lowercase()) {
            return Some((Referent::Own(*index), false));
        }
        let (id, place) = match label.split_once(':') {
            Some((id, place)) => (id.trim(), place.trim()),
            None => (label, ""),
        };
        if let Some(index) = self.sources.get(id) {
            return Some((Referent::Source(*index, place.to_owned()), false));
        }
        let index = self.own.get(&id.to_lowercase())?;
        Some((Referent::Own(*index), true))
    }

    /// The known id that the author may have meant.
    fn nearest(&self, id: &str) -> Option<&str> {
        // Both bounds only keep hostile texts cheap.
        const LONGEST: usize = 64;
        const MOST: usize = 1_000;
        if id.len() > LONGEST {
            return None;
        }
        let known = self.sources.keys().chain(self.own.keys()).take(MOST);
        known
            .filter(|known| known.len() <= LONGEST)
            .map(|known| {
                (
                    strsim::damerau_levenshtein(&id.to_lowercase(), known),
                    known,
                )
            })
            .filter(|(distance, _)| *distance <= 1 + id.len() / 4)
            .min()
            .map(|(_, known)| known.as_str())
    }
}

impl Mark {
    /// `beside` leaves room for the note itself, for wide windows.
    pub(super) fn markup(self, beside: bool) -> String {
        let number = self.number;
        let (mark, note) = if beside {
            (margin::mark(number), margin::beside(number))
        } else {
            (String::new(), String::new())
        };
        format!(
            "<sup class=\"note-ref\" id=\"{}\"><a href=\"#fn-{number}\" role=\"doc-noteref\" \
             aria-label=\"Note {number}\">{number}</a>{mark}</sup>{note}",
            self.id()
        )
    }

    fn id(self) -> String {
        let Self { number, reference } = self;
        if reference == 1 {
            format!("fnref-{number}")
        } else {
            format!("fnref-{number}-{reference}")
        }
    }
}

impl Notes {
    fn refer(&mut self, referent: Referent) -> Mark {
        let number = *self.numbers.entry(referent.clone()).or_insert_with(|| {
            self.list.push(Note {
                referent,
                references: 0,
            });
            self.list.len()
        });
        let note = &mut self.list[number - 1];
        note.references += 1;
        Mark {
            number,
            reference: note.references,
        }
    }
}

impl Writer<'_> {
    /// Gives a reference its number. `None` if it refers to nothing, which is
    /// then a problem.
    pub(super) fn refer(&mut self, label: &str, offset: usize) -> Option<Mark> {
        let label = tidy(label);
        let Some((referent, place_in_note)) = self.definitions.find(&label) else {
            let definitions = self.definitions;
            self.problems.error(offset, "M012", || {
                let id = label.split(':').next().unwrap_or_default().trim();
                let advice = match definitions.nearest(id) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!(
                        "list it under `sources`, or write the note as `[^{id}]: …` on a line \
                         of its own."
                    ),
                };
                format!("`{id}` is neither a source nor a note of this text; {advice}")
            });
            return None;
        };
        if place_in_note {
            self.problems.warning(offset, "M013", || {
                format!(
                    "`{label}` names a place in a note, but only sources have places; write \
                     only the note’s name."
                )
            });
        }
        if let Referent::Source(index, _) = referent
            && !mem::replace(&mut self.cited[index], true)
        {
            let id = self.context.sources[index].id.to_owned();
            self.rendered.citations.push(id);
        }
        Some(self.notes.refer(referent))
    }

    /// Whether the note of a mark can stand beside the words that are being
    /// written: not where they are a heading, whose name it would become part
    /// of, nor in another note.
    pub(super) fn has_margin(&mut self) -> bool {
        let in_heading = self
            .block
            .as_ref()
            .is_some_and(|block| matches!(block.kind, Kind::Heading(_)));
        let has_margin = self.context.margin_notes && !self.in_notes && !in_heading;
        self.notes.some_apart |= !has_margin;
        has_margin
    }

    /// The body with the notes in it that stand beside it. To be asked after
    /// the notes have been written.
    pub(super) fn with_margin_notes(&self, body: &str) -> String {
        margin::place(body, &self.notes.margin)
    }

    /// Writes the list of notes, empty if there are none. Notes may refer to
    /// further notes, which then come last.
    pub(super) fn write_notes(&mut self) -> String {
        self.in_notes = true;
        let mut contents = Vec::new();
        while let Some(note) = self.notes.list.get(contents.len()) {
            let number = contents.len() + 1;
            let (content, beside) = match note.referent.clone() {
                Referent::Source(index, place) => {
                    let source = self.context.sources[index];
                    let [full, short] =
                        [source.label, source.short].map(|words| citation(&source, words, &place));
                    let beside = MarginNote::new(About::Source(index), full.clone(), short);
                    (format!("<p>{full}</p>"), beside)
                }
                Referent::Own(start) => {
                    let end = self.definitions.end(start).unwrap_or(start);
                    self.write(start + 1..end);
                    let content = self.take_markup();
                    let words = content
                        .trim_end()
                        .strip_prefix("<p>")
                        .and_then(|rest| rest.strip_suffix("</p>"));
                    let beside = words.and_then(|words| {
                        MarginNote::new(About::Own(number), words.to_owned(), words.to_owned())
                    });
                    (content, beside)
                }
            };
            contents.push(content);
            self.notes.margin.push(beside);
        }
        self.warn_of_unused_notes();
        if contents.is_empty() {
            return String::new();
        }
        // A window that shows all of them beside the text needs no list.
        let all_beside = !self.notes.some_apart && self.notes.margin.iter().all(Option::is_some);
        let more = if all_beside { " notes--beside" } else { "" };
        let mut markup = format!("<ol class=\"notes{more}\">\n");
        for (index, content) in contents.iter().enumerate() {
            let back = back_links(index + 1, self.notes.list[index].references);
            let content = content.trim_end();
            let _ = match content.strip_suffix("</p>") {
                Some(open) => writeln!(markup, "<li id=\"fn-{}\">{open}{back}</p></li>", index + 1),
                None => writeln!(
                    markup,
                    "<li id=\"fn-{}\">{content}<p>{}</p></li>",
                    index + 1,
                    back.trim_start()
                ),
            };
        }
        markup.push_str("</ol>\n");
        markup
    }

    fn warn_of_unused_notes(&mut self) {
        for (label, index, offset) in &self.definitions.list {
            if !self.notes.numbers.contains_key(&Referent::Own(*index)) {
                self.problems.warning(*offset, "M014", || {
                    format!(
                        "Nothing refers to the note `{label}`, so it is not shown; put \
                         `[^{label}]` where it belongs, or delete it."
                    )
                });
            }
        }
    }
}

/// Labels may run over the end of a line.
fn tidy(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a note that cites a place in a source by this name.
fn citation(source: &Cited, name: &str, place: &str) -> String {
    let mut markup = String::from("<a href=\"");
    escape::attribute(&mut markup, &escape::url(&format!("#source-{}", source.id)));
    markup.push_str("\">");
    escape::text(&mut markup, name);
    markup.push_str("</a>");
    if !place.is_empty() {
        markup.push_str(", ");
        escape::text(&mut markup, &typography::set(&unbroken(place), None));
    }
    let shown = if place.is_empty() { name } else { place };
    let ended = shown
        .trim_end_matches(['”', '’', '"', '\'', ')'])
        .ends_with(['.', '!', '?', '…']);
    if !ended {
        markup.push('.');
    }
    markup
}

/// `p. 58` does not break between its two parts.
fn unbroken(place: &str) -> String {
    for short in ["p. ", "pp. ", "ch. ", "vol. ", "no. ", "fol. "] {
        if let Some(rest) = place.strip_prefix(short) {
            return format!("{}\u{a0}{rest}", short.trim_end());
        }
    }
    place.to_owned()
}

/// The links from a note to each reference to it, with a space before each:
/// the first does not part from the words, however the line breaks.
fn back_links(number: usize, references: usize) -> String {
    let mut markup = String::new();
    for reference in 1..=references {
        let id = Mark { number, reference }.id();
        let (label, digit) = if references == 1 {
            (String::new(), String::new())
        } else {
            (
                format!(", reference {reference}"),
                format!("<sup>{reference}</sup>"),
            )
        };
        let space = if reference == 1 { '\u{a0}' } else { ' ' };
        // The selector after the arrow asks for text, not for an emoji.
        let _ = write!(
            markup,
            "{space}<a class=\"note-back\" href=\"#{id}\" role=\"doc-backlink\" \
             aria-label=\"Back to the text{label}\">↩\u{fe0e}{digit}</a>"
        );
    }
    markup
}
