//! Sending that stops early, and results with many rejected rows.

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::session::Desk;
use crate::session::api::Changed;
use crate::session::events::Event;
use crate::testing::{call, sample_book, sample_book_at};

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

#[tokio::test]
async fn rejected_rows_are_read_in_pages() {
    let folder = tempfile::tempdir().unwrap();
    let desk = sample_book(folder.path()).await;
    let (id, rows) = {
        let open = desk.opened().unwrap();
        let at = jiff::Timestamp::now();
        let freeze = store::Freeze {
            table: "ODS_TYYHRZDLSJ".into(),
            period: open.period(),
            connection: "c".into(),
            at,
            rows_per_delivery: 5_000,
            hold_back: false,
            only_of: None,
            expected: None,
        };
        let batch = open.book.freeze(&freeze).unwrap().batch.unwrap();
        open.book.delivery_sending(batch.id, 1, at, at).unwrap();
        open.book.delivery_sent(batch.id, 1, "t", "t", at).unwrap();
        let rejected = |row: store::BatchRow| store::RejectedRow { num: row.num, column: None, error: "no".into() };
        let result = store::DeliveryResult {
            at,
            collected: batch.rows,
            stored: 0,
            receipt: String::new(),
            rejected: open.book.delivery_rows(batch.id, 1).unwrap().into_iter().map(rejected).collect(),
            findings: Vec::new(),
            rule: store::RECEIPT_RULE,
        };
        open.book.delivery_result(batch.id, 1, &result).unwrap();
        (batch.id, batch.rows)
    };
    assert!(rows > 1_000, "{rows} rows take three pages");
    let result = call(&desk, "submit.batch", json!({ "id": id })).await;
    assert_eq!((result["rejected"].as_array().unwrap().len(), &result["rejected_total"]), (500, &json!(rows)));
    let page = call(&desk, "submit.rejected", json!({ "id": id, "offset": 1_000, "limit": 5_000 })).await;
    let page = page.as_array().unwrap();
    assert_eq!(page.len() as u64, (rows - 1_000).min(500));
    assert!(page.iter().all(|row| row["row"].is_i64() && row["error"] == "no"));
}
