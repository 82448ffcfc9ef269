//! The screen of a case, ready to print.

use askama::Template;

use super::bench::Done;
use super::passage::{Comparison, Verdict, compare};
use super::queries::{Dossier, File, Told};
use super::record::{self, Event, PatchLine};
use super::typed::{Errors, Typed};
use super::ways::{Actions, HoldLine, KindChoice, Ways, holds};
use crate::articles::SourceView;
use crate::cases::{Case, Category, Kind, NoteKind, State, Step};
use crate::desk::clock::{Clock, When};
use crate::desk::gate::Desk;
use crate::desk::plain::{self, Piece};
use crate::paths::{self, desk as at};
use crate::site::shell::{Link, Shell};

#[derive(Template)]
#[template(path = "desk/case.html")]
pub(super) struct CasePage {
    shell: Shell,
    desk: Desk,
    case: Head,
    notice: Option<Notice>,
    typed: Typed,
    errors: Errors,
    /// What was typed into a form that is no longer there.
    leftover: Vec<(&'static str, String)>,
    voices: Vec<Voice>,
    article: Option<Article>,
    comparison: Option<Comparison>,
    similar: Vec<Similar>,
    remarks: Vec<Remark>,
    events: Vec<Event>,
    holds: Vec<HoldLine>,
    /// Other editors, to whom the case can be given.
    colleagues: Vec<(String, String)>,
    ways: Ways,
    patch: Option<Patch>,
    kinds: [KindChoice; 3],
    actions: Actions,
}

/// What stands above the case: what was done, or why nothing was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    /// It was done.
    Done(Done),
    /// Something typed has to be looked at again.
    Wrong,
    /// Somebody else was quicker.
    Overtaken,
    /// The case is in a state from which this leads nowhere.
    NotNow(State),
    /// The database cannot write now.
    Unavailable,
}

struct Head {
    id: String,
    version: i64,
    headline: String,
    kind: &'static str,
    category: &'static str,
    state: &'static str,
    is_open: bool,
    is_urgent: bool,
    is_letter: bool,
    opened: When,
    reports: i64,
    with: Option<String>,
    is_mine: bool,
    /// The public address, once it is decided.
    public: Option<String>,
    merged_into: Option<Link>,
    /// The public reason or note, with what it is.
    outcome: Option<(&'static str, Vec<Piece>)>,
}

/// What one reader said.
struct Voice {
    id: String,
    when: When,
    category: &'static str,
    quote: Vec<Piece>,
    wrong: Vec<Piece>,
    correct: Vec<Piece>,
    source: Vec<Piece>,
    page: Vec<Piece>,
    address: &'static str,
}

struct Article {
    href: String,
    title: String,
    revision: i64,
    /// The revision that the first report is about, if it is an older one.
    seen: Option<Link>,
    history: String,
    sources: Vec<SourceView>,
    claims: Vec<ClaimLine>,
    path: String,
    hash: String,
    source: String,
}

struct ClaimLine {
    what: String,
    value: String,
    sources: String,
    ruling: Option<String>,
}

struct Similar {
    id: String,
    href: String,
    state: &'static str,
    when: When,
    category: &'static str,
    passage: Vec<Piece>,
    outcome: Vec<Piece>,
    is_target: bool,
}

struct Remark {
    by: String,
    when: When,
    text: Vec<Piece>,
}

struct Patch {
    lines: Vec<PatchLine>,
    href: String,
    name: String,
    /// The file has changed since it was made.
    is_stale: bool,
}

impl CasePage {
    /// The screen as it is before anything was typed. `folder` is what the
    /// content folder is called.
    pub(super) fn new(
        desk: Desk,
        dossier: Dossier,
        clock: Clock,
        folder: String,
        may_write: bool,
    ) -> CasePage {
        let case = &dossier.case;
        let state = case.state();
        let head = Head::new(&dossier, &desk, &clock);
        let patch = record::patch(&dossier, &folder);
        let shell = desk.shell(
            &at::case(&case.id),
            &format!("{}: {}", case.id, head.headline),
        );
        let seen = dossier.reports.first().and_then(|report| report.revision);
        CasePage {
            shell,
            voices: dossier
                .reports
                .iter()
                .map(|told| Voice::new(told, &clock))
                .collect(),
            comparison: compare(&dossier),
            similar: dossier
                .similar
                .iter()
                .map(|other| Similar::new(other, &clock))
                .collect(),
            remarks: dossier
                .notes
                .iter()
                .map(|note| Remark {
                    by: record::name(&note.editor, &dossier.editors),
                    when: clock.when(note.written_at),
                    text: plain::text_with_links(&note.text),
                })
                .collect(),
            events: record::events(&dossier, &clock),
            holds: holds(&dossier, &clock),
            ways: Ways {
                accept: state.after(Step::Accept).is_some() && !head.is_letter,
                decline: state.after(Step::Decline).is_some(),
                merge: state.after(Step::Merge).is_some(),
                reopen: state.after(Step::Reopen).is_some(),
                hold: state.is_open() && dossier.file.is_some(),
                apply: patch.is_some() && may_write && state == State::Accepted,
            },
            patch: patch.map(|patch| Patch {
                lines: record::patch_lines(&patch),
                href: at::patch(&case.id),
                name: format!("{}.patch", case.id.to_ascii_lowercase()),
                is_stale: dossier
                    .file
                    .as_ref()
                    .is_some_and(|file| file.hash != case.amended_from),
            }),
            kinds: NoteKind::ALL.map(KindChoice::new),
            colleagues: dossier
                .colleagues
                .iter()
                .filter(|(id, _)| *id != desk.editor.id && Some(id) != case.editor.as_ref())
                .cloned()
                .collect(),
            actions: Actions::new(&case.id),
            article: dossier.file.map(|file| Article::new(file, seen, &clock)),
            notice: None,
            typed: Typed::default(),
            errors: Errors::default(),
            leftover: Vec::new(),
            case: head,
            desk,
        }
    }

    /// Puts in what was typed and what is to be said of it.
    pub(super) fn with(
        mut self,
        typed: Option<Typed>,
        errors: Errors,
        notice: Option<Notice>,
    ) -> CasePage {
        let fresh = Typed::default();
        let came_back = typed.is_some();
        self.typed = typed.unwrap_or(fresh);
        self.errors = errors;
        self.notice = notice;
        if let Some(article) = self.article.as_ref().filter(|_| self.typed.file.is_empty()) {
            self.typed.file.clone_from(&article.source);
            self.typed.file_from.clone_from(&article.hash);
        } else if came_back && !self.ways.accept && !self.typed.file.is_empty() {
            let text = self.typed.file.clone();
            self.leftover.push(("The file", text));
        }
        for (is_there, label, text) in [
            (self.ways.accept, "The note", &self.typed.note),
            (self.ways.decline, "The reason", &self.typed.reason),
            (self.ways.reopen, "Why it is opened again", &self.typed.why),
        ] {
            if !is_there && !text.is_empty() {
                self.leftover.push((label, text.clone()));
            }
        }
        self
    }

    /// The sentence that stands above the case.
    fn notice_words(&self) -> String {
        let how = match &self.case.with {
            Some(name) if !self.case.is_mine => {
                format!("“{}”, with {name}", self.case.state)
            }
            _ => format!("“{}”", self.case.state),
        };
        match self.notice {
            Some(Notice::Done(done)) => done.sentence().to_owned(),
            Some(Notice::Overtaken) => format!(
                "While you had this page open, the case changed: it is now {how}. Nothing of yours was done, and what you typed is kept. Look at the case as it stands, and send it again if you still want to."
            ),
            Some(Notice::NotNow(_)) => format!(
                "The case is {how}, and from there this cannot be done. Nothing was changed, and what you typed is kept."
            ),
            Some(Notice::Unavailable) => "It could not be kept just now. Nothing was changed, and what you typed is below: send it again in a minute.".to_owned(),
            Some(Notice::Wrong) | None => String::new(),
        }
    }

    /// True if the form with these fields, by their names with spaces between
    /// them, has to stand open.
    fn is_asked(&self, fields: &str) -> bool {
        fields
            .split(' ')
            .any(|field| self.errors.of(field).is_some())
    }

    /// Words for a notice that says that something went wrong.
    fn has_trouble(&self) -> bool {
        matches!(
            self.notice,
            Some(Notice::Overtaken | Notice::NotNow(_) | Notice::Unavailable)
        )
    }
}

impl Head {
    fn new(dossier: &Dossier, desk: &Desk, clock: &Clock) -> Head {
        let case = &dossier.case;
        let kind = case.kind();
        let title = dossier.file.as_ref().map(|file| file.title.clone());
        let outcome = match case.state() {
            State::Accepted | State::Corrected => Some(("The public note", &case.note)),
            State::Declined if kind == Kind::Letter => Some(("The answer", &case.reason)),
            State::Declined => Some(("The public reason", &case.reason)),
            _ => None,
        };
        Head {
            id: case.id.clone(),
            version: case.version,
            headline: title
                .or_else(|| case.article.clone())
                .unwrap_or_else(|| "A letter to the editors".to_owned()),
            kind: kind.words(),
            category: case.category().label(),
            state: case.state().words(),
            is_open: case.state().is_open(),
            is_urgent: case.urgent,
            is_letter: kind == Kind::Letter,
            opened: clock.when(case.opened_at),
            reports: case.reports,
            with: case
                .editor
                .as_ref()
                .map(|editor| record::name(editor, &dossier.editors)),
            is_mine: case.editor.as_deref() == Some(desk.editor.id.as_str()),
            public: case.is_public().then(|| paths::record::case(&case.id)),
            merged_into: case.merged_into.as_ref().map(|id| Link {
                href: at::case(id),
                label: id.clone(),
            }),
            outcome: outcome.map(|(label, words)| (label, plain::text(words))),
        }
    }
}

impl Voice {
    fn new(told: &Told, clock: &Clock) -> Voice {
        Voice {
            id: told.id.clone(),
            when: clock.when(told.received_at),
            category: Category::of_row(&told.category).label(),
            quote: plain::text(told.quote.trim()),
            wrong: plain::text_with_links(&told.wrong),
            correct: plain::text_with_links(&told.correct),
            source: plain::text_with_links(&told.source),
            page: plain::text(&told.page),
            address: match (told.has_address, told.confirmed_at, told.erased_at) {
                (true, Some(_), _) => "gave an address, and confirmed it: is told the outcome",
                (true, None, _) => "gave an address, and has not confirmed it",
                (false, _, Some(_)) => "gave an address, which is erased by now",
                (false, _, None) => "gave no address",
            },
        }
    }
}

impl Article {
    fn new(file: File, seen: Option<i64>, clock: &Clock) -> Article {
        let label = |id: &str| {
            let source = file
                .details
                .sources
                .iter()
                .find(|one| one.id.as_str() == id);
            source.map_or_else(|| id.to_owned(), |source| source.short_name())
        };
        let claims = file
            .details
            .claims
            .iter()
            .map(|claim| ClaimLine {
                what: format!("{}, {}", claim.subject, claim.property),
                value: claim.value.clone(),
                sources: claim
                    .sources
                    .iter()
                    .map(|id| label(id.as_str()))
                    .collect::<Vec<_>>()
                    .join("; "),
                ruling: claim.ruling.clone(),
            })
            .collect();
        Article {
            href: paths::article(&file.slug),
            revision: file.revision,
            seen: seen.filter(|seen| *seen != file.revision).map(|seen| Link {
                href: paths::record::revision(&file.slug, seen),
                label: format!("revision {seen}"),
            }),
            history: paths::record::history(&file.slug),
            claims,
            sources: file
                .details
                .sources
                .iter()
                .map(|source| SourceView::new(source.clone(), clock.style))
                .collect(),
            title: file.title,
            path: file.path,
            hash: file.hash,
            source: file.source,
        }
    }
}

impl Similar {
    fn new(case: &Case, clock: &Clock) -> Similar {
        let outcome = match case.state() {
            State::Accepted | State::Corrected => case.note.as_str(),
            State::Declined => case.reason.as_str(),
            _ => "",
        };
        Similar {
            id: case.id.clone(),
            href: at::case(&case.id),
            state: case.state().words(),
            when: clock.when(case.closed_at.unwrap_or(case.changed_at)),
            category: case.category().label(),
            passage: plain::line(&case.passage, 160),
            outcome: plain::text(outcome),
            is_target: case.state() != State::Merged,
        }
    }
}
