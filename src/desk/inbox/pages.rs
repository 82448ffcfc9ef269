//! The page of the inbox.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::filter::{AGES, Filter, Holder, Standing};
use super::queries::{self, Listing, PAGE};
use super::troubles::{Trouble, troubles};
use crate::cases::{Case, Category, HoldKind, Kind, State};
use crate::config::Config;
use crate::db::Db;
use crate::desk::clock::{Clock, When};
use crate::desk::gate::{Desk, Role};
use crate::desk::plain::{self, Piece};
use crate::error::AppError;
use crate::paths;
use crate::site::shell::{Link, Shell};
use crate::site::{self, CachePolicy};

/// A passage is cut in a line of the inbox after so many characters.
const LONGEST_LINE: usize = 180;

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct InboxPage {
    shell: Shell,
    desk: Desk,
    lines: Vec<Line>,
    /// `12 cases`
    total_words: String,
    /// What is narrowed, to be read above the list.
    groups: Vec<Group>,
    articles: Vec<(String, i64)>,
    search: String,
    article: String,
    /// What the search form keeps of the filter.
    kept: Vec<(&'static str, String)>,
    everything: String,
    is_narrow: bool,
    is_open: bool,
    previous: Option<String>,
    next: Option<String>,
    /// `Cases 51 to 100 of 120`
    range_words: String,
    done: Option<&'static str>,
    /// For admins alone.
    troubles: Vec<Trouble>,
    action: &'static str,
}

/// One case as the list shows it.
struct Line {
    id: String,
    href: String,
    headline: String,
    passage: Vec<Piece>,
    is_quoted: bool,
    is_urgent: bool,
    /// What it is about, where that is not an error of the ordinary kind.
    kind: Option<&'static str>,
    category: &'static str,
    opened: When,
    reports_words: Option<String>,
    with: Option<String>,
    is_mine: bool,
    holds: Vec<&'static str>,
    /// Where it stands, if not at the beginning.
    state: Option<&'static str>,
    /// All cases of its article, where there are others.
    article: Option<Link>,
}

/// One filter with its choices.
struct Group {
    name: &'static str,
    choices: Vec<Choice>,
}

struct Choice {
    label: String,
    href: String,
    /// How many cases it leads to, where that is known.
    count: Option<i64>,
    is_chosen: bool,
}

/// `GET /desk`
pub(super) async fn show(
    request: HttpRequest,
    desk: Desk,
    db: web::Data<Db>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let filter = Filter::read(request.query_string());
    let clock = Clock::read(&config);
    let (asked, me, now) = (filter.clone(), desk.editor.id.clone(), clock.now);
    let is_admin = desk.editor.role == Role::Admin;
    let (listing, troubles) = db
        .read(move |conn| {
            let listing = queries::listing(conn, &asked, &me, now)?;
            let troubles = if is_admin {
                troubles(conn)?
            } else {
                Vec::new()
            };
            Ok((listing, troubles))
        })
        .await?;
    let is_spam = request.query_string() == "done=spam";
    let mut page = InboxPage::new(desk, &filter, listing, &clock);
    page.troubles = troubles;
    if is_spam {
        page.done =
            Some("The report is marked as spam. Nothing else was in its case, so that is gone.");
    }
    site::page(&page, CachePolicy::NoStore)
}

impl InboxPage {
    fn new(desk: Desk, filter: &Filter, listing: Listing, clock: &Clock) -> InboxPage {
        let me = desk.editor.id.clone();
        let turned = |page: i64| {
            let filter = Filter {
                page,
                ..filter.clone()
            };
            filter.href()
        };
        let (page, total) = (listing.page, listing.total);
        let first = (page - 1) * PAGE + 1;
        let last = (page * PAGE).min(total);
        InboxPage {
            shell: desk.shell(paths::desk::INBOX, "Inbox"),
            lines: listing
                .cases
                .iter()
                .map(|case| Line::new(case, filter, &listing, &me, clock))
                .collect(),
            total_words: counted(total, "case"),
            groups: groups(filter, &listing, &me),
            search: filter.search.clone(),
            article: filter.article.clone(),
            kept: filter
                .pairs()
                .into_iter()
                .filter(|(name, _)| !matches!(*name, "q" | "article"))
                .collect(),
            everything: paths::desk::INBOX.to_owned(),
            is_narrow: filter.is_narrow(),
            is_open: filter.standing == Standing::Open,
            previous: (page > 1).then(|| turned(page - 1)),
            next: (last < total).then(|| turned(page + 1)),
            range_words: format!("Cases {first} to {last} of {total}"),
            done: None,
            troubles: Vec::new(),
            action: paths::desk::INBOX,
            articles: listing.articles,
            desk,
        }
    }
}

impl Line {
    fn new(case: &Case, filter: &Filter, listing: &Listing, me: &str, clock: &Clock) -> Line {
        let title = case.article.as_ref().map(|slug| {
            let title = listing.titles.get(slug);
            title.map_or_else(|| slug.clone(), Clone::clone)
        });
        let is_quoted = !case.passage.trim().is_empty();
        let words = if is_quoted {
            &case.passage
        } else {
            listing.first_words.get(&case.id).unwrap_or(&case.passage)
        };
        let kind = case.kind();
        let state = case.state();
        Line {
            id: case.id.clone(),
            href: paths::desk::case(&case.id),
            headline: title.unwrap_or_else(|| "A letter to the editors".to_owned()),
            passage: plain::line(words, LONGEST_LINE),
            is_quoted,
            is_urgent: case.urgent,
            kind: (kind != Kind::Error && kind != Kind::Letter).then(|| kind.words()),
            category: case.category().label(),
            opened: clock.when(case.opened_at),
            reports_words: (case.reports != 1).then(|| counted(case.reports, "report")),
            is_mine: case.editor.as_deref() == Some(me),
            with: case.editor.as_ref().map(|editor| {
                let name = listing.editors.get(editor);
                name.map_or_else(|| editor.clone(), Clone::clone)
            }),
            holds: listing
                .holds
                .get(&case.id)
                .map(|holds| holds.iter().map(|kind| hold_words(*kind)).collect())
                .unwrap_or_default(),
            state: (state != State::Checking).then(|| state.words()),
            article: case.article.as_ref().and_then(|slug| {
                let (_, count) = listing.articles.iter().find(|(known, _)| known == slug)?;
                let only = Filter {
                    article: slug.clone(),
                    page: 1,
                    ..filter.clone()
                };
                (*count > 1 && filter.article != *slug).then(|| Link {
                    href: only.href(),
                    label: format!("{count} cases on this article"),
                })
            }),
        }
    }
}

/// What is on hold, in two words.
fn hold_words(kind: HoldKind) -> &'static str {
    match kind {
        HoldKind::Date => "date on hold",
        HoldKind::Picture => "pictures on hold",
        HoldKind::Text => "text on hold",
    }
}

fn counted(count: i64, noun: &str) -> String {
    match count {
        0 => format!("No {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

fn groups(filter: &Filter, listing: &Listing, me: &str) -> Vec<Group> {
    let choice = |label: &str, changed: Filter, count: i64| Choice {
        label: label.to_owned(),
        href: Filter {
            page: 1,
            ..changed.clone()
        }
        .href(),
        count: Some(count),
        is_chosen: Filter {
            page: filter.page,
            ..changed
        } == *filter,
    };
    let tallied = |label: &str, changed: Filter| {
        let count = listing.tally.count(&changed, me);
        choice(label, changed, count)
    };
    let with = |change: &dyn Fn(&mut Filter)| {
        let mut changed = filter.clone();
        change(&mut changed);
        changed
    };

    let mut states = vec![tallied("Open", with(&|f| f.standing = Standing::Open))];
    for state in State::ALL {
        let standing = Standing::One(state);
        states.push(tallied(state.words(), with(&|f| f.standing = standing)));
    }
    states.push(tallied("Closed", with(&|f| f.standing = Standing::Closed)));
    states.push(tallied("All", with(&|f| f.standing = Standing::Any)));

    let holders = [
        ("Anybody", Holder::Anybody),
        ("Me", Holder::Me),
        ("Nobody", Holder::Nobody),
    ]
    .map(|(label, holder)| tallied(label, with(&|f| f.holder = holder)));

    let mut kinds = vec![tallied("Any", with(&|f| f.kind = None))];
    for kind in [Kind::Removal, Kind::Rights, Kind::Error, Kind::Letter] {
        kinds.push(tallied(kind.words(), with(&|f| f.kind = Some(kind))));
    }
    let mut categories = vec![tallied("Any", with(&|f| f.category = None))];
    for category in Category::ALL {
        let chosen = with(&|f| f.category = Some(category));
        categories.push(tallied(category.label(), chosen));
    }
    let mut ages = Vec::new();
    for (days, count) in AGES.into_iter().zip(listing.tally.ages) {
        let label = if days == 1 {
            "A day and more".to_owned()
        } else {
            format!("{days} days and more")
        };
        ages.push(choice(&label, with(&|f| f.age = Some(days)), count));
    }
    if filter.age.is_some() {
        let any = with(&|f| f.age = None);
        ages.insert(
            0,
            Choice {
                label: "Any".to_owned(),
                href: any.href(),
                count: None,
                is_chosen: false,
            },
        );
    }
    // What nobody could choose is left out, but for what is chosen.
    let useful = |choices: Vec<Choice>| -> Vec<Choice> {
        choices
            .into_iter()
            .filter(|choice| choice.count != Some(0) || choice.is_chosen)
            .collect()
    };
    let mut groups = vec![Group {
        name: "State",
        choices: states
            .into_iter()
            .enumerate()
            .filter(|(place, choice)| *place == 0 || choice.count != Some(0) || choice.is_chosen)
            .map(|(_, choice)| choice)
            .collect(),
    }];
    groups.push(Group {
        name: "With",
        choices: holders.into(),
    });
    for (name, choices) in [("Kind", kinds), ("About", categories), ("Waiting", ages)] {
        let choices = useful(choices);
        if choices.len() > usize::from(name != "Waiting") {
            groups.push(Group { name, choices });
        }
    }
    groups
}
