//! The ledger in words: finished sentences and links for the templates.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::choice::{Choice, Facet};
use super::figures::{Figures, Tally};
use super::model::{self, Entry, note_kind_words, printable};
use super::register::Sheet;
use crate::articles::model::site_date_words;
use crate::cases::{Category, NoteKind, PublicStep, State};
use crate::dates::{DateStyle, Day};
use crate::paths::record;
use crate::site::shell::Link;

/// How dates are told: by the clock of the site, in its style.
#[derive(Clone, Copy)]
pub(super) struct Reckoning<'a> {
    pub(super) zone: &'a TimeZone,
    pub(super) style: DateStyle,
}

/// The cases of one year, as far as a page shows them.
pub(super) struct YearView {
    pub(super) name: String,
    pub(super) cases: Vec<CaseView>,
}

/// A case in the register and on its own page.
pub(super) struct CaseView {
    pub(super) id: String,
    pub(super) href: String,
    pub(super) outcome: &'static str,
    /// What the accent says: `right` where the article was at fault, else
    /// `declined` or `reopened`.
    pub(super) tone: &'static str,
    /// What the outcome means just now, where a word does not say it.
    pub(super) standing: Option<&'static str>,
    pub(super) subject: String,
    pub(super) subject_href: Option<String>,
    pub(super) text: String,
    pub(super) category: &'static str,
    /// "decided after 3 days"
    pub(super) days: String,
    pub(super) date: DateView,
    pub(super) history: Option<String>,
    pub(super) revision: Option<Link>,
    pub(super) article_cases: Option<String>,
}

/// A day of ours.
pub(super) struct DateView {
    /// "November 22, 2026"
    pub(super) words: String,
    /// "November 22"
    pub(super) short: String,
    /// `2026-11-22`
    pub(super) iso: String,
}

/// A step of a case.
pub(super) struct StepView {
    pub(super) date: DateView,
    pub(super) words: String,
    /// What the editors said with it, where it is not said above.
    pub(super) text: Option<String>,
}

/// A figure at the head of the ledger.
pub(super) struct FigureView {
    pub(super) label: &'static str,
    pub(super) figure: String,
    pub(super) unit: &'static str,
}

/// The figures of one year.
pub(super) struct YearFigures {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) cases: usize,
    pub(super) right: String,
    pub(super) median: String,
}

/// One way of choosing, with its values.
pub(super) struct FacetView {
    pub(super) label: &'static str,
    /// All values; the first is "All" and leads back.
    pub(super) options: Vec<OptionView>,
}

/// One value of a facet.
pub(super) struct OptionView {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) count: usize,
    pub(super) href: String,
    pub(super) is_chosen: bool,
}

impl Reckoning<'_> {
    /// The day of a moment in epoch milliseconds.
    pub(super) fn date(&self, milliseconds: i64) -> DateView {
        let day = model::day(milliseconds, self.zone);
        DateView {
            words: site_date_words(&day.to_string(), self.style),
            short: short(day, self.style),
            iso: day.to_string(),
        }
    }
}

/// The cases of a page under the years of their decisions, in their order.
pub(super) fn by_year(entries: Vec<Entry>, reckoning: Reckoning<'_>) -> Vec<YearView> {
    let mut years: Vec<YearView> = Vec::new();
    for entry in entries {
        let day = model::day(entry.course.decided_at, reckoning.zone);
        let name = day.year().to_string();
        let case = CaseView::new(entry, reckoning);
        match years.last_mut().filter(|year| year.name == name) {
            Some(year) => year.cases.push(case),
            None => years.push(YearView {
                name,
                cases: vec![case],
            }),
        }
    }
    years
}

impl CaseView {
    pub(super) fn new(entry: Entry, reckoning: Reckoning<'_>) -> CaseView {
        let slug = entry.subject.slug().map(str::to_owned);
        let cases = |slug: &String| record::ledger_of(&[(Facet::Article.as_str(), slug.clone())]);
        CaseView {
            href: record::case(&entry.id),
            outcome: entry.outcome(),
            tone: match entry.state {
                State::Corrected | State::Accepted => "right",
                State::Reopened => "reopened",
                _ => "declined",
            },
            standing: match entry.state {
                State::Accepted => Some("The article is not changed yet."),
                State::Reopened => {
                    Some("This decision was taken back, and the case is open again:")
                }
                _ => None,
            },
            subject: entry.subject.title().to_owned(),
            subject_href: entry.subject.path(),
            category: entry.category.phrase(),
            days: days_words(entry.course.days()),
            date: reckoning.date(entry.course.decided_at),
            history: slug.as_deref().map(record::history),
            revision: entry
                .revision
                .zip(entry.revision_path())
                .map(|(number, href)| Link {
                    href,
                    label: format!("Revision {number}"),
                }),
            article_cases: slug.as_ref().map(cases),
            text: entry.text,
            id: entry.id,
        }
    }
}

/// Each step in a sentence. What the editors said is repeated only where it is
/// not `text`, which stands above.
pub(super) fn steps(steps: Vec<PublicStep>, text: &str, reckoning: Reckoning<'_>) -> Vec<StepView> {
    steps
        .into_iter()
        .map(|step| {
            let why = printable(&step.why);
            let words = match step.state {
                State::Checking => "A report was received.".to_owned(),
                State::Accepted => "Found right: the article is to be corrected.".to_owned(),
                State::Corrected => "The article was corrected.".to_owned(),
                State::Declined => "Declined: the article stays as it is.".to_owned(),
                State::Merged => format!("Put together with case {why}, which is about the same."),
                State::Reopened => "Reopened: the decision was taken back.".to_owned(),
            };
            let is_said = why.is_empty() || why == text || step.state == State::Merged;
            StepView {
                date: reckoning.date(step.at),
                words,
                text: (!is_said).then_some(why),
            }
        })
        .collect()
}

/// The four figures, as far as there is something to measure.
pub(super) fn figures(figures: &Figures) -> Vec<FigureView> {
    let mut views = Vec::new();
    if let Some(days) = figures.all.median_days {
        let (figure, unit) = median_words(days);
        views.push(FigureView {
            label: "from a report to the decision, at the median",
            figure,
            unit,
        });
    }
    if let Some(share) = figures.all.accepted_share() {
        views.push(FigureView {
            label: "of the decided reports were right",
            figure: percent(share),
            unit: "%",
        });
    }
    views.push(FigureView {
        label: if figures.open == 1 {
            "case is open"
        } else {
            "cases are open"
        },
        figure: figures.open.to_string(),
        unit: "",
    });
    if let Some(days) = figures.oldest_open_days {
        views.push(FigureView {
            label: "is the age of the oldest open case",
            figure: days.to_string(),
            unit: if days == 1 { "day" } else { "days" },
        });
    }
    views
}

/// The figures of each year, with the way to its cases.
pub(super) fn years(figures: &Figures) -> Vec<YearFigures> {
    let view = |(year, tally): &(i16, Tally)| YearFigures {
        name: year.to_string(),
        href: record::ledger_of(&[(Facet::Year.as_str(), year.to_string())]),
        cases: tally.listed,
        right: tally
            .accepted_share()
            .map_or_else(|| "–".to_owned(), |share| format!("{} %", percent(share))),
        median: tally.median_days.map_or_else(
            || "–".to_owned(),
            |days| {
                let (figure, unit) = median_words(days);
                format!("{figure} {unit}")
            },
        ),
    };
    figures.years.iter().map(view).collect()
}

/// The ways of choosing that have something to choose from; articles are
/// left to [`articles`].
pub(super) fn facets(sheet: &Sheet, choice: &Choice) -> Vec<FacetView> {
    Facet::ALL
        .into_iter()
        .filter(|facet| *facet != Facet::Article)
        .map(|facet| FacetView {
            label: label(facet),
            options: options(sheet, choice, facet),
        })
        .filter(|facet| facet.options.len() > 1)
        .collect()
}

/// The articles to choose from, by title.
pub(super) fn articles(sheet: &Sheet, choice: &Choice) -> Vec<OptionView> {
    let mut articles = options(sheet, choice, Facet::Article);
    if let Some(titles) = articles.get_mut(1..) {
        titles.sort_by_cached_key(|one| one.label.to_lowercase());
    }
    articles
}

/// What is chosen, for the line above the cases: "declined, about a date, in
/// 2026".
pub(super) fn chosen_words(choice: &Choice, sheet: &Sheet) -> String {
    let mut words = Vec::new();
    if let Some(outcome) = choice.outcome {
        words.push(outcome.words().to_lowercase());
    }
    if let Some(kind) = choice.kind {
        words.push(match kind {
            NoteKind::Minor => "with a minor edit".to_owned(),
            other => format!("with a {}", note_kind_words(other).to_lowercase()),
        });
    }
    if let Some(category) = choice.category {
        words.push(format!("about {}", category.phrase()));
    }
    if let Some(year) = choice.year {
        words.push(format!("decided in {year}"));
    }
    if let Some(slug) = &choice.article {
        let title = sheet.titles.get(slug).map_or(slug.as_str(), String::as_str);
        words.push(format!("on “{title}”"));
    }
    words.join(", ")
}

fn options(sheet: &Sheet, choice: &Choice, facet: Facet) -> Vec<OptionView> {
    let counts = sheet.counts.iter().find(|(one, _)| *one == facet);
    let chosen = choice.value(facet);
    let mut options: Vec<OptionView> = counts
        .into_iter()
        .flat_map(|(_, counts)| counts)
        .map(|(value, count)| OptionView {
            label: value_words(facet, value, sheet),
            value: value.clone(),
            count: *count,
            href: record::ledger_of(&choice.with(facet, Some(value))),
            is_chosen: chosen.as_ref() == Some(value),
        })
        .collect();
    match facet {
        Facet::Year => options.reverse(),
        _ => options.sort_by_key(|one| std::cmp::Reverse(one.count)),
    }
    options.insert(
        0,
        OptionView {
            label: "All".to_owned(),
            value: String::new(),
            count: 0,
            href: record::ledger_of(&choice.with(facet, None)),
            is_chosen: chosen.is_none(),
        },
    );
    options
}

const fn label(facet: Facet) -> &'static str {
    match facet {
        Facet::Outcome => "Outcome",
        Facet::Kind => "Kind of note",
        Facet::Category => "What it was about",
        Facet::Year => "Year of the decision",
        Facet::Article => "Article",
    }
}

fn value_words(facet: Facet, value: &str, sheet: &Sheet) -> String {
    let words = match facet {
        Facet::Outcome => State::parse(value).map(|state| state.words().to_owned()),
        Facet::Kind => NoteKind::parse(value).map(|kind| note_kind_words(kind).to_owned()),
        Facet::Category => Some(Category::of_row(value).phrase().to_owned()),
        Facet::Article => sheet.titles.get(value).cloned(),
        Facet::Year => None,
    };
    words.unwrap_or_else(|| value.to_owned())
}

/// "decided after 3 days"
fn days_words(days: i64) -> String {
    match days {
        0 => "decided within a day".to_owned(),
        1 => "decided after a day".to_owned(),
        _ => format!("decided after {days} days"),
    }
}

/// A number of days as large figures show it: whole, because a tenth of a day
/// means nothing to a reader.
fn median_words(days: f64) -> (String, &'static str) {
    let figure = if days < 1.0 {
        "<\u{2009}1".to_owned()
    } else {
        format!("{days:.0}")
    };
    let unit = if days < 1.5 { "day" } else { "days" };
    (figure, unit)
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

fn short(day: Date, style: DateStyle) -> String {
    let parts = u8::try_from(day.month())
        .ok()
        .zip(u8::try_from(day.day()).ok());
    parts
        .and_then(|(month, day)| Day::new(month, day))
        .map_or_else(|| day.to_string(), |day| day.words(style))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_is_told_in_whole_days() {
        assert_eq!(median_words(0.3), ("<\u{2009}1".to_owned(), "day"));
        assert_eq!(median_words(1.2), ("1".to_owned(), "day"));
        assert_eq!(median_words(2.6), ("3".to_owned(), "days"));
    }

    #[test]
    fn a_date_is_that_of_the_sites_own_clock() {
        let seoul = TimeZone::get("Asia/Seoul").unwrap();
        let date = |zone| {
            let style = DateStyle::Mdy;
            Reckoning { zone, style }.date(1_795_304_705_123)
        };
        assert_eq!(date(&seoul).words, "November 22, 2026");
        assert_eq!(date(&seoul).short, "November 22");
        assert_eq!(date(&TimeZone::UTC).iso, "2026-11-21");
    }
}
