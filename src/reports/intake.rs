//! What happens to a form: it is opened, sent, kept, or given back with
//! everything that was typed.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::error::UrlencodedError;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use url::form_urlencoded;

use super::answers::see_receipt;
use super::form::{Entered, Filled};
use super::model::SpamRule;
use super::pages::{NewPage, Return};
use super::queries::asking::Asking;
use super::queries::{self, Found, Keeping, Kept, Report};
use super::spam::limits::{Limits, Refusal, Sort};
use super::spam::{challenge, everywhere};
use super::subject::Subject;
use super::token::{self, Start, Token};
use crate::articles::model::Slug;
use crate::articles::{self, Audience};
use crate::config::{Config, SecretKey};
use crate::db::{AnyConnection, Db, DbError};
use crate::error::AppError;
use crate::mail::Letterhead;
use crate::paths;
use crate::site::shell::Identity;
use crate::site::{self, CachePolicy, client};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

const TOO_OLD: &str = "This form was open for more than a day. Nothing of it is lost: look it \
    over, and send it again.";

type Form = Result<web::Form<Vec<(String, String)>>, actix_web::Error>;

/// All that a form passes on its way.
pub(super) struct Intake {
    db: web::Data<Db>,
    config: web::Data<Config>,
    key: web::Data<SecretKey>,
    audience: web::Data<Audience>,
    pub(super) site: web::Data<Identity>,
    limits: web::Data<Limits>,
}

/// A form with nothing wrong in it, on its way into the database.
struct Incoming<'a> {
    subject: &'a Subject,
    entered: &'a Entered,
    filled: Filled,
    token: &'a Token,
    client: IpAddr,
    now: i64,
}

/// `GET /articles/{slug}/report`
pub(super) async fn open_for_article(
    request: HttpRequest,
    slug: web::Path<String>,
    intake: Intake,
) -> Result<HttpResponse, AppError> {
    let slug = Slug::parse(&slug).map_err(|_| AppError::NotFound)?;
    let entered = read_query(&request);
    match intake.find(&slug, entered.revision).await? {
        Found::Article(text) => {
            let text = Some(text);
            intake.open(&Subject::Article { slug, text }, entered)
        }
        Found::Moved(target) => {
            let mut path = paths::report_action(&target);
            if !request.query_string().is_empty() {
                path.push('?');
                path.push_str(request.query_string());
            }
            Ok(site::moved(&path))
        }
        Found::Gone(gone) => Err(articles::gone(gone, intake.config.date_style)),
        Found::Nothing => Err(AppError::NotFound),
    }
}

/// `GET /contact`
pub(super) async fn open_contact(
    request: HttpRequest,
    intake: Intake,
) -> Result<HttpResponse, AppError> {
    // The form is of use without the words above it.
    let words = intake.db.read(queries::contact_words).await.ok().flatten();
    let mut page = intake.opened(&Subject::Contact, read_query(&request));
    page.introduce(words);
    site::page(&page, CachePolicy::NoStore)
}

/// `POST /articles/{slug}/report`
pub(super) async fn send_for_article(
    request: HttpRequest,
    slug: web::Path<String>,
    form: Form,
    intake: Intake,
) -> Result<HttpResponse, actix_web::Error> {
    let slug = Slug::parse(&slug).map_err(|_| AppError::NotFound)?;
    let entered = intake.accept(&request, form)?;
    let found = match intake.find(&slug, entered.revision).await {
        // Renamed while the form was open: the report follows.
        Ok(Found::Moved(target)) => match Slug::parse(&target) {
            Ok(target) => intake.find(&target, entered.revision).await,
            Err(_) => Ok(Found::Nothing),
        },
        found => found,
    };
    let mut subject = Subject::Article { slug, text: None };
    let missing = match found {
        Ok(Found::Article(found)) => {
            subject.set_text(found);
            None
        }
        Ok(Found::Gone(gone)) => Some(articles::gone(gone, intake.config.date_style)),
        Ok(Found::Moved(_) | Found::Nothing) => Some(AppError::NotFound),
        Err(error) => return Ok(intake.not_kept(&subject, entered, error)?),
    };
    // A sealed form proves that the article was there when it was opened, so
    // that what was written about it is worth keeping.
    if let Some(error) = missing
        && intake.start(&subject, &entered, now()) == Start::Forged
    {
        return Err(error.into());
    }
    Ok(intake.receive(&request, &subject, entered).await?)
}

/// `POST /contact`
pub(super) async fn send_contact(
    request: HttpRequest,
    form: Form,
    intake: Intake,
) -> Result<HttpResponse, actix_web::Error> {
    let entered = intake.accept(&request, form)?;
    Ok(intake.receive(&request, &Subject::Contact, entered).await?)
}

impl Intake {
    fn open(&self, subject: &Subject, entered: Entered) -> Result<HttpResponse, AppError> {
        let page = self.opened(subject, entered);
        site::page(&page, CachePolicy::NoStore)
    }

    /// A form that nobody has filled in yet, with its nonce and its seal.
    fn opened(&self, subject: &Subject, mut entered: Entered) -> NewPage {
        entered.nonce = token::new_nonce();
        entered.start = token::seal_start(&self.key, &entered.nonce, now(), &subject.path());
        let mut page = NewPage::new(&self.site, subject, &entered, None);
        self.challenge(&mut page, subject, &entered);
        page
    }

    /// Reads what was sent.
    fn accept(&self, request: &HttpRequest, form: Form) -> Result<Entered, actix_web::Error> {
        if client::is_foreign(request.headers(), &self.config.base_url) {
            return Err(AppError::BadRequest(
                "This form was sent from a page of another site, so nothing of it was kept. Open \
                 the form on this site and send it from there."
                    .to_owned(),
            )
            .into());
        }
        let form = form.map_err(|error| match error.as_error::<UrlencodedError>() {
            // Answered as what it is.
            Some(UrlencodedError::Overflow { .. }) => error,
            _ => AppError::BadRequest(
                "What was sent is no form. Open the form on this site and send it from there."
                    .to_owned(),
            )
            .into(),
        })?;
        let pairs = form.iter();
        Ok(Entered::read(
            pairs.map(|(name, value)| (name.as_str(), value.as_str())),
        ))
    }

    async fn receive(
        &self,
        request: &HttpRequest,
        subject: &Subject,
        mut entered: Entered,
    ) -> Result<HttpResponse, AppError> {
        let now = now();
        let start = self.start(subject, &entered, now);
        let path = subject.path();
        let mut words = vec![path.as_str()];
        words.extend(entered.words());
        let token = Token::of(&self.key, &entered.nonce, &words);
        let hash = token.hash();
        match self
            .db
            .read(move |conn| queries::by_token_hash(conn, &hash))
            .await
        {
            // Sent before, and answered; perhaps the answer was lost.
            Ok(Some(_)) => return Ok(see_receipt(&token)),
            Ok(None) => {}
            Err(error) => return self.not_kept(subject, entered, error),
        }

        let anchor = subject.anchor(entered.paragraph, &entered.passage);
        let is_quoted = anchor.is_some() || subject.is_unknown();
        let checked = entered.check(&subject.categories(), is_quoted);
        let too_old = start == Start::TooOld;
        if too_old {
            // Back-dated, so that it can be sent again at once.
            let opened = now - token::YOUNGEST_MS;
            entered.start = token::seal_start(&self.key, &entered.nonce, opened, &path);
        }
        let filled = match checked {
            Ok(filled) if !too_old => filled,
            checked => {
                let back = Return {
                    errors: checked.err().map(|errors| *errors).unwrap_or_default(),
                    sentence: too_old.then(|| TOO_OLD.to_owned()),
                };
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.give_back(subject, &entered, back, status);
            }
        };

        let spam = spam_rule(&entered, start);
        let client = client::of(request, &self.config.trusted_proxies);
        let sort = match spam {
            Some(_) => Sort::Spam,
            None => self.sort(subject, &entered, now),
        };
        let admitted = match self.limits.take(client, sort) {
            Ok(admitted) => admitted,
            Err(refusal) => return self.refuse(subject, &entered, (refusal, now)),
        };
        let report = self.report(Incoming {
            subject,
            entered: &entered,
            filled,
            token: &token,
            client,
            now,
        });
        let ids: Vec<String> = (0..8)
            .map(|attempt| token::report_id(&self.key, &token, attempt))
            .collect();
        let nonce = entered.nonce.clone();
        let (key, letterhead) = (self.key.clone(), Letterhead::of(&self.config));
        let keep = move |conn: &mut AnyConnection| {
            if queries::by_token_hash(conn, &report.token_hash)?.is_some() {
                return Ok((None, Ok(Kept::Again)));
            }
            let verdict = everywhere::take(conn, &key, client, sort, now)?;
            let over_all = match verdict.outcome {
                Ok(over_all) => over_all,
                Err(refusal) => return Ok((Some(verdict), Err(refusal))),
            };
            let is_once = admitted.once || over_all.once;
            let keeping = Keeping {
                rule: spam,
                // A form is good for a day, and so must its mark be.
                spends: is_once.then(|| (nonce.as_str(), now + token::OLDEST_MS)),
                asking: Asking {
                    key: &key,
                    letterhead: &letterhead,
                    now,
                },
            };
            let kept = queries::keep(conn, &report, ids, keeping)?;
            Ok((Some(verdict), Ok(kept)))
        };
        let (verdict, kept) = match self.db.write(keep).await {
            Ok(kept) => kept,
            Err(error) => return self.not_kept(subject, entered, error),
        };
        if let Some(verdict) = verdict {
            self.limits.learn(client, verdict);
        }
        match kept {
            Err(refusal) => return self.refuse(subject, &entered, (refusal, now)),
            Ok(Kept::New(state)) => {
                tracing::info!(state = state.as_str(), "a report was kept");
            }
            Ok(Kept::Again) => tracing::debug!("a report was sent again"),
            Ok(Kept::Spent) => {
                // Another report, and so another form: with its own wait.
                entered.nonce = token::new_nonce();
                entered.start = token::seal_start(&self.key, &entered.nonce, now, &path);
                let seconds = self.patience(&entered, now);
                return self.one_more_step(subject, &entered, seconds);
            }
        }
        Ok(see_receipt(&token))
    }

    /// Gives back a form that is not taken in at `now`.
    fn refuse(
        &self,
        subject: &Subject,
        entered: &Entered,
        (refusal, now): (Refusal, i64),
    ) -> Result<HttpResponse, AppError> {
        match refusal {
            Refusal::Full(wait) => self.wait(subject, entered, wait),
            Refusal::Step => {
                let seconds = self.patience(entered, now);
                self.one_more_step(subject, entered, seconds)
            }
        }
    }

    /// Adds the challenge to a form while there is an attack.
    pub(super) fn challenge(&self, page: &mut NewPage, subject: &Subject, entered: &Entered) {
        if self.limits.is_attack() {
            let challenge = challenge::set(&self.key, &entered.nonce, &subject.path(), now());
            page.ask(&entered.nonce, challenge);
        }
    }

    /// What a form brings against an attack.
    fn sort(&self, subject: &Subject, entered: &Entered, now: i64) -> Sort {
        let work = (entered.challenge.as_str(), entered.answer.as_str());
        if challenge::is_solved(&self.key, &entered.nonce, &subject.path(), work, now) {
            Sort::Worked
        } else if token::open_for(&entered.start, now) >= token::PATIENT_MS {
            Sort::Waited
        } else {
            Sort::Plain
        }
    }

    /// How many seconds are left of the wait that takes the place of an answer.
    fn patience(&self, entered: &Entered, now: i64) -> u64 {
        let left = token::PATIENT_MS - token::open_for(&entered.start, now);
        u64::try_from(left).unwrap_or(0).div_ceil(1000).max(1)
    }

    fn report(&self, incoming: Incoming) -> Report {
        let Incoming {
            subject,
            entered,
            filled,
            token,
            client,
            now,
        } = incoming;
        let anchor = subject.anchor(entered.paragraph, &filled.passage);
        let text = subject.text();
        let paragraph = match (&anchor, text) {
            (Some(anchor), _) => Some(anchor.paragraph),
            (None, Some(text)) => entered
                .paragraph
                .filter(|number| (1..=text.paragraphs.len()).contains(number)),
            (None, None) => entered.paragraph,
        };
        let (article, revision) = match subject {
            Subject::Article { slug, text: None } => (Some(slug.to_string()), entered.revision),
            Subject::Article {
                text: Some(text), ..
            } => (Some(text.slug.clone()), Some(text.revision)),
            Subject::Contact => (None, None),
        };
        let (quote, prefix, suffix) = match anchor {
            Some(anchor) => (anchor.quote, anchor.prefix, anchor.suffix),
            None => (filled.passage, String::new(), String::new()),
        };
        Report {
            id: String::new(),
            token_hash: token.hash(),
            received_at: now,
            // Settled when it is kept.
            state: String::new(),
            spam_reason: String::new(),
            paragraph: article
                .as_ref()
                .and(paragraph)
                .and_then(|number| i64::try_from(number).ok()),
            article,
            revision,
            quote,
            prefix,
            suffix,
            page: entered.page.clone(),
            category: filled.category.slug().to_owned(),
            wrong: filled.wrong,
            correct: filled.correct,
            source: filled.source,
            email: filled.email,
            client_hash: token::client_hash(&self.key, now.div_euclid(DAY_MS), client),
            case_id: None,
            confirm_hash: String::new(),
            confirmed_at: None,
            erased_at: None,
        }
    }

    async fn find(&self, slug: &Slug, revision: Option<i64>) -> Result<Found, DbError> {
        let slug = slug.clone();
        let visibility = self.audience.now();
        self.db
            .read(move |conn| queries::reported(conn, &slug, revision, visibility))
            .await
    }

    fn start(&self, subject: &Subject, entered: &Entered, now: i64) -> Start {
        let (nonce, sealed) = (&entered.nonce, &entered.start);
        token::check_start(&self.key, nonce, sealed, now, &subject.path())
    }
}

impl FromRequest for Intake {
    type Error = AppError;
    type Future = Ready<Result<Intake, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let intake = || {
            Ok(Intake {
                db: site::given(request)?,
                config: site::given(request)?,
                key: site::given(request)?,
                audience: site::given(request)?,
                site: site::given(request)?,
                limits: site::given(request)?,
            })
        };
        ready(intake())
    }
}

fn spam_rule(entered: &Entered, start: Start) -> Option<SpamRule> {
    if !entered.website.is_empty() {
        return Some(SpamRule::Honeypot);
    }
    match start {
        Start::Forged => Some(SpamRule::Forged),
        Start::TooYoung => Some(SpamRule::TooFast),
        Start::Good | Start::TooOld => None,
    }
}

fn read_query(request: &HttpRequest) -> Entered {
    let pairs: Vec<_> = form_urlencoded::parse(request.query_string().as_bytes()).collect();
    let known = |name: &str| matches!(name, "r" | "p" | "quote" | "page");
    Entered::read(
        pairs
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
            .filter(|(name, _)| known(name)),
    )
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
