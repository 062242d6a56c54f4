//! What has to hold of a schedule, at any moment and in the end.

use std::collections::BTreeMap;

use protocol::ResultEntry;
use standard::delivery::DeliveryState;

use crate::pc::Disk;
use crate::receiver::Arrived;
use crate::rows::row_of;
use crate::world::{OTHER, World};

/// How often the receiver took these rows.
fn taken(pc: &Disk, table: &str, rows: &[String]) -> usize {
    let receiver = pc.world.receiver.borrow();
    let same = |one: &&Arrived| one.account == pc.account && one.table == table && one.rows == rows;
    receiver.arrived.iter().filter(same).count()
}

/// What holds at any moment: nothing that did not arrive is called sent, and nothing arrives twice.
pub fn holds_now(pc: &Disk) -> Result<(), String> {
    for kept in pc.kept.borrow().iter() {
        let delivery = &kept.delivery;
        let taken = taken(pc, &delivery.table, &kept.texts);
        let is_sent = delivery.state == DeliveryState::Sent || delivery.state.is_closed();
        if taken > 1 {
            return Err(format!("{:?} of {} was taken {taken} times", delivery.id, pc.account));
        }
        if is_sent && taken == 0 {
            return Err(format!(
                "{:?} of {} is called {:?} and never arrived",
                delivery.id, pc.account, delivery.state
            ));
        }
    }
    Ok(())
}

/// What holds once faults have stopped and three rounds are over.
pub fn holds_in_the_end(pc: &Disk) -> Result<(), String> {
    let receiver = pc.world.receiver.borrow();
    let mut newest: BTreeMap<(String, String), (i64, u64)> = BTreeMap::new();
    for kept in pc.kept.borrow().iter() {
        let (delivery, rows) = (&kept.delivery, &kept.texts);
        if !delivery.state.is_closed() {
            return Err(format!("{:?} of {} is still {:?}", delivery.id, pc.account, delivery.state));
        }
        let entry = kept.receipt.as_deref().and_then(|text| serde_json::from_str::<ResultEntry>(text).ok());
        let number = entry.and_then(|entry| entry.id.parse::<usize>().ok()).unwrap_or_default();
        let about = receiver.arrived.get(number.wrapping_sub(1));
        if about.is_none_or(|one| one.rows != *rows || one.account != pc.account) {
            return Err(format!("the receipt of {:?} of {} is about something else", delivery.id, pc.account));
        }
        if about.is_some_and(|one| one.rejected) != (delivery.state == DeliveryState::Rejected) {
            return Err(format!("{:?} of {} is {:?}", delivery.id, pc.account, delivery.state));
        }
        if delivery.state == DeliveryState::Stored {
            for (key, version) in &kept.rows {
                let of = newest.entry((delivery.table.clone(), key.clone())).or_default();
                *of = (*of).max((delivery.id.batch, *version));
            }
        }
    }
    let stored = receiver.stored();
    for ((table, key), (_, version)) in newest {
        let row = stored.get(&(table, key.clone()));
        if row.map(String::as_str) != Some(row_of(&key, version).get()) {
            return Err(format!("{key} is stored as {row:?} and not as version {version}"));
        }
    }
    Ok(())
}

/// Whatever arrived was frozen like this.
pub fn nothing_else_arrived(world: &World, pcs: &[Disk]) -> Result<(), String> {
    for one in world.receiver.borrow().arrived.iter().filter(|one| one.account != OTHER) {
        let of_pc = pcs.iter().find(|pc| pc.account == one.account);
        let frozen = of_pc.is_some_and(|pc| {
            pc.kept.borrow().iter().any(|kept| kept.delivery.table == one.table && kept.texts == one.rows)
        });
        if !frozen {
            return Err(format!("{:?} arrived and was never frozen", one.rows));
        }
    }
    Ok(())
}
