//! The receiver: what arrived, and what it answers. It stores rows by their key, the last one wins.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use protocol::time::seconds_text;
use protocol::{QueryRequest, ResultEntry, ResultPage};

/// One request that arrived.
pub struct Arrived {
    /// Its number, which the entries of results carry.
    pub id: u64,
    /// The account that sent it.
    pub account: String,
    pub table: String,
    /// The rows as they arrived.
    pub rows: Vec<String>,
    /// By the receiver's clock.
    pub at: Timestamp,
    /// The same as its entry has it.
    pub written: String,
    /// It is refused as a whole when it is worked on.
    pub rejected: bool,
}

#[derive(Default)]
pub struct Receiver {
    pub arrived: Vec<Arrived>,
}

/// How long the receiver takes until it knows the result.
const WORK: SignedDuration = SignedDuration::from_mins(20);

impl Receiver {
    pub fn take(&mut self, account: &str, table: &str, rows: &[String], at: Timestamp, rejected: bool) {
        let id = self.arrived.len() as u64 + 1;
        let (account, table, rows) = (account.to_owned(), table.to_owned(), rows.to_vec());
        self.arrived.push(Arrived { id, account, table, rows, at, written: seconds_text(at), rejected });
    }

    /// A page of the results at this moment by its clock: entries of all accounts, as some receivers give them.
    pub fn results(&self, query: &QueryRequest, now: Timestamp, newest_first: bool) -> ResultPage {
        let inside = |one: &&Arrived| {
            (query.start.as_str()..=query.end.as_str()).contains(&one.written.as_str())
                && one.table.contains(&query.table)
        };
        let mut all: Vec<ResultEntry> = self.arrived.iter().filter(inside).map(|one| entry(one, now)).collect();
        if newest_first {
            all.reverse();
        }
        let (from, limit) = ((query.page as usize - 1) * query.limit as usize, query.limit as usize);
        let count = all.len() as u64;
        let entries: Vec<ResultEntry> = all.into_iter().skip(from).take(limit).collect();
        ResultPage { length: entries.len() as u64, entries, count: Some(count) }
    }

    /// The rows that are stored, by key.
    pub fn stored(&self) -> BTreeMap<(String, String), String> {
        let mut stored = BTreeMap::new();
        for one in self.arrived.iter().filter(|one| !one.rejected) {
            for row in &one.rows {
                stored.insert((one.table.clone(), key_of(row)), row.clone());
            }
        }
        stored
    }
}

/// The key of a row as it is sent.
pub fn key_of(row: &str) -> String {
    row.split('"').nth(3).unwrap_or_default().to_owned()
}

fn entry(one: &Arrived, now: Timestamp) -> ResultEntry {
    let done = now.duration_since(one.at) >= WORK;
    let rows = one.rows.len() as u64;
    let (stored, state) = match (done, one.rejected) {
        (false, _) => (0, "2"),
        (true, false) => (rows, "1"),
        (true, true) => (0, "0"),
    };
    ResultEntry {
        id: one.id.to_string(),
        batch_id: None,
        kind: "RPC".to_owned(),
        sys_name: one.account.clone(),
        timestamps: one.written.clone(),
        table_name: one.table.clone(),
        collect_num: Some(rows),
        storage_num: Some(stored),
        remark: (done && one.rejected).then(|| "数据对象未配置".to_owned()),
        state: state.to_owned(),
        state_info: String::new(),
    }
}
