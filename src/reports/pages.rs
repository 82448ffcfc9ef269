//! The pages of the form: empty, filled in from a link, and as it comes back.

use std::sync::Arc;

use askama::Template;

use super::form::{Entered, FieldErrors};
use super::model::{choice_hint, choice_label};
use super::passages::{self, Offer, Passage};
use super::subject::Subject;
use crate::markdown::RenderedHtml;
use crate::paths;
use crate::site::shell::{Identity, Link, Shell};

/// The form.
#[derive(Template)]
#[template(path = "reports/new.html")]
pub(super) struct NewPage {
    shell: Shell,
    article: Option<ReportedArticle>,
    /// What the operator says above the contact form.
    words: Option<RenderedHtml>,
    action: String,
    hidden: Vec<(&'static str, String)>,
    categories: Vec<Choice>,
    category_error: Option<String>,
    passage: Field,
    wrong: Field,
    correct: Field,
    source: Field,
    email: Field,
    errors: Vec<Link>,
    unavailable: Option<String>,
    /// What the browser shall calculate, under attack.
    challenge: Option<Challenge>,
}

/// Why a form comes back.
#[derive(Clone, Debug, Default)]
pub(super) struct Return {
    /// What is wrong with its fields.
    pub(super) errors: FieldErrors,
    /// What else stood in the way, in a sentence that says what to do.
    pub(super) sentence: Option<String>,
}

/// Work for a browser: to find the number that, after `text` and a full stop,
/// gives a hash which begins with enough zeros.
struct Challenge {
    field: String,
    text: String,
}

struct ReportedArticle {
    title: String,
    href: String,
    paragraph: Option<usize>,
    outdated: Option<String>,
    passages: Vec<Passage>,
}

struct Choice {
    value: &'static str,
    label: &'static str,
    hint: &'static str,
    selected: bool,
}

struct Field {
    value: String,
    error: Option<String>,
}

impl NewPage {
    /// The form for `subject` with `entered` in its fields. `back` says why it
    /// comes back; `None` stands for a form that is opened.
    pub(super) fn new(
        site: &Arc<Identity>,
        subject: &Subject,
        entered: &Entered,
        back: Option<Return>,
    ) -> NewPage {
        let fresh = back.is_none();
        let back = back.unwrap_or_default();
        let offer = match subject.text() {
            // A passage that is too long has its error at a field to edit.
            Some(text) if back.errors.passage.is_none() => {
                passages::offer(&text.paragraphs, entered.paragraph, &entered.passage, fresh)
            }
            _ => Offer {
                paragraph: entered.paragraph,
                choices: Vec::new(),
            },
        };
        let hidden = hidden(subject, entered, offer.paragraph);
        let errors = summary(&back.errors);
        let FieldErrors {
            category,
            passage,
            wrong,
            correct,
            source,
            email,
        } = back.errors;
        let text = |value: &str, error| Field {
            value: in_textarea(value),
            error,
        };
        NewPage {
            shell: shell(site, subject),
            article: article(subject, offer),
            words: None,
            action: subject.path(),
            hidden,
            categories: subject
                .categories()
                .into_iter()
                .map(|category| Choice {
                    value: category.slug(),
                    label: choice_label(category),
                    hint: choice_hint(category),
                    selected: category.slug() == entered.category,
                })
                .collect(),
            category_error: category,
            passage: text(&entered.passage, passage),
            wrong: text(&entered.wrong, wrong),
            correct: text(&entered.correct, correct),
            source: text(&entered.source, source),
            email: Field {
                value: entered.email.clone(),
                error: email,
            },
            errors,
            unavailable: back.sentence,
            challenge: None,
        }
    }

    /// Asks for the extra step: a calculation, or a wait.
    pub(super) fn ask(&mut self, nonce: &str, challenge: String) {
        self.challenge = Some(Challenge {
            text: format!("{nonce}.{challenge}"),
            field: challenge,
        });
    }

    /// Puts the operator's words above the form.
    pub(super) fn introduce(&mut self, words: Option<String>) {
        self.words = words.map(RenderedHtml::from_stored);
    }
}

fn shell(site: &Arc<Identity>, subject: &Subject) -> Shell {
    let path = subject.path();
    let shell = Shell::new(site, &path).report(path.as_str());
    match subject {
        Subject::Article { text, .. } => shell
            .title(match text {
                Some(text) => format!("Report an error: {}", text.title),
                None => "Report an error".to_owned(),
            })
            .description("Tell the editors what is wrong in this article.")
            .unlisted(),
        Subject::Contact => shell
            .title("Write to us")
            .description("Tell the editors about an error, or write to them about something else."),
    }
}

fn article(subject: &Subject, offer: Offer) -> Option<ReportedArticle> {
    let Subject::Article { slug, text } = subject else {
        return None;
    };
    let slug = text
        .as_ref()
        .map_or(slug.as_str(), |text| text.slug.as_str());
    let is_old = text.as_ref().is_some_and(|text| text.is_old);
    Some(ReportedArticle {
        // Without the database there is no headline, but the name in the URL
        // still tells a reader which article it is.
        title: match text {
            Some(text) => text.title.clone(),
            None => slug.replace('-', " "),
        },
        href: paths::article(slug),
        paragraph: offer.paragraph,
        outdated: is_old.then(|| {
            "The article has been changed since you opened it. The passages here are those that \
             you saw; the change may have settled what you noticed."
                .to_owned()
        }),
        passages: offer.choices,
    })
}

fn hidden(
    subject: &Subject,
    entered: &Entered,
    paragraph: Option<usize>,
) -> Vec<(&'static str, String)> {
    let mut hidden = vec![
        ("nonce", entered.nonce.clone()),
        ("start", entered.start.clone()),
    ];
    let revision = subject
        .text()
        .map(|text| text.revision)
        .or(entered.revision);
    if let Some(revision) = revision {
        hidden.push(("r", revision.to_string()));
    }
    if let Some(paragraph) = paragraph {
        hidden.push(("p", paragraph.to_string()));
    }
    if !entered.page.is_empty() {
        hidden.push(("page", entered.page.clone()));
    }
    hidden
}

fn summary(errors: &FieldErrors) -> Vec<Link> {
    [
        ("passage", "The passage", &errors.passage),
        ("category", "The kind", &errors.category),
        ("wrong", "What is wrong", &errors.wrong),
        ("correct", "What it should say", &errors.correct),
        ("source", "How you know", &errors.source),
        ("email", "The e-mail address", &errors.email),
    ]
    .into_iter()
    .filter_map(|(field, words, error)| {
        error.as_ref().map(|error| Link {
            href: format!("#field-{field}"),
            label: format!("{words}: {error}"),
        })
    })
    .collect()
}

/// HTML swallows the first line break of a text area; a second one saves it.
fn in_textarea(text: &str) -> String {
    if text.starts_with('\n') {
        format!("\n{text}")
    } else {
        text.to_owned()
    }
}
