//! Comparing what this side knows of its deliveries with everything that the receiver says: 对账. Nothing is changed by
//! it.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use protocol::ResultEntry;
use standard::delivery::DeliveryState;

use crate::collect::{account_of, entries_since};
use crate::ledger::{Delivery, DeliveryId};
use crate::matching::{SLACK, Search, name, receipt_name, window_start};
use crate::watch::{Stop, Watch};
use crate::wire::Wire;

/// A delivery that left this PC, with its receipt where it has one.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The delivery as the ledger has it.
    pub delivery: Delivery,
    /// The entry that was filed for it, as JSON text.
    pub receipt: Option<String>,
}

/// A line that this side and the receiver do not agree on.
#[derive(Debug, Clone, PartialEq)]
pub enum Unexplained {
    /// The receipt of a delivery is not among the entries any more.
    Gone(DeliveryId),
    /// The entry of a delivery says something else than its receipt.
    Differs(DeliveryId, Box<ResultEntry>),
    /// An entry of this account that belongs to no delivery of this PC: another PC sent it, or another book.
    Foreign(Box<ResultEntry>),
}

/// What came of comparing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reconciled {
    /// Deliveries whose entry says what their receipt says.
    pub agreed: usize,
    /// Deliveries without a result yet; their entries are explained by them.
    pub open: usize,
    /// Everything else.
    pub unexplained: Vec<Unexplained>,
    /// All entries of this account in the days that were compared, in the receiver's order.
    pub entries: Vec<ResultEntry>,
    /// Why the entries could not be read to their end; nothing is called gone then.
    pub stop: Option<Stop>,
}

/// Reads all entries since the oldest of these deliveries and compares them.
pub async fn reconcile<W: Wire>(wire: &W, settled: &[Settled], watch: &mut Watch<'_>) -> Reconciled {
    let deliveries: Vec<Delivery> = settled.iter().map(|one| one.delivery.clone()).collect();
    let Some(from) = window_start(&deliveries) else { return Reconciled::default() };
    let read = entries_since(wire, from, &deliveries, watch).await;
    let mut done = compare(&read.entries, settled, account_of(wire), read.stop.is_none());
    done.unexplained.retain(|line| !matches!(line, Unexplained::Foreign(entry) if !is_inside(entry, from)));
    done.entries.retain(|entry| is_inside(entry, from));
    Reconciled { stop: read.stop, ..done }
}

/// Entries at the edge of the window may belong to deliveries before it, which are not looked at.
fn is_inside(entry: &ResultEntry, from: Timestamp) -> bool {
    let Some(written) = protocol::time::read(&entry.timestamps) else { return true };
    from.checked_add(SLACK).is_ok_and(|from| written.at >= from)
}

/// Compares. `complete`: the entries were read to their end.
pub fn compare(entries: &[ResultEntry], settled: &[Settled], account: &str, complete: bool) -> Reconciled {
    let by_name: HashMap<String, &ResultEntry> = entries.iter().map(|entry| (name(entry), entry)).collect();
    let mut explained: HashSet<String> = HashSet::new();
    let mut done = Reconciled::default();
    let mut open = Vec::new();
    for Settled { delivery, receipt } in settled {
        let Some(receipt) = receipt else {
            if matches!(delivery.state, DeliveryState::Sent | DeliveryState::Unknown) {
                open.push(delivery.clone());
            }
            continue;
        };
        let named = receipt_name(receipt).unwrap_or_default();
        match by_name.get(&named) {
            Some(entry) if same(entry, receipt) => done.agreed += 1,
            Some(entry) => done.unexplained.push(Unexplained::Differs(delivery.id, Box::new((*entry).clone()))),
            None if complete => done.unexplained.push(Unexplained::Gone(delivery.id)),
            None => {}
        }
        explained.insert(named);
    }
    done.open = open.len();
    let search = Search { entries, taken: &explained, call_timeout: jiff::SignedDuration::from_mins(5), account };
    let of_open: HashSet<String> = search.assign(&open, |_, _| true).into_iter().flatten().map(name).collect();
    let is_explained = |entry: &ResultEntry| explained.contains(&name(entry)) || of_open.contains(&name(entry));
    done.entries = entries.iter().filter(|entry| search.is_ours(entry)).cloned().collect();
    let foreign = entries.iter().filter(|entry| search.is_ours(entry) && !is_explained(entry));
    done.unexplained.extend(foreign.map(|entry| Unexplained::Foreign(Box::new(entry.clone()))));
    done
}

/// Whether an entry says what a receipt says: the same counts and the same state.
fn same(entry: &ResultEntry, receipt: &str) -> bool {
    let Ok(filed) = serde_json::from_str::<ResultEntry>(receipt) else { return false };
    (entry.collect_num, entry.storage_num, entry.state.trim())
        == (filed.collect_num, filed.storage_num, filed.state.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: u32, table: &str, rows: u64, stored: u64, account: &str) -> ResultEntry {
        ResultEntry {
            id: id.to_string(),
            batch_id: None,
            kind: "RPC".into(),
            sys_name: account.into(),
            timestamps: "2026-11-27 10:00:00".into(),
            table_name: table.into(),
            collect_num: Some(rows),
            storage_num: Some(stored),
            remark: None,
            state: "1".into(),
            state_info: String::new(),
        }
    }

    fn settled(no: u32, state: DeliveryState, receipt: Option<ResultEntry>) -> Settled {
        let at: Timestamp = "2026-11-27T02:00:00Z".parse().unwrap();
        let delivery = Delivery {
            id: DeliveryId { batch: 1, no },
            table: "A".into(),
            rows: 2,
            state,
            sent_at: Some(at),
            receiver_at: Some(at),
            time: Some("2026-11-27 10:00:00".into()),
        };
        Settled { delivery, receipt: receipt.map(|entry| serde_json::to_string(&entry).unwrap()) }
    }

    #[test]
    fn every_line_is_explained_or_named() {
        let ours = [
            settled(1, DeliveryState::Stored, Some(entry(1, "A", 2, 2, "me"))),
            settled(2, DeliveryState::Stored, Some(entry(2, "A", 2, 2, "me"))),
            settled(3, DeliveryState::Stored, Some(entry(3, "A", 2, 2, "me"))),
            settled(4, DeliveryState::Sent, None),
        ];
        let theirs = [
            entry(1, "A", 2, 2, "me"),
            // Fewer are stored than the receipt says.
            entry(2, "A", 2, 1, "me"),
            // That of the open delivery, one of another PC with this account, and one of another account.
            entry(4, "A", 2, 0, "me"),
            entry(5, "B", 7, 7, "me"),
            entry(6, "A", 2, 2, "other"),
        ];
        let done = compare(&theirs, &ours, "me", true);
        assert_eq!((done.agreed, done.open), (1, 1));
        let id = |no| DeliveryId { batch: 1, no };
        let expect = [
            Unexplained::Differs(id(2), Box::new(theirs[1].clone())),
            Unexplained::Gone(id(3)),
            Unexplained::Foreign(Box::new(theirs[3].clone())),
        ];
        assert_eq!(done.unexplained, expect);
        let cut = compare(&theirs[..1], &ours[..2], "me", false);
        assert_eq!((cut.agreed, cut.unexplained.len()), (1, 0), "a list that was cut short calls nothing gone");
    }
}
