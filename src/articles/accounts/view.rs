//! Accounts that differ, in words and links.

use super::super::model::{Claim, Source};
use super::{Account, Dispute, Teller};
use crate::dates::DateStyle;
use crate::paths;
use crate::site::shell::Link;

/// One property on which accounts differ.
pub(crate) struct DisputeView {
    /// What they differ on.
    pub(crate) property: String,
    /// Each value, with who says so.
    pub(crate) accounts: Vec<AccountView>,
    /// What the editors hold.
    pub(crate) rulings: Vec<RulingView>,
}

/// One of the values.
pub(crate) struct AccountView {
    pub(crate) value: String,
    pub(crate) datetime: Option<String>,
    pub(crate) said: Vec<SaidView>,
}

/// Who says so.
pub(crate) enum SaidView {
    /// A source of this article, in its list below.
    Source(Link),
    /// The article itself, without a source.
    Here,
    /// Sources of another article, perhaps none, and that article.
    Elsewhere { sources: String, article: Link },
}

/// What the editors hold, and the article that says so, if it is another.
pub(crate) struct RulingView {
    pub(crate) text: String,
    pub(crate) article: Option<Link>,
}

/// The disputes of `own`, ready to print on its page.
pub(crate) fn views(own: Teller<'_>, disputes: &[Dispute], style: DateStyle) -> Vec<DisputeView> {
    let view = |dispute: &Dispute| DisputeView {
        property: dispute.property.words(dispute.written, &own.details.dates),
        accounts: dispute
            .accounts
            .iter()
            .map(|account| AccountView {
                value: account.value.words(style),
                datetime: account.value.datetime(),
                said: said(own, account),
            })
            .collect(),
        rulings: rulings(own, dispute),
    };
    disputes.iter().map(view).collect()
}

fn said(own: Teller<'_>, account: &Account<'_>) -> Vec<SaidView> {
    let mut said = Vec::new();
    for (teller, claim) in &account.said {
        if teller.slug != own.slug {
            said.push(SaidView::Elsewhere {
                sources: cited(*teller, claim)
                    .map(Source::short_name)
                    .collect::<Vec<_>>()
                    .join("; "),
                article: link(*teller),
            });
            continue;
        }
        let before = said.len();
        said.extend(cited(*teller, claim).map(|source| {
            SaidView::Source(Link {
                href: format!("#source-{}", source.id),
                label: source.short_name(),
            })
        }));
        if said.len() == before {
            said.push(SaidView::Here);
        }
    }
    said
}

/// Each ruling once, those of the article itself first.
fn rulings(own: Teller<'_>, dispute: &Dispute<'_>) -> Vec<RulingView> {
    let mut rulings: Vec<RulingView> = Vec::new();
    let mut said: Vec<_> = dispute
        .accounts
        .iter()
        .flat_map(|account| &account.said)
        .filter_map(|(teller, claim)| Some((teller, claim.ruling.as_deref()?.trim())))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    said.sort_by_key(|(teller, _)| teller.slug != own.slug);
    for (teller, text) in said {
        if !rulings.iter().any(|known| known.text == text) {
            rulings.push(RulingView {
                text: text.to_owned(),
                article: (teller.slug != own.slug).then(|| link(*teller)),
            });
        }
    }
    rulings
}

/// The sources that a claim cites, in the order of the claim.
fn cited<'a>(teller: Teller<'a>, claim: &'a Claim) -> impl Iterator<Item = &'a Source> {
    claim.sources.iter().filter_map(move |id| {
        teller
            .details
            .sources
            .iter()
            .find(|source| source.id == *id)
    })
}

fn link(teller: Teller<'_>) -> Link {
    Link {
        href: paths::accounts(teller.slug),
        label: teller.title.to_owned(),
    }
}
