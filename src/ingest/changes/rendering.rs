//! Rendering on all cores, in the order of the files.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use indicatif::ProgressBar;

use super::super::Beside;
use super::{Changes, FinishedArticle, folder};
use crate::check::{self, Subject};
use crate::content::{self, Diagnostic, RenderedArticle};
use crate::dates;

/// What articles are rendered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Purpose {
    /// To be shown.
    Pages,
    /// To say what is wrong with them; the HTML is left out.
    Findings,
}

impl Changes {
    /// Renders the planned articles on all cores and hands each to `take`, on
    /// this thread and in the order of the files.
    pub(in crate::ingest) fn render(
        &self,
        bar: &ProgressBar,
        purpose: Purpose,
        mut take: impl FnMut(FinishedArticle) -> anyhow::Result<()>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> anyhow::Result<()> {
        bar.set_message("rendering");
        bar.set_length(self.articles.len() as u64);
        bar.set_position(0);
        let nothing = Beside::new();
        let today = dates::today(&jiff::tz::TimeZone::UTC);
        let next = AtomicUsize::new(0);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel::<(usize, RenderedArticle)>(workers * 8);
            for _ in 0..workers.min(self.articles.len()) {
                let send = send.clone();
                let (next, nothing) = (&next, &nothing);
                scope.spawn(move || {
                    while let Some((at, planned)) = {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        self.articles.get(at).map(|planned| (at, planned))
                    } {
                        let beside = self
                            .picture_files
                            .get(folder(&planned.path))
                            .unwrap_or(nothing);
                        let render = match purpose {
                            Purpose::Pages => content::render_article,
                            Purpose::Findings => content::survey_article,
                        };
                        let mut rendered =
                            render(&planned.file, planned.revision, &self.catalogue, beside);
                        rendered.diagnostics = check::article(&Subject {
                            path: &planned.path,
                            file: &planned.file,
                            rendered: &rendered,
                            names: &self.names,
                            catalogue: &self.catalogue,
                            pictures: beside,
                            today,
                        });
                        if send.send((at, rendered)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(send);
            // Results come in any order; they are written in the order of the
            // files, so that a rebuilt database is the same byte for byte.
            let mut waiting: BTreeMap<usize, RenderedArticle> = BTreeMap::new();
            let mut expected = 0;
            for (at, rendered) in receive {
                waiting.insert(at, rendered);
                while let Some(rendered) = waiting.remove(&expected) {
                    let planned = &self.articles[expected];
                    diagnostics.extend(rendered.diagnostics.iter().cloned());
                    let beside = self
                        .picture_files
                        .get(folder(&planned.path))
                        .unwrap_or(&nothing);
                    take(FinishedArticle {
                        planned,
                        rendered,
                        beside,
                        names: &self.names,
                    })?;
                    bar.inc(1);
                    expected += 1;
                }
            }
            Ok(())
        })
    }
}
