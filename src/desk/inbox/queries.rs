//! What the inbox asks the tables of `cases` and `reports`.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::filter::{AGES, Filter, Holder, Standing};
use crate::cases::{Case, HoldKind, Kind, State};
use crate::db::AnyConnection;
use crate::db::schema::{articles, cases, editors, holds, reports};
use crate::desk::clock::DAY;

/// How many cases a page shows.
pub(super) const PAGE: i64 = 50;
/// Of so many articles a title may hold a word that is looked for; cases of
/// others are still found by the words of their reports.
const MOST_TITLES: i64 = 500;
/// How many articles are offered to choose from.
const MOST_ARTICLES: i64 = 100;

diesel::define_sql_function! {
    /// Letters in lower case; on SQLite those of ASCII.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// What the inbox shows.
pub(super) struct Listing {
    /// The page of cases.
    pub(super) cases: Vec<Case>,
    /// How many there are on all pages.
    pub(super) total: i64,
    /// The page, from 1; the last one if there are fewer.
    pub(super) page: i64,
    /// How many there are for each choice.
    pub(super) tally: Tally,
    /// Headlines, by slug.
    pub(super) titles: HashMap<String, String>,
    /// Names of editors, by id.
    pub(super) editors: HashMap<String, String>,
    /// What is on hold, by case.
    pub(super) holds: HashMap<String, Vec<HoldKind>>,
    /// What the first report of a case says, for cases without a passage.
    pub(super) first_words: HashMap<String, String>,
    /// Articles that have such cases, and how many.
    pub(super) articles: Vec<(String, i64)>,
}

/// How many cases there would be with one filter chosen otherwise, and the
/// others as they are.
#[derive(Debug, Default)]
pub(super) struct Tally {
    rows: Vec<Row>,
    /// For each of [`AGES`].
    pub(super) ages: [i64; AGES.len()],
}

type Row = (String, String, String, Option<String>, i64);

/// The patterns for one word that is looked for: the word in lower case, and
/// with ASCII letters alone in lower case, since SQLite's `lower` knows no
/// others.
struct Word {
    patterns: [String; 2],
    /// Articles whose title holds the word.
    slugs: Vec<String>,
}

/// Keeps what a filter lets through, but for states, kinds, categories and
/// editors.
macro_rules! searched {
    ($query:expr, $filter:expr, $words:expr) => {{
        let mut query = $query.into_boxed();
        if !$filter.article.is_empty() {
            query = query.filter(cases::article.eq($filter.article.clone()));
        }
        for word in $words {
            let [full, ascii] = word.patterns.clone();
            macro_rules! holds {
                ($column:expr) => {
                    lower($column)
                        .like(full.clone())
                        .escape('\\')
                        .or(lower($column).like(ascii.clone()).escape('\\'))
                };
            }
            let told = reports::table
                .filter(
                    holds!(reports::quote)
                        .or(holds!(reports::wrong))
                        .or(holds!(reports::correct))
                        .or(holds!(reports::source))
                        .or(holds!(reports::id)),
                )
                .filter(reports::case_id.is_not_null())
                .select(reports::case_id);
            query = query.filter(
                holds!(cases::id)
                    .or(holds!(cases::passage))
                    .or(cases::article.eq_any(word.slugs.clone()))
                    .or(cases::id.nullable().eq_any(told)),
            );
        }
        query
    }};
}

/// Keeps what the other filters let through.
macro_rules! chosen {
    ($query:expr, $filter:expr, $me:expr) => {{
        let mut query = $query.filter(cases::state.eq_any(states($filter.standing)));
        if let Some(kind) = $filter.kind {
            query = query.filter(cases::kind.eq(kind.as_str()));
        }
        if let Some(category) = $filter.category {
            query = query.filter(cases::category.eq(category.slug()));
        }
        match $filter.holder {
            Holder::Anybody => {}
            Holder::Me => query = query.filter(cases::editor.eq($me.to_owned())),
            Holder::Nobody => query = query.filter(cases::editor.is_null()),
        }
        query
    }};
}

/// What the inbox shows to the editor `me` at the moment `now`.
pub(super) fn listing(
    conn: &mut AnyConnection,
    filter: &Filter,
    me: &str,
    now: i64,
) -> QueryResult<Listing> {
    let words = words(conn, filter)?;
    let before = |days: i64| now - days * DAY;
    let mut ages = [0; AGES.len()];
    for (count, days) in ages.iter_mut().zip(AGES) {
        let query = searched!(cases::table.select(count_star()), filter, &words);
        *count = chosen!(query, filter, me)
            .filter(cases::opened_at.le(before(days)))
            .first(conn)?;
    }
    let mut query = searched!(
        cases::table
            .group_by((cases::state, cases::kind, cases::category, cases::editor))
            .select((
                cases::state,
                cases::kind,
                cases::category,
                cases::editor,
                count_star(),
            )),
        filter,
        &words
    );
    if let Some(days) = filter.age {
        query = query.filter(cases::opened_at.le(before(days)));
    }
    let tally = Tally {
        rows: query.load(conn)?,
        ages,
    };

    let total = tally.count(filter, me);
    let page = filter.page.clamp(1, (total.max(1) + PAGE - 1) / PAGE);
    let query = searched!(cases::table.select(Case::as_select()), filter, &words);
    let mut query = chosen!(query, filter, me);
    if let Some(days) = filter.age {
        query = query.filter(cases::opened_at.le(before(days)));
    }
    query = if State::ALL
        .into_iter()
        .any(|state| state.is_open() && filter.standing.holds(state))
    {
        query.order((cases::urgent.desc(), cases::opened_at, cases::id))
    } else {
        query.order((cases::changed_at.desc(), cases::id))
    };
    let cases: Vec<Case> = query.limit(PAGE).offset((page - 1) * PAGE).load(conn)?;

    let mut query = cases::table
        .filter(cases::article.is_not_null())
        .filter(cases::state.eq_any(states(filter.standing)))
        .group_by(cases::article)
        .select((cases::article.assume_not_null(), count_star()))
        .into_boxed();
    query = query.order((count_star().desc(), cases::article));
    let articles = query.limit(MOST_ARTICLES).load(conn)?;
    Ok(Listing {
        total,
        page,
        tally,
        titles: titles(conn, &cases)?,
        editors: editors(conn)?,
        holds: holds_of(conn, &cases)?,
        first_words: first_words(conn, &cases)?,
        articles,
        cases,
    })
}

/// The names of all editors, by id.
pub(in crate::desk) fn editors(conn: &mut AnyConnection) -> QueryResult<HashMap<String, String>> {
    let rows: Vec<(String, String)> = editors::table
        .select((editors::id, editors::name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

impl Tally {
    /// How many cases pass a filter that differs from the one it was made for
    /// in states, kinds, categories and editors alone.
    pub(super) fn count(&self, filter: &Filter, me: &str) -> i64 {
        self.rows
            .iter()
            .filter(|(state, kind, category, editor, _)| {
                State::parse(state).is_some_and(|state| filter.standing.holds(state))
                    && filter.kind.is_none_or(|one| Kind::parse(kind) == Some(one))
                    && filter.category.is_none_or(|one| one.slug() == category)
                    && filter.holder.holds(editor.as_deref(), me)
            })
            .map(|(.., count)| count)
            .sum()
    }
}

fn states(standing: Standing) -> Vec<&'static str> {
    State::ALL
        .into_iter()
        .filter(|state| standing.holds(*state))
        .map(State::as_str)
        .collect()
}

fn words(conn: &mut AnyConnection, filter: &Filter) -> QueryResult<Vec<Word>> {
    let mut words = Vec::new();
    for word in filter.words() {
        let patterns = [word.to_lowercase(), word.to_ascii_lowercase()].map(|word| pattern(&word));
        let [full, ascii] = patterns.clone();
        let slugs = articles::table
            .filter(
                lower(articles::title)
                    .like(full)
                    .escape('\\')
                    .or(lower(articles::title).like(ascii).escape('\\')),
            )
            .select(articles::slug)
            .order(articles::slug)
            .limit(MOST_TITLES)
            .load(conn)?;
        words.push(Word { patterns, slugs });
    }
    Ok(words)
}

/// A pattern for whatever holds these very characters.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for character in word.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

fn titles(conn: &mut AnyConnection, cases: &[Case]) -> QueryResult<HashMap<String, String>> {
    let slugs: Vec<&str> = cases
        .iter()
        .filter_map(|case| case.article.as_deref())
        .collect();
    let rows: Vec<(String, String)> = articles::table
        .filter(articles::slug.eq_any(slugs))
        .select((articles::slug, articles::title))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn holds_of(
    conn: &mut AnyConnection,
    cases: &[Case],
) -> QueryResult<HashMap<String, Vec<HoldKind>>> {
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    let rows: Vec<(String, String)> = holds::table
        .filter(holds::case_id.eq_any(ids))
        .order((holds::case_id, holds::kind))
        .select((holds::case_id, holds::kind))
        .load(conn)?;
    let mut by_case: HashMap<String, Vec<HoldKind>> = HashMap::new();
    for (case, kind) in rows {
        if let Some(kind) = HoldKind::parse(&kind) {
            by_case.entry(case).or_default().push(kind);
        }
    }
    Ok(by_case)
}

fn first_words(conn: &mut AnyConnection, cases: &[Case]) -> QueryResult<HashMap<String, String>> {
    let ids: Vec<&str> = cases
        .iter()
        .filter(|case| case.passage.trim().is_empty())
        .map(|case| case.id.as_str())
        .collect();
    let rows: Vec<(Option<String>, String)> = reports::table
        .filter(reports::case_id.eq_any(ids))
        .order((reports::received_at.desc(), reports::id.desc()))
        .select((reports::case_id, reports::wrong))
        .load(conn)?;
    // The earliest comes last, and stays.
    Ok(rows
        .into_iter()
        .filter_map(|(case, words)| Some((case?, words)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn signs_of_patterns_are_looked_for_as_they_are() {
        assert_eq!(pattern("100%"), "%100\\%%");
        assert_eq!(pattern("a_b\\"), "%a\\_b\\\\%");
    }
}
