//! The encrypted draft book: one SQLCipher file per college that keeps records, change log, findings, batches and
//! receipts. The only crate that uses rusqlite; all other crates use the types below.
//!
//! The parts, from the file upwards. A folder uses those above it in this list, never those below:
//!
//! - `file`: the key of a book and its salt, connections, the lock beside the file. `sql`: pieces of SQL text, and how
//!   Rust values stand in columns.
//! - `reader`: SQL that can only read, for checks and the command line; functions that callers add to it; the same over
//!   given rows, for trying rules.
//! - `book/transact`: changes of it. `numbers`: counts of large tables and the order of their records, which follow
//!   each change.
//! - `records/table_sql`: the SQL of a table of the edition. `book/handle`: an open [`Book`]: one write connection, a
//!   pool of read connections.
//! - `tables`: one file for each table of the book itself, with its SQL, its struct and its queries; `tables/mod.rs` is
//!   the schema. `edition_tables`: the tables of the edition, and how a file gets what it lacks of them.
//! - `records`: reading records and pages of them; changing them ([`Book::apply`]), with their order and everything
//!   that follows from their values.
//! - `log`: undo, redo and the history of changes. `findings`: what checks say about cells, asked for and grouped.
//! - `proposals`: imports that are prepared, in pages, with what was decided about them.
//! - `batches`: freezing rows, the states of deliveries, what was accepted, what is to be sent.
//! - `book`: making, opening and closing a book, laying own additions over its edition, moving it to another edition.
//! - `settings`, `integrity`; and apart from the book [`inbox`], the receiver's own database.
//!
//! Everything is synchronous; a [`Book`] is `Send + Sync` and its calls may block on the disk: call them from a thread
//! that may wait. When a call that changes something returns, the change is on the disk.
//!
//! Left out on purpose: words for people (errors carry codes), rules about data (`check`), the clock and randomness
//! (passed in), and where keys come from (`vault`).

mod batches;
mod book;
mod edition_tables;
mod error;
mod file;
mod findings;
#[cfg(test)]
mod fixture;
pub mod inbox;
mod integrity;
mod log;
mod numbers;
mod proposals;
mod reader;
mod records;
mod settings;
pub mod sql;
mod tables;

pub use batches::freeze::{Freeze, Frozen, WouldFreeze};
pub use batches::numbers::{SubmissionNumbers, TableNumbers};
pub use batches::outcomes::{DeliveryResult, RejectedRow};
pub use batches::readiness::{Attention, Readiness, SentBefore};
pub use book::adopt::{Adoption, Carried, MoveProgress};
pub use book::handle::{Book, Effort};
pub use book::open::NewBook;
pub use book::take_back::CopyState;
pub use book::watch::watched;
pub use error::StoreError;
pub use file::key::{BookKey, SALT_BYTES, Salt, read_salt};
pub use findings::causes::FindingCause;
pub use findings::groups::{FindingGroup, FindingGroups, GroupQuery, Grouping};
pub use findings::measures::{Counted, FaultCount, Faults, TableFacts};
pub use findings::query::{FindingPage, FindingQuery, LevelCounts, StoredFinding};
pub use findings::replacing::{Noted, Replacement, Scope};
pub use findings::selection::Selection;
pub use inbox::Inbox;
pub use integrity::Flaw;
pub use log::cell::{CellPast, CellReason, CellSending, CellStep};
pub use log::history::{CELLS_SHOWN, History, HistoryQuery};
pub use log::past::Past;
pub use log::reach::TableChange;
pub use log::undo::Undone;
pub use numbers::states::RowState;
pub use proposals::decide::{DecisionScope, Rest};
pub use proposals::pages::{CellCount, ProposalCounts, ProposedRowsQuery, RowCount};
pub use reader::connection::{Described, ReadConnection, ReadError, ReadLimits, ReadRow, SqlValue};
pub use reader::function::{Function, FunctionValue};
pub use reader::scratch::{ScratchRow, scratch};
pub use records::apply::{Applied, Making, RowChange};
pub use records::derived::NATIONAL_TIME;
pub use records::hits::{Hits, TextQuery};
pub use records::known::{Asked, Known};
pub use records::marks::FindingMark;
pub use records::page::{Filter, Page, PageQuery, Sort};
pub use records::state::{ColumnState, TableState};
pub use records::stored::Record;
pub use records::tell_apart::TellApart;
pub use tables::FORMAT;
pub use tables::answer::OpenAnswer;
pub use tables::audit::{AuditChain, AuditEntry, AuditEvent, AuditLine};
pub use tables::batch::{Batch, BatchPage, BatchQuery, BatchState};
pub use tables::batch_row::{BatchRow, RowOutcome};
pub use tables::change::{CellChange, PERIOD_CELL, RowRef};
pub use tables::delivery::{DayCount, Delivery};
pub use tables::edition_move::Move;
pub use tables::explanation::Explanation;
pub use tables::finding::{RECEIPT_RULE, REHEARSAL_RULE};
pub use tables::proposal::{Proposal, ProposalState};
pub use tables::proposal_cell::{CellKind, Choice, ProposedCell};
pub use tables::proposal_row::{Conflict, ProposedRow, RowKind};
pub use tables::proposal_sheet::ProposalSheet;
pub use tables::repeat::UNIQUE_RULE;
pub use tables::request::KeptRequest;
pub use tables::set_aside::{SetAside, SetAsideTable};
pub use tables::sign_off::{SignOff, SignOffKind};
pub use tables::step::{Step, StepInfo, StepKind};
pub use tables::unchecked::Unchecked;
pub use tables::waiting_rule::WaitingRule;
