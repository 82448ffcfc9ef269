//! Examples that the site at hand can answer: every site has other articles.

use diesel::QueryResult;
use serde_json::{Value, json};

use crate::api::queries;
use crate::articles::Visibility;
use crate::articles::model::Registry;
use crate::articles::queries as kernel;
use crate::db::AnyConnection;

/// Values for parameters, by their names.
#[derive(Clone, Debug, Default)]
pub(in crate::api) struct Examples {
    article: Option<String>,
    day: Option<String>,
    names: [Option<String>; 4],
    property: Option<String>,
    subject: Option<String>,
    case: Option<String>,
}

impl Examples {
    /// Looks for an article that has as much as possible, and for what is near.
    pub(in crate::api) fn find(
        conn: &mut AnyConnection,
        visibility: Visibility,
    ) -> QueryResult<Examples> {
        let filter = queries::ClaimFilter::default();
        let claim = queries::claims(conn, &filter, None, 1, visibility)?.pop();
        let any = queries::slugs_after(conn, "", 1, visibility)?.pop();
        let article = claim.as_ref().map(|claim| claim.slug.clone()).or(any);
        let mut examples = Examples {
            case: queries::any_case(conn)?,
            ..Examples::default()
        };
        if let Some(claim) = &claim {
            let position = usize::try_from(claim.position).unwrap_or(0);
            let found = claim.details.claims.get(position);
            examples.property = found.map(|found| found.property.clone());
            examples.subject = found.map(|found| found.subject.to_string());
        }
        let slugs: Vec<String> = article.into_iter().collect();
        let listed = kernel::listed_of(conn, &slugs, visibility)?.pop();
        for (registry, name) in Registry::ALL.into_iter().zip(&mut examples.names) {
            let tags = listed.iter().flat_map(|listed| &listed.tags);
            let own = tags
                .filter(|tag| tag.registry == registry)
                .map(|tag| tag.entry.clone())
                .next();
            *name = match own {
                Some(own) => Some(own),
                None => queries::entries(conn, registry, visibility)?
                    .into_keys()
                    .next(),
            };
        }
        let date = listed.as_ref().and_then(|listed| listed.details.primary());
        let standings = date
            .and_then(|date| date.date().ok())
            .map(|date| date.standings());
        let day = standings.and_then(|standings| standings.first().map(|one| one.day));
        examples.day = Some(day.map_or("january-4".to_owned(), |day| day.slug()));
        examples.article = listed.map(|listed| listed.slug);
        Ok(examples)
    }

    fn name(&self, registry: Registry) -> Option<&String> {
        let index = Registry::ALL.iter().position(|one| *one == registry)?;
        self.names.get(index)?.as_ref()
    }

    /// What stands for a parameter of an address; `None` if the description's
    /// own example holds on every site.
    fn of(&self, path: &str, parameter: &str) -> Option<Option<&String>> {
        Some(match parameter {
            "slug" if path.contains("{kind}") => self.name(Registry::People),
            "slug" | "article" => self.article.as_ref(),
            "person" => self.name(Registry::People),
            "place" => self.name(Registry::Places),
            "organisation" => self.name(Registry::Organisations),
            "topic" => self.name(Registry::Topics),
            "subject" => self.subject.as_ref(),
            "property" => self.property.as_ref(),
            "day" if path.ends_with("{day}") && !path.contains("{month}") => self.day.as_ref(),
            "case" => self.case.as_ref(),
            _ => return None,
        })
    }
}

/// The description with examples of this site in the place of its own. Where
/// the site has nothing of the kind, the example goes.
pub(in crate::api) fn filled_in(whole: &Value, examples: &Examples) -> Value {
    let mut whole = whole.clone();
    let Some(paths) = whole["paths"].as_object_mut() else {
        return whole;
    };
    for (path, methods) in paths {
        let operations = methods.as_object_mut().into_iter().flatten();
        for (_, operation) in operations {
            // Indexing would put a null where there are none.
            let parameters = operation.get_mut("parameters");
            for parameter in parameters
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                let name = parameter["name"].as_str().unwrap_or_default();
                let Some(found) = examples.of(path, name) else {
                    continue;
                };
                match found {
                    Some(example) => parameter["example"] = json!(example),
                    None => {
                        parameter
                            .as_object_mut()
                            .map(|fields| fields.remove("example"));
                    }
                }
            }
        }
    }
    whole
}
