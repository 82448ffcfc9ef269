//! Footnotes: which source or note a mark refers to, their numbers, and the
//! list at the end.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write as _;
use std::mem;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::problems::Problems;
use super::render::Placed;
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
    /// The mark in the text, a link to the note.
    pub(super) fn markup(self) -> String {
        let Self { number, .. } = self;
        format!(
            "<sup class=\"note-ref\"><a href=\"#fn-{number}\" id=\"{}\" role=\"doc-noteref\" \
             aria-label=\"Note {number}\">{number}</a></sup>",
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

    /// Writes the list of notes, empty if there are none. Notes may refer to
    /// further notes, which then come last.
    pub(super) fn write_notes(&mut self) -> String {
        self.in_notes = true;
        let mut contents = Vec::new();
        while let Some(note) = self.notes.list.get(contents.len()) {
            let content = match note.referent.clone() {
                Referent::Source(index, place) => citation(&self.context.sources[index], &place),
                Referent::Own(start) => {
                    let end = self.definitions.end(start).unwrap_or(start);
                    self.write(start + 1..end);
                    self.take_markup()
                }
            };
            contents.push(content);
        }
        self.warn_of_unused_notes();
        if contents.is_empty() {
            return String::new();
        }
        let mut markup = String::from("<ol class=\"notes\">\n");
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

/// The note that cites a place in a source.
fn citation(source: &Cited, place: &str) -> String {
    let mut markup = String::from("<p><a href=\"");
    escape::attribute(&mut markup, &escape::url(&format!("#source-{}", source.id)));
    markup.push_str("\">");
    escape::text(&mut markup, source.label);
    markup.push_str("</a>");
    if !place.is_empty() {
        markup.push_str(", ");
        escape::text(&mut markup, &typography::set(&unbroken(place), None));
    }
    let shown = if place.is_empty() {
        source.label
    } else {
        place
    };
    let ended = shown
        .trim_end_matches(['”', '’', '"', '\'', ')'])
        .ends_with(['.', '!', '?', '…']);
    if !ended {
        markup.push('.');
    }
    markup.push_str("</p>");
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
