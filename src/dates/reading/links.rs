//! What stands between two dates: it may make an interval of them, and what is
//! written of one only then holds for both.

use super::draft::{Draft, Numbered, What};
use super::lexicon::{self, Era};
use super::mention::{Mention, Span};
use super::parts::Joint;
use super::tokens::Text;
use crate::dates::day::Day;
use crate::dates::historical::Edge;

/// Joins the dates that follow each other. From the end, so that a list takes
/// the year or era of its last date.
pub(super) fn join(text: &Text<'_>, found: &mut [Draft]) {
    for place in (1..found.len()).rev() {
        if let [before, after, ..] = &mut found[place - 1..]
            && let Some(joint) = joint_between(text, before, after)
        {
            pair(text, before, after, joint);
        }
    }
}

/// Gives the two ends of each interval the place of the first as their number.
pub(super) fn number_spans(mentions: &mut [Mention]) {
    for place in 0..mentions.len() {
        let first = mentions[place].span.filter(|span| span.edge == Edge::First);
        let Some(first) = first else {
            let begun = place > 0
                && mentions[place - 1]
                    .span
                    .is_some_and(|span| span.edge == Edge::First && span.id == place - 1);
            if !begun {
                mentions[place].span = None;
            }
            continue;
        };
        let last = Span {
            id: first.id,
            edge: Edge::Last,
        };
        let ends = mentions
            .get(place + 1)
            .is_some_and(|next| next.span == Some(last));
        let number = |edge| ends.then_some(Span { id: place, edge });
        mentions[place].span = number(Edge::First);
        if ends && let Some(next) = mentions.get_mut(place + 1) {
            next.span = number(Edge::Last);
        }
    }
}

/// What joins two dates if nothing else lies between them.
fn joint_between(text: &Text<'_>, before: &Draft, after: &Draft) -> Option<Joint> {
    let (joint, mut next) = text.joint_at(before.last + 1)?;
    if text.is(next, &["on", "in"]) {
        next += 1;
    }
    if text.is_among(next, &lexicon::ABOUT) {
        next += 1;
    }
    next = text.behind_article_and_weekday(next);
    // "the year 400", "the autumn of 1951".
    if text.is(next, &["year"]) && next < after.first {
        next += 1;
    }
    let part = text.behind_part(next);
    (next == after.first || part == after.first).then_some(joint)
}

fn pair(text: &Text<'_>, before: &mut Draft, after: &mut Draft, joint: Joint) {
    let to = matches!(joint, Joint::To | Joint::Slash)
        || (joint == Joint::And && is_after_between(text, before.first));
    share_era(before, after, joint);
    share_year(before, after, joint, to);
    if joint == Joint::Or {
        before.approximate = true;
        after.approximate = true;
    }
    if to && before.span.is_none() && after.span.is_none() && in_order(text, before, after) {
        let id = before.first;
        let span = |edge| Some(Span { id, edge });
        before.span = span(Edge::First);
        after.span = span(Edge::Last);
    }
}

fn is_after_between(text: &Text<'_>, first: usize) -> bool {
    let skipped = |at: usize| {
        text.is(at, &["the", "about", "year", "years"]) || text.weekday_at(at).is_some()
    };
    let mut at = first.wrapping_sub(1);
    for _ in 0..2 {
        if skipped(at) {
            at = at.wrapping_sub(1);
        }
    }
    text.is(at, &["between"])
}

/// "21 September 582 and 16 March 581 BCE".
fn share_era(before: &mut Draft, after: &Draft, joint: Joint) {
    let (Some(start), Some(end)) = (numbered(before), numbered(after)) else {
        return;
    };
    let days = matches!((before.what, after.what), (What::Day(..), What::Day(..)));
    let listed = joint != Joint::Comma || days || start.number < 1000;
    if start.era.is_none() && end.era == Some(Era::Bce) && start.number >= end.number && listed {
        let shared = Numbered::new(start.number, end.era);
        match &mut before.what {
            What::Decade(number) | What::Hundred(number) | What::Century(number) => {
                *number = shared
            }
            _ => before.set_year(shared),
        }
    }
}

fn numbered(draft: &Draft) -> Option<Numbered> {
    match draft.what {
        What::Decade(number) | What::Hundred(number) | What::Century(number) => Some(number),
        _ => draft.year(),
    }
}

/// "December 31 to January 7, 1951", "31 December 1950 to 7 January".
fn share_year(before: &mut Draft, after: &mut Draft, joint: Joint, to: bool) {
    let earlier = |turned: bool, year: Numbered| if turned { year.previous() } else { year };
    let later = |turned: bool, year: Numbered| if turned { year.next() } else { year };
    match (before.what, after.what) {
        (What::Day(first, None), What::Day(last, Some(year))) if joint != Joint::Comma => {
            before.what = What::Day(first, Some(earlier(first > last, year)));
        }
        (What::Day(first, None), What::Month(last, year)) if to => {
            before.what = What::Day(first, Some(earlier(first.month() > last, year)));
        }
        (What::Day(first, Some(year)), What::Day(last, None)) if to => {
            after.what = What::Day(last, Some(later(last < first, year)));
        }
        (What::Month(first, year), What::Day(last, None)) if to => {
            after.what = What::Day(last, Some(later(last.month() < first, year)));
        }
        (What::Day(first, year), What::DayOfMonth(last))
            if last > first.day() && joint != Joint::Comma =>
        {
            if let Some(last) = Day::new(first.month(), last) {
                after.what = What::Day(last, year);
            }
        }
        _ => {}
    }
}

/// Whether an interval from one to the other does not run backwards.
fn in_order(text: &Text<'_>, before: &Draft, after: &Draft) -> bool {
    if let (What::DayOfMonth(first), What::DayOfMonth(last)) = (before.what, after.what) {
        return first < last;
    }
    let (Some(start), Some(end)) = (before.finish(text), after.finish(text)) else {
        return false;
    };
    match (start.kind.years(), end.kind.years()) {
        (Some((first, _)), Some((_, last))) if first == last => {
            match (month_and_day(before), month_and_day(after)) {
                (Some(first), Some(last)) => first <= last,
                _ => true,
            }
        }
        (Some((first, _)), Some((_, last))) => first < last,
        // Without years the interval may run over the turn of one.
        (None, None) => true,
        _ => false,
    }
}

/// Comparable within a year, so far as both ends say as much.
fn month_and_day(draft: &Draft) -> Option<(u8, u8)> {
    match draft.what {
        What::Day(day, _) => Some((day.month(), day.day())),
        _ => None,
    }
}
