//! Looking for what is due while the program is open.

use std::sync::Weak;
use std::time::Duration;

use super::api::RunSchedule;
use super::run::{is_due, run};
use crate::session::Desk;

/// How often an open program looks.
const LOOK: Duration = Duration::from_secs(60);

/// Runs what is due of the open book from time to time, until the desk is gone. What came of it stands in the book.
pub async fn watch(desk: Weak<Desk>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let Some(desk) = desk.upgrade() else { return };
        // A look that panicked has been entered into the log; the next one comes all the same.
        let _ = tokio::task::spawn_blocking(move || look(&desk)).await;
    }
}

fn look(desk: &Desk) {
    if is_due(desk) {
        // What failed in an entry is kept with it; anything else is met again at the next look.
        let _ = run(desk, RunSchedule { name: None, job: 0 });
    }
}
