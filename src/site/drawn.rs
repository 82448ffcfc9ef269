//! Pictures that were drawn already, as many as fit.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use actix_web::web::Bytes;

/// Keeps drawn pictures by the hashes of what they show. The oldest goes first.
pub struct Drawn {
    most_bytes: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    pictures: HashMap<String, Bytes>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Drawn {
    /// Keeps nothing yet; all that it will keep weighs no more than so many
    /// bytes together.
    #[must_use]
    pub fn new(most_bytes: usize) -> Drawn {
        Drawn {
            most_bytes,
            kept: Mutex::default(),
        }
    }

    /// The picture with this hash, if it is kept.
    #[must_use]
    pub fn get(&self, hash: &str) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.pictures.get(hash).cloned()
    }

    /// Keeps a picture.
    pub fn keep(&self, hash: String, picture: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += picture.len();
        if let Some(before) = kept.pictures.insert(hash.clone(), picture) {
            kept.bytes -= before.len();
        } else {
            kept.order.push_back(hash);
        }
        while kept.bytes > self.most_bytes
            && let Some(oldest) = kept.order.pop_front()
        {
            let gone = kept.pictures.remove(&oldest).map_or(0, |one| one.len());
            kept.bytes -= gone;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_pictures_go_when_there_are_too_many() {
        let drawn = Drawn::new(9_000);
        let picture = Bytes::from(vec![0; 3_000]);
        for hash in ["a", "b", "b", "c", "d"] {
            drawn.keep(hash.to_owned(), picture.clone());
        }
        assert!(drawn.get("a").is_none());
        assert!(["b", "c", "d"].iter().all(|hash| drawn.get(hash).is_some()));
    }
}
