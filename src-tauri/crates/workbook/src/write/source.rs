//! Pulling records out of a row source.

use std::ops::ControlFlow;

use standard::Table;

use super::{AnnotatedRecord, AnnotatedSource, RecordOut, RowSource};
use crate::WriteError;

/// Streams the records of a table; the first failure of `each` stops the source. Returns how many went through.
pub(crate) fn stream(
    table: &Table,
    source: &mut RowSource<'_>,
    mut each: impl FnMut(RecordOut<'_>) -> Result<(), WriteError>,
) -> Result<u64, WriteError> {
    let mut count = Count::default();
    let outcome = source(table, &mut |record| count.after(each(record)));
    count.done(outcome)
}

/// As [`stream`], with findings.
pub(crate) fn stream_annotated(
    table: &Table,
    source: &mut AnnotatedSource<'_>,
    mut each: impl FnMut(AnnotatedRecord<'_>) -> Result<(), WriteError>,
) -> Result<u64, WriteError> {
    let mut count = Count::default();
    let outcome = source(table, &mut |record| count.after(each(record)));
    count.done(outcome)
}

#[derive(Default)]
struct Count {
    rows: u64,
    failure: Option<WriteError>,
}

impl Count {
    fn after(&mut self, outcome: Result<(), WriteError>) -> ControlFlow<()> {
        match outcome {
            Ok(()) => {
                self.rows += 1;
                ControlFlow::Continue(())
            }
            Err(failure) => {
                self.failure = Some(failure);
                ControlFlow::Break(())
            }
        }
    }

    /// Our own failure comes first: a source may answer a break with an error of its own.
    fn done(self, outcome: Result<(), crate::SourceError>) -> Result<u64, WriteError> {
        match (self.failure, outcome) {
            (Some(failure), _) => Err(failure),
            (None, Err(error)) => Err(WriteError::Source(error)),
            (None, Ok(())) => Ok(self.rows),
        }
    }
}
