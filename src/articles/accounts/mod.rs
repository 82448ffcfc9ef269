//! Accounts that differ: claims of one article, or of several, that give
//! unlike values for one property of one subject.
//!
//! Pure. `queries` asks for the articles that hold claims on a subject, once
//! for a whole page; here their claims are held against each other.

mod contradiction;
mod property;
mod value;
mod view;

use std::collections::BTreeSet;

use super::model::{Claim, Details, EventDate};
use super::queries::{Listed, Whole};
use property::Property;
use value::{Value, is_same_date};

pub(super) use contradiction::contradictions;
pub use contradiction::{Account as DisputedAccount, Contradiction, Saying, claimed_date};
pub(super) use view::views;
pub(crate) use view::{DisputeView, SaidView};

/// An article that holds claims.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) details: Details,
}

/// What is read of an article, in whatever form a page has it.
#[derive(Clone, Copy)]
pub(super) struct Teller<'a> {
    slug: &'a str,
    title: &'a str,
    details: &'a Details,
}

/// One property of one subject on which accounts differ.
pub(super) struct Dispute<'a> {
    subject: &'a str,
    property: Property,
    /// As an editor wrote it.
    written: &'a str,
    /// At least two, unlike each other; those of the article itself first.
    accounts: Vec<Account<'a>>,
}

/// One of the values, with everyone who says so.
struct Account<'a> {
    value: Value,
    said: Vec<(Teller<'a>, &'a Claim)>,
}

/// The disputes in which an article takes part, in the order of its claims.
/// `others` may hold the article itself, which is passed over.
pub(super) fn disputes<'a>(own: Teller<'a>, others: &'a [Holder]) -> Vec<Dispute<'a>> {
    let mut disputes: Vec<Dispute> = Vec::new();
    for claim in &own.details.claims {
        let subject = claim.subject.as_str();
        let property = Property::read(&claim.property);
        let known = |one: &Dispute| one.subject == subject && one.property == property;
        if disputes.iter().any(known) {
            continue;
        }
        let tellers = others
            .iter()
            .map(Teller::from)
            .filter(|other| other.slug != own.slug);
        let mut accounts = Vec::new();
        for teller in std::iter::once(own).chain(tellers) {
            gather(teller, subject, &property, &mut accounts);
        }
        disputes.push(Dispute {
            subject,
            property,
            written: &claim.property,
            accounts,
        });
    }
    disputes.retain(|dispute| dispute.accounts.len() > 1);
    disputes
}

/// Which of an article's dates are disputed, as indexes of `details.dates`.
pub(super) fn disputed_dates(own: Teller<'_>, others: &[Holder]) -> BTreeSet<usize> {
    if !has_claims_on_dates(own.details) {
        return BTreeSet::new();
    }
    dates_among(own, &disputes(own, others))
}

/// The same, where the disputes are known already.
pub(super) fn dates_among(own: Teller<'_>, disputes: &[Dispute]) -> BTreeSet<usize> {
    let mut disputed = BTreeSet::new();
    for dispute in disputes.iter().filter(|one| one.property.is_date()) {
        for (index, date) in own.details.dates.iter().enumerate() {
            if dispute.is_about(own, date) {
                disputed.insert(index);
            }
        }
    }
    disputed
}

/// Whether accounts differ on where it happened.
pub(super) fn is_place_disputed(own: Teller<'_>, others: &[Holder]) -> bool {
    disputes(own, others)
        .iter()
        .any(|dispute| dispute.property.is_place())
}

/// The subjects on which an article claims a date. Without any, no other
/// article need be asked before its dates are shown.
pub(super) fn subjects_with_dates(details: &Details) -> impl Iterator<Item = &str> {
    details
        .claims
        .iter()
        .filter(|claim| Property::read(&claim.property).is_date())
        .map(|claim| claim.subject.as_str())
}

fn has_claims_on_dates(details: &Details) -> bool {
    subjects_with_dates(details).next().is_some()
}

/// Adds what one article claims to the accounts so far.
fn gather<'a>(
    teller: Teller<'a>,
    subject: &str,
    property: &Property,
    accounts: &mut Vec<Account<'a>>,
) {
    for claim in &teller.details.claims {
        if claim.subject.as_str() != subject || Property::read(&claim.property) != *property {
            continue;
        }
        let value = Value::read(claim, property, teller.details);
        match accounts.iter_mut().find(|one| one.value.is_like(&value)) {
            Some(account) => account.said.push((teller, claim)),
            None => accounts.push(Account {
                value,
                said: vec![(teller, claim)],
            }),
        }
    }
}

impl Dispute<'_> {
    /// Whether it is about this date of the article: the property names it, or
    /// it is another that plays the same part, on a day that is claimed.
    ///
    /// An article that only speaks of another one's event may claim the date of
    /// that event. Its own date is then disputed only if it is the one claimed.
    fn is_about(&self, own: Teller<'_>, date: &EventDate) -> bool {
        let primary = own.details.primary();
        let plays_the_part = self.property == Property::Date
            && date.role.is_some()
            && primary.is_some_and(|primary| primary.role == date.role);
        let of_another =
            own.slug != self.subject && self.tellers().any(|teller| teller.slug == self.subject);
        if self.property.names(date) {
            !of_another || self.claims(date)
        } else {
            plays_the_part && self.claims(date)
        }
    }

    /// Whether one of the accounts gives this date.
    fn claims(&self, date: &EventDate) -> bool {
        let Ok(date) = date.date() else {
            return false;
        };
        self.accounts.iter().any(|account| match &account.value {
            Value::Date(claimed) => is_same_date(claimed, &date),
            Value::Words(_) => false,
        })
    }

    fn tellers(&self) -> impl Iterator<Item = Teller<'_>> {
        self.accounts
            .iter()
            .flat_map(|account| account.said.iter().map(|(teller, _)| *teller))
    }
}

impl<'a> From<&'a Holder> for Teller<'a> {
    fn from(holder: &'a Holder) -> Teller<'a> {
        Teller {
            slug: &holder.slug,
            title: &holder.title,
            details: &holder.details,
        }
    }
}

impl<'a> From<&'a Listed> for Teller<'a> {
    fn from(listed: &'a Listed) -> Teller<'a> {
        Teller {
            slug: &listed.slug,
            title: &listed.title,
            details: &listed.details,
        }
    }
}

impl<'a> From<&'a Whole> for Teller<'a> {
    fn from(article: &'a Whole) -> Teller<'a> {
        Teller {
            slug: &article.slug,
            title: &article.title,
            details: &article.details,
        }
    }
}
