//! An article in finished words and links, ready to print.

use super::citing::notes_by_source;
use super::date::DateView;
use super::illustration::IllustrationView;
use crate::articles::accounts::{self, DisputeView, Holder, Teller};
use crate::articles::model::{Correction, CorrectionKind, Registry, site_date_words};
use crate::articles::queries::Whole;
use crate::articles::{HoldNotice, MapView, Notices, SourceView, teaser};
use crate::cartography::Locator;
use crate::dates::DateStyle;
use crate::markdown::RenderedHtml;
use crate::paths::{self, sharing};
use crate::site::shell::Link;

/// What an article's page and the pages of its revisions show.
pub(crate) struct ArticleView {
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) date: DateView,
    pub(crate) other_dates: Vec<DateView>,
    pub(crate) date_note: Option<String>,
    pub(crate) places: Vec<Link>,
    pub(crate) people: Vec<Link>,
    pub(crate) organisations: Vec<Link>,
    pub(crate) topics: Vec<Link>,
    pub(crate) illustration: Option<IllustrationView>,
    pub(crate) map: Option<MapView>,
    pub(crate) byline: Option<String>,
    pub(crate) reviewer: Option<String>,
    pub(crate) published: Option<(String, String)>,
    pub(crate) updated_words: Option<String>,
    pub(crate) body: RenderedHtml,
    pub(crate) notes: RenderedHtml,
    pub(crate) has_notes: bool,
    pub(crate) sources: Vec<SourceView>,
    pub(crate) disputes: Vec<DisputeView>,
    /// What was changed in it, and why.
    pub(crate) notices: Notices,
    /// What the head says of a clarification below, if nothing weightier came
    /// after it: "Clarified November 23, 2026".
    pub(crate) clarified: Option<String>,
    /// What is on hold in it.
    pub(crate) holds: Vec<HoldNotice>,
    pub(crate) report_href: String,
    pub(crate) history_href: String,
    pub(crate) source_href: String,
    pub(crate) share_href: String,
    pub(crate) cite_href: String,
    /// The picture that leads from paper to the page.
    pub(crate) qr_href: String,
    /// The path to hand on: it says which revision its reader saw.
    pub(crate) shared_path: String,
    pub(crate) revision: i64,
    pub(crate) draft: bool,
}

impl ArticleView {
    pub(crate) fn new(
        article: Whole,
        map: Option<&Locator>,
        holders: &[Holder],
        notices: Notices,
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
            holds,
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
            clarified: clarified(&details.corrections, style),
            notices,
            holds: HoldNotice::of(&holds),
            history_href: paths::record::history(&slug),
            source_href: paths::record::source(&slug),
            share_href: sharing::share(&slug),
            cite_href: sharing::cite(&slug),
            qr_href: sharing::qr(&slug),
            shared_path: sharing::shared(&slug, revision),
            report_href: paths::report(&slug, revision, None),
            revision,
            draft,
        }
    }

    /// The absolute address to hand on; `base_url` has no slash at its end.
    pub(crate) fn shared_address(&self, base_url: &str) -> String {
        paths::absolute(base_url, &self.shared_path)
    }

    /// A mail with the title and the address, to be addressed by the reader.
    pub(crate) fn mail_href(&self, base_url: &str) -> String {
        sharing::mail(&self.title, &self.shared_address(base_url))
    }
}

/// The latest clarification, unless a correction of that day or later stands
/// above the text and says more.
fn clarified(corrections: &[Correction], style: DateStyle) -> Option<String> {
    let latest = |kind: CorrectionKind| {
        let of_kind = corrections.iter().filter(move |one| one.kind == kind);
        of_kind.map(|one| one.date.as_str()).max()
    };
    let date = latest(CorrectionKind::Clarification)?;
    let is_latest = latest(CorrectionKind::Correction).is_none_or(|corrected| corrected < date);
    is_latest.then(|| format!("Clarified {}", site_date_words(date, style)))
}
