//! From the text of a file to all that it gives: parse, write, sanitise.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Event;

use super::notes::Definitions;
use super::problems::Problems;
use super::sanitise::sanitise;
use super::writer::Writer;
use super::{Context, Rendered, depth, escape};

/// An event of the parser and the bytes of the text that it comes from.
pub(super) type Placed<'a> = (Event<'a>, Range<usize>);

/// Renders the body of a file (the text after its front matter). Takes any
/// text, at a cost that grows in step with its length.
#[must_use]
pub fn render(source: &str, context: &Context) -> Rendered {
    let (mut rendered, body, notes) = collect(source, context);
    rendered.html = sanitise(&body);
    rendered.notes = sanitise(&notes);
    rendered
}

/// Everything that [`render`] gives but the HTML: what the linter reads.
#[must_use]
pub fn survey(source: &str, context: &Context) -> Rendered {
    collect(source, context).0
}

/// What a text gives, with the markup of its body and notes before the
/// sanitiser has seen it.
pub(super) fn collect(source: &str, context: &Context) -> (Rendered, String, String) {
    let control = escape::first_control(source);
    let text = match control {
        Some(_) => Cow::Owned(source.replace(escape::is_control, "\u{fffd}")),
        None => Cow::Borrowed(source),
    };
    let mut problems = Problems::new(&text);
    if let Some(offset) = control {
        // One character stands for one, so the columns agree; the bytes before
        // the first are the same.
        problems.warning(offset, "M015", || {
            "There is an invisible control character here, shown as \u{fffd}; delete it \
             (it may come from a copied text), and any that follow."
                .to_owned()
        });
    }
    let events = depth::parse(&text, &mut problems);
    let definitions = Definitions::collect(&events, context.sources, &mut problems);
    let mut writer = Writer::new(&events, &definitions, context, problems);
    writer.write(0..events.len());
    let body = writer.take_markup();
    let notes = writer.write_notes();
    let body = if context.margin_notes {
        writer.with_margin_notes(&body)
    } else {
        body
    };
    let mut rendered = writer.finish();
    rendered.words = rendered
        .plain
        .split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    (rendered, body, notes)
}
