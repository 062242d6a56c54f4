//! Which entry of the results belongs to which delivery. Pure.
//!
//! A delivery whose reply came is found by the time in it. A delivery of unknown fate is found by table, number of rows and the
//! moment it was sent; there is at most one of them for each table. An entry is taken for one delivery only.
//!
//! Entries do not say which rows they are about. If another program of the same account sends as many rows of the same
//! table at the same moment, its entry can be taken for a lost delivery's; therefore the moments must agree within seconds.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use protocol::ResultEntry;
use protocol::time;

use crate::ledger::Delivery;
use standard::delivery::DeliveryState;

/// Results are asked for from so long before the oldest delivery until so long after now.
pub const SLACK: SignedDuration = SignedDuration::from_secs(60);

/// The time of an entry can lie so long before the sending of its delivery: the receiver's clock is known to the second,
/// and its times may have no fractions of a second.
const EARLY: SignedDuration = SignedDuration::from_secs(5);

/// What is needed to find the entries of deliveries.
pub struct Search<'a> {
    /// Entries of the receiver, in its order.
    pub entries: &'a [ResultEntry],
    /// Names of entries ([`name`]) that belong to closed deliveries.
    pub taken: &'a HashSet<String>,
    /// Longest time that a delivery may take until it arrives.
    pub call_timeout: SignedDuration,
}

/// Name of an entry: its id, or all of it where it has none.
pub fn name(entry: &ResultEntry) -> String {
    if entry.id.is_empty() { serde_json::to_string(entry).unwrap_or_default() } else { entry.id.clone() }
}

/// Name of the entry in a receipt.
pub fn receipt_name(receipt: &str) -> Option<String> {
    serde_json::from_str::<ResultEntry>(receipt).ok().map(|entry| name(&entry))
}

impl<'a> Search<'a> {
    /// For each of `deliveries` the entry that belongs to it. `speaks_of(delivery, entry)` tells whether an entry can be about a
    /// delivery's rows.
    pub fn assign(
        &self,
        deliveries: &[Delivery],
        mut speaks_of: impl FnMut(&Delivery, &ResultEntry) -> bool,
    ) -> Vec<Option<&'a ResultEntry>> {
        let mut free: Vec<Option<&'a ResultEntry>> =
            self.entries.iter().map(|entry| (!self.taken.contains(&name(entry))).then_some(entry)).collect();
        let mut found = vec![None; deliveries.len()];
        // Times are certain, so they come first. Deliveries of unknown fate are matched with the other entries.
        for state in [DeliveryState::Sent, DeliveryState::Unknown] {
            for (slot, delivery) in found.iter_mut().zip(deliveries).filter(|(_, delivery)| delivery.state == state) {
                let best = free
                    .iter()
                    .enumerate()
                    .filter_map(|(at, entry)| {
                        let entry = (*entry)?;
                        let rank = self.rank(delivery, entry)?;
                        speaks_of(delivery, entry).then_some((rank, at))
                    })
                    .min();
                *slot = best.and_then(|(_, at)| free[at].take());
            }
        }
        found
    }

    /// How well an entry fits a delivery; lower is better, `None` is not at all.
    fn rank(&self, delivery: &Delivery, entry: &ResultEntry) -> Option<(bool, SignedDuration)> {
        if entry.table_name != delivery.table {
            return None;
        }
        let received = time::parse(&entry.timestamps)?;
        let other_size = entry.collect_num.is_some_and(|rows| rows != u64::from(delivery.rows));
        match &delivery.time {
            Some(handle) => {
                let handle = time::parse(handle)?;
                time::agree(handle, received).then(|| (other_size, time::distance(handle, received)))
            }
            None => {
                let sent = delivery.sent_at?;
                let received = time::moment(received)?;
                let from = sent.checked_sub(EARLY).ok()?;
                let to = sent.checked_add(self.call_timeout).ok()?.checked_add(EARLY).ok()?;
                let inside = from <= received && received <= to;
                (inside && !other_size).then(|| (received < sent, received.duration_since(sent).abs()))
            }
        }
    }
}

/// The time from which results must be asked for to see the entries of all these deliveries.
pub fn window_start<'a>(deliveries: impl IntoIterator<Item = &'a Delivery>) -> Option<Timestamp> {
    let moment = |delivery: &Delivery| {
        let handle = delivery.time.as_deref().and_then(time::parse).and_then(time::moment);
        handle.into_iter().chain(delivery.sent_at).min()
    };
    deliveries.into_iter().filter_map(moment).min()?.checked_sub(SLACK).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::DeliveryId;

    fn delivery(no: u32, rows: u32, time: Option<&str>, sent: &str) -> Delivery {
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
    fn check(deliveries: &[Delivery], entries: &[ResultEntry], taken: &[&str], expect: &[&str]) {
        let taken = taken.iter().map(|id| (*id).to_owned()).collect();
        let search = Search { entries, taken: &taken, call_timeout: SignedDuration::from_secs(120) };
        let found = search.assign(deliveries, |_, entry| !entry.id.starts_with("other"));
        let found: Vec<&str> = found.iter().map(|entry| entry.map_or("-", |entry| entry.id.as_str())).collect();
        assert_eq!(found, expect, "{deliveries:#?} {entries:#?}");
    }

    #[test]
    fn known_times() {
        let first = delivery(0, 2, Some("10:00:00"), "10:00:00");
        let second = delivery(1, 2, Some("10:00:00"), "10:00:00");
        let a = entry("a", "ODS_X", 2, "10:00:00.000");
        let b = entry("b", "ODS_X", 2, "10:00:00.500");
        let deliveries = [first.clone(), second];
        check(&deliveries, &[b.clone(), a.clone()], &[], &["a", "b"]);
        check(&deliveries, &[b.clone(), a.clone()], &["a"], &["b", "-"]);
        check(&deliveries, &[], &[], &["-", "-"]);
        check(&deliveries[..1], &[entry("c", "ODS_XY", 2, "10:00:00.000")], &[], &["-"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 2, "10:00:01.000")], &[], &["-"]);
        // Same second: the size decides, then the keys in the remark.
        check(&deliveries[..1], &[entry("c", "ODS_X", 9, "10:00:00.000"), b.clone()], &[], &["b"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 9, "10:00:00.000")], &[], &["c"]);
        check(&deliveries[..1], &[entry("other", "ODS_X", 2, "10:00:00.000"), b], &[], &["b"]);
        // Milliseconds in both.
        let exact = Delivery { time: Some("2026-11-21T10:00:00.500".into()), ..first };
        check(&[exact], &[a, entry("d", "ODS_X", 2, "10:00:00.500")], &[], &["d"]);
    }

    #[test]
    fn unknown_fate() {
        let lost = delivery(1, 2, None, "10:00:00");
        let known = delivery(0, 2, Some("09:59:59"), "09:59:59");
        let deliveries = [lost.clone(), known];
        let a = entry("a", "ODS_X", 2, "09:59:59.000");
        let b = entry("b", "ODS_X", 2, "10:00:01.200");
        check(&deliveries, &[a.clone(), b.clone()], &[], &["b", "a"]);
        check(&deliveries, std::slice::from_ref(&a), &[], &["-", "a"]);
        check(&deliveries[..1], std::slice::from_ref(&a), &["a"], &["-"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 3, "10:00:01.000")], &[], &["-"]);
        check(&deliveries[..1], &[entry("c", "ODS_Y", 2, "10:00:01.000")], &[], &["-"]);
        // From 5 s before to the time-out and 5 s after; nearest first, later ones before earlier ones.
        check(&deliveries[..1], &[entry("c", "ODS_X", 2, "09:59:54.999")], &[], &["-"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 2, "09:59:55.000")], &[], &["c"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 2, "10:02:05.000")], &[], &["c"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 2, "10:02:05.001")], &[], &["-"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 2, "10:01:59.000"), b.clone()], &[], &["b"]);
        check(&deliveries[..1], &[a, b], &[], &["b"]);
        check(&deliveries[..1], &[entry("c", "ODS_X", 2, "nonsense")], &[], &["-"]);
    }

    #[test]
    fn the_window_reaches_back_to_the_oldest() {
        let deliveries = [delivery(0, 1, Some("10:00:00"), "10:00:00"), delivery(1, 1, None, "09:00:00")];
        assert_eq!(window_start(&deliveries).unwrap().to_string(), "2026-11-21T00:59:00Z");
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
