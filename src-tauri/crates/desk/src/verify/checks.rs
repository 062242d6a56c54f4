//! What is kept between two checks of the open book, so that it is not made again for every edit.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use check::rules::{self, Context};
use check::{Columns, TableChecker};
use jiff::civil::Date;
use standard::Table;
use store::{ReadConnection, ReadLimits};

use crate::session::OpenBook;
use crate::session::api::CallError;

/// What checks keep. It belongs to the book as it is, and is dropped when the book comes to other columns or another
/// key ([`Extensions`](crate::session::extensions::Extensions)).
#[derive(Default)]
pub(crate) struct Checks {
    reader: Mutex<Option<RuleReader>>,
    /// By the name of the table, for the columns that a clerk fills.
    checkers: Mutex<BTreeMap<String, Arc<TableChecker>>>,
    /// Rules that are too slow to run completely at each edit.
    pub waiting: Waiting,
}

/// A connection that can only read, with the functions of rules. The functions are made for one day and one period.
struct RuleReader {
    today: Date,
    period: String,
    connection: ReadConnection,
}

impl Checks {
    /// The checks of single records of a table of the book, for the columns that a clerk fills. They are made when they
    /// are first asked for.
    pub fn checker(&self, open: &OpenBook, table: &Table) -> Arc<TableChecker> {
        let mut checkers = self.checkers.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(TableChecker::new(&open.edition, table, Columns::Filled));
        checkers.entry(table.name.clone()).or_insert_with(make).clone()
    }

    /// Runs `work` with the kept connection. It is opened at the first check, and again on another day or for another
    /// period. Checks that run at the same time wait for each other.
    pub fn with_reader<T>(
        &self,
        open: &OpenBook,
        context: &Context,
        limits: ReadLimits,
        work: impl FnOnce(&ReadConnection) -> Result<T, CallError>,
    ) -> Result<T, CallError> {
        let mut kept = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |reader: &RuleReader| reader.today == context.today && reader.period == context.period;
        let reader = match &mut *kept {
            Some(reader) if fits(reader) => reader,
            other => other.insert(RuleReader {
                today: context.today,
                period: context.period.clone(),
                connection: open.book.reader_with(ReadLimits::default(), &rules::functions(&open.edition, context))?,
            }),
        };
        reader.connection.set_limits(limits);
        work(&reader.connection)
    }
}

/// Selects that are too slow to run completely at each edit; they run after it ([`super::waiting`]).
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<BTreeMap<String, Wait>>);

/// How a select that waits is run at an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// Only for the records that were edited.
    Others,
    /// Not at all.
    All,
}

impl Waiting {
    /// The rules that wait, by id.
    pub fn rules(&self) -> MutexGuard<'_, BTreeMap<String, Wait>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
