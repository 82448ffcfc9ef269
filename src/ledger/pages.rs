//! The ledger and its cases as pages.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde_json::Value;

use super::CACHE;
use super::choice::{Choice, Facet};
use super::register::{self, Asked, Found, Sheet};
use super::structured;
use super::views::{
    CaseView, FacetView, FigureView, OptionView, Reckoning, StepView, YearFigures, YearView,
    articles, by_year, chosen_words, facets, figures, steps, years,
};
use crate::articles::Audience;
use crate::config::Config;
use crate::db::Db;
use crate::error::AppError;
use crate::paths::{self, record};
use crate::site;
use crate::site::feed::Format;
use crate::site::shell::{Identity, Link, Shell};

/// The register of decided cases.
#[derive(Template)]
#[template(path = "ledger/index.html")]
struct IndexPage {
    shell: Shell,
    links: Links,
    figures: Vec<FigureView>,
    figures_by_year: Vec<YearFigures>,
    /// Whether a case was ever decided.
    is_begun: bool,
    choosing: Choosing,
    years: Vec<YearView>,
    turn: Turn,
    structured: Value,
}

/// What can be chosen, and what is.
struct Choosing {
    is_narrow: bool,
    /// "3 cases"
    number: String,
    words: String,
    facets: Vec<FacetView>,
    articles: Vec<OptionView>,
    /// What is chosen besides an article, for the form that chooses one.
    kept: Vec<(&'static str, String)>,
}

/// The pages before and after.
struct Turn {
    page: usize,
    pages: usize,
    newer: Option<String>,
    older: Option<String>,
}

/// Where the page leads besides its cases.
struct Links {
    ledger: &'static str,
    feeds: [Link; 3],
    policy: String,
    contact: &'static str,
    random: &'static str,
}

/// One case.
#[derive(Template)]
#[template(path = "ledger/case.html")]
struct CasePage {
    shell: Shell,
    links: Links,
    case: CaseView,
    steps: Vec<StepView>,
    structured: Value,
}

/// A case that another answers.
#[derive(Template)]
#[template(path = "ledger/merged.html")]
struct MergedPage {
    shell: Shell,
    links: Links,
    id: String,
    into: Link,
    is_answered: bool,
    steps: Vec<StepView>,
}

/// What both handlers work with.
type Given = (
    HttpRequest,
    web::Data<Db>,
    web::Data<Audience>,
    web::Data<Identity>,
    web::Data<Config>,
);

/// `GET /corrections`
pub(super) async fn index(
    (request, db, audience, site, config): Given,
) -> Result<HttpResponse, AppError> {
    let choice = Choice::parse(request.query_string()).map_err(AppError::BadRequest)?;
    let asked = Asked::now(&audience, &site);
    let wanted = choice.clone();
    let sheet = db
        .read_public(move |conn| register::sheet(conn, &asked, &wanted))
        .await?
        .ok_or(AppError::NotFound)?;
    let reckoning = Reckoning {
        zone: &audience.zone,
        style: config.date_style,
    };
    let turn = Turn::new(&sheet, &choice);
    let path = record::ledger_of(&choice.at(choice.page));
    let mut shell = Shell::new(&site, &path)
        .title("Corrections")
        .description(format!(
            "Every report of an error in {} that the editors have decided, with what came of it and how long it took.",
            site.name
        ))
        .neighbours(turn.newer.clone(), turn.older.clone());
    shell = with_feeds(shell, &site);
    if choice.is_narrow() {
        // Of all choices that can be made of one list, search engines need none.
        shell = shell.unlisted();
    }
    let address = paths::absolute(&site.base_url, &path);
    let page = IndexPage {
        structured: structured::collection(
            &sheet.entries,
            &format!("{}: corrections", site.name),
            &address,
            &site.base_url,
        ),
        shell,
        links: Links::new(),
        is_begun: sheet.figures.all.listed > 0,
        figures: figures(&sheet.figures),
        figures_by_year: years(&sheet.figures),
        choosing: Choosing::new(&sheet, &choice),
        years: by_year(sheet.entries, reckoning),
        turn,
    };
    site::page(&page, CACHE)
}

/// `GET /corrections/{case}`
pub(super) async fn show(
    id: web::Path<String>,
    (_, db, audience, site, config): Given,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let asked = Asked::now(&audience, &site);
    let found = db
        .read_public(move |conn| register::case(conn, &asked, &id))
        .await?
        .ok_or(AppError::NotFound)?;
    let reckoning = Reckoning {
        zone: &audience.zone,
        style: config.date_style,
    };
    let shell = |id: &str| Shell::new(&site, &record::case(id)).title(format!("Case {id}"));
    match found {
        Found::Decided(entry, taken) => {
            let page = CasePage {
                shell: with_feeds(shell(&entry.id), &site).description(format!(
                    "{}. {}",
                    entry.title(),
                    entry.text
                )),
                links: Links::new(),
                steps: steps(taken, &entry.text, reckoning),
                structured: structured::single(&entry, &site.base_url),
                case: CaseView::new(*entry, reckoning),
            };
            site::page(&page, CACHE)
        }
        Found::Merged {
            id,
            into,
            is_answered,
            steps: taken,
        } => {
            let page = MergedPage {
                shell: shell(&id).description(format!("Case {into} answers this one.")),
                links: Links::new(),
                steps: steps(taken, "", reckoning),
                into: Link {
                    href: record::case(&into),
                    label: into,
                },
                is_answered,
                id,
            };
            site::page(&page, CACHE)
        }
    }
}

/// Names the feeds of the ledger in the head of a page.
fn with_feeds(shell: Shell, site: &Identity) -> Shell {
    Format::ALL.into_iter().fold(shell, |shell, format| {
        let title = format!("{}: corrections ({})", site.name, format.name());
        let path = record::ledger_feed(format.as_str());
        shell.alternate(format.media_type(), &path, title)
    })
}

impl Links {
    fn new() -> Links {
        Links {
            ledger: record::LEDGER,
            feeds: Format::ALL.map(|format| Link {
                href: record::ledger_feed(format.as_str()),
                label: format.name().to_owned(),
            }),
            policy: paths::about("corrections-policy"),
            contact: paths::CONTACT,
            random: paths::RANDOM,
        }
    }
}

impl Turn {
    fn new(sheet: &Sheet, choice: &Choice) -> Turn {
        let page_at = |page: usize| record::ledger_of(&choice.at(page));
        let older = Some(choice.page + 1).filter(|page| *page < sheet.pages);
        Turn {
            page: choice.page + 1,
            pages: sheet.pages,
            newer: choice.page.checked_sub(1).map(page_at),
            older: older.map(page_at),
        }
    }
}

impl Choosing {
    fn new(sheet: &Sheet, choice: &Choice) -> Choosing {
        Choosing {
            is_narrow: choice.is_narrow(),
            number: match sheet.chosen {
                1 => "1 case".to_owned(),
                number => format!("{number} cases"),
            },
            words: chosen_words(choice, sheet),
            facets: facets(sheet, choice),
            articles: articles(sheet, choice),
            kept: choice.with(Facet::Article, None),
        }
    }
}
