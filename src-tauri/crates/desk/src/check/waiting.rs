//! The rules that wait after an edit: which they are, and running them.

use std::sync::Weak;
use std::time::Duration;

use crate::check::api::{CatchUp, WaitingRule};
use crate::session::Desk;
use crate::session::OpenBook;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::events::{Event, Listener};
use crate::session::jobs::Job;
use crate::verify::waiting::run;

/// The time without a change after which the rules that wait are run.
const QUIET: Duration = Duration::from_millis(700);

/// `check.waiting`.
pub(crate) fn waiting(desk: &Desk, _: Nothing) -> Result<Vec<WaitingRule>, CallError> {
    list(&*desk.opened()?)
}

/// `check.catch_up`.
pub(crate) fn catch_up(desk: &Desk, request: CatchUp) -> Result<Vec<WaitingRule>, CallError> {
    let open = desk.opened()?;
    run_and_tell(desk, &open, &mut desk.job(request.job))?;
    list(&open)
}

/// Runs the rules that wait after each group of changes of the open book, until the desk is gone.
pub async fn watch(desk: Weak<Desk>, mut events: Listener) {
    while let Some(event) = events.next().await {
        if !matters(&event) {
            continue;
        }
        // Everything that comes within the quiet time belongs to the same group.
        while let Ok(Some(_)) = tokio::time::timeout(QUIET, events.next()).await {}
        let Some(desk) = desk.upgrade() else { return };
        // A run that panicked has been entered into the log; the next change brings another one.
        let _ = tokio::task::spawn_blocking(move || {
            desk.background.run(|stop| {
                if let Ok(open) = desk.opened() {
                    // What was stopped or failed keeps waiting.
                    let _ = run_and_tell(&desk, &open, &mut desk.job(0).stopped_by(stop));
                }
            });
        })
        .await;
    }
}

/// Whether rules may wait after an event: records changed, or another book or period is open.
fn matters(event: &Event) -> bool {
    matches!(event, Event::Changed(Changed::Tables { .. } | Changed::Book | Changed::Everything))
}

fn run_and_tell(desk: &Desk, open: &OpenBook, job: &mut Job<'_>) -> Result<(), CallError> {
    let written = run(open, job)?;
    if !written.is_empty() {
        desk.tell(Changed::Tables { tables: written.into_iter().collect(), step: None });
    }
    Ok(())
}

fn list(open: &OpenBook) -> Result<Vec<WaitingRule>, CallError> {
    let view = |waits: store::WaitingRule| {
        let title = open.edition.table(&waits.table).map(|table| table.short_title().to_owned());
        let rule = open.edition.rules.iter().find(|rule| rule.id == waits.rule);
        WaitingRule {
            table_title: title.unwrap_or_else(|| waits.table.clone()),
            reason: rule.map(|rule| rule.reason.clone()),
            table: waits.table,
            rule: waits.rule,
        }
    };
    Ok(open.book.waiting_rules(&open.period())?.into_iter().map(view).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{call, sample_book};
    use crate::verify::checks::{Checks, Wait};

    const TABLE: &str = "ODS_SXJCSJ";
    const COMPANY: &str = "SXQYMC";
    const INDUSTRY: &str = "SXQYHYLBM";
    const RULE: &str = "ODS_SXJCSJ.one-industry-per-company";

    /// Makes the rule one of those that do not run at an edit, as in a large school.
    fn slow(desk: &Desk) {
        desk.opened().unwrap().extensions.get::<Checks>().waiting.rules().insert(RULE.to_owned(), Wait::All);
    }

    async fn found(desk: &Arc<Desk>) -> u64 {
        let query = json!({ "table": TABLE, "rule": RULE, "limit": 1 });
        call(desk, "check.findings", query).await["total"].as_u64().unwrap()
    }

    async fn is_waiting(desk: &Arc<Desk>) -> bool {
        let waiting: Vec<WaitingRule> = serde_json::from_value(call(desk, "check.waiting", json!({})).await).unwrap();
        waiting.iter().any(|one| one.rule == RULE && one.reason.is_some() && one.table_title != one.table)
    }

    /// Gives one record of a company that has several the industry of another company.
    async fn give_another_industry(desk: &Arc<Desk>) {
        let page = call(desk, "fill.rows", json!({ "table": TABLE, "offset": 0, "limit": 200 })).await;
        let cell = |row: &Value, column: &str| row[column].as_str().unwrap_or_default().to_owned();
        let rows = page["rows"].as_array().unwrap();
        let is_repeated = |row: &&Value| rows.iter().filter(|o| cell(o, COMPANY) == cell(row, COMPANY)).count() > 1;
        let one = rows.iter().find(is_repeated).unwrap();
        let other = rows.iter().map(|row| cell(row, INDUSTRY)).find(|code| *code != cell(one, INDUSTRY)).unwrap();
        let change = json!({ "do": "set", "row": one["_row"], "column": INDUSTRY, "value": other });
        call(desk, "fill.edit", json!({ "table": TABLE, "changes": [change] })).await;
    }

    #[tokio::test]
    async fn what_a_slow_rule_would_find_is_said_to_wait_also_after_the_program_ended_and_is_found_then() {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book(folder.path()).await;
        let path = desk.opened().unwrap().path.clone();
        slow(&desk);
        give_another_industry(&desk).await;
        assert_eq!((found(&desk).await, is_waiting(&desk).await), (0, true));
        let counts = call(&desk, "home.counts", json!({ "tables": [TABLE] })).await;
        assert!(counts[0]["waiting_rules"].as_u64().unwrap() >= 1, "{counts}");
        let again = desk.env.clone();
        call(&desk, "book.close", json!({})).await;
        drop(desk);
        let desk = Desk::new(again).unwrap();
        call(&desk, "book.open", json!({ "path": path, "passphrase": null })).await;
        assert!(is_waiting(&desk).await);
        assert_eq!(call(&desk, "check.catch_up", json!({})).await, json!([]));
        assert!(found(&desk).await > 0);
        assert!(!is_waiting(&desk).await);
    }

    #[tokio::test]
    async fn it_runs_by_itself_after_the_edit_and_the_page_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book(folder.path()).await;
        let watching = tokio::spawn(watch(Arc::downgrade(&desk), desk.subscribe()));
        let mut events = desk.subscribe();
        slow(&desk);
        give_another_industry(&desk).await;
        assert!(is_waiting(&desk).await);
        loop {
            let event = events.next().await.unwrap();
            if let Event::Changed(Changed::Tables { tables, step: None }) = event {
                assert!(tables.contains(&TABLE.to_owned()));
                break;
            }
        }
        assert!(found(&desk).await > 0);
        assert!(!is_waiting(&desk).await);
        watching.abort();
    }

    const STUDENTS: &str = "ODS_XSHXSJ";

    async fn led_nowhere(desk: &Arc<Desk>) -> u64 {
        let query = json!({ "table": TABLE, "rule": check::REFERENCE_RULE, "limit": 1 });
        call(desk, "check.findings", query).await["total"].as_u64().unwrap()
    }

    async fn first_student(desk: &Arc<Desk>) -> (i64, String) {
        let page = call(desk, "fill.rows", json!({ "table": STUDENTS, "offset": 0, "limit": 1 })).await;
        (page["rows"][0]["_row"].as_i64().unwrap(), page["rows"][0]["XH"].as_str().unwrap().to_owned())
    }

    #[tokio::test]
    async fn a_number_that_left_its_table_is_missed_in_a_large_one_a_moment_later() {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book(folder.path()).await;
        let (student, number) = first_student(&desk).await;
        fill_with_practice_of(&desk, &number);
        let before = led_nowhere(&desk).await;
        let rename = |to: &str| json!({ "table": STUDENTS, "changes": [{ "do": "set", "row": student, "column": "XH", "value": to }] });
        call(&desk, "fill.edit", rename("20990101")).await;
        let waits: Vec<WaitingRule> = serde_json::from_value(call(&desk, "check.waiting", json!({})).await).unwrap();
        assert!(waits.iter().any(|one| one.table == TABLE && one.rule == check::REFERENCE_RULE), "{waits:?}");
        assert_eq!(call(&desk, "check.catch_up", json!({})).await, json!([]));
        assert!(led_nowhere(&desk).await > before + 10_000);
        call(&desk, "fill.edit", rename(&number)).await;
        call(&desk, "check.catch_up", json!({})).await;
        assert_eq!(led_nowhere(&desk).await, before);
    }

    #[tokio::test]
    async fn a_number_that_comes_mends_at_once_what_few_records_of_a_large_table_missed() {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book(folder.path()).await;
        let (_, number) = first_student(&desk).await;
        fill_with_practice_of(&desk, &number);
        let page = call(&desk, "fill.rows", json!({ "table": TABLE, "offset": 0, "limit": 1 })).await;
        let change = json!({ "do": "set", "row": page["rows"][0]["_row"], "column": "XH", "value": "20990101" });
        call(&desk, "fill.edit", json!({ "table": TABLE, "changes": [change] })).await;
        let before = led_nowhere(&desk).await;
        let add = json!({ "do": "insert", "values": { "XH": "20990101" }, "after": null });
        call(&desk, "fill.edit", json!({ "table": STUDENTS, "changes": [add] })).await;
        assert_eq!(led_nowhere(&desk).await, before - 1);
    }

    /// Adds more records of one student's practice than a small table has.
    fn fill_with_practice_of(desk: &Desk, student: &str) {
        let open = desk.opened().unwrap();
        let table = open.edition.table(TABLE).unwrap();
        let step = store::Step {
            at: desk.clock.now_of_step(),
            who: String::new(),
            kind: store::StepKind::Import,
            note: String::new(),
            period: open.period(),
        };
        let at = table.position("XH").unwrap();
        let mut values = vec![String::new(); table.fields.len()];
        values[at] = student.to_owned();
        let add = store::RowChange::Insert { table: TABLE.to_owned(), values, after: None };
        open.book.apply(&step, &vec![add; check::SMALL + 1]).unwrap();
    }

    #[tokio::test]
    async fn a_check_of_the_table_takes_its_rules_off_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let desk = sample_book(folder.path()).await;
        slow(&desk);
        give_another_industry(&desk).await;
        assert!(is_waiting(&desk).await);
        call(&desk, "check.run", json!({ "tables": [TABLE] })).await;
        assert!(found(&desk).await > 0);
        assert!(!is_waiting(&desk).await);
    }
}
