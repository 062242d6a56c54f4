//! The requests that were made to a receiver, for who asks what happened on the line.

use store::KeptRequest;

use crate::Desk;
use crate::session::api::CallError;
use crate::session::env::rfc3339;
use crate::submit::api::{RequestLine, RequestsPage, RequestsQuery};

/// The most requests of one answer.
const MOST: u64 = 1_000;

/// `submit.requests`.
pub(crate) fn requests(desk: &Desk, request: RequestsQuery) -> Result<RequestsPage, CallError> {
    let open = desk.opened()?;
    let connection = request.connection.unwrap_or_else(|| open.current_connection());
    let limit = request.limit.min(MOST);
    // One more than wanted tells whether there are older ones.
    let mut kept = open.book.requests(&connection, request.failed, request.before, limit + 1)?;
    let more = kept.len() as u64 > limit;
    kept.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let line = |kept: KeptRequest| {
        let table = open.edition.table(&kept.request.table);
        RequestLine {
            no: kept.no,
            at: rfc3339(kept.at),
            title: table.map(|table| table.short_title().to_owned()).unwrap_or_default(),
            request: kept.request,
        }
    };
    Ok(RequestsPage { requests: kept.into_iter().map(line).collect(), more, connection })
}
