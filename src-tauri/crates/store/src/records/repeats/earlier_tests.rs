//! A book of an earlier build: the period was in every key of a table that has one, and no record had an ordinal.

use std::sync::Arc;

use standard::{Edition, KeyPeriod};

use crate::book::handle::TransactionEnd;
use crate::fixture::{BookFixture, PERIOD, edition, freeze, insert, key, step, take_back_to};
use crate::{Book, Step};

const NOTE: &str = "ODS_A_NOTE";

/// The edition as its keys were made then.
fn earlier() -> Arc<Edition> {
    let mut edition = (*edition()).clone();
    edition.table_mut(NOTE).key_rule.period = KeyPeriod::Always;
    Arc::new(edition)
}

trait TableMut {
    fn table_mut(&mut self, name: &str) -> &mut standard::Table;
}

impl TableMut for Edition {
    fn table_mut(&mut self, name: &str) -> &mut standard::Table {
        self.tables.iter_mut().find(|table| table.name == name).unwrap()
    }
}

#[test]
fn keys_that_were_fixed_stay_and_all_others_follow_the_new_rule() {
    let mut fixture = BookFixture::new();
    fixture.book = None;
    fixture.book = Some(Book::open(&fixture.path, &key(), |_| Some(earlier())).unwrap());
    fixture.apply(0, &[insert(NOTE, &[("BT", "sent")])]);
    fixture.freeze(&freeze(NOTE, 1)).unwrap();
    fixture.apply(2, &[insert(NOTE, &[("BT", "typed")])]);
    let before: Vec<String> = fixture.all(NOTE).into_iter().map(|record| record.key).collect();
    // A book of that build kept no numbers.
    fixture
        .write_aside(|connection| {
            let tables = ["ODS_COURSE", "ODS_PRACTICE", NOTE];
            for table in tables {
                connection.execute_batch(&format!("ALTER TABLE {table} DROP COLUMN _ordinal"))?;
            }
            connection.execute_batch(
                "UPDATE catalog SET fingerprint = replace(replace(fingerprint, '.always', ''), '.never', '')",
            )?;
            take_back_to(connection, 3)?;
            Ok(TransactionEnd::Commit(()))
        })
        .unwrap();
    fixture.reopen();
    fixture.whole();
    let records = fixture.all(NOTE);
    assert_eq!((&records[0].key, records[0].key_fixed), (&before[0], true));
    assert_ne!(records[1].key, before[1]);
    // Reported again in the next term, each is the same record.
    let next = Step { period: "2026-2027-2".into(), ..step(3) };
    fixture.apply_step(&next, &[insert(NOTE, &[("BT", "sent")]), insert(NOTE, &[("BT", "typed")])]);
    let key = |row| fixture.get(NOTE, row).unwrap().unwrap().key;
    assert_eq!((key(3), key(4)), (key(1), key(2)));
    fixture.freeze(&crate::Freeze { period: "2026-2027-2".into(), ..freeze(NOTE, 4) }).unwrap();
    assert_eq!(key(3), before[0]);
    assert_ne!(PERIOD, "2026-2027-2");
    fixture.whole();
}
