//! The encrypted draft book: one SQLCipher file per college that keeps records, change log, findings, batches and
//! receipts. The only room that knows rusqlite; everything else speaks in the types below.
//!
//! How to read it, from the file upwards:
//!
//! - [`key`], `connection`, `lock`, `schema`: the file, its key and salt, the lock beside it, its tables and format.
//! - [`book`]: making, opening, copying and closing a [`Book`]; one write connection, many read connections.
//! - [`rows`] (changing records), `place` (their order), `write` and `derived` (what follows from their values): what
//!   [`Book::apply`] does; `hidden` keeps what a college does not use at present. `changes`, [`log`] and [`history`]: the change log, undo and redo out of it, and reading it.
//! - [`record`], [`page`]: reading records. [`reader`]: SQL that can only read, for checks and the command line;
//!   [`function`]: what callers add to it; [`mod@scratch`]: the same over given rows, for trying rules.
//! - [`findings`], [`finding_query`], [`groups`], [`explanations`]: what checks say about cells, and what clerks answer.
//! - [`batches`], [`freeze`], [`calls`], `outcomes`: frozen rows, the states of their journey, what was accepted;
//!   [`batch_query`] and [`standing`] read it back.
//! - [`settings`], [`integrity`]; and apart from the book [`inbox`], the receiver's own database.
//!
//! Everything is synchronous; a [`Book`] is `Send + Sync` and its calls may block on the disk: call them from a thread
//! that may wait. When a call that changes something returns, the change is on the disk.
//!
//! Left out on purpose: words for people (errors carry codes), rules about data (`check`), the clock and randomness
//! (passed in), and where keys come from (`vault`).

mod adopt;
mod aside;
pub mod batch_query;
pub mod batches;
pub mod book;
pub mod calls;
mod changes;
mod conditions;
mod connection;
mod derived;
pub mod error;
pub mod explanations;
pub mod finding_query;
pub mod findings;
pub mod freeze;
pub mod function;
pub mod groups;
mod hidden;
pub mod history;
pub mod inbox;
pub mod integrity;
pub mod key;
mod lock;
pub mod log;
mod outcomes;
pub mod page;
mod place;
pub mod reader;
pub mod record;
pub mod rows;
mod schema;
pub mod scratch;
pub mod settings;
mod shape;
pub mod standing;
#[cfg(test)]
mod tests;
mod write;

pub use adopt::{Adoption, Carried, MOVE, Moved};
pub use aside::{Aside, AsideTable, Move};
pub use batches::{
    Batch, BatchPage, BatchQuery, BatchRow, BatchState, Call, CallState, DayCount, RowOutcome, RowState,
};
pub use book::{Book, Effort, NewBook};
pub use calls::{CallResult, RejectedRow};
pub use error::StoreError;
pub use explanations::Explanation;
pub use finding_query::{FindingCounts, FindingPage, FindingQuery, StoredFinding};
pub use findings::{Replacement, Scope};
pub use freeze::{Freeze, Frozen};
pub use function::{Function, FunctionValue};
pub use groups::{FindingGroup, FindingGroups, GroupQuery};
pub use history::{CellChange, History, HistoryQuery, StepInfo};
pub use inbox::Inbox;
pub use integrity::Flaw;
pub use key::{BookKey, SALT_BYTES, Salt, read_salt};
pub use log::{RowRef, Undone};
pub use page::{Filter, Page, PageQuery, Sort};
pub use reader::{Described, ReadConnection, ReadError, ReadLimits, ReadRow, SqlValue};
pub use record::Record;
pub use rows::{Applied, RowChange, Step};
pub use schema::FORMAT;
pub use scratch::{ScratchRow, scratch};
pub use standing::Readiness;
