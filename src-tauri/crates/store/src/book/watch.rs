//! Watching a query that reads a whole table: how many records it has come past, and ending it.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use crate::StoreError;

/// Name of the SQL function that counts a record; it is always true.
pub(crate) const SEEN: &str = "tb_seen()";

/// Records between two reports.
const BETWEEN: u64 = 4_096;

struct Watch {
    cancel: Arc<AtomicBool>,
    tell: Box<dyn FnMut(u64)>,
    seen: u64,
}

thread_local! {
    /// What the queries of this thread report to.
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Runs `work`, whose queries on this thread end with an error once `cancel` is set, and report through `tell` how many
/// records they have looked at so far.
pub fn watched<T>(cancel: Arc<AtomicBool>, tell: impl FnMut(u64) + 'static, work: impl FnOnce() -> T) -> T {
    /// Ends the watch, also when `work` panics.
    struct End(Option<Watch>);
    impl Drop for End {
        fn drop(&mut self) {
            WATCH.with(|watch| *watch.borrow_mut() = self.0.take());
        }
    }
    let before = WATCH.with(|watch| watch.borrow_mut().replace(Watch { cancel, tell: Box::new(tell), seen: 0 }));
    let _end = End(before);
    work()
}

/// Whether the query that runs on this thread is to end.
pub(crate) fn is_cancelled() -> bool {
    WATCH.with(|watch| watch.try_borrow().is_ok_and(|watch| is_set(watch.as_ref())))
}

fn is_set(watch: Option<&Watch>) -> bool {
    watch.is_some_and(|watch| watch.cancel.load(Ordering::Relaxed))
}

fn seen() {
    WATCH.with(|watch| {
        let Ok(mut watch) = watch.try_borrow_mut() else { return };
        let Some(watch) = watch.as_mut() else { return };
        watch.seen += 1;
        if watch.seen.is_multiple_of(BETWEEN) {
            (watch.tell)(watch.seen);
        }
    });
}

/// Adds the function to a connection. Its answer is not the same each time for SQLite, so that it is asked for every
/// record.
pub(crate) fn count_records(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
    Ok(connection.create_scalar_function("tb_seen", 0, flags, |_| {
        seen();
        Ok(true)
    })?)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::fixture::{BookFixture, PERIOD, insert};
    use crate::{PageQuery, Sort};

    #[test]
    fn a_long_query_tells_how_far_it_is_and_ends_when_it_is_cancelled() {
        let fixture = BookFixture::new();
        let rows: Vec<_> = (0..5_000).map(|n| insert("ODS_COURSE", &[("KCH", &n.to_string())])).collect();
        fixture.apply(0, &rows);
        let sorted = |descending| PageQuery {
            table: "ODS_COURSE".into(),
            period: PERIOD.into(),
            sort: vec![Sort { column: "KCH".into(), descending }],
            limit: 1,
            ..PageQuery::default()
        };
        let told: Arc<Mutex<Vec<u64>>> = Arc::default();
        let hears = Arc::clone(&told);
        let hear = move |seen| hears.lock().unwrap().push(seen);
        let page = watched(Arc::default(), hear, || fixture.page(&sorted(true))).unwrap();
        assert_eq!(page.total, 5_000);
        assert_eq!(*told.lock().unwrap(), [4_096]);
        let cancelled = Arc::new(AtomicBool::new(true));
        watched(cancelled, |_| {}, || fixture.page(&sorted(false))).unwrap_err();
        // What was cancelled once is answered when it is asked again.
        assert_eq!(fixture.page(&sorted(false)).unwrap().total, 5_000);
    }
}
