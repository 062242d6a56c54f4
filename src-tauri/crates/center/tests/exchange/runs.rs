//! Whole runs: batches are sent, their replies are lost, they are found again, and their results are recorded.

use center::Faults;
use jiff::{SignedDuration, Timestamp};
use submit::{Client, Collected, Driven, Stop, Verdict, Watch, collect, drive};

use crate::ledger::{Crashing, Memory};
use crate::stage::{Clock, DAY, EDITION, NO_DAY, OTHER, Stage, TABLE, client, key};
use standard::Coded;

async fn run(client: &Client, ledger: &Memory) -> Driven {
    let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false, paused: &|| false };
    let Ok(driven) = drive(client, ledger, &EDITION, &mut watch).await;
    driven
}

async fn results(client: &Client, ledger: &Memory) -> Collected {
    let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false, paused: &|| false };
    let Ok(collected) = collect(client, ledger, &EDITION, &mut watch).await;
    collected
}

#[tokio::test]
async fn everything_is_stored_once() {
    let stage = Stage::new(|_| {}).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 5), (OTHER, 100, 2)]));
    let driven = run(&client, &ledger).await;
    assert_eq!((driven.sent.len(), driven.waiting, driven.stop), (4, 0, None));
    assert_eq!(ledger.states(), ["sent"; 4]);
    let collected = results(&client, &ledger).await;
    assert_eq!((collected.closed.len(), collected.open, collected.stop), (4, 0, None));
    assert_eq!(ledger.states(), ["stored"; 4]);
    for n in 0..5 {
        assert_eq!(stage.stored(TABLE, &key(n)), 1);
    }
    assert_eq!(run(&client, &ledger).await, Driven::default(), "nothing is left to send");
}

#[tokio::test]
async fn results_come_after_the_delay() {
    let stage = Stage::new(|config| config.delay_s = 3600).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 2)]));
    run(&client, &ledger).await;
    let collected = results(&client, &ledger).await;
    assert_eq!((collected.closed.len(), collected.open), (0, 1));
    assert!(collected.next.unwrap() > Timestamp::now(), "30 minutes after sending");
    assert_eq!(ledger.states(), ["sent"]);
}

#[tokio::test]
async fn dropped_rows_come_back_by_number() {
    let stage = Stage::new(|_| {}).await;
    let (client, ledger) = (stage.client(), Memory::default());
    // Three calls in one second, of which the second and the third are dropped in part and in full.
    ledger.freeze(1, TABLE, &[(1, DAY), (2, DAY), (3, DAY), (4, NO_DAY), (5, NO_DAY), (6, NO_DAY)]);
    run(&client, &ledger).await;
    results(&client, &ledger).await;
    assert_eq!(ledger.states(), ["stored", "partly-stored", "rejected"]);
    let verdicts = ledger.verdicts(1, 2);
    assert_eq!(verdicts[0], Verdict::Stored);
    let Verdict::Rejected { error, column } = &verdicts[1] else { panic!("{verdicts:?}") };
    assert_eq!(column.as_deref(), Some("FWRQ"));
    assert!(error.starts_with("FWRQ 字段FWRQ 此字段内容格式不正确"), "{error}");
    assert_eq!(stage.running.inbox.row_count(TABLE).unwrap(), 3);
}

#[tokio::test]
async fn a_sentence_drops_the_call() {
    let stage = Stage::faulty(Faults { sentence_every: Some(2), ..Faults::default() }).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 4)]));
    run(&client, &ledger).await;
    results(&client, &ledger).await;
    assert_eq!(ledger.states(), ["stored", "rejected"]);
    for verdict in ledger.verdicts(1, 2) {
        let Verdict::Rejected { error, .. } = verdict else { panic!("{verdict:?}") };
        assert!(error.contains("字段数量不符"), "{error}");
    }
}

#[tokio::test]
async fn a_lost_reply_is_found_among_the_results_and_nothing_is_sent_twice() {
    let stage = Stage::faulty(Faults { cut_every: Some(2), ..Faults::default() }).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 8)]));
    let driven = run(&client, &ledger).await;
    assert_eq!((driven.unknown.len(), driven.waiting, driven.stop), (0, 0, None));
    results(&client, &ledger).await;
    assert_eq!(ledger.states(), ["stored"; 4]);
    for n in 0..8 {
        assert_eq!(stage.stored(TABLE, &key(n)), 1, "row {n}");
    }
}

#[tokio::test]
async fn while_a_call_is_unknown_its_table_waits() {
    // Results are given after an hour: the outcome of the first delivery is not known before.
    let faults = Faults { cut_every: Some(3), ..Faults::default() };
    let stage = Stage::with(|config| config.delay_s = 3600, faults).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(OTHER, 0, 4), (TABLE, 10, 4), (OTHER, 20, 2)]));
    let driven = run(&client, &ledger).await;
    // The third submission, the first of TABLE, is cut; OTHER goes on.
    assert_eq!(ledger.states(), ["sent", "sent", "unknown", "frozen", "sent"]);
    assert_eq!((driven.unknown.len(), driven.waiting), (1, 1));
    assert_eq!(driven.stop, Some(Stop::Failed(submit::SubmitError::Cut)));
    assert!(driven.next.unwrap() > Timestamp::now());
    let again = run(&client, &ledger).await;
    assert_eq!((again.sent.len(), again.waiting, again.stop), (0, 1, None), "it waits, nothing fails");
    assert_eq!(ledger.times_sent(2, 1), 1, "not sent again");
    assert_eq!(stage.stored(TABLE, &key(10)), 1);
}

#[tokio::test]
async fn what_never_arrived_is_sent_again_after_the_waiting_time() {
    let stage = Stage::new(|_| {}).await;
    let check = async |minutes: i64, expect: &[&str]| {
        let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 4)]));
        ledger.crash_while_sending(1, 1, Timestamp::now() - SignedDuration::from_mins(minutes));
        run(&client, &ledger).await;
        assert_eq!(ledger.states(), expect, "{minutes}");
    };
    check(1, &["unknown", "frozen"]).await;
    check(34, &["unknown", "frozen"]).await;
    check(36, &["sent", "sent"]).await;
}

#[tokio::test]
async fn a_crash_after_arrival_is_no_second_sending() {
    let stage = Stage::new(|_| {}).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 2)]));
    ledger.crash_while_sending(1, 1, Timestamp::now());
    // The bytes had left before the crash.
    let rows = submit::Ledger::items(&ledger, submit::DeliveryId { batch: 1, no: 1 }).unwrap();
    client.submit(TABLE, rows.into_iter().map(|item| item.row).collect()).await;
    run(&client, &ledger).await;
    assert_eq!(ledger.states(), ["stored"]);
    assert_eq!((ledger.times_sent(1, 1), stage.stored(TABLE, &key(0))), (1, 1));
}

#[tokio::test]
async fn one_refusal_leaves_its_batch_for_the_next_run() {
    let stage = Stage::faulty(Faults { refuse_every: Some(2), ..Faults::default() }).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(OTHER, 0, 2), (TABLE, 10, 4), (OTHER, 20, 2)]));
    let driven = run(&client, &ledger).await;
    // Refused once, then once more with a new login: submissions 2 and 3, and 3 is taken.
    assert_eq!(ledger.states(), ["sent"; 4], "{driven:?}");
}

#[tokio::test]
async fn whatever_crashes_each_row_is_stored_once() {
    // No waiting, and this PC's own clock: the receiver's is known to half a second only.
    let quick = |c: &mut protocol::Connection| {
        (c.options.first_query_after_s, c.options.resend_margin_s) = (0, 0);
        c.options.clock_from_server = false;
    };
    for crash_at in 0..12 {
        for durable in [false, true] {
            let stage = Stage::faulty(Faults { cut_every: Some(3), ..Faults::default() }).await;
            let ledger = Memory::of(&[(TABLE, 0, 4), (OTHER, 0, 3), (TABLE, 10, 1)]);
            let crashed = {
                let mut watch = Watch { progress: &mut |_| {}, cancelled: &|| false, paused: &|| false };
                let crashing = Crashing::new(&ledger, crash_at, durable);
                let client = client(stage.connection(quick), &Clock::default());
                drive(&client, &crashing, &EDITION, &mut watch).await.is_err()
            };
            assert!(crashed || crash_at > 8, "event {crash_at} is one of the run's");
            // The program starts again, as often as it takes.
            let client = client(stage.connection(quick), &Clock::default());
            for _ in 0..6 {
                if ledger.states() != ["stored"; 5] {
                    run(&client, &ledger).await;
                    results(&client, &ledger).await;
                }
            }
            assert_eq!(ledger.states(), ["stored"; 5], "{crash_at} {durable}");
            for (table, n) in [(TABLE, 0), (TABLE, 3), (OTHER, 0), (OTHER, 2), (TABLE, 10)] {
                assert_eq!(stage.stored(table, &key(n)), 1, "{crash_at} {durable} {table} {n}");
            }
        }
    }
}

#[tokio::test]
async fn two_refusals_in_a_row_end_the_run() {
    let stage = Stage::faulty(Faults { refuse_every: Some(1), ..Faults::default() }).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 4), (OTHER, 10, 4), (OTHER, 20, 2)]));
    let driven = run(&client, &ledger).await;
    assert_eq!(ledger.states(), ["frozen"; 5]);
    assert_eq!((ledger.times_sent(1, 1), ledger.times_sent(2, 1), ledger.times_sent(3, 1)), (1, 1, 0));
    assert!(matches!(driven.stop, Some(Stop::Failed(submit::SubmitError::Refused(_)))), "{:?}", driven.stop);
    assert_eq!(stage.running.inbox.row_count(TABLE).unwrap(), 0);
}

#[tokio::test]
async fn without_network_everything_waits() {
    let stage = Stage::new(|_| {}).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 4)]));
    stage.running.shutdown().await;
    let driven = run(&client, &ledger).await;
    assert!(matches!(driven.stop, Some(Stop::Failed(ref error)) if error.code() == "network.refused"));
    assert_eq!((ledger.states(), ledger.times_sent(1, 1)), (vec!["frozen".to_owned(); 2], 0));
}

#[tokio::test]
async fn a_run_can_be_ended_between_calls() {
    let stage = Stage::new(|_| {}).await;
    let (client, ledger) = (stage.client(), Memory::of(&[(TABLE, 0, 6)]));
    let told = std::sync::Mutex::new(Vec::new());
    let mut progress = |progress: submit::Progress| told.lock().unwrap().push((progress.rows, progress.of));
    let cancelled = || told.lock().unwrap().len() == 2;
    let mut watch = Watch { progress: &mut progress, cancelled: &cancelled, paused: &|| false };
    let Ok(driven) = drive(&client, &ledger, &EDITION, &mut watch).await;
    assert_eq!(driven.stop, Some(Stop::Cancelled));
    assert_eq!(ledger.states(), ["sent", "sent", "frozen"]);
    assert_eq!(*told.lock().unwrap(), [(0, 6), (2, 6)]);
}
