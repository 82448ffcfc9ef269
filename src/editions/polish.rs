//! Packs pages that are asked for again as tightly as can be, on a thread of
//! its own.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Weak};

use super::kept::Kept;
use crate::priority::give_way;

/// How many pages may wait. A page that finds no place stays as it is until it
/// has been asked for twice as often.
const QUEUE: usize = 4_096;

/// The way to the thread, which ends with it.
pub(super) struct Polisher(SyncSender<(Arc<str>, Weak<Kept>)>);

impl Polisher {
    /// `replace` puts the second page in the place of the first, if that is
    /// still kept under the key.
    pub(super) fn start(replace: impl Fn(&str, &Arc<Kept>, Kept) + Send + 'static) -> Polisher {
        let (send, receive) = sync_channel::<(Arc<str>, Weak<Kept>)>(QUEUE);
        std::thread::spawn(move || {
            give_way();
            for (key, page) in receive {
                // One that was dropped meanwhile needs no more work.
                let Some(page) = page.upgrade() else { continue };
                match page.packed() {
                    Ok(packed) => replace(&key, &page, packed),
                    Err(error) => tracing::error!(%error, "a page cannot be compressed"),
                }
            }
        });
        Polisher(send)
    }

    /// Has a page packed when its turn comes. Never waits.
    pub(super) fn take(&self, key: &Arc<str>, page: &Arc<Kept>) {
        if !page.is_packed() {
            let _ = self.0.try_send((Arc::clone(key), Arc::downgrade(page)));
        }
    }
}
