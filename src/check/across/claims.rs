//! Claims that contradict each other.

use std::collections::BTreeMap;

use super::{Sketch, SketchedClaim};
use crate::content::{Diagnostic, Place};

/// So many unlike values are listed below a finding; more help nobody.
const MOST_NOTES: usize = 5;

type Told<'a> = (&'a Sketch, &'a SketchedClaim);

/// Unlike values without a ruling, and works that are cited for two of them.
pub(super) fn find(sketches: &[&Sketch]) -> Vec<Diagnostic> {
    let mut by_subject: BTreeMap<&(String, String), Vec<Told>> = BTreeMap::new();
    for sketch in sketches {
        for claim in &sketch.claims {
            by_subject
                .entry(&claim.about)
                .or_default()
                .push((sketch, claim));
        }
    }
    let mut found = Vec::new();
    for told in by_subject.values() {
        let differs = told
            .iter()
            .any(|(_, claim)| claim.likeness != told[0].1.likeness);
        if !differs {
            continue;
        }
        if !told.iter().any(|(_, claim)| claim.ruled) {
            unruled(told, &mut found);
        }
        twice_cited(told, &mut found);
    }
    found
}

/// One finding in each article that takes part.
fn unruled(told: &[Told], found: &mut Vec<Diagnostic>) {
    // The first claim of each value stands for all that agree with it.
    let mut values: Vec<Told> = Vec::new();
    for (sketch, claim) in told {
        let known = |(_, other): &Told| other.likeness == claim.likeness;
        if values.len() <= MOST_NOTES && !values.iter().any(known) {
            values.push((sketch, claim));
        }
    }
    let mut last = None;
    for (sketch, claim) in told {
        if last.replace(&sketch.path) == Some(&sketch.path) {
            continue;
        }
        let message = format!(
            "accounts differ on the {} of `{}`, and no ruling says what the editors hold",
            claim.property, claim.about.0
        );
        let mut finding = Diagnostic::warning_at(&claim.place, "X002", &message);
        let unlike = |(_, other): &&Told| other.likeness != claim.likeness;
        for (elsewhere, other) in values.iter().filter(unlike).take(MOST_NOTES) {
            let note = format!("“{}” here, but “{}” there", claim.value, other.value);
            finding = finding.note(&note, Some(place(sketch, elsewhere, other)));
        }
        let help = "add `ruling:` to one of the claims, or correct the one that is wrong";
        found.push(finding.help(help).in_file(&sketch.path));
    }
}

/// A work says one thing; cited for two unlike values, it is misread once.
fn twice_cited(told: &[Told], found: &mut Vec<Diagnostic>) {
    let mut first_cited: BTreeMap<&str, Told> = BTreeMap::new();
    for (sketch, claim) in told {
        for (id, work) in claim.works.iter().filter(|(_, work)| !work.is_empty()) {
            let (earlier, first) = *first_cited.entry(work).or_insert((sketch, claim));
            if first.likeness == claim.likeness {
                continue;
            }
            let message = format!(
                "the source `{id}` is cited for “{}” and for “{}” as the {} of `{}`",
                claim.value, first.value, claim.property, claim.about.0
            );
            let note = format!("here it is cited for “{}”", first.value);
            found.push(
                Diagnostic::warning_at(&claim.place, "X004", &message)
                    .note(&note, Some(place(sketch, earlier, first)))
                    .help("look it up again, and cite it for what it says")
                    .in_file(&sketch.path),
            );
        }
    }
}

fn place(from: &Sketch, to: &Sketch, claim: &SketchedClaim) -> Place {
    let mut place = claim.place.clone();
    if from.path != to.path {
        place.file.clone_from(&to.path);
    }
    place
}
