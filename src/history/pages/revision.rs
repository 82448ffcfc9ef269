//! An article as one revision had it.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use askama::Template;
use diesel::QueryResult;

use crate::articles::model::{Slug, site_moment};
use crate::articles::queries::{StoredPicture, Whole, linked};
use crate::articles::{ArticleView, Audience, Notices, Revision, SaidView, Visibility};
use crate::config::Config;
use crate::content::{self, ArticleFile, PictureFile, RenderedArticle};
use crate::db::{AnyConnection, Db};
use crate::error::AppError;
use crate::history::queries;
use crate::history::standing::{self, Recorded, Standing};
use crate::paths::{self, record};
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy};

#[derive(Template)]
#[template(path = "history/revision.html")]
struct RevisionPage {
    shell: Shell,
    about: About,
    article: ArticleView,
}

/// A revision whose file today's reader refuses.
#[derive(Template)]
#[template(path = "history/refused.html")]
struct RefusedPage {
    shell: Shell,
    about: About,
    /// The whole file.
    source: String,
}

/// Which revision the page shows.
struct About {
    number: i64,
    latest: i64,
    date_words: String,
    datetime: String,
    /// SHA-256 of the file, hexadecimal.
    hash: String,
    /// The one that took its place.
    superseded: Option<Superseded>,
    article_href: String,
    history_href: String,
    /// What pictures it had that nobody kept, and which it shows instead.
    pictures: Option<String>,
}

struct Superseded {
    number: i64,
    href: String,
    date_words: String,
    changes_href: String,
}

/// A revision with what it was made of.
struct Shown {
    recorded: Recorded,
    number: i64,
    /// What it said, and how that looks today; `None` where today's reader
    /// refuses the file.
    read: Option<(Whole, Pictures)>,
}

/// How many pictures a revision names, and how many of them are gone.
struct Pictures {
    named: usize,
    gone: usize,
}

/// `GET /articles/{slug}/revisions/{number}`
pub(in crate::history) async fn revision(
    path: web::Path<(String, String)>,
    db: web::Data<Db>,
    audience: web::Data<Audience>,
    site: web::Data<Identity>,
    config: web::Data<Config>,
) -> Result<HttpResponse, AppError> {
    let (slug, number) = path.into_inner();
    let number = super::number(&number).ok_or(AppError::NotFound)?;
    let (visibility, zone) = (audience.now(), audience.zone.clone());
    let found = db
        .read_public(move |conn| {
            standing::find(conn, &slug, visibility, &zone)?.and_then(|recorded| {
                let Some(revision) = recorded.revisions.public(number) else {
                    return Ok(Standing::Nothing);
                };
                let read = read(conn, &recorded.article.slug, revision, visibility)?;
                Ok(Standing::Article(Shown {
                    number,
                    read,
                    recorded,
                }))
            })
        })
        .await?;
    let style = config.date_style;
    let found = match found.or_answer(style, |slug| record::revision(slug, number)) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let Recorded { article, revisions } = &found.recorded;
    let revision = revisions.public(found.number).ok_or(AppError::NotFound)?;
    let slug = article.slug.as_str();
    let moment = |one: &Revision| site_moment(one.created_at, &audience.zone, style);
    let (date_words, datetime) = moment(revision);
    let superseded = revisions.after(number).map(|next| Superseded {
        number: next.number,
        href: record::revision(slug, next.number),
        date_words: moment(next).0,
        changes_href: record::comparison(slug, number, article.revision),
    });
    let shell = super::shell(&site, &record::revision(slug, number), article)
        .title(format!("{}, revision {number}", article.title))
        .description(format!(
            "The article “{}” as its revision {number} had it.",
            article.title
        ))
        .report(paths::report(slug, number, None))
        .canonical(&paths::article(slug))
        .unlisted();
    let about = |pictures: Option<String>| About {
        number,
        latest: article.revision,
        date_words,
        datetime,
        hash: revision.hash.clone(),
        superseded,
        article_href: paths::article(slug),
        history_href: record::history(slug),
        pictures,
    };
    let cache = CachePolicy::Public { max_age: 60 };
    let Some((whole, pictures)) = found.read else {
        let page = RefusedPage {
            shell,
            about: about(None),
            source: revision.source.clone(),
        };
        return site::page(&page, cache);
    };
    let notes = &whole.details.corrections;
    let notices = Notices::new(slug, number, notes, revisions, style);
    let page = RevisionPage {
        shell,
        about: about(pictures.words()),
        article: ArticleView::new(whole, None, &[], notices, style),
    };
    site::page(&page, cache)
}

/// Renders an old file as its page did, with what there is of it today.
fn read(
    conn: &mut AnyConnection,
    slug: &str,
    revision: &Revision,
    visibility: Visibility,
) -> QueryResult<Option<(Whole, Pictures)>> {
    let Ok(name) = Slug::parse(slug) else {
        return Ok(None);
    };
    let beside = queries::pictures_beside(conn, slug)?;
    let (number, source) = (revision.number, revision.source.as_str());
    let old = content::old_article(&name, number, source, &beside, |links| {
        linked(conn, links, visibility)
    })?;
    let Some((file, rendered)) = old else {
        return Ok(None);
    };
    let pictures = Pictures::of(&file, &beside);
    let whole = whole(conn, revision.number, file, rendered, &beside)?;
    Ok(Some((whole, pictures)))
}

fn whole(
    conn: &mut AnyConnection,
    revision: i64,
    file: ArticleFile,
    rendered: RenderedArticle,
    beside: &BTreeMap<String, PictureFile>,
) -> QueryResult<Whole> {
    let tags = queries::tags_of(conn, &file.names)?;
    let illustration = file.details.illustration.as_ref();
    let picture = illustration
        .and_then(|one| beside.get(&one.file))
        .map(|found| StoredPicture {
            hash: found.hash.clone(),
            width: found.width,
            height: found.height,
            tone: found.tone.clone(),
        });
    Ok(Whole {
        slug: file.slug.to_string(),
        revision,
        title: file.title,
        summary: file.summary,
        draft: file.draft,
        first_day: file.details.first_day(),
        details: file.details,
        html: rendered.html,
        notes: rendered.notes,
        tags,
        picture,
        // What is kept back is not in `beside`; the present article says why.
        holds: Vec::new(),
    })
}

impl Pictures {
    fn of(file: &ArticleFile, beside: &BTreeMap<String, PictureFile>) -> Pictures {
        let named = file.details.illustration.iter().chain(&file.pictures);
        let is_gone = |one: &&crate::articles::model::Illustration| !beside.contains_key(&one.file);
        Pictures {
            named: named.clone().count(),
            gone: named.filter(is_gone).count(),
        }
    }

    /// A revision keeps the words of an article, not its pictures.
    fn words(&self) -> Option<String> {
        let words = match (self.named, self.gone) {
            (0, _) => return None,
            (_, 0) => "Revisions keep no pictures: those shown here are the ones that the article has today under the same names.".to_owned(),
            (named, gone) if named == gone => {
                "Revisions keep no pictures, and those that it had are gone.".to_owned()
            }
            (_, 1) => "Revisions keep no pictures: one that it had is gone, and the others are those that the article has today under the same names.".to_owned(),
            (_, gone) => format!("Revisions keep no pictures: {gone} that it had are gone, and the others are those that the article has today under the same names."),
        };
        Some(words)
    }
}
