//! What a text gives, seen from outside.

mod hostile;
mod notes;
mod text;

use scraper::{Html, Selector};

use super::{Cited, Context, Picture, Rendered, Severity, Target, render};

const SOURCES: [Cited<'static>; 2] = [
    Cited {
        id: "appleman",
        label: "Roy E. Appleman, Ridgway Duels for Korea (1990)",
        short: "Roy E. Appleman (1990)",
    },
    Cited {
        id: "times",
        label: "“Seoul falls”, The <Times>",
        short: "The <Times>",
    },
];

/// Renders as on an article.
fn article(source: &str) -> Rendered {
    on_article(|context| render(source, context))
}

/// As on an article: two sources, one known article, one picture, links to
/// report and to share each passage, notes in the margin.
fn on_article<T>(work: impl FnOnce(&Context) -> T) -> T {
    let report = |number: usize| format!("/articles/x/report?r=3&p={number}");
    let share = |number: usize| format!("/articles/x/share?p={number}");
    let context = Context {
        sources: &SOURCES,
        wikilink: &|slug| {
            (slug == "great-fire").then(|| Target {
                href: "/articles/great-fire".to_owned(),
                title: "The <Great> Fire & \"after\"".to_owned(),
            })
        },
        picture: &|file| {
            (file == "seoul.jpg").then(|| Picture {
                src: "/media/abc.800.webp".to_owned(),
                srcset: "/media/abc.400.webp 400w, /media/abc.800.webp 800w".to_owned(),
                avif: Some("/media/abc.800.avif 800w".to_owned()),
                sizes: "90vw",
                is_tall: true,
                tone: "tone--b2".to_owned(),
                width: 800,
                height: 600,
                alt: "A \"city\"".to_owned(),
                caption: Some("Seoul <1951>".to_owned()),
                credit: Some("Map: Ada & Co".to_owned()),
            })
        },
        report_href: Some(&report),
        share_href: Some(&share),
        margin_notes: true,
    };
    work(&context)
}

/// Renders as on a page that is no article: no report links.
fn page(source: &str) -> Rendered {
    let context = Context {
        sources: &SOURCES,
        wikilink: &|_| None,
        picture: &|_| None,
        report_href: None,
        share_href: None,
        margin_notes: false,
    };
    render(source, &context)
}

/// The codes of all problems, in order.
fn codes(rendered: &Rendered) -> Vec<&'static str> {
    rendered
        .problems
        .iter()
        .map(|problem| problem.code)
        .collect()
}

/// The only problem as `line:column code`, an error with an exclamation mark.
fn problem(rendered: &Rendered) -> String {
    assert_eq!(rendered.problems.len(), 1, "{:?}", rendered.problems);
    let problem = &rendered.problems[0];
    let mark = match problem.severity {
        Severity::Error => "!",
        Severity::Warning => "",
    };
    format!("{}:{} {}{mark}", problem.line, problem.column, problem.code)
}

/// How many elements of the body a selector finds.
fn count(rendered: &Rendered, selector: &str) -> usize {
    Html::parse_fragment(rendered.html.as_str())
        .select(&Selector::parse(selector).unwrap())
        .count()
}

/// The text of each element of the body that a selector finds.
fn texts(rendered: &Rendered, selector: &str) -> Vec<String> {
    Html::parse_fragment(rendered.html.as_str())
        .select(&Selector::parse(selector).unwrap())
        .map(|element| element.text().collect())
        .collect()
}
