//! Write transactions, and how they update the kept numbers ([`crate::numbers`]).

use std::sync::atomic::Ordering;

use rusqlite::{Transaction, TransactionBehavior};

use crate::StoreError;
use crate::book::handle::{Book, TransactionEnd, lock};
use crate::file::log_owner;
use crate::numbers::recount::Recount;
use crate::tables::tally;

/// What a write transaction does to the numbers that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Upkeep {
    Forget,
    Keep,
    Recount,
}

impl Book {
    /// Runs `f` in one write transaction, durable when this returns. On an error nothing is changed. All kept numbers
    /// are dropped, because it is not known what `f` changes.
    pub(crate) fn write<T>(
        &self,
        f: impl FnOnce(&Transaction<'_>) -> Result<TransactionEnd<T>, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(Upkeep::Forget, |transaction, _| f(transaction))
    }

    /// [`Book::write`] of something that changes neither records nor findings nor batches, or that drops the kept
    /// numbers of the tables it changes by itself.
    pub(crate) fn write_aside<T>(
        &self,
        f: impl FnOnce(&Transaction<'_>) -> Result<TransactionEnd<T>, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(Upkeep::Keep, |transaction, _| f(transaction))
    }

    /// [`Book::write`] of something that names each record before it changes, so that kept numbers follow.
    pub(crate) fn write_recounting<T>(
        &self,
        f: impl FnOnce(&Transaction<'_>, &Recount<'_>) -> Result<TransactionEnd<T>, StoreError>,
    ) -> Result<T, StoreError> {
        self.transact(Upkeep::Recount, f)
    }

    fn transact<T>(
        &self,
        upkeep: Upkeep,
        f: impl FnOnce(&Transaction<'_>, &Recount<'_>) -> Result<TransactionEnd<T>, StoreError>,
    ) -> Result<T, StoreError> {
        self.writable()?;
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = transaction.total_changes();
        let recount = match upkeep {
            Upkeep::Recount => Recount::begin(&transaction),
            Upkeep::Forget | Upkeep::Keep => Recount::idle(&transaction),
        };
        match f(&transaction, &recount).map_err(|e| e.in_file(&self.path))? {
            TransactionEnd::Commit(value) => {
                let changed = transaction.total_changes() != before;
                let forget = changed && upkeep == Upkeep::Forget;
                if forget {
                    tally::forget_all(&transaction)?;
                }
                let moves = recount.end(|table| self.edition_sql.of(table))?;
                let first = changed && !self.marked.load(Ordering::Relaxed);
                if first {
                    log_owner::mark(&transaction, &self.lock, &self.path)?;
                }
                {
                    // The order in memory is locked during the commit, so that a reader finds it together with the
                    // records.
                    let mut sequences = lock(&self.sequences);
                    transaction.commit()?;
                    self.committed.fetch_add(1, Ordering::Relaxed);
                    if forget {
                        sequences.clear();
                    } else {
                        sequences.follow(moves);
                    }
                }
                if first {
                    self.marked.store(true, Ordering::Relaxed);
                    // An error is ignored: the change is committed, and the lock file names both marks until the log is
                    // in the file.
                    let _ = log_owner::settle(&writer, &self.lock);
                }
                Ok(value)
            }
            TransactionEnd::Leave(value) => {
                drop(recount);
                // If the disk was full, SQLite has already rolled back.
                if !transaction.is_autocommit() {
                    transaction.rollback()?;
                }
                Ok(value)
            }
        }
    }
}
