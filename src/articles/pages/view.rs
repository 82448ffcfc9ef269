//! An article in finished words and links, ready to print.

use super::citing::notes_by_source;
use super::date::DateView;
use super::illustration::IllustrationView;
use crate::articles::accounts::{self, DisputeView, Holder, Teller};
use crate::articles::model::{Correction, CorrectionKind, Registry, site_date_words};
use crate::articles::queries::Whole;
use crate::articles::{MapView, SourceView, teaser};
use crate::cartography::Locator;
use crate::dates::DateStyle;
use crate::markdown::RenderedHtml;
use crate::paths;
use crate::site::shell::Link;

pub(super) struct ArticleView {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) date: DateView,
    pub(super) other_dates: Vec<DateView>,
    pub(super) date_note: Option<String>,
    pub(super) places: Vec<Link>,
    pub(super) people: Vec<Link>,
    pub(super) organisations: Vec<Link>,
    pub(super) topics: Vec<Link>,
    pub(super) illustration: Option<IllustrationView>,
    pub(super) map: Option<MapView>,
    pub(super) byline: Option<String>,
    pub(super) reviewer: Option<String>,
    pub(super) published: Option<(String, String)>,
    pub(super) updated_words: Option<String>,
    pub(super) body: RenderedHtml,
    pub(super) notes: RenderedHtml,
    pub(super) has_notes: bool,
    pub(super) sources: Vec<SourceView>,
    pub(super) disputes: Vec<DisputeView>,
    pub(super) corrections: Vec<CorrectionView>,
    /// What the head says of them: "Corrected November 23, 2026".
    pub(super) corrected: Option<String>,
    pub(super) report_href: String,
    pub(super) revision: i64,
    pub(super) draft: bool,
}

pub(super) struct CorrectionView {
    pub(super) kind: &'static str,
    pub(super) date_words: String,
    pub(super) text: String,
}

impl ArticleView {
    pub(super) fn new(
        article: Whole,
        map: Option<&Locator>,
        holders: &[Holder],
        style: DateStyle,
    ) -> ArticleView {
        let own = Teller::from(&article);
        let disputes = accounts::disputes(own, holders);
        let disputed = accounts::dates_among(own, &disputes);
        let disputes = accounts::views(own, &disputes, style);
        let Whole {
            slug,
            revision,
            title,
            summary,
            draft,
            details,
            html,
            notes,
            tags,
            picture,
            ..
        } = article;
        let updated_words = details.updated().map(|day| site_date_words(day, style));
        let mut date = None;
        let mut other_dates = Vec::new();
        for (index, one) in details.dates.iter().enumerate() {
            let view = DateView::new(one, disputed.contains(&index), style);
            if one.primary && date.is_none() {
                date = Some(view);
            } else {
                other_dates.push(view);
            }
        }
        let map = map.map(|locator| MapView::of_article(&slug, locator));
        let illustration = details
            .illustration
            .zip(picture)
            .map(|(described, stored)| IllustrationView::new(described, &stored));
        let notes = RenderedHtml::from_stored(notes);
        let mut notes_by_source = notes_by_source(&notes);
        let sources = details
            .sources
            .into_iter()
            .map(|source| SourceView {
                cited_in: notes_by_source
                    .remove(source.id.as_str())
                    .unwrap_or_default(),
                ..SourceView::new(source, style)
            })
            .collect();
        ArticleView {
            title,
            summary,
            date: date.unwrap_or_else(DateView::unknown),
            other_dates,
            date_note: details.date_note,
            places: teaser::links(&tags, Registry::Places),
            people: teaser::links(&tags, Registry::People),
            organisations: teaser::links(&tags, Registry::Organisations),
            topics: teaser::links(&tags, Registry::Topics),
            illustration,
            map,
            byline: details.author,
            reviewer: details.reviewer,
            published: details
                .published
                .map(|day| (site_date_words(&day, style), day)),
            updated_words,
            has_notes: !notes.is_empty(),
            body: RenderedHtml::from_stored(html),
            notes,
            sources,
            disputes,
            corrected: corrected(&details.corrections, style),
            corrections: details
                .corrections
                .into_iter()
                .map(|one| CorrectionView {
                    kind: one.kind.words(),
                    date_words: site_date_words(&one.date, style),
                    text: one.text,
                })
                .collect(),
            report_href: paths::report(&slug, revision, None),
            revision,
            draft,
        }
    }
}

/// The latest change that matters to those who have read the article before;
/// on one day a correction matters more than a clarification.
fn corrected(corrections: &[Correction], style: DateStyle) -> Option<String> {
    let (date, kind) = corrections
        .iter()
        .filter_map(|one| match one.kind {
            CorrectionKind::Correction => Some((&one.date, "Corrected")),
            CorrectionKind::Clarification => Some((&one.date, "Clarified")),
            CorrectionKind::Minor => None,
        })
        .max_by_key(|(date, kind)| (*date, *kind == "Corrected"))?;
    Some(format!("{kind} {}", site_date_words(date, style)))
}
