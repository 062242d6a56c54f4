//! Reading that may have to look at every record of a table: with progress, and ended when the clerk cancels.

use std::time::Duration;

use store::{PageQuery, StoreError};

use crate::session::api::CallError;
use crate::session::{Desk, OpenBook};

/// How long reading takes before the first report: what is done sooner shows no progress.
const SILENT: Duration = Duration::from_millis(400);

/// Runs `work` as the long call `number`; 0: as it is. `step` names the work in the words of progress.
pub(super) fn watched<T>(
    desk: &Desk,
    open: &OpenBook,
    table: &str,
    (number, step): (u32, &str),
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, CallError> {
    if number == 0 {
        return Ok(work()?);
    }
    let job = desk.job(number);
    let all = PageQuery { table: table.to_owned(), period: open.period(), ..PageQuery::default() };
    let total = open.book.page(&all)?.total;
    let result = store::watched(job.flag().clone(), job.teller(step, total, SILENT), work);
    job.go_on()?;
    Ok(result?)
}
