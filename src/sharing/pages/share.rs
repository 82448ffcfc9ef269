//! How to share an article, and each sentence of one of its passages.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use diesel::QueryResult;
use serde::Deserialize;

use crate::articles::model::{CorrectionKind, Slug};
use crate::articles::queries::{self, Whole};
use crate::articles::{Visibility, inputs};
use crate::content::passages::sentences;
use crate::content::{self, RenderedArticle};
use crate::db::AnyConnection;
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::markdown::PassageKind;
use crate::paths::{self, sharing};
use crate::sharing::fragment::{Text, directive_to};
use crate::sharing::standing;
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy};

/// More sentences than this are not cut apart; nobody looks through them.
const MOST_SENTENCES: usize = 60;

#[derive(Template)]
#[template(path = "sharing/share.html")]
struct SharePage {
    shell: Shell,
    title: String,
    article_href: String,
    cite_href: String,
    qr_href: String,
    /// The absolute address, with the revision.
    address: String,
    /// Title and address, as a post has them.
    words: String,
    mail_href: String,
    networks: Vec<Network>,
    embed_code: String,
    /// The passage that the reader came from.
    passage: Option<Passage>,
}

/// A site that takes what is to be shared in a plain link.
struct Network {
    name: &'static str,
    href: String,
}

/// A passage, to be shared sentence by sentence.
struct Passage {
    /// From 1.
    number: usize,
    href: String,
    quotes: Vec<Quote>,
}

/// Words with the link to them.
struct Quote {
    text: String,
    /// Absolute.
    address: String,
    /// The same words and the link, as a post has them.
    words: String,
    mail_href: String,
    is_whole: bool,
}

/// What a link to the page says.
#[derive(Deserialize)]
pub(in crate::sharing) struct Chosen {
    /// The number of a passage; whatever is no such number counts as none.
    p: Option<String>,
}

/// `GET /articles/{slug}/share?p=…`
pub(in crate::sharing) async fn share(
    request: HttpRequest,
    slug: web::Path<String>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let chosen = web::Query::<Chosen>::from_query(request.query_string()).ok();
    let wanted = chosen.and_then(|chosen| chosen.p.as_deref()?.parse::<usize>().ok());
    let there = |slug: &str| match wanted {
        Some(number) => sharing::share_paragraph(slug, number),
        None => sharing::share(slug),
    };
    let ask = move |conn: &mut AnyConnection, article: Whole, visibility: Visibility| {
        let mut linked = BTreeSet::new();
        let rendered = match wanted {
            Some(_) => present(conn, &article, visibility, &mut linked)?,
            None => None,
        };
        let inputs = Inputs::of(linked.iter().map(|slug| inputs::article(slug)));
        let inputs = inputs.and([inputs::article(&article.slug)]);
        Ok((article, rendered, inputs))
    };
    let (article, rendered, inputs) =
        match standing::find(&request, slug.into_inner(), there, ask).await {
            Ok(found) => found,
            Err(answer) => return *answer,
        };
    let path = sharing::shared(&article.slug, article.revision);
    let address = paths::absolute(&site.base_url, &path);
    let shell = Shell::new(&site, &sharing::share(&article.slug))
        .title(format!("Share “{}”", article.title))
        .description(format!("Links to share the article “{}”.", article.title))
        .report(paths::report(&article.slug, article.revision, None))
        .canonical(&paths::article(&article.slug))
        .unlisted();
    let mut page = SharePage {
        shell,
        article_href: paths::article(&article.slug),
        cite_href: sharing::cite(&article.slug),
        qr_href: sharing::qr(&article.slug),
        words: format!("{} {address}", article.title),
        mail_href: sharing::mail(&article.title, &address),
        networks: networks(&article.title, &address),
        embed_code: embed_code(&article, &site.base_url),
        passage: None,
        title: article.title.clone(),
        address: address.clone(),
    };
    if let (Some(number), Some(rendered)) = (wanted, rendered) {
        // To look for words that stand in many places may take a while.
        let work = web::block(move || Passage::new(&article, &rendered, number, &address)).await;
        page.passage = work.map_err(|error| AppError::Internal(error.into()))?;
    }
    let cache = CachePolicy::Public {
        max_age: super::MAX_AGE,
    };
    Ok(depends_on(site::page(&page, cache)?, inputs))
}

/// The text of an article as it is now; `None` while it is kept back. `linked`
/// gets what it links to.
fn present(
    conn: &mut AnyConnection,
    article: &Whole,
    visibility: Visibility,
    linked: &mut BTreeSet<String>,
) -> QueryResult<Option<RenderedArticle>> {
    let number = article.revision;
    if queries::is_text_withheld(conn, &article.slug)? {
        return Ok(None);
    }
    let (Ok(slug), Some(source)) = (
        Slug::parse(&article.slug),
        queries::revision_source(conn, &article.slug, number)?,
    ) else {
        return Ok(None);
    };
    let found = content::old_article(&slug, number, &source, &BTreeMap::new(), |links| {
        linked.extend(links.iter().cloned());
        queries::linked(conn, links, visibility)
    })?;
    Ok(found.map(|(_, rendered)| rendered))
}

fn networks(title: &str, address: &str) -> Vec<Network> {
    let both = format!("{title} {address}");
    let network = |name, href| Network { name, href };
    vec![
        network("Bluesky", sharing::bluesky(&both)),
        network("Facebook", sharing::facebook(address)),
        network("Reddit", sharing::reddit(title, address)),
        network("Telegram", sharing::telegram(title, address)),
        network("WhatsApp", sharing::whatsapp(&both)),
        network("X", sharing::x(title, address)),
    ]
}

/// What to paste into another site to show the article's head there.
fn embed_code(article: &Whole, base_url: &str) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('<', "&lt;")
    };
    let address = paths::absolute(base_url, &sharing::embed_article(&article.slug));
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"480\" height=\"280\" loading=\"lazy\"></iframe>",
        escape(&address),
        escape(&article.title)
    )
}

impl Passage {
    /// The passage with this number, from 1; `None` if there is none.
    fn new(
        article: &Whole,
        rendered: &RenderedArticle,
        number: usize,
        address: &str,
    ) -> Option<Passage> {
        let index = number.checked_sub(1)?;
        let paragraph = rendered.paragraphs.get(index)?;
        let text = searched(article, rendered);
        let quote = |bytes: std::ops::Range<usize>, is_whole: bool| {
            let words = paragraph[bytes.clone()].trim().to_owned();
            let place = text.place(index, bytes);
            let directive = place.and_then(|place| directive_to(&text, &place));
            // A browser that knows no text directives goes to the passage.
            let address = match directive {
                Some(directive) => format!("{address}#p-{number}:~:text={directive}"),
                None => format!("{address}#p-{number}"),
            };
            Quote {
                words: format!("“{words}” {address}"),
                mail_href: sharing::mail(&article.title, &format!("“{words}”\r\n\r\n{address}")),
                text: words,
                address,
                is_whole,
            }
        };
        let mut quotes = Vec::new();
        let found = sentences(paragraph);
        if found.len() > 1 && found.len() <= MOST_SENTENCES {
            let mut from = 0;
            for sentence in found {
                let at = from + paragraph[from..].find(sentence)?;
                from = at + sentence.len();
                quotes.push(quote(at..from, false));
            }
        }
        quotes.push(quote(0..paragraph.len(), true));
        Some(Passage {
            number,
            href: format!("{}#p-{number}", paths::article(&article.slug)),
            quotes,
        })
    }
}

/// The text that a browser searches, in the order of the page: what stands
/// above the body, then headings and passages.
fn searched(article: &Whole, rendered: &RenderedArticle) -> Text {
    let mut text = Text::default();
    text.add_beside(&article.title);
    text.add_beside(&article.summary);
    for note in &article.details.corrections {
        if note.kind == CorrectionKind::Correction {
            text.add_beside(&note.text);
        }
    }
    for tag in &article.tags {
        text.add_beside(&tag.name);
    }
    text.add_beside(article.details.date_note.as_deref().unwrap_or_default());
    let mut rest = rendered.plain.as_str();
    for (paragraph, passage) in rendered.paragraphs.iter().zip(&rendered.passages) {
        // Between two passages stand the headings.
        if let Some((headings, after)) = rest.split_once(paragraph.as_str()) {
            text.add_beside(headings);
            rest = after;
        }
        let mut marks = passage.marks.clone();
        if passage.kind == PassageKind::Table {
            marks.extend(
                paragraph
                    .match_indices(" | ")
                    .flat_map(|(at, _)| [at, at + 3]),
            );
        }
        text.add(paragraph, &marks);
    }
    text
}
