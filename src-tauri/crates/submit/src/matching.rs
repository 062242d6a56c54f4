//! Which entry of the results belongs to which delivery. Without I/O.
//!
//! A delivery whose reply came is found by the time in it. A delivery whose outcome is unknown, and one whose reply has
//! no time that can be read, is found by table, number of rows and the moment it was sent. An entry is taken for one
//! delivery only, and only if it is of the same account. Where several deliveries fit in the same second and there are
//! fewer entries than deliveries, no entry is assigned.
//!
//! Entries do not say which rows they are about. If another program of the same account sends as many rows of the same
//! table at the same moment, its entry can be taken for that of a delivery without a reply; therefore the moments must
//! agree within seconds.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use protocol::ResultEntry;
use protocol::time;

use crate::ledger::Delivery;
use standard::delivery::DeliveryState;

/// Results are asked for from this time before the oldest delivery until this time after now.
pub const SLACK: SignedDuration = SignedDuration::from_secs(60);

/// The time of an entry may lie this long before the sending of its delivery: the receiver's clock is known to the
/// second, and its times may have no fractions of a second.
const EARLY: SignedDuration = SignedDuration::from_secs(5);

/// A time in a reply that is further than this from the sending of its delivery is not used to choose the window of
/// results, because it must be wrong.
const PLAUSIBLE: SignedDuration = SignedDuration::from_hours(26);

/// What the entries of deliveries are found by.
pub struct Search<'a> {
    /// Entries of the receiver, in its order.
    pub entries: &'a [ResultEntry],
    /// Names of entries ([`name`]) that belong to closed deliveries.
    pub taken: &'a HashSet<String>,
    /// Longest time that a delivery may take until it arrives.
    pub call_timeout: SignedDuration,
    /// The name of this account in results.
    pub account: &'a str,
}

/// How well an entry fits a delivery; lower is better.
type Rank = (bool, SignedDuration);

/// Name of an entry: its id, or all of it where it has none.
pub fn name(entry: &ResultEntry) -> String {
    if entry.id.is_empty() { serde_json::to_string(entry).unwrap_or_default() } else { entry.id.clone() }
}

/// Name of the entry in a receipt.
pub fn receipt_name(receipt: &str) -> Option<String> {
    serde_json::from_str::<ResultEntry>(receipt).ok().map(|entry| name(&entry))
}

impl<'a> Search<'a> {
    /// For each of `deliveries` the entry that belongs to it. `speaks_of(delivery, entry)` tells whether an entry can
    /// be about a delivery's rows.
    pub fn assign(
        &self,
        deliveries: &[Delivery],
        mut speaks_of: impl FnMut(&Delivery, &ResultEntry) -> bool,
    ) -> Vec<Option<&'a ResultEntry>> {
        let mut free: Vec<Option<&'a ResultEntry>> =
            self.entries.iter().map(|entry| (!self.taken.contains(&name(entry))).then_some(entry)).collect();
        let mut found = vec![None; deliveries.len()];
        // A time from a reply is certain, so deliveries with one come first. Deliveries whose outcome is unknown are
        // matched with the entries that are left.
        for state in [DeliveryState::Sent, DeliveryState::Unknown] {
            for at in (0..deliveries.len()).filter(|at| deliveries[*at].state == state) {
                let delivery = &deliveries[at];
                let best = free
                    .iter()
                    .enumerate()
                    .filter_map(|(place, entry)| {
                        let entry = (*entry)?;
                        let rank = self.rank(delivery, entry)?;
                        speaks_of(delivery, entry).then_some((rank, place))
                    })
                    .min();
                let Some((rank, place)) = best else { continue };
                let rivals = (0..deliveries.len()).filter(|other| *other != at && found[*other].is_none());
                let rivals: Vec<&Delivery> = rivals.map(|other| &deliveries[other]).collect();
                if self.certain(delivery, rank, &rivals, &free, &mut speaks_of) {
                    found[at] = free[place].take();
                }
            }
        }
        self.assign_without_times(deliveries, &free, &mut found, speaks_of);
        found
    }

    /// Whether the best entry can belong to this delivery only. Other deliveries that it fits as well must have another
    /// entry each; an entry with another number of rows is assigned only if it fits no other delivery.
    fn certain(
        &self,
        delivery: &Delivery,
        (other_size, _): Rank,
        rivals: &[&Delivery],
        free: &[Option<&'a ResultEntry>],
        speaks_of: &mut impl FnMut(&Delivery, &ResultEntry) -> bool,
    ) -> bool {
        if delivery.state != DeliveryState::Sent {
            return true;
        }
        let mut fits = |delivery: &Delivery, entry: &ResultEntry| {
            self.rank(delivery, entry).is_some_and(|(other, _)| !other || other_size) && speaks_of(delivery, entry)
        };
        let candidates: Vec<&ResultEntry> =
            free.iter().flatten().copied().filter(|entry| fits(delivery, entry)).collect();
        let rivals: Vec<&Delivery> = rivals
            .iter()
            .copied()
            .filter(|rival| rival.state == DeliveryState::Sent)
            .filter(|rival| candidates.iter().any(|entry| fits(rival, entry)))
            .collect();
        if rivals.is_empty() || other_size {
            return rivals.is_empty();
        }
        let of_all = free
            .iter()
            .flatten()
            .filter(|entry| fits(delivery, entry) || rivals.iter().any(|rival| fits(rival, entry)));
        of_all.count() > rivals.len()
    }

    /// Assigns entries whose time cannot be read to the delivery of their table and number of rows, if there is exactly
    /// one of each.
    fn assign_without_times(
        &self,
        deliveries: &[Delivery],
        free: &[Option<&'a ResultEntry>],
        found: &mut [Option<&'a ResultEntry>],
        mut speaks_of: impl FnMut(&Delivery, &ResultEntry) -> bool,
    ) {
        let timeless: Vec<&ResultEntry> =
            free.iter().flatten().copied().filter(|entry| time::read(&entry.timestamps).is_none()).collect();
        let open: Vec<usize> = (0..deliveries.len())
            .filter(|at| found[*at].is_none() && deliveries[*at].state == DeliveryState::Sent)
            .collect();
        let mut fits = |at: usize, entry: &ResultEntry| {
            let delivery = &deliveries[at];
            self.same_table(delivery, entry)
                && entry.collect_num == Some(u64::from(delivery.rows))
                && speaks_of(delivery, entry)
        };
        for entry in &timeless {
            let of: Vec<usize> = open.iter().copied().filter(|at| fits(*at, entry)).collect();
            if let [at] = of[..]
                && timeless.iter().filter(|other| fits(at, other)).count() == 1
            {
                found[at] = Some(entry);
            }
        }
    }

    /// Whether an entry is of this account and of the delivery's table. Names are compared without the case of letters.
    fn same_table(&self, delivery: &Delivery, entry: &ResultEntry) -> bool {
        self.is_ours(entry) && entry.table_name.trim().eq_ignore_ascii_case(&delivery.table)
    }

    /// Whether an entry can be of this account: it names it, or it does not name an account.
    pub fn is_ours(&self, entry: &ResultEntry) -> bool {
        let named = entry.sys_name.trim();
        named.is_empty() || named.to_lowercase() == self.account.trim().to_lowercase()
    }

    /// How well an entry fits a delivery; lower is better, `None` is not at all.
    fn rank(&self, delivery: &Delivery, entry: &ResultEntry) -> Option<Rank> {
        if !self.same_table(delivery, entry) {
            return None;
        }
        let other_size = entry.collect_num.is_some_and(|rows| rows != u64::from(delivery.rows));
        let handle = delivery.time.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if handle == Some(entry.timestamps.trim()) {
            return Some((other_size, SignedDuration::ZERO));
        }
        let sent = delivery.receiver_at?;
        if let Some(handle) = handle.and_then(|handle| time::near(handle, sent)) {
            let received = time::near(&entry.timestamps, handle.at)?;
            return handle.agrees(&received).then(|| (other_size, received.distance(handle.at)));
        }
        let received = time::near(&entry.timestamps, sent)?;
        let from = sent.checked_sub(EARLY).ok()?;
        let to = sent.checked_add(self.call_timeout).ok()?.checked_add(EARLY).ok()?;
        let last = received.at.checked_add(received.unit).ok()?;
        let exact = received.unit <= SignedDuration::from_secs(1);
        let inside = if exact { from <= received.at && received.at <= to } else { from <= last && received.at <= to };
        (inside && !other_size).then(|| (exact && received.at < sent, received.distance(sent)))
    }
}

/// The time from which results must be asked for to see the entries of all these deliveries.
pub fn window_start<'a>(deliveries: impl IntoIterator<Item = &'a Delivery>) -> Option<Timestamp> {
    let moment = |delivery: &Delivery| {
        let Some(sent) = delivery.receiver_at else { return Some(time::read(delivery.time.as_deref()?)?.at) };
        let handle = delivery.time.as_deref().and_then(|text| time::near(text, sent));
        let handle = handle.filter(|written| written.distance(sent) < PLAUSIBLE).map(|written| written.at);
        handle.into_iter().chain([sent]).min()
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
            // Results are found by the receiver's clock only.
            sent_at: None,
            receiver_at: Some(format!("2026-11-21T{sent}+08:00").parse().unwrap()),
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
        let call_timeout = SignedDuration::from_secs(120);
        let search = Search { entries, taken: &taken, call_timeout, account: "School" };
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
        // An entry that fits two deliveries equally is assigned to neither.
        check(&deliveries, &[b.clone(), a.clone()], &["a"], &["-", "-"]);
        // An entry with another number of rows is not assigned, either, if it fits another delivery.
        let small = Delivery { rows: 1, ..deliveries[1].clone() };
        check(&[first.clone(), small.clone()], &[entry("c", "ODS_X", 1, "10:00:00.000")], &[], &["-", "c"]);
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
    fn times_tables_and_accounts_are_compared_as_what_they_are() {
        let times = [
            "2026-11-21 10:00:00",
            "2026-11-21T02:00:00Z",
            "2026-11-21T10:00:00Z",
            "2026-11-21 02:00:00",
            "2026/11/21 10:00:00",
            "1795226400",
            "1795226400000",
            "20261121100000",
            "2026-11-21 10:00",
            "2026年11月21日 10:00:00",
            "2026-11-21T10:00:00+08:00",
        ];
        for handle in times {
            for written in times {
                let delivery = Delivery { time: Some(handle.into()), ..delivery(1, 2, Some("10:00:00"), "10:00:00") };
                let entry = ResultEntry { timestamps: written.into(), ..entry("e", "ods_x ", 2, "") };
                check(&[delivery], &[entry], &[], &["e"]);
            }
        }
        let sent = delivery(1, 2, Some("10:00:00"), "10:00:00");
        for (name, expect) in [("SCHOOL", "e"), ("", "e"), ("college-02", "-")] {
            let entry = ResultEntry { sys_name: name.into(), ..entry("e", "ODS_X", 2, "10:00:00.000") };
            check(std::slice::from_ref(&sent), &[entry], &[], &[expect]);
        }
    }

    #[test]
    fn a_handle_that_cannot_be_read_falls_back_to_the_moment() {
        for handle in ["", "soon", "null"] {
            let sent = Delivery { time: Some(handle.into()), ..delivery(1, 2, Some("10:00:00"), "10:00:00") };
            check(std::slice::from_ref(&sent), &[entry("e", "ODS_X", 2, "10:00:01.000")], &[], &["e"]);
            check(std::slice::from_ref(&sent), &[entry("e", "ODS_X", 3, "10:00:01.000")], &[], &["-"]);
            check(&[sent], &[entry("e", "ODS_X", 2, "10:09:00.000")], &[], &["-"]);
        }
        // Two equal texts are the same time, even if neither can be read.
        let odd = Delivery { time: Some("T-7".into()), ..delivery(1, 2, Some("10:00:00"), "10:00:00") };
        let entry_of =
            |id: &str, rows, text: &str| ResultEntry { timestamps: text.into(), ..entry(id, "ODS_X", rows, "") };
        check(std::slice::from_ref(&odd), &[entry_of("a", 2, "T-6"), entry_of("b", 2, "T-7")], &[], &["b"]);
        // An entry without a time is assigned where exactly one delivery fits.
        check(std::slice::from_ref(&odd), &[entry_of("a", 2, "")], &[], &["a"]);
        check(std::slice::from_ref(&odd), &[entry_of("a", 2, ""), entry_of("b", 2, "")], &[], &["-"]);
        let other = Delivery { id: DeliveryId { batch: 1, no: 2 }, ..odd.clone() };
        check(&[odd, other], &[entry_of("a", 2, "")], &[], &["-", "-"]);
        check(&[delivery(1, 2, None, "10:00:00")], &[entry_of("a", 2, "")], &[], &["-"]);
    }

    #[test]
    fn the_window_reaches_back_to_the_oldest() {
        let deliveries = [delivery(0, 1, Some("10:00:00"), "10:00:00"), delivery(1, 1, None, "09:00:00")];
        assert_eq!(window_start(&deliveries).unwrap().to_string(), "2026-11-21T00:59:00Z");
        let odd = Delivery { time: Some("0000000001".into()), ..delivery(0, 1, Some("10:00:00"), "10:00:00") };
        assert_eq!(window_start([&odd]).unwrap().to_string(), "2026-11-21T01:59:00Z", "1970 is not believed");
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
