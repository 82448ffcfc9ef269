//! How to cite an article: in words for people, in files for programs.

use actix_web::http::header::{CONTENT_DISPOSITION, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::articles::queries::{self, SiteTimes, Whole};
use crate::articles::{Audience, inputs};
use crate::editions::{Inputs, depends_on};
use crate::error::AppError;
use crate::paths::{self, record, sharing};
use crate::sharing::citation::{
    self, Name, Span, Work, apa, bibtex, chicago_entry, chicago_note, csl, mla, ris,
};
use crate::sharing::standing;
use crate::site::shell::{Identity, Shell};
use crate::site::{self, CachePolicy, document};

#[derive(Template)]
#[template(path = "sharing/cite.html")]
struct CitePage {
    shell: Shell,
    title: String,
    article_href: String,
    share_href: String,
    qr_href: String,
    revision: i64,
    revision_href: String,
    hash: String,
    styles: Vec<Style>,
    files: Vec<File>,
}

/// A citation in the words of one style.
struct Style {
    id: &'static str,
    name: &'static str,
    spans: Vec<Span>,
}

/// A citation for programs.
struct File {
    id: &'static str,
    name: &'static str,
    /// Who reads it.
    readers: &'static str,
    href: String,
    text: String,
}

/// An article with what its citation needs.
struct Cited {
    article: Whole,
    times: Option<SiteTimes>,
    /// SHA-256 of the file of the present revision.
    hash: String,
}

/// `GET /articles/{slug}/cite`
pub(in crate::sharing) async fn cite(
    request: HttpRequest,
    slug: web::Path<String>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    let now = now(&request)?;
    let cited = match find(&request, slug.into_inner(), sharing::cite).await {
        Ok(cited) => cited,
        Err(answer) => return *answer,
    };
    let work = cited.work(&site, &now);
    let article = cited.article;
    let slug = article.slug.as_str();
    let shell = Shell::new(&site, &sharing::cite(slug))
        .title(format!("Cite “{}”", article.title))
        .description(format!("How to cite the article “{}”.", article.title))
        .report(paths::report(slug, article.revision, None))
        .canonical(&paths::article(slug))
        .unlisted();
    let style = |id, name, spans| Style { id, name, spans };
    let file = |id, name, readers, text| File {
        id,
        name,
        readers,
        href: sharing::citation(slug, id),
        text,
    };
    let page = CitePage {
        shell,
        article_href: paths::article(slug),
        share_href: sharing::share(slug),
        qr_href: sharing::qr(slug),
        revision: article.revision,
        revision_href: record::revision(slug, article.revision),
        hash: work.hash.clone(),
        styles: vec![
            style("apa", "APA 7", apa(&work)),
            style("mla", "MLA 9", mla(&work)),
            style("chicago-note", "Chicago 17, note", chicago_note(&work)),
            style("chicago", "Chicago 17, bibliography", chicago_entry(&work)),
        ],
        files: vec![
            file("bibtex", "BibTeX", "for LaTeX", bibtex(&work)),
            file("ris", "RIS", "for EndNote, Zotero and others", ris(&work)),
            file("csl", "CSL-JSON", "for Zotero and Pandoc", csl_text(&work)?),
        ],
        title: article.title.clone(),
    };
    Ok(depends_on(
        site::page(&page, cache(&now))?,
        made_from(&article.slug),
    ))
}

/// `GET /articles/{slug}/cite/{bibtex|ris|csl}`
pub(in crate::sharing) async fn citation(
    request: HttpRequest,
    path: web::Path<(String, String)>,
    site: web::Data<Identity>,
) -> Result<HttpResponse, AppError> {
    type Write = fn(&Work) -> Result<String, AppError>;
    let (slug, format) = path.into_inner();
    let (kind, ending, write): (_, _, Write) = match format.as_str() {
        "bibtex" => ("application/x-bibtex; charset=utf-8", "bib", |work| {
            Ok(bibtex(work))
        }),
        "ris" => (
            "application/x-research-info-systems; charset=utf-8",
            "ris",
            |work| Ok(ris(work)),
        ),
        "csl" => ("application/vnd.citationstyles.csl+json", "json", csl_text),
        _ => return Err(AppError::NotFound),
    };
    let now = now(&request)?;
    let there = |slug: &str| sharing::citation(slug, &format);
    let cited = match find(&request, slug, there).await {
        Ok(cited) => cited,
        Err(answer) => return *answer,
    };
    let text = write(&cited.work(&site, &now))?;
    let mut response = document::answer(kind, text, cache(&now));
    // A slug holds lower-case ASCII letters, digits and hyphens.
    let name = format!("attachment; filename=\"{}.{ending}\"", cited.article.slug);
    if let Ok(value) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    Ok(depends_on(response, made_from(&cited.article.slug)))
}

/// The article, and the day: of access, and of publication where none is known.
fn made_from(slug: &str) -> Inputs {
    Inputs::of([inputs::article(slug), inputs::today()])
}

async fn find(
    request: &HttpRequest,
    slug: String,
    there: impl FnOnce(&str) -> String,
) -> standing::Standing<Cited> {
    let audience = site::given::<Audience>(request).map_err(|error| Box::new(Err(error)))?;
    let zone = audience.zone.clone();
    standing::find(request, slug, there, move |conn, article, visibility| {
        let slugs = [article.slug.clone()];
        let times = queries::site_times(conn, Some(&slugs), &zone, visibility)?;
        let kept = queries::kept_revisions(conn, &article.slug)?;
        let kept = kept.into_iter().find(|one| one.number == article.revision);
        Ok(Cited {
            times: times.get(&article.slug).copied(),
            hash: kept.map(|one| one.hash).unwrap_or_default(),
            article,
        })
    })
    .await
}

impl Cited {
    fn work(&self, site: &Identity, now: &Zoned) -> Work {
        let article = &self.article;
        let mut authors = citation::names(article.details.author.as_deref().unwrap_or_default());
        if authors.is_empty() {
            let publisher = site.publisher.as_ref().unwrap_or(&site.name);
            authors.push(Name::Literal(publisher.clone()));
        }
        let day = |milliseconds: i64, zone: &TimeZone| {
            let moment = Timestamp::from_millisecond(milliseconds).ok()?;
            Some(moment.to_zoned(zone.clone()).date())
        };
        let published = self
            .times
            .and_then(|times| day(times.published_at, now.time_zone()));
        let path = record::revision(&article.slug, article.revision);
        Work {
            slug: article.slug.clone(),
            title: article.title.clone(),
            authors,
            site: site.name.clone(),
            publisher: site.publisher.clone(),
            revision: article.revision,
            hash: self.hash.clone(),
            address: paths::absolute(&site.base_url, &path),
            published: published.unwrap_or(now.date()),
            accessed: now.date(),
        }
    }
}

fn csl_text(work: &Work) -> Result<String, AppError> {
    serde_json::to_string_pretty(&csl(work))
        .map_err(|error| AppError::Internal(anyhow::Error::new(error).context("writing JSON")))
}

/// Now, where the site lives: its clock says on which day an article is cited.
fn now(request: &HttpRequest) -> Result<Zoned, AppError> {
    let audience = site::given::<Audience>(request)?;
    Ok(Timestamp::now().to_zoned(audience.zone.clone()))
}

/// Until midnight at most, because the day of access is another one then; and
/// no longer than anything else that is said of the article as it is now.
fn cache(now: &Zoned) -> CachePolicy {
    let tomorrow = now.date().checked_add(1.day()).ok();
    let begins = tomorrow.and_then(|day| day.to_zoned(now.time_zone().clone()).ok());
    let left = begins.map_or(0, |begins| {
        begins.timestamp().as_second() - now.timestamp().as_second()
    });
    let left = u32::try_from(left.max(0)).unwrap_or(0);
    CachePolicy::UntilMidnight {
        seconds: left.min(super::MAX_AGE),
    }
}
