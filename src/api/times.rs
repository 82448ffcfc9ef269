//! When the site published and changed each article, kept for one edition, so
//! that a list in that order costs no reading of all articles for each part.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use diesel::QueryResult;
use jiff::tz::TimeZone;

use crate::articles::Visibility;
use crate::articles::queries::{self, SiteTimes};
use crate::db::AnyConnection;

/// The times of all articles that may be seen.
pub(super) type All = HashMap<String, SiteTimes>;

type Kept = ((i64, Visibility), Arc<All>);

/// Keeps them for the latest edition that was asked for.
#[derive(Default)]
pub(super) struct Times(Mutex<Option<Kept>>);

impl Times {
    /// Those of the edition that the connection sees.
    pub(super) fn all(
        &self,
        conn: &mut AnyConnection,
        zone: &TimeZone,
        visibility: Visibility,
    ) -> QueryResult<Arc<All>> {
        let key = (queries::edition(conn)?, visibility);
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some((of, times)) = known
            && of == key
        {
            return Ok(times);
        }
        let times = Arc::new(queries::site_times(conn, None, zone, visibility)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((key, Arc::clone(&times)));
        Ok(times)
    }
}
