//! A ledger in memory that keeps every event.

use std::sync::Mutex;

use jiff::Timestamp;
use protocol::Row;
use standard::delivery::DeliveryState;
use submit::{Delivery, DeliveryId, Event, Item, Ledger, Verdict};

use crate::stage::{DAY, key, row};

/// Deliveries with their rows and events.
#[derive(Default)]
pub struct Memory {
    calls: Mutex<Vec<Entry>>,
    learned_rows: Mutex<Option<u32>>,
}

struct Entry {
    call: Delivery,
    items: Vec<(String, Row)>,
    events: Vec<Event>,
}

impl Memory {
    /// One batch of valid rows for each table: `(table, first key, rows)`, in deliveries of two rows.
    pub fn of(batches: &[(&str, u32, u32)]) -> Memory {
        let memory = Memory::default();
        for (batch, &(table, first, rows)) in batches.iter().enumerate() {
            let rows: Vec<(u32, &str)> = (first..first + rows).map(|n| (n, DAY)).collect();
            memory.freeze(batch as i64 + 1, table, &rows);
        }
        memory
    }

    /// Freezes a batch of rows, each given by its key and date.
    pub fn freeze(&self, batch: i64, table: &str, rows: &[(u32, &str)]) {
        for (no, rows) in (1..).zip(rows.chunks(2)) {
            let items = rows.iter().map(|&(n, date)| (key(n), row(table, n, date))).collect();
            let call = Delivery {
                id: DeliveryId { batch, no },
                table: table.to_owned(),
                rows: rows.len() as u32,
                state: DeliveryState::Frozen,
                sent_at: None,
                receiver_at: None,
                time: None,
            };
            self.calls.lock().unwrap().push(Entry { call, items, events: Vec::new() });
        }
    }

    /// Leaves a delivery as a crash does: it was being sent at `at`.
    pub fn crash_while_sending(&self, batch: i64, no: u32, at: Timestamp) {
        self.record(DeliveryId { batch, no }, &Event::Sending { at, receiver_at: at }).unwrap();
    }

    /// The state of every delivery, in order.
    pub fn states(&self) -> Vec<String> {
        let word = |entry: &Entry| serde_json::to_value(entry.call.state).unwrap().as_str().unwrap().to_owned();
        self.calls.lock().unwrap().iter().map(word).collect()
    }

    /// The verdicts of a delivery that has a result.
    pub fn verdicts(&self, batch: i64, no: u32) -> Vec<Verdict> {
        let calls = self.calls.lock().unwrap();
        let entry = calls.iter().find(|entry| entry.call.id == DeliveryId { batch, no }).unwrap();
        match entry.events.last() {
            Some(Event::Result { verdict, .. }) => verdict.verdicts.clone(),
            other => panic!("no result but {other:?}"),
        }
    }

    /// How often a delivery was handed to the network.
    pub fn times_sent(&self, batch: i64, no: u32) -> usize {
        let calls = self.calls.lock().unwrap();
        let entry = calls.iter().find(|entry| entry.call.id == DeliveryId { batch, no }).unwrap();
        entry.events.iter().filter(|event| matches!(event, Event::Sending { .. })).count()
    }
}

impl Ledger for Memory {
    type Error = std::convert::Infallible;

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn open_deliveries(&self) -> Result<Vec<Delivery>, Self::Error> {
        let calls = self.calls.lock().unwrap();
        Ok(calls.iter().map(|entry| entry.call.clone()).filter(|call| !call.state.is_closed()).collect())
    }

    fn items(&self, call: DeliveryId) -> Result<Vec<Item>, Self::Error> {
        let calls = self.calls.lock().unwrap();
        let entry = calls.iter().find(|entry| entry.call.id == call).unwrap();
        Ok(entry.items.iter().map(|(key, row)| Item { key: key.clone(), row: row.clone() }).collect())
    }

    fn keys(&self, call: DeliveryId) -> Result<Vec<String>, Self::Error> {
        Ok(self.items(call)?.into_iter().map(|item| item.key).collect())
    }

    fn receipts(&self, _: Timestamp) -> Result<Vec<String>, Self::Error> {
        let calls = self.calls.lock().unwrap();
        let receipt = |event: &Event| match event {
            Event::Result { receipt, .. } => Some(receipt.clone()),
            _ => None,
        };
        Ok(calls.iter().flat_map(|entry| entry.events.iter().filter_map(receipt)).collect())
    }

    fn learned_rows(&self) -> Result<Option<u32>, Self::Error> {
        Ok(*self.learned_rows.lock().unwrap())
    }

    fn learn_rows(&self, rows: Option<u32>) -> Result<(), Self::Error> {
        *self.learned_rows.lock().unwrap() = rows;
        Ok(())
    }

    fn split(&self, batch: i64, rows: u32) -> Result<(), Self::Error> {
        let mut calls = self.calls.lock().unwrap();
        let mut last = calls.iter().filter(|entry| entry.call.id.batch == batch).count() as u32;
        let mut more = Vec::new();
        for entry in calls.iter_mut().filter(|entry| entry.call.id.batch == batch) {
            while entry.call.state == DeliveryState::Frozen && entry.items.len() > rows as usize {
                let items = entry.items.split_off(entry.items.len() - rows as usize);
                last += 1;
                let id = DeliveryId { batch, no: last };
                let call = Delivery { id, rows: items.len() as u32, ..entry.call.clone() };
                more.push(Entry { call, items, events: Vec::new() });
                entry.call.rows = entry.items.len() as u32;
            }
        }
        calls.extend(more);
        Ok(())
    }

    fn record(&self, call: DeliveryId, event: &Event) -> Result<(), Self::Error> {
        let mut calls = self.calls.lock().unwrap();
        let entry = calls.iter_mut().find(|entry| entry.call.id == call).unwrap();
        event.apply(&mut entry.call);
        entry.events.push(event.clone());
        Ok(())
    }
}

/// A ledger that fails as if the program had crashed at one of its records: just before it, or just after it is
/// durable.
pub struct Crashing<'a> {
    memory: &'a Memory,
    left: Mutex<u32>,
    durable: bool,
}

/// The error that stands for a crash of the program.
#[derive(Debug)]
pub struct Crash;

impl Crashing<'_> {
    pub fn new(memory: &Memory, records: u32, durable: bool) -> Crashing<'_> {
        Crashing { memory, left: Mutex::new(records), durable }
    }
}

impl Ledger for Crashing<'_> {
    type Error = Crash;

    fn now(&self) -> Timestamp {
        self.memory.now()
    }

    fn open_deliveries(&self) -> Result<Vec<Delivery>, Crash> {
        self.memory.open_deliveries().map_err(|never| match never {})
    }

    fn learned_rows(&self) -> Result<Option<u32>, Crash> {
        self.memory.learned_rows().map_err(|never| match never {})
    }

    fn learn_rows(&self, rows: Option<u32>) -> Result<(), Crash> {
        self.memory.learn_rows(rows).map_err(|never| match never {})
    }

    fn split(&self, batch: i64, rows: u32) -> Result<(), Crash> {
        self.memory.split(batch, rows).map_err(|never| match never {})
    }

    fn items(&self, call: DeliveryId) -> Result<Vec<Item>, Crash> {
        self.memory.items(call).map_err(|never| match never {})
    }

    fn keys(&self, call: DeliveryId) -> Result<Vec<String>, Crash> {
        self.memory.keys(call).map_err(|never| match never {})
    }

    fn receipts(&self, since: Timestamp) -> Result<Vec<String>, Crash> {
        self.memory.receipts(since).map_err(|never| match never {})
    }

    fn record(&self, call: DeliveryId, event: &Event) -> Result<(), Crash> {
        let mut left = self.left.lock().unwrap();
        if *left > 0 || self.durable {
            self.memory.record(call, event).map_err(|never| match never {})?;
        }
        *left = left.checked_sub(1).ok_or(Crash)?;
        Ok(())
    }
}
