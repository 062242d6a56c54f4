//! The check list before a submission: everything that is looked at, whether it is as it should be, and what would
//! leave.

use std::collections::BTreeMap;

use jiff::civil::Date;
use protocol::connection::shown_address;
use standard::Table;

use crate::Desk;
use crate::session::OpenBook;
use crate::session::api::CallError;
use crate::session::calendar::standing::DueBook;
use crate::session::expiries::{EXPIRY_DAYS, days_left};
use crate::session::open_book::REHEARSAL;
use crate::session::period::Period;
use crate::submit::api::{
    AskCheckList, CheckList, CheckVerdict, CheckedMatter, Leaving, ListedCheck, Send, Sent, TableMatter,
};
use crate::submit::batches::{name_of, waiting_rows};
use crate::submit::fingerprint::fingerprint;
use crate::submit::sending::{CheckedAnew, freeze_and_send, open_batches, tables_asked};
use crate::submit::signing::Kept;

/// A clock that is off by more seconds is worth a word; submissions carry the receiver's time anyway.
const CLOCK_SECONDS: u64 = 30;

/// `submit.check_list`.
pub(crate) fn check_list(desk: &Desk, request: AskCheckList) -> Result<CheckList, CallError> {
    let open = desk.opened()?;
    let send =
        Send { due: request.due, job: request.job, ..Send::dry_run(request.target.clone(), request.tables.clone()) };
    let name = name_of(&request.target);
    let mut checked = CheckedAnew::default();
    let sent = freeze_and_send(desk, &open, &send, &mut checked)?;
    let looks = looks(&open, name, &tables_asked(desk, &open, &send)?, &sent)?;
    let kept = Kept::of(&open)?;
    let settings = open.settings();
    let asked = kept.sign_off && name != REHEARSAL;
    let leaves: Vec<Leaving> = looks.iter().filter(|look| look.fresh + look.waiting > 0).cloned().collect();
    let rows = leaves.iter().map(|one| one.fresh + one.waiting).sum();
    let mut checks = vec![
        if rows > 0 { check(CheckedMatter::Leaves) } else { CheckVerdict::Stop.on(CheckedMatter::Leaves, "nothing") },
        rules_run(&checked),
    ];
    checks.extend(held_back(&sent, &looks));
    checks.push(period(desk, &open)?);
    checks.extend(receiver(desk, &open, name, &kept)?);
    checks.push(count(&looks));
    checks.push(deleted(&open, name, &looks)?);
    let mut sign_off = false;
    if asked {
        let missing = looks.iter().any(|look| look.fresh > 0) || !unsigned(&open, name, &leaves)?.is_empty();
        sign_off = missing;
        checks.push(match missing {
            true => CheckVerdict::Look.on(CheckedMatter::SignOff, "asked"),
            false => check(CheckedMatter::SignOff),
        });
    }
    let worst = checks.iter().map(|check| check.verdict).max().unwrap_or(CheckVerdict::Ok);
    let address = match name {
        REHEARSAL => String::new(),
        name => shown_address(&open.connection(name)?.address),
    };
    Ok(CheckList {
        connection: name.to_owned(),
        address,
        checks,
        leaves,
        rows,
        may_go: worst < CheckVerdict::Stop,
        may_go_by_itself: worst < CheckVerdict::Look,
        sign_off,
        signers: kept.signers_but(settings.person.trim()),
        preparer: settings.person,
    })
}

/// Batches of these tables that have not left in full and that nobody consented to.
fn unsigned(open: &OpenBook, connection: &str, leaves: &[Leaving]) -> Result<Vec<i64>, CallError> {
    let tables: Vec<String> = leaves.iter().map(|one| one.table.clone()).collect();
    let mut unsigned = Vec::new();
    for id in open_batches(open, connection, &tables)? {
        if waiting_rows(open, id)? > 0 && open.book.sign_off_of(id)?.is_none() {
            unsigned.push(id);
        }
    }
    Ok(unsigned)
}

impl CheckVerdict {
    fn on(self, matter: CheckedMatter, word: &str) -> ListedCheck {
        let name = matter_name(matter);
        let words = if word.is_empty() { name.to_owned() } else { format!("{name}-{word}") };
        ListedCheck { matter, verdict: self, words, params: BTreeMap::new(), tables: Vec::new(), error: None }
    }
}

/// A line that says that a matter is as it should be.
fn check(matter: CheckedMatter) -> ListedCheck {
    CheckVerdict::Ok.on(matter, "")
}

fn matter_name(matter: CheckedMatter) -> &'static str {
    match matter {
        CheckedMatter::Leaves => "leaves",
        CheckedMatter::RulesRun => "rules-run",
        CheckedMatter::Mandatory => "mandatory",
        CheckedMatter::Explained => "explained",
        CheckedMatter::Period => "period",
        CheckedMatter::Connection => "connection",
        CheckedMatter::Clock => "clock",
        CheckedMatter::Account => "account",
        CheckedMatter::Key => "key",
        CheckedMatter::Count => "count",
        CheckedMatter::Deleted => "deleted",
        CheckedMatter::SignOff => "sign-off",
    }
}

impl ListedCheck {
    fn with(mut self, name: &str, value: impl ToString) -> ListedCheck {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// With the tables that it is about, and `n`, the sum of their records.
    fn about(mut self, tables: Vec<TableMatter>) -> ListedCheck {
        let n: u64 = tables.iter().map(|table| table.rows).sum();
        self.tables = tables;
        self.with("n", n)
    }
}

/// The rules of the tables that have something new, which were all run just now. What a rule that did not come to its
/// end would have found is not known, so a person decides.
fn rules_run(checked: &CheckedAnew) -> ListedCheck {
    if checked.failed.is_empty() {
        return check(CheckedMatter::RulesRun).with("n", checked.tables);
    }
    let rules: Vec<&str> = checked.failed.iter().map(|failed| failed.rule.as_str()).collect();
    let line = CheckVerdict::Look.on(CheckedMatter::RulesRun, "failed");
    line.with("n", rules.len()).with("rules", rules.join("，"))
}

/// Every table that was asked for and has records, or had some that were accepted.
fn looks(open: &OpenBook, connection: &str, tables: &[&Table], sent: &Sent) -> Result<Vec<Leaving>, CallError> {
    let mut waiting: BTreeMap<String, u64> = BTreeMap::new();
    for id in open_batches(open, connection, &[])? {
        *waiting.entry(open.book.batch(id)?.table).or_default() += waiting_rows(open, id)?;
    }
    let period = open.period();
    let mut looks = Vec::new();
    for table in tables.iter().filter(|table| !table.own) {
        let rows = open.book.readiness(connection, &table.name, &period)?.rows;
        let accepted_before = open.book.sent_before(connection, &table.name, &period)?.accepted;
        if rows == 0 && accepted_before == 0 {
            continue;
        }
        let fresh = sent.batches.iter().find(|batch| batch.table == table.name);
        let held = sent.skipped.iter().filter(|one| one.table == table.name && is_held_back(&one.reason));
        let hash = fresh.map(|batch| batch.hash.clone()).unwrap_or_default();
        looks.push(Leaving {
            table: table.name.clone(),
            title: table.short_title().to_owned(),
            fresh: fresh.map_or(0, |batch| batch.rows),
            waiting: waiting.get(&table.name).copied().unwrap_or(0),
            held_back: held.map(|one| one.rows).sum(),
            rows,
            accepted_before,
            fingerprint: fingerprint(&hash),
            hash,
        });
    }
    Ok(looks)
}

fn is_held_back(reason: &str) -> bool {
    matches!(reason, "skipped.mandatory" | "skipped.unexplained")
}

fn matter_of(look: &Leaving, rows: u64, before: Option<u64>) -> TableMatter {
    TableMatter { table: look.table.clone(), title: look.title.clone(), rows, before }
}

/// Records that stay behind. Those that leave have neither kind of finding, so it is something to know and not to stop
/// for.
fn held_back(sent: &Sent, looks: &[Leaving]) -> [ListedCheck; 2] {
    [(CheckedMatter::Mandatory, "skipped.mandatory"), (CheckedMatter::Explained, "skipped.unexplained")].map(
        |(matter, reason)| {
            let of = |look: &Leaving| {
                let rows = sent.skipped.iter().filter(|one| one.table == look.table && one.reason == reason);
                let rows = rows.map(|one| one.rows).sum();
                (rows > 0).then(|| matter_of(look, rows, None))
            };
            let tables: Vec<TableMatter> = looks.iter().filter_map(of).collect();
            if tables.is_empty() { check(matter) } else { CheckVerdict::Note.on(matter, "held").about(tables) }
        },
    )
}

/// The period of the book against today. It is right from the first day of its term until the next term begins, and as
/// long as the college's last day of the term is not over.
fn period(desk: &Desk, open: &OpenBook) -> Result<ListedCheck, CallError> {
    let settings = open.settings();
    let today = desk.clock.today();
    let now = Period::of_day(today);
    let book = DueBook::new(desk, open, "")?;
    let started = book.calendar().term_start().is_some_and(|(first, _)| first <= today);
    let runs = started && settings.last_day().is_some_and(|last| today <= last);
    let words = Period::parse(&settings.period).map_or_else(|| settings.period.clone(), Period::words);
    let right = Period::parse(&settings.period) == Some(now) || runs;
    let line = if right { check(CheckedMatter::Period) } else { CheckVerdict::Look.on(CheckedMatter::Period, "other") };
    Ok(line.with("period", words).with("now", now.words()))
}

/// Logging in, the clocks, and when account and key end.
fn receiver(desk: &Desk, open: &OpenBook, name: &str, kept: &Kept) -> Result<Vec<ListedCheck>, CallError> {
    if name == REHEARSAL {
        return Ok(vec![CheckVerdict::Ok.on(CheckedMatter::Connection, "rehearsal")]);
    }
    let mut lines = Vec::new();
    match desk.log_in(open, name)? {
        Ok(login) => {
            lines.push(check(CheckedMatter::Connection).with("name", name));
            lines.push(match login.clock_offset.map(|offset| offset.as_secs()) {
                None => CheckVerdict::Note.on(CheckedMatter::Clock, "untold"),
                Some(seconds) if seconds.unsigned_abs() <= CLOCK_SECONDS => check(CheckedMatter::Clock),
                Some(seconds) => CheckVerdict::Note.on(CheckedMatter::Clock, "off").with("n", seconds.abs()),
            });
        }
        Err(error) => {
            let mut line = CheckVerdict::Stop.on(CheckedMatter::Connection, "failed").with("name", name);
            line.error = Some(error.into());
            lines.push(line);
        }
    }
    let expiry = kept.expiries.get(name).cloned().unwrap_or_default();
    let today = desk.clock.today();
    lines.push(expires(CheckedMatter::Account, &expiry.account, today));
    lines.push(expires(CheckedMatter::Key, &expiry.key, today));
    Ok(lines)
}

/// The last day of an account or a key against today. The protocol tells no such day: the college notes it.
fn expires(matter: CheckedMatter, last: &str, today: Date) -> ListedCheck {
    let Some(left) = days_left(last, today) else { return CheckVerdict::Note.on(matter, "unset") };
    let line = match left {
        ..0 => CheckVerdict::Look.on(matter, "over"),
        0..=EXPIRY_DAYS => CheckVerdict::Note.on(matter, "soon"),
        _ => check(matter),
    };
    line.with("day", last).with("days", left.abs())
}

/// The number of records against what was accepted before. A table that lost more than a tenth, or of twenty records or
/// more has more than three times as many, may have been filled from the wrong file.
fn count(looks: &[Leaving]) -> ListedCheck {
    let odd = |look: &&Leaving| {
        let (now, before) = (look.rows, look.accepted_before);
        look.fresh + look.waiting > 0 && before > 0 && (now * 10 < before * 9 || (before >= 20 && now > before * 3))
    };
    let tables: Vec<TableMatter> =
        looks.iter().filter(odd).map(|look| matter_of(look, look.rows, Some(look.accepted_before))).collect();
    let leaving = looks.iter().filter(|look| look.fresh + look.waiting > 0);
    if !tables.is_empty() {
        CheckVerdict::Look.on(CheckedMatter::Count, "differs").about(tables)
    } else if leaving.clone().any(|look| look.accepted_before > 0) {
        check(CheckedMatter::Count)
    } else {
        CheckVerdict::Ok.on(CheckedMatter::Count, "first")
    }
}

/// Records that were accepted and have been deleted since: the receiver keeps them, because the protocol carries no
/// deletions.
fn deleted(open: &OpenBook, connection: &str, looks: &[Leaving]) -> Result<ListedCheck, CallError> {
    let period = open.period();
    let mut tables = Vec::new();
    for look in looks {
        let deleted = open.book.sent_before(connection, &look.table, &period)?.deleted;
        tables.extend((deleted > 0).then(|| matter_of(look, deleted, None)));
    }
    Ok(match tables.is_empty() {
        true => check(CheckedMatter::Deleted),
        false => CheckVerdict::Note.on(CheckedMatter::Deleted, "gone").about(tables),
    })
}

#[cfg(test)]
mod tests {
    use check::rules::FailedRule;

    use super::*;

    #[test]
    fn an_end_is_said_in_time() {
        let today = jiff::civil::date(2026, 11, 27);
        for (last, words) in [
            ("", "account-unset"),
            ("2026-11-26", "account-over"),
            ("2026-11-27", "account-soon"),
            ("2026-12-27", "account-soon"),
            ("2026-12-28", "account"),
        ] {
            assert_eq!(expires(CheckedMatter::Account, last, today).words, words, "{last}");
        }
    }

    #[test]
    fn a_rule_that_did_not_come_to_its_end_asks_for_a_person() {
        let mut checked = CheckedAnew { tables: 2, failed: Vec::new() };
        let line = rules_run(&checked);
        assert_eq!(
            (line.words.as_str(), line.verdict, line.params["n"].as_str()),
            ("rules-run", CheckVerdict::Ok, "2")
        );
        let rule = "ODS_XSXFSJ.paid-once".to_owned();
        checked.failed.push(FailedRule { rule: rule.clone(), reason: store::ReadError::TimeOut });
        let line = rules_run(&checked);
        assert_eq!((line.words.as_str(), line.verdict), ("rules-run-failed", CheckVerdict::Look));
        assert_eq!((&line.params["n"], &line.params["rules"]), (&"1".to_owned(), &rule));
    }

    #[test]
    fn a_table_that_shrank_or_grew_too_much_is_looked_at() {
        for (before, now, odd) in [
            (0, 500, false),
            (100, 90, false),
            (100, 89, true),
            (100, 300, false),
            (100, 301, true),
            (5, 60, false),
            (1, 1, false),
            (1, 0, true),
        ] {
            let look = Leaving {
                table: "T".into(),
                title: "T".into(),
                fresh: 1,
                waiting: 0,
                held_back: 0,
                rows: now,
                accepted_before: before,
                hash: String::new(),
                fingerprint: String::new(),
            };
            let line = count(&[look]);
            assert_eq!(line.verdict == CheckVerdict::Look, odd, "{before} -> {now}");
        }
    }
}
