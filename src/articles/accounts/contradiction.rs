//! Accounts that differ, as values: for programs, and for whoever looks at a
//! subject rather than at one article.

use std::collections::BTreeSet;

use super::super::model::{Claim, Details, Slug, Source};
use super::property::{Property, plain};
use super::value::Value;
use super::{Dispute, Holder, Teller, disputes};
use crate::dates::HistoricalDate;

/// One property of one subject on which accounts differ.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The subject, a slug of its own.
    pub subject: String,
    /// The property, as its first teller writes it.
    pub property: String,
    /// At least two, unlike each other.
    pub accounts: Vec<Account>,
}

/// One of the values, with everyone who says so.
#[derive(Clone, Debug)]
pub struct Account {
    /// As the first of them writes it.
    pub value: String,
    /// The value, if the property is a date and this is one.
    pub date: Option<HistoricalDate>,
    /// At least one.
    pub said: Vec<Saying>,
}

/// An article that says so.
#[derive(Clone, Debug)]
pub struct Saying {
    /// Its permanent name.
    pub slug: String,
    /// Its headline.
    pub title: String,
    /// The works that it cites for this; may be none.
    pub sources: Vec<Source>,
    /// What its editors hold.
    pub ruling: Option<String>,
}

/// The date that a claim gives, if its property is a date and its value is
/// one; in the calendar of the article's date that it is about.
#[must_use]
pub fn claimed_date(claim: &Claim, details: &Details) -> Option<HistoricalDate> {
    let property = Property::read(&claim.property);
    match Value::read(claim, &property, details) {
        Value::Date(date) => Some(date),
        Value::Words(_) => None,
    }
}

/// All contradictions about one subject among these articles, by property. The
/// subject's own article speaks first.
pub(in crate::articles) fn contradictions(subject: &str, holders: &[Holder]) -> Vec<Contradiction> {
    let mut tellers: Vec<&Holder> = holders.iter().collect();
    tellers.sort_by_key(|holder| holder.slug != subject);
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for holder in tellers {
        for dispute in disputes(Teller::from(holder), holders) {
            if dispute.subject == subject && known.insert(plain(dispute.written)) {
                found.push((dispute.property.clone(), Contradiction::from(&dispute)));
            }
        }
    }
    // Two spellings of one property are one contradiction.
    let mut properties: Vec<Property> = Vec::new();
    let mut list: Vec<Contradiction> = Vec::new();
    for (property, one) in found {
        if !properties.contains(&property) {
            properties.push(property);
            list.push(one);
        }
    }
    list.sort_by(|one, other| one.property.cmp(&other.property));
    list
}

impl From<&Dispute<'_>> for Contradiction {
    fn from(dispute: &Dispute<'_>) -> Contradiction {
        let accounts = dispute.accounts.iter().map(|account| Account {
            value: account
                .said
                .first()
                .map(|(_, claim)| claim.value.trim().to_owned())
                .unwrap_or_default(),
            date: match &account.value {
                Value::Date(date) => Some(date.clone()),
                Value::Words(_) => None,
            },
            said: account
                .said
                .iter()
                .map(|(teller, claim)| saying(*teller, claim))
                .collect(),
        });
        Contradiction {
            subject: dispute.subject.to_owned(),
            property: dispute.written.trim().to_owned(),
            accounts: accounts.collect(),
        }
    }
}

fn saying(teller: Teller<'_>, claim: &Claim) -> Saying {
    let cited = |id: &Slug| {
        let mut sources = teller.details.sources.iter();
        sources.find(|source| source.id == *id).cloned()
    };
    Saying {
        slug: teller.slug.to_owned(),
        title: teller.title.to_owned(),
        sources: claim.sources.iter().filter_map(cited).collect(),
        ruling: claim.ruling.clone(),
    }
}
