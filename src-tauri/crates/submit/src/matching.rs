//! Which entry of the results belongs to which call. Pure.
//!
//! A call whose reply came is found by the time in it. A call of unknown fate is found by table, number of rows and the
//! moment it was sent; there is at most one of them for each table. An entry is taken for one call only.
//!
//! Entries do not say which rows they are about. If another program of the same account sends as many rows of the same
//! table at the same moment, its entry can be taken for a lost call's; that is why the moment is taken narrowly.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use protocol::ResultEntry;
use protocol::time;

use crate::ledger::Delivery;
use standard::delivery::DeliveryState;

/// Questions reach back so much further than the oldest call, and so much beyond now.
pub const SLACK: SignedDuration = SignedDuration::from_secs(60);

/// An entry can look so much older than the sending of its call: the receiver's clock is known to the second, and its
/// times may lack the parts of a second.
const EARLY: SignedDuration = SignedDuration::from_secs(5);

/// What is needed to find the entries of calls.
pub struct Search<'a> {
    /// Entries of the receiver, in its order.
    pub entries: &'a [ResultEntry],
    /// Names of entries ([`name`]) that belong to closed calls.
    pub taken: &'a HashSet<String>,
    /// Longest time that a call may take until it arrives.
    pub call_timeout: SignedDuration,
}

/// Name of an entry: its id, or all of it where it has none.
pub fn name(entry: &ResultEntry) -> String {
    if entry.id.is_empty() { serde_json::to_string(entry).unwrap_or_default() } else { entry.id.clone() }
}

/// Name of the entry that a receipt is.
pub fn receipt_name(receipt: &str) -> Option<String> {
    serde_json::from_str::<ResultEntry>(receipt).ok().map(|entry| name(&entry))
}

impl<'a> Search<'a> {
    /// For each of `calls` the entry that belongs to it. `speaks_of(call, entry)` tells whether an entry can be about a
    /// call's rows.
    pub fn assign(
        &self,
        calls: &[Delivery],
        mut speaks_of: impl FnMut(&Delivery, &ResultEntry) -> bool,
    ) -> Vec<Option<&'a ResultEntry>> {
        let mut free: Vec<Option<&'a ResultEntry>> =
            self.entries.iter().map(|entry| (!self.taken.contains(&name(entry))).then_some(entry)).collect();
        let mut found = vec![None; calls.len()];
        // Times first: they are sure. Calls of unknown fate choose among what is left.
        for state in [DeliveryState::Sent, DeliveryState::Unknown] {
            for (slot, call) in found.iter_mut().zip(calls).filter(|(_, call)| call.state == state) {
                let best = free
                    .iter()
                    .enumerate()
                    .filter_map(|(at, entry)| {
                        let entry = (*entry)?;
                        let rank = self.rank(call, entry)?;
                        speaks_of(call, entry).then_some((rank, at))
                    })
                    .min();
                *slot = best.and_then(|(_, at)| free[at].take());
            }
        }
        found
    }

    /// How well an entry fits a call; lower is better, `None` is not at all.
    fn rank(&self, call: &Delivery, entry: &ResultEntry) -> Option<(bool, SignedDuration)> {
        if entry.table_name != call.table {
            return None;
        }
        let received = time::parse(&entry.timestamps)?;
        let other_size = entry.collect_num.is_some_and(|rows| rows != u64::from(call.rows));
        match &call.time {
            Some(handle) => {
                let handle = time::parse(handle)?;
                time::agree(handle, received).then(|| (other_size, time::distance(handle, received)))
            }
            None => {
                let sent = call.sent_at?;
                let received = time::moment(received)?;
                let from = sent.checked_sub(EARLY).ok()?;
                let to = sent.checked_add(self.call_timeout).ok()?.checked_add(EARLY).ok()?;
                let inside = from <= received && received <= to;
                (inside && !other_size).then(|| (received < sent, received.duration_since(sent).abs()))
            }
        }
    }
}

/// The time from which results must be asked for to see the entries of all these calls.
pub fn window_start<'a>(calls: impl IntoIterator<Item = &'a Delivery>) -> Option<Timestamp> {
    let moment = |call: &Delivery| {
        let handle = call.time.as_deref().and_then(time::parse).and_then(time::moment);
        handle.into_iter().chain(call.sent_at).min()
    };
    calls.into_iter().filter_map(moment).min()?.checked_sub(SLACK).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::DeliveryId;

    fn call(no: u32, rows: u32, time: Option<&str>, sent: &str) -> Delivery {
        Delivery {
            id: DeliveryId { batch: 1, no },
            table: "ODS_X".into(),
            rows,
            state: if time.is_some() { DeliveryState::Sent } else { DeliveryState::Unknown },
            sent_at: Some(format!("2026-11-21T{sent}+08:00").parse().unwrap()),
            time: time.map(|time| format!("2026-11-21 {time}")),
        }
    }

    fn entry(id: &str, table: &str, rows: u64, time: &str) -> ResultEntry {
        ResultEntry {
            id: id.into(),
            table_name: table.into(),
            collect_num: Some(rows),
            timestamps: format!("2026-11-21T{time}"),
            ..ResultEntry::default()
        }
    }

    /// Ids of the entries found, `-` for none.
    fn check(calls: &[Delivery], entries: &[ResultEntry], taken: &[&str], expect: &[&str]) {
        let taken = taken.iter().map(|id| (*id).to_owned()).collect();
        let search = Search { entries, taken: &taken, call_timeout: SignedDuration::from_secs(120) };
        let found = search.assign(calls, |_, entry| !entry.id.starts_with("other"));
        let found: Vec<&str> = found.iter().map(|entry| entry.map_or("-", |entry| entry.id.as_str())).collect();
        assert_eq!(found, expect, "{calls:#?} {entries:#?}");
    }

    #[test]
    fn known_times() {
        let first = call(0, 2, Some("10:00:00"), "10:00:00");
        let second = call(1, 2, Some("10:00:00"), "10:00:00");
        let a = entry("a", "ODS_X", 2, "10:00:00.000");
        let b = entry("b", "ODS_X", 2, "10:00:00.500");
        let calls = [first.clone(), second];
        check(&calls, &[b.clone(), a.clone()], &[], &["a", "b"]);
        check(&calls, &[b.clone(), a.clone()], &["a"], &["b", "-"]);
        check(&calls, &[], &[], &["-", "-"]);
        check(&calls[..1], &[entry("c", "ODS_XY", 2, "10:00:00.000")], &[], &["-"]);
        check(&calls[..1], &[entry("c", "ODS_X", 2, "10:00:01.000")], &[], &["-"]);
        // Same second: the size decides, then the keys in the remark.
        check(&calls[..1], &[entry("c", "ODS_X", 9, "10:00:00.000"), b.clone()], &[], &["b"]);
        check(&calls[..1], &[entry("c", "ODS_X", 9, "10:00:00.000")], &[], &["c"]);
        check(&calls[..1], &[entry("other", "ODS_X", 2, "10:00:00.000"), b], &[], &["b"]);
        // Milliseconds in both.
        let exact = Delivery { time: Some("2026-11-21T10:00:00.500".into()), ..first };
        check(&[exact], &[a, entry("d", "ODS_X", 2, "10:00:00.500")], &[], &["d"]);
    }

    #[test]
    fn unknown_fate() {
        let lost = call(1, 2, None, "10:00:00");
        let known = call(0, 2, Some("09:59:59"), "09:59:59");
        let calls = [lost.clone(), known];
        let a = entry("a", "ODS_X", 2, "09:59:59.000");
        let b = entry("b", "ODS_X", 2, "10:00:01.200");
        check(&calls, &[a.clone(), b.clone()], &[], &["b", "a"]);
        check(&calls, std::slice::from_ref(&a), &[], &["-", "a"]);
        check(&calls[..1], std::slice::from_ref(&a), &["a"], &["-"]);
        check(&calls[..1], &[entry("c", "ODS_X", 3, "10:00:01.000")], &[], &["-"]);
        check(&calls[..1], &[entry("c", "ODS_Y", 2, "10:00:01.000")], &[], &["-"]);
        // From 5 s before to the time-out and 5 s after; nearest first, later ones before earlier ones.
        check(&calls[..1], &[entry("c", "ODS_X", 2, "09:59:54.999")], &[], &["-"]);
        check(&calls[..1], &[entry("c", "ODS_X", 2, "09:59:55.000")], &[], &["c"]);
        check(&calls[..1], &[entry("c", "ODS_X", 2, "10:02:05.000")], &[], &["c"]);
        check(&calls[..1], &[entry("c", "ODS_X", 2, "10:02:05.001")], &[], &["-"]);
        check(&calls[..1], &[entry("c", "ODS_X", 2, "10:01:59.000"), b.clone()], &[], &["b"]);
        check(&calls[..1], &[a, b], &[], &["b"]);
        check(&calls[..1], &[entry("c", "ODS_X", 2, "nonsense")], &[], &["-"]);
    }

    #[test]
    fn the_window_reaches_back_to_the_oldest() {
        let calls = [call(0, 1, Some("10:00:00"), "10:00:00"), call(1, 1, None, "09:00:00")];
        assert_eq!(window_start(&calls).unwrap().to_string(), "2026-11-21T00:59:00Z");
        assert_eq!(window_start([]), None);
    }

    #[test]
    fn receipts_name_their_entry() {
        let with_id = entry("7", "ODS_X", 1, "10:00:00.000");
        let without = entry("", "ODS_X", 1, "10:00:00.000");
        for entry in [with_id, without] {
            assert_eq!(receipt_name(&serde_json::to_string(&entry).unwrap()), Some(name(&entry)));
        }
        assert_eq!(receipt_name("x"), None);
    }
}
