//! Claims, and those that contradict each other.

use serde::Serialize;
use utoipa::ToSchema;

use super::Terms;
use super::date::Date;
use super::evidence::Source;
use crate::articles::model::{Claim as Written, Details};
use crate::articles::{Contradiction, DisputedAccount, Saying, claimed_date};
use crate::paths::{self, api};

/// What an article says about one property of one subject.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct ArticleClaim {
    /// What it is about, a slug of its own.
    #[schema(example = "fall-of-seoul-1951")]
    subject: String,
    /// What of it, as an editor wrote it.
    #[schema(example = "captor")]
    property: String,
    /// What is claimed, as an editor wrote it.
    #[schema(example = "Chinese and North Korean forces")]
    value: String,
    /// The value as a date, if the property is a date and this is one.
    date: Option<Date>,
    /// Ids of the article's sources that say so.
    #[schema(example = json!(["appleman"]))]
    sources: Vec<String>,
    /// What the editors hold.
    ruling: Option<String>,
}

/// A claim, with the article that makes it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Claim {
    /// The address of the article, and the number of the claim in it.
    #[schema(example = "https://daybook.example/articles/fall-of-seoul-1951#claim-1")]
    id: String,
    /// The article that makes it.
    url: String,
    /// That article here.
    api: String,
    /// The headline of that article.
    article: String,
    #[serde(flatten)]
    claim: ArticleClaim,
}

/// One property of one subject on which accounts differ.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(in crate::api) struct Dispute {
    /// What it is about, a slug of its own; often that of an article.
    #[schema(example = "fall-of-seoul-1951")]
    pub(in crate::api) subject: String,
    /// What of it.
    #[schema(example = "captor")]
    pub(in crate::api) property: String,
    /// The values, at least two.
    accounts: Vec<Account>,
    /// The claims about the subject, here.
    claims: String,
}

/// One of the values.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DisputedAccount)]
struct Account {
    /// As an editor wrote it.
    #[schema(example = "Chinese forces")]
    value: String,
    /// The value as a date, if it is one.
    date: Option<Date>,
    /// Who says so, at least one.
    said: Vec<Teller>,
}

/// An article that says so.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Teller {
    /// The part of its page that shows where accounts differ.
    url: String,
    /// The article here.
    api: String,
    /// Its headline.
    article: String,
    /// The works that it cites for this.
    sources: Vec<Source>,
    /// What its editors hold.
    ruling: Option<String>,
}

impl ArticleClaim {
    /// A claim among the other things that its article says.
    pub(super) fn new(claim: &Written, details: &Details, terms: &Terms) -> ArticleClaim {
        ArticleClaim {
            subject: claim.subject.to_string(),
            property: claim.property.clone(),
            value: claim.value.clone(),
            date: claimed_date(claim, details).map(|date| Date::new(&date, terms.style)),
            sources: claim.sources.iter().map(ToString::to_string).collect(),
            ruling: claim.ruling.clone(),
        }
    }
}

impl Claim {
    /// The claim at `position` (from 0) of an article.
    pub(in crate::api) fn new(
        (slug, title): (&str, &str),
        position: usize,
        details: &Details,
        terms: &Terms,
    ) -> Option<Claim> {
        let claim = details.claims.get(position)?;
        let url = terms.url(&paths::article(slug));
        Some(Claim {
            id: format!("{url}#claim-{}", position + 1),
            url,
            api: terms.url(&api::article(slug)),
            article: title.to_owned(),
            claim: ArticleClaim::new(claim, details, terms),
        })
    }
}

impl Dispute {
    /// A contradiction for programs.
    pub(in crate::api) fn new(found: Contradiction, terms: &Terms) -> Dispute {
        let account = |account: DisputedAccount| Account {
            value: account.value,
            date: account.date.map(|date| Date::new(&date, terms.style)),
            said: account
                .said
                .into_iter()
                .map(|one| Teller::new(one, terms))
                .collect(),
        };
        let subject = ("subject".to_owned(), found.subject.clone());
        Dispute {
            claims: terms.url(&api::with_query(api::CLAIMS, &[subject])),
            subject: found.subject,
            property: found.property,
            accounts: found.accounts.into_iter().map(account).collect(),
        }
    }
}

impl Teller {
    fn new(saying: Saying, terms: &Terms) -> Teller {
        Teller {
            url: terms.url(&paths::accounts(&saying.slug)),
            api: terms.url(&api::article(&saying.slug)),
            article: saying.title,
            sources: saying.sources.iter().map(Source::from).collect(),
            ruling: saying.ruling,
        }
    }
}
