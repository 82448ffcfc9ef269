//! Maps that were drawn already, as many as fit.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use actix_web::web::Bytes;

/// What all kept maps may weigh together: some three hundred of them.
const MOST_BYTES: usize = 8 << 20;

/// Keeps drawn maps by their hashes. The oldest goes first.
#[derive(Default)]
pub struct Drawn {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    maps: HashMap<String, Bytes>,
    order: VecDeque<String>,
    bytes: usize,
}

impl Drawn {
    /// The map with this hash, if it is kept.
    #[must_use]
    pub fn get(&self, hash: &str) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.maps.get(hash).cloned()
    }

    /// Keeps a map.
    pub fn keep(&self, hash: String, map: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += map.len();
        if let Some(before) = kept.maps.insert(hash.clone(), map) {
            kept.bytes -= before.len();
        } else {
            kept.order.push_back(hash);
        }
        while kept.bytes > MOST_BYTES
            && let Some(oldest) = kept.order.pop_front()
        {
            let gone = kept.maps.remove(&oldest).map_or(0, |map| map.len());
            kept.bytes -= gone;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_maps_go_when_there_are_too_many() {
        let drawn = Drawn::default();
        let map = Bytes::from(vec![0; MOST_BYTES / 3]);
        for hash in ["a", "b", "b", "c", "d"] {
            drawn.keep(hash.to_owned(), map.clone());
        }
        assert!(drawn.get("a").is_none());
        assert!(["b", "c", "d"].iter().all(|hash| drawn.get(hash).is_some()));
    }
}
