//! Everything outside of the PCs: the time, the network with its faults, and the receiver behind it.

use std::cell::{Cell, RefCell};

use jiff::{SignedDuration, Timestamp};
use protocol::time::seconds_text;
use protocol::{QueryRequest, ResultPage};
use rand::Rng;
use rand::rngs::StdRng;
use submit::SubmissionOutcome;
use submit::error::SubmitError;

use crate::receiver::Receiver;
use crate::rows::row_of;

/// Bugs that the simulation has to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    /// What may have arrived goes out again without asking for it.
    ResendWithoutAsking,
    /// What goes out is the record as it is now, not as it was frozen.
    FreezeNotKept,
    /// An entry that belongs to a closed delivery is taken for another one.
    EntryTakenTwice,
    /// Entries are told apart by table and number of rows only, and not by account and time.
    MatchedByCountOnly,
    /// That a delivery is going out is not on the disk before its first byte leaves.
    SendingNotRecorded,
    /// A delivery that was going out when the PC crashed counts as not sent.
    CrashForgotten,
}

impl Bug {
    pub const ALL: [Bug; 6] = [
        Bug::ResendWithoutAsking,
        Bug::FreezeNotKept,
        Bug::EntryTakenTwice,
        Bug::MatchedByCountOnly,
        Bug::SendingNotRecorded,
        Bug::CrashForgotten,
    ];
}

pub const TABLES: [&str; 2] = ["ODS_FWSZTSGZYSJ", "ODS_XLZXJLSJ"];

/// The account of another college at the same receiver.
pub const OTHER: &str = "c";

/// A request that is still on its way.
pub struct Late {
    at: Timestamp,
    account: String,
    table: String,
    rows: Vec<String>,
}

/// Everything outside of the PCs.
pub struct World {
    pub bug: Option<Bug>,
    pub now: Cell<Timestamp>,
    pub receiver_off: SignedDuration,
    pub receiver: RefCell<Receiver>,
    pub late: RefCell<Vec<Late>>,
    pub chance: RefCell<StdRng>,
    pub faults: Cell<bool>,
    /// Entries of results that the receiver gives at most at once.
    pub page: u32,
    /// The receiver lists the newest entry first, so that pages shift while they are read.
    pub newest_first: bool,
    /// Requests that a PC has on their way at once.
    pub calls_at_once: u32,
    /// Rows that the receiver takes at once.
    pub most_rows: usize,
}

impl World {
    pub fn now(&self) -> Timestamp {
        self.now.get()
    }

    pub fn receiver_now(&self) -> Timestamp {
        self.now.get() + self.receiver_off
    }

    pub fn below(&self, end: u64) -> u64 {
        self.chance.borrow_mut().gen_range(0..end.max(1))
    }

    pub fn happens(&self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Whether someone has paused the submission when it is looked at.
    pub fn pauses(&self) -> bool {
        self.fails(5)
    }

    /// Whether a fault happens now; none does once faults have stopped.
    pub fn fails(&self, percent: u64) -> bool {
        self.faults.get() && self.happens(percent)
    }

    /// Lets time pass; what was on its way arrives in its order.
    pub fn pass(&self, time: SignedDuration) {
        let until = self.now.get() + time;
        loop {
            let next = {
                let late = self.late.borrow();
                let due = late.iter().enumerate().filter(|(_, one)| one.at <= until);
                due.min_by_key(|(_, one)| one.at).map(|(place, _)| place)
            };
            let Some(place) = next else { break };
            let one = self.late.borrow_mut().remove(place);
            self.now.set(one.at.max(self.now.get()));
            self.take(&one.account, &one.table, &one.rows, false);
        }
        self.now.set(until);
    }

    fn take(&self, account: &str, table: &str, rows: &[String], rejected: bool) {
        self.receiver.borrow_mut().take(account, table, rows, self.receiver_now(), rejected);
    }

    pub fn submit(&self, account: &str, table: &str, rows: &[String]) -> SubmissionOutcome {
        self.pass(SignedDuration::from_millis(1_000 + self.below(2_000) as i64));
        let accepted = |at| SubmissionOutcome::Accepted { time: seconds_text(at), size: None };
        let at = self.receiver_now();
        if rows.len() > self.most_rows {
            return SubmissionOutcome::TooLarge;
        }
        if !self.faults.get() {
            self.take(account, table, rows, false);
            return accepted(at);
        }
        match self.below(100) {
            0..6 => SubmissionOutcome::NotSent(SubmitError::LoginBroken),
            // The request is lost.
            6..12 => {
                self.pass(SignedDuration::from_secs(60));
                SubmissionOutcome::Unknown(SubmitError::TimedOut)
            }
            // The reply is lost.
            12..22 => {
                self.take(account, table, rows, false);
                SubmissionOutcome::Unknown(SubmitError::Cut)
            }
            // It comes late, when the PC has given up waiting for a reply or is about to.
            22..28 => {
                let at = self.now() + SignedDuration::from_secs(1 + self.below(58) as i64);
                let (account, table, rows) = (account.to_owned(), table.to_owned(), rows.to_vec());
                self.late.borrow_mut().push(Late { at, account, table, rows });
                if self.happens(50) {
                    self.pass(SignedDuration::from_secs(60));
                }
                SubmissionOutcome::Unknown(SubmitError::TimedOut)
            }
            28..32 => SubmissionOutcome::Refused(SubmitError::RefusedWithoutWords { returned: "500".to_owned() }),
            32..35 => SubmissionOutcome::Refused(SubmitError::RefusedWithoutWords { returned: "429".to_owned() }),
            35..38 if rows.len() > 1 => SubmissionOutcome::TooLarge,
            38..41 => {
                self.take(account, table, rows, true);
                accepted(at)
            }
            _ => {
                self.take(account, table, rows, false);
                accepted(at)
            }
        }
    }

    pub fn results(&self, query: &QueryRequest) -> Result<ResultPage, SubmitError> {
        self.pass(SignedDuration::from_secs(1));
        if self.fails(10) {
            return Err(SubmitError::Unreadable { status: 200 });
        }
        if self.fails(15) {
            // Another college submits as many rows of the same table; where the newest entry comes first, the next page
            // repeats an entry of this one.
            let rows: Vec<String> =
                (0..=self.below(3)).map(|n| row_of(&format!("{OTHER}-{n}"), 1).get().to_owned()).collect();
            self.take(OTHER, TABLES[self.below(2) as usize], &rows, false);
        }
        let query = QueryRequest { limit: query.limit.min(self.page), ..query.clone() };
        let mut page = self.receiver.borrow().results(&query, self.receiver_now(), self.newest_first);
        if self.bug == Some(Bug::MatchedByCountOnly) {
            for entry in &mut page.entries {
                entry.sys_name.clear();
                entry.timestamps.clear();
            }
        }
        Ok(page)
    }
}
