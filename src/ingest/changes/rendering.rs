//! Rendering on all cores, in the order of the files.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use indicatif::ProgressBar;

use super::super::Beside;
use super::{Changes, FinishedArticle, PlannedArticle, folder, hash};
use crate::check::{self, Subject};
use crate::content::{self, ArticleFile, Diagnostic, RenderedArticle};
use crate::dates::{self, Day, Year};

/// What lies beside an article without pictures.
static NOTHING: Beside = Beside::new();

/// What articles are rendered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Purpose {
    /// To be shown.
    Pages,
    /// To say what is wrong with them; the HTML is left out.
    Findings,
}

/// A file as it was read, and what it came to.
type Whole = (Arc<ArticleFile>, RenderedArticle);

/// A file is no longer what it was when it was first read in this run.
#[derive(Debug, thiserror::Error)]
#[error("{0} was changed while it was being read; try again")]
pub(in crate::ingest) struct ChangedMeanwhile(String);

impl Changes {
    /// Renders the planned articles on all cores and hands each to `take`, on
    /// this thread and in the order of the files.
    ///
    /// # Errors
    /// Those of `take`, or [`ChangedMeanwhile`]; then the run begins again.
    pub(in crate::ingest) fn render<'a>(
        &'a self,
        bar: &ProgressBar,
        purpose: Purpose,
        mut take: impl FnMut(FinishedArticle<'a>) -> anyhow::Result<()>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> anyhow::Result<()> {
        bar.set_message("rendering");
        bar.set_length(self.articles.len() as u64);
        bar.set_position(0);
        let today = dates::today(&jiff::tz::TimeZone::UTC);
        let next = AtomicUsize::new(0);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            let (send, receive) =
                sync_channel::<(usize, Result<Whole, ChangedMeanwhile>)>(workers * 8);
            for _ in 0..workers.min(self.articles.len()) {
                let send = send.clone();
                let next = &next;
                scope.spawn(move || {
                    while let Some((at, planned)) = {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        self.articles.get(at).map(|planned| (at, planned))
                    } {
                        if send
                            .send((at, self.render_one(planned, purpose, today)))
                            .is_err()
                        {
                            break;
                        }
                    }
                });
            }
            drop(send);
            // Results come in any order; they are written in the order of the
            // files, so that a rebuilt database is the same byte for byte.
            let mut waiting: BTreeMap<usize, Result<Whole, ChangedMeanwhile>> = BTreeMap::new();
            let mut expected = 0;
            for (at, rendered) in receive {
                waiting.insert(at, rendered);
                while let Some(whole) = waiting.remove(&expected) {
                    let (file, rendered) = whole?;
                    let planned = &self.articles[expected];
                    diagnostics.extend(rendered.diagnostics.iter().cloned());
                    take(FinishedArticle {
                        planned,
                        file,
                        rendered,
                        beside: self.beside(planned),
                        names: &self.names,
                    })?;
                    bar.inc(1);
                    expected += 1;
                }
            }
            Ok(())
        })
    }

    fn render_one(
        &self,
        planned: &PlannedArticle,
        purpose: Purpose,
        today: (Year, Day),
    ) -> Result<Whole, ChangedMeanwhile> {
        let file = self.whole(planned)?;
        let beside = self.beside(planned);
        let render = match purpose {
            Purpose::Pages => content::render_article,
            Purpose::Findings => content::survey_article,
        };
        let mut rendered = render(&file, planned.revision, &self.catalogue, beside);
        rendered.diagnostics = check::article(&Subject {
            path: &planned.path,
            file: &file,
            rendered: &rendered,
            names: &self.names,
            catalogue: &self.catalogue,
            pictures: beside,
            today,
        });
        Ok((file, rendered))
    }

    /// The file with its text, which is read again if it was let go.
    fn whole(&self, planned: &PlannedArticle) -> Result<Arc<ArticleFile>, ChangedMeanwhile> {
        if !planned.file.source.is_empty() {
            return Ok(Arc::clone(&planned.file));
        }
        let source = fs::read(self.root.join(&planned.path))
            .ok()
            .filter(|bytes| hash(bytes) == planned.hash)
            .and_then(|bytes| content::text_of(&bytes).ok())
            .ok_or_else(|| ChangedMeanwhile(planned.path.clone()))?;
        let mut file = ArticleFile::clone(&planned.file);
        file.source = source;
        Ok(Arc::new(file))
    }

    fn beside(&self, planned: &PlannedArticle) -> &Beside {
        let beside = self.picture_files.get(folder(&planned.path));
        beside.unwrap_or(&NOTHING)
    }
}
