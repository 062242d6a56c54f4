//! Pausing and resuming submission to a connection.

use crate::Desk;
use crate::session::api::{CallError, Changed};
use crate::session::env::rfc3339;
use crate::submit::api::{Pause, Paused};
use crate::submit::batches::name_of;

/// `submit.pause`. A submission that runs ends after the requests that are on their way; what has not left waits.
pub(crate) fn pause(desk: &Desk, request: Pause) -> Result<Paused, CallError> {
    let open = desk.opened()?;
    let name = name_of(&request.target);
    if let Some(connection) = &request.target.connection {
        open.connection(connection)?;
    }
    open.set_paused(name, request.paused.then(|| rfc3339(desk.clock.now())))?;
    desk.tell(Changed::Batches);
    Ok(Paused { since: open.paused_since(name)? })
}
