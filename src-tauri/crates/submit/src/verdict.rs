//! What an entry of the results means for the rows of its delivery. Without I/O.
//!
//! The texts print two states, 0 failed and 1 all stored; "partly" shows in the counts. Where state, counts and remark
//! do not say what became of a row, the row counts as not stored: sending a row twice does no harm, while a row that is
//! not sent is missing.

use protocol::ResultEntry;
use protocol::remark::{self, Remark};
use protocol::words::clean;

use standard::delivery::DeliveryState;

/// What a result says about a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryVerdict {
    /// `Stored`, `PartlyStored` or `Rejected`.
    pub state: DeliveryState,
    /// Rows received, as the receiver counts.
    pub collected: u64,
    /// Rows stored, as the receiver counts.
    pub stored: u64,
    /// One for each row, in the order in which they were sent.
    pub verdicts: Vec<Verdict>,
}

/// What a result says about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The receiver took the row into its table.
    Stored,
    /// Not stored.
    Rejected {
        /// What the receiver says about the row, on one line and shortened; the receipt has it word for word.
        error: String,
        /// The column that the receiver names.
        column: Option<String>,
    },
    /// A row of the delivery failed, and the result does not say which.
    Unsaid,
}

/// Whether an entry is the final result of a delivery of `rows` rows: it has one of the two printed states, or all rows
/// that were received are stored, or the remark accounts for every row that is not. An entry that is still being
/// processed has counts, too, and another state.
pub fn conclusive(entry: &ResultEntry, rows: u32) -> bool {
    if says(entry).is_some() {
        return true;
    }
    let Some(stored) = entry.storage_num.filter(|stored| *stored > 0) else { return false };
    let received = entry.collect_num.unwrap_or(0).max(u64::from(rows));
    let named = match remark::parse(entry.remark.as_deref()) {
        Remark::Rows(rows) => rows.len() as u64,
        _ => 0,
    };
    stored + named >= received
}

/// What the state says: `Some(true)` all stored, `Some(false)` failed, `None` neither. A missing state is read from
/// `stateInfo`.
fn says(entry: &ResultEntry) -> Option<bool> {
    match (entry.state.trim(), entry.state_info.trim()) {
        ("1", _) | ("" | "null", "全部成功") => Some(true),
        ("0", _) | ("" | "null", "失败") => Some(false),
        _ => None,
    }
}

/// Judges the delivery whose rows have these keys, in the order in which they were sent. `columns` are the table's.
pub fn judge(entry: &ResultEntry, keys: &[String], columns: &[&str]) -> DeliveryVerdict {
    let sent = keys.len() as u64;
    let collected = entry.collect_num.unwrap_or(sent);
    let says_failed = says(entry) == Some(false);
    let remark = remark::parse(entry.remark.as_deref());
    let dropped = match &remark {
        Remark::Rows(rows) => dropped_rows(rows, keys),
        _ => Vec::new(),
    };
    let stored = entry.storage_num.unwrap_or(match (&remark, says_failed) {
        (Remark::Rows(_), _) => collected.saturating_sub(dropped.len() as u64),
        (_, true) => 0,
        (_, false) => collected,
    });
    // A count of all rows contradicts the state "failed". The state counts, so that the rows are sent again.
    let stored = if says_failed && stored >= sent { 0 } else { stored };

    if stored >= sent && !says_failed && dropped.is_empty() {
        return DeliveryVerdict {
            state: DeliveryState::Stored,
            collected,
            stored,
            verdicts: vec![Verdict::Stored; keys.len()],
        };
    }
    let mut verdicts = vec![Verdict::Unsaid; keys.len()];
    for (at, error) in &dropped {
        verdicts[*at] = rejected(error, columns);
    }
    let every_drop_is_named = dropped.len() as u64 + stored >= sent;
    for verdict in verdicts.iter_mut().filter(|verdict| **verdict == Verdict::Unsaid) {
        match &remark {
            _ if stored == 0 => *verdict = rejected(&whole_call(&remark, entry), columns),
            Remark::Rows(_) if every_drop_is_named => *verdict = Verdict::Stored,
            _ => {}
        }
    }
    let state = if stored == 0 || !verdicts_allow_storing(&verdicts) {
        DeliveryState::Rejected
    } else {
        DeliveryState::PartlyStored
    };
    DeliveryVerdict { state, collected, stored, verdicts }
}

fn verdicts_allow_storing(verdicts: &[Verdict]) -> bool {
    verdicts.iter().any(|verdict| !matches!(verdict, Verdict::Rejected { .. }))
}

fn rejected(error: &str, columns: &[&str]) -> Verdict {
    let column = remark::column_in(error, columns.iter().copied()).map(str::to_owned);
    Verdict::Rejected { error: clean(error), column }
}

/// The message about a delivery of which nothing was stored.
fn whole_call(remark: &Remark, entry: &ResultEntry) -> String {
    match remark {
        Remark::Sentence(sentence) => sentence.clone(),
        _ => entry.state_info.clone(),
    }
}

/// Position and message of each row that a remark names. The key is preferred to the number, because it is certain.
fn dropped_rows(rows: &[remark::RowError], keys: &[String]) -> Vec<(usize, String)> {
    let mut dropped: Vec<(usize, String)> = Vec::new();
    for row in rows {
        let by_key = keys.iter().position(|key| !key.is_empty() && *key == row.pk_value);
        let by_number =
            || row.num.and_then(|num| usize::try_from(num).ok()?.checked_sub(1)).filter(|at| *at < keys.len());
        let Some(at) = by_key.or_else(by_number) else { continue };
        match dropped.iter_mut().find(|(other, _)| *other == at) {
            Some((_, error)) => {
                error.push('；');
                error.push_str(&row.error);
            }
            None => dropped.push((at, row.error.clone())),
        }
    }
    dropped
}

/// Whether an entry can be about the delivery whose rows have these keys: every key that its remark names is among
/// them.
pub fn speaks_of(entry: &ResultEntry, keys: &[String]) -> bool {
    match remark::parse(entry.remark.as_deref()) {
        Remark::Rows(rows) => rows.iter().all(|row| row.pk_value.is_empty() || keys.contains(&row.pk_value)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 3] = ["K1", "K2", "K3"];
    const DAY: &str = "DAY 字段DAY 此字段内容格式不正确";

    /// Verdicts in one letter each: s(tored), r(ejected), u(nsaid).
    fn check(
        state: &str,
        counts: (Option<u64>, Option<u64>),
        remark: Option<&str>,
        expect: (DeliveryState, u64, &str),
    ) {
        let entry = ResultEntry {
            state: state.into(),
            collect_num: counts.0,
            storage_num: counts.1,
            remark: remark.map(str::to_owned),
            ..ResultEntry::default()
        };
        let verdict = judge(&entry, &KEYS.map(str::to_owned), &["XH", "DAY"]);
        let letters: String = verdict
            .verdicts
            .iter()
            .map(|verdict| match verdict {
                Verdict::Stored => 's',
                Verdict::Rejected { .. } => 'r',
                Verdict::Unsaid => 'u',
            })
            .collect();
        assert_eq!((verdict.state, verdict.stored, letters.as_str()), expect, "{entry:?}");
    }

    #[test]
    fn results() {
        use DeliveryState::*;
        let one = format!(r#"[{{"num":2,"pkValue":"K2","error":"{DAY}"}}]"#);
        let one = Some(one.as_str());
        let all = Some(r#"[{"num":1,"error":"a"},{"num":2,"error":"b"},{"num":3,"error":"c"}]"#);
        let sentence = Some("字段数量与数据对象不符");
        check("1", (Some(3), Some(3)), None, (Stored, 3, "sss"));
        check("1", (None, None), None, (Stored, 3, "sss"));
        check("", (Some(3), Some(3)), None, (Stored, 3, "sss"));
        // The number in the remark is wrong, the key is right.
        check("0", (Some(3), Some(2)), Some(r#"[{"num":9,"pkValue":"K3","error":"x"}]"#), (PartlyStored, 2, "ssr"));
        check("0", (Some(3), Some(2)), one, (PartlyStored, 2, "srs"));
        check("1", (Some(3), Some(2)), one, (PartlyStored, 2, "srs"));
        check("0", (Some(3), None), one, (PartlyStored, 2, "srs"));
        check("0", (Some(3), Some(0)), all, (Rejected, 0, "rrr"));
        check("0", (Some(3), Some(0)), sentence, (Rejected, 0, "rrr"));
        check("0", (None, None), sentence, (Rejected, 0, "rrr"));
        check("0", (Some(3), Some(0)), None, (Rejected, 0, "rrr"));
        // Partly stored, and the result does not say which rows.
        check("0", (Some(3), Some(2)), sentence, (PartlyStored, 2, "uuu"));
        check("0", (Some(3), Some(1)), one, (PartlyStored, 1, "uru"));
        check("0", (Some(3), Some(2)), None, (PartlyStored, 2, "uuu"));
        // Where state and counts contradict each other, rows count as not stored.
        check("0", (Some(3), Some(3)), None, (Rejected, 0, "rrr"));
        check("1", (Some(3), Some(3)), one, (PartlyStored, 3, "srs"));
        // A remark about rows that the delivery does not have.
        check("0", (Some(3), Some(2)), Some(r#"[{"num":7,"pkValue":"X","error":"x"}]"#), (PartlyStored, 2, "uuu"));
    }

    #[test]
    fn an_entry_without_state_and_count_is_no_result_yet() {
        let check = |state: &str, storage_num, expect| {
            let entry = ResultEntry { state: state.into(), storage_num, ..ResultEntry::default() };
            assert_eq!(conclusive(&entry, 3), expect, "{entry:?}");
        };
        check("1", None, true);
        check("0", None, true);
        check("", Some(3), true);
        check("", None, false);
        check("2", None, false);
        // Still being processed: nothing is stored yet, or not all, and the state is not a printed one.
        check("2", Some(0), false);
        check("", Some(0), false);
        check("2", Some(2), false);
        check("2", Some(3), true);
        let words = |state: &str, info: &str, storage_num, remark: Option<&str>, expect| {
            let (state, state_info) = (state.to_owned(), info.to_owned());
            let collect_num = Some(3);
            let remark = remark.map(str::to_owned);
            let entry = ResultEntry { state, state_info, storage_num, collect_num, remark, ..ResultEntry::default() };
            assert_eq!(conclusive(&entry, 3), expect, "{entry:?}");
        };
        words("", "处理中", Some(0), None, false);
        words("", "全部成功", None, None, true);
        words("", "失败", Some(0), None, true);
        words("2", "部分成功", Some(2), Some(r#"[{"num":2,"pkValue":"K2","error":"x"}]"#), true);
        words("2", "部分成功", Some(1), Some(r#"[{"num":2,"pkValue":"K2","error":"x"}]"#), false);
        words(
            "2",
            "处理中",
            Some(0),
            Some(r#"[{"num":1,"error":"a"},{"num":2,"error":"b"},{"num":3,"error":"c"}]"#),
            false,
        );
    }

    #[test]
    fn words_and_columns() {
        let entry = ResultEntry {
            state: "0".into(),
            storage_num: Some(2),
            remark: Some(format!(
                r#"[{{"num":1,"pkValue":"K1","error":"{DAY}"}},{{"num":1,"pkValue":"K1","error":"XH 太长"}}]"#
            )),
            ..ResultEntry::default()
        };
        let verdict = judge(&entry, &KEYS.map(str::to_owned), &["XH", "DAY"]);
        let expect = Verdict::Rejected { error: format!("{DAY}；XH 太长"), column: Some("DAY".into()) };
        assert_eq!(verdict.verdicts[0], expect);
    }

    #[test]
    fn an_entry_speaks_of_a_call_if_its_keys_do() {
        let check = |remark: Option<&str>, expect| {
            let entry = ResultEntry { remark: remark.map(str::to_owned), ..ResultEntry::default() };
            assert_eq!(speaks_of(&entry, &KEYS.map(str::to_owned)), expect, "{remark:?}");
        };
        check(None, true);
        check(Some("一句话"), true);
        check(Some(r#"[{"num":1,"pkValue":"K1","error":"x"}]"#), true);
        check(Some(r#"[{"num":1,"error":"x"}]"#), true);
        check(Some(r#"[{"num":1,"pkValue":"K9","error":"x"}]"#), false);
    }
}
