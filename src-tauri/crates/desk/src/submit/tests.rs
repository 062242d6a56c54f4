//! Sending that ends before its end.

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::session::Desk;
use crate::session::api::Changed;
use crate::session::events::Event;
use crate::testing::{call, sample_book_at};

/// Number of the call that is cancelled.
const JOB: u32 = 7;

/// Cancels the call as soon as the book has a batch. The clock is read for each batch, so the second is the last.
fn cancel_after_first(desk: &Desk) {
    if desk.opened().is_ok_and(|open| open.book.all_batches(&store::BatchQuery::default()).next().is_some()) {
        desk.jobs.cancel(JOB);
    }
}

#[tokio::test]
async fn batches_frozen_before_sending_is_cancelled_are_announced() {
    let folder = tempfile::tempdir().unwrap();
    let cancelling: Arc<Mutex<Option<Arc<Desk>>>> = Arc::default();
    let clock = {
        let cancelling = cancelling.clone();
        move || {
            let desk = cancelling.lock().unwrap().clone();
            desk.iter().for_each(|desk| cancel_after_first(desk));
            jiff::Timestamp::now()
        }
    };
    let desk = sample_book_at(folder.path(), Arc::new(clock)).await;
    *cancelling.lock().unwrap() = Some(desk.clone());
    let mut events = desk.subscribe();
    let send = json!({ "target": { "connection": null }, "job": JOB });
    let refused = desk.call("submit.send", send).await.unwrap_err();
    assert_eq!(refused.code, "job.cancelled");
    cancelling.lock().unwrap().take();
    let batches = call(&desk, "submit.batches", json!({ "limit": 9 })).await;
    assert!(batches["total"].as_u64().unwrap() > 0);
    desk.tell(Changed::Book);
    let mut announced = false;
    loop {
        match events.next().await.unwrap() {
            Event::Changed(Changed::Batches) => announced = true,
            Event::Changed(Changed::Book) => break,
            _ => {}
        }
    }
    assert!(announced, "the page hears of batches that were frozen before the error");
}
