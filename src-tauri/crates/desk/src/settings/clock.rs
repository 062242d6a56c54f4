//! The clock of this PC and the best known time.

use crate::Desk;
use crate::session::api::{CallError, Changed, ClockState, Nothing};

/// `clock.state`: the two clocks, and what is wrong with that of this PC.
pub(crate) fn state(desk: &Desk, _: Nothing) -> Result<ClockState, CallError> {
    Ok(desk.clock.state())
}

/// `clock.trust`: the clerk says that this PC's clock is right.
pub(crate) fn trust(desk: &Desk, _: Nothing) -> Result<ClockState, CallError> {
    let open = desk.opened().ok();
    desk.clock.trust(&desk.env, open.as_ref().map(|open| &open.book))?;
    desk.tell(Changed::Book);
    Ok(desk.clock.state())
}
