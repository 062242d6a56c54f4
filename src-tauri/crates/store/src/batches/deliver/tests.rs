//! The states of deliveries: which moves are allowed, giving up, cutting, and sending again.

use super::*;
use crate::fixture::{BookFixture, at, finding as finding_of, freeze, insert};
use crate::{Freeze, RejectedRow};
use standard::{Coded, Level};

const COURSE: &str = "ODS_COURSE";

/// A book with a batch of three rows in two deliveries.
fn frozen() -> (BookFixture, i64) {
    let fixture = BookFixture::new();
    fixture.apply(0, &["a", "b", "c"].map(|k| insert(COURSE, &[("KCH", k)])));
    let batch = fixture.freeze(&Freeze { rows_per_delivery: 2, ..freeze(COURSE, 1) }).unwrap().batch.unwrap().id;
    (fixture, batch)
}

fn result(rejected: &[u32]) -> DeliveryResult {
    DeliveryResult {
        at: at(9),
        collected: 2,
        stored: 2u64.saturating_sub(rejected.len() as u64),
        receipt: "收到".into(),
        rejected: rejected.iter().map(|num| RejectedRow { num: *num, column: None, error: "错".into() }).collect(),
        findings: Vec::new(),
        rule: crate::RECEIPT_RULE,
    }
}

#[test]
fn only_the_moves_of_the_map_are_allowed() {
    use DeliveryState::*;
    let stored: &[DeliveryState] = &[Stored, PartlyStored, Rejected];
    // A state, and the states that may follow it; every other pair is refused.
    let allowed: &[(DeliveryState, &[DeliveryState])] = &[
        (Frozen, &[Sending]),
        (Sending, &[Sent, Frozen, Unknown]),
        (Sent, stored),
        (Unknown, &[Sent, Frozen, Stored, PartlyStored, Rejected]),
    ];
    let go = |fixture: &BookFixture, batch, to| match to {
        Frozen => fixture.delivery_not_received(batch, 1, "没有网络"),
        Sending => fixture.delivery_sending(batch, 1, at(2), at(2)),
        Sent => fixture.delivery_sent(batch, 1, "2026-09-01 00:00:03", "ok", at(1800)),
        Unknown => fixture.delivery_unknown(batch, 1, "超时", at(1800)),
        Stored => fixture.delivery_result(batch, 1, &result(&[])),
        PartlyStored => fixture.delivery_result(batch, 1, &result(&[2])),
        Rejected => fixture.delivery_result(batch, 1, &result(&[1, 2])),
    };
    let way_to = |state| match state {
        Frozen => vec![],
        Sending => vec![Sending],
        Sent | Unknown => vec![Sending, state],
        Stored | PartlyStored | Rejected => vec![Sending, Sent, state],
    };
    for from in DeliveryState::ALL {
        for to in DeliveryState::ALL {
            let (fixture, batch) = frozen();
            for state in way_to(from) {
                go(&fixture, batch, state).unwrap();
            }
            let before = (fixture.batch(batch).unwrap(), fixture.deliveries(batch).unwrap());
            let may = allowed.iter().any(|(f, tos)| *f == from && tos.contains(&to));
            match go(&fixture, batch, to) {
                Ok(_) => {
                    assert!(may, "{from:?} -> {to:?}");
                    assert_eq!(fixture.deliveries(batch).unwrap()[0].state, to);
                }
                Err(error) => {
                    assert!(!may, "{from:?} -> {to:?}");
                    assert_eq!(error.code(), "batch.move-not-allowed");
                    assert_eq!((fixture.batch(batch).unwrap(), fixture.deliveries(batch).unwrap()), before);
                }
            }
        }
    }
}

#[test]
fn a_batch_is_as_far_as_its_calls() {
    use DeliveryState::*;
    let check = |calls: &[DeliveryState], expect| assert_eq!(state_of(calls), expect, "{calls:?}");
    check(&[Frozen, Frozen], BatchState::Frozen);
    check(&[Sending, Frozen], BatchState::Sending);
    check(&[Sent, Frozen], BatchState::Sending);
    check(&[Stored, Frozen], BatchState::Sending);
    check(&[Sent, Sent], BatchState::Sent);
    check(&[Sent, Rejected], BatchState::Sent);
    check(&[Unknown, Frozen], BatchState::Unknown);
    check(&[Stored, Unknown], BatchState::Unknown);
    check(&[Stored, Stored], BatchState::Stored);
    check(&[Stored, Rejected], BatchState::PartlyStored);
    check(&[PartlyStored, Stored], BatchState::PartlyStored);
    check(&[Rejected, Rejected], BatchState::Rejected);
}

#[test]
fn a_row_that_is_rejected_twice_is_one_row() {
    let (fixture, batch) = frozen();
    fixture.delivery_sending(batch, 1, at(2), at(2)).unwrap();
    fixture.delivery_sent(batch, 1, "t", "ok", at(3)).unwrap();
    fixture.delivery_result(batch, 1, &result(&[2, 2, 9])).unwrap();
    assert_eq!(fixture.deliveries(batch).unwrap()[0].state, DeliveryState::PartlyStored);
    assert_eq!(fixture.rejected_rows(batch, 0, 9).unwrap().len(), 1);
}

#[test]
fn a_call_that_was_going_out_is_unknown_when_the_book_is_opened_again() {
    let (mut fixture, batch) = frozen();
    fixture.delivery_sending(batch, 1, at(2), at(2)).unwrap();
    fixture.reopen();
    assert_eq!(fixture.batch(batch).unwrap().state, BatchState::Unknown);
    let states: Vec<_> = fixture.deliveries(batch).unwrap().into_iter().map(|c| c.state).collect();
    assert_eq!(states, [DeliveryState::Unknown, DeliveryState::Frozen]);
}

#[test]
fn a_batch_that_waits_too_long_can_be_given_up() {
    use DeliveryState::*;
    let (fixture, batch) = frozen();
    fixture.delivery_sending(batch, 1, at(2), at(2)).unwrap();
    fixture.delivery_sent(batch, 1, "t", "ok", at(3)).unwrap();
    fixture.delivery_sending(batch, 2, at(2), at(2)).unwrap();
    fixture.delivery_unknown(batch, 2, "cut", at(3)).unwrap();
    let waiting = fixture.give_up(batch, "given-up").unwrap();
    assert_eq!((waiting.state, waiting.sent_at), (BatchState::Frozen, None));
    assert_eq!(waiting.problem.as_deref(), Some("given-up"));
    fixture.delivery_sending(batch, 1, at(4), at(4)).unwrap();
    fixture.delivery_sent(batch, 1, "t", "ok", at(5)).unwrap();
    fixture.delivery_result(batch, 1, &result(&[])).unwrap();
    let states: Vec<_> = fixture.deliveries(batch).unwrap().into_iter().map(|c| c.state).collect();
    assert_eq!(states, [Stored, Frozen]);
    fixture.give_up(batch, "given-up").unwrap();
    assert_eq!(fixture.deliveries(batch).unwrap()[0].state, Stored, "a result stays");
    fixture.whole();
}

#[test]
fn deliveries_that_are_too_large_are_cut() {
    let fixture = BookFixture::new();
    fixture.apply(0, &["a", "b", "c", "d", "e", "f", "g"].map(|k| insert(COURSE, &[("KCH", k)])));
    let batch = fixture.freeze(&Freeze { rows_per_delivery: 5, ..freeze(COURSE, 1) }).unwrap().batch.unwrap();
    fixture.delivery_sending(batch.id, 2, at(2), at(2)).unwrap();
    fixture.split_deliveries(batch.id, 2).unwrap();
    let rows = |no| {
        let rows = fixture.delivery_rows(batch.id, no).unwrap();
        rows.into_iter().map(|row| (row.num, row.row)).collect::<Vec<_>>()
    };
    let calls = fixture.deliveries(batch.id).unwrap();
    assert_eq!(calls.iter().map(|call| call.rows).collect::<Vec<_>>(), [2, 2, 1, 2], "what is out stays whole");
    assert_eq!([rows(1), rows(2), rows(3), rows(4)].concat(), [(1, 1), (2, 2), (1, 3), (2, 4), (1, 5), (1, 6), (2, 7)]);
    let after = fixture.batch(batch.id).unwrap();
    assert_eq!((after.hash, after.rows), (batch.hash, 7));
    fixture.whole();
}

#[test]
fn a_batch_that_was_rejected_as_a_whole_goes_again_unchanged() {
    let (fixture, batch) = frozen();
    for no in [1, 2] {
        fixture.delivery_sending(batch, no, at(2), at(2)).unwrap();
        fixture.delivery_sent(batch, no, "t", "ok", at(3)).unwrap();
    }
    let findings = |rows: &[i64]| {
        let of = |row: &i64| finding_of(COURSE, Some(*row), None, "receipt", Level::Mandatory, "");
        rows.iter().map(of).collect::<Vec<_>>()
    };
    fixture.delivery_result(batch, 1, &DeliveryResult { findings: findings(&[1, 2]), ..result(&[1, 2]) }).unwrap();
    let named = RejectedRow { num: 1, column: Some("KCH".into()), error: "KCH 错".into() };
    let last = DeliveryResult { rejected: vec![named], findings: findings(&[3]), ..result(&[]) };
    assert_eq!(fixture.delivery_result(batch, 2, &last).unwrap().rejected_whole, 1);
    // Another record, which is not part of the batch.
    fixture.apply(9, &[insert(COURSE, &[("KCH", "z")])]);
    assert_eq!(fixture.freeze(&freeze(COURSE, 10)).unwrap().blocked, 3);
    fixture.forget_rejection(batch, crate::RECEIPT_RULE).unwrap();
    let only = Freeze { only_of: Some(batch), ..freeze(COURSE, 11) };
    let again = fixture.freeze(&only).unwrap();
    assert_eq!((again.batch.unwrap().rows, again.blocked), (2, 0), "the row that was named is not part of it");
}

#[test]
fn a_batch_tells_what_its_calls_know() {
    let (fixture, batch) = frozen();
    fixture.delivery_sending(batch, 1, at(2), at(2)).unwrap();
    fixture.delivery_sent(batch, 1, "t1", "ok", at(100)).unwrap();
    fixture.delivery_sending(batch, 2, at(3), at(3)).unwrap();
    let sent = fixture.delivery_sent(batch, 2, "t2", "ok", at(200)).unwrap();
    assert_eq!((sent.sent_at, sent.result_after, sent.collected), (Some(at(2)), Some(at(200)), None));
    fixture.delivery_result(batch, 1, &DeliveryResult { receipt: "一".into(), ..result(&[2]) }).unwrap();
    let last = DeliveryResult { receipt: "二".into(), collected: 1, stored: 1, ..result(&[]) };
    let done = fixture.delivery_result(batch, 2, &last).unwrap();
    assert_eq!((done.state, done.collected, done.stored), (BatchState::PartlyStored, Some(3), Some(2)));
    assert_eq!(done.receipt.as_deref(), Some("一\n二"));
    let calls = fixture.deliveries(batch).unwrap();
    assert_eq!((calls[1].reply_time.as_deref(), calls[1].reply.as_deref()), (Some("t2"), Some("ok")));
    fixture.whole();
}

#[test]
fn batches_and_calls_that_are_not_there_are_named() {
    let (fixture, batch) = frozen();
    assert_eq!(fixture.delivery_sending(99, 1, at(0), at(0)).unwrap_err().code(), "batch.no-such-batch");
    assert_eq!(fixture.delivery_sending(batch, 9, at(0), at(0)).unwrap_err().code(), "batch.no-such-call");
    assert_eq!(fixture.batch(99).unwrap_err().code(), "batch.no-such-batch");
    assert_eq!(fixture.delivery_result(batch, 9, &result(&[])).unwrap_err().code(), "batch.no-such-call");
}
