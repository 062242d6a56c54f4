//! The rows of a query, read as the rows of a sheet are.

use std::cell::OnceCell;
use std::ops::ControlFlow;
use std::time::Duration;

use source::{Value, Watch};
use standard::{Edition, Table};
use workbook::{GivenCell, GivenRows, RowIn, RowsRead, SheetReading, Survey, survey_names};

use super::kept::Kept;
use super::reading::follow;
use crate::session::api::CallError;
use crate::session::jobs::Flag;

/// Takes a row of a query: its cells as the database has them (empty unless [`Query::shown`]), and the row as it was
/// read.
pub(super) type Take<'t> = &'t mut dyn FnMut(Vec<String>, RowIn) -> Result<ControlFlow<()>, CallError>;

/// A query of a source.
pub(in crate::workbooks) struct Query<'a> {
    pub edition: &'a Edition,
    pub table: &'a Table,
    pub kept: &'a Kept,
    /// How the names of its columns are understood.
    pub wishes: &'a Survey,
    /// Whether the cells are also passed on as the database has them.
    pub shown: bool,
}

/// Runs the query of a source. `reading` gets what its columns mean before the first row.
pub(in crate::workbooks) fn read(
    query: &Query<'_>,
    flag: &Flag,
    reading: &OnceCell<SheetReading>,
    take: &mut dyn FnMut(Vec<String>, RowIn) -> Result<ControlFlow<()>, CallError>,
) -> Result<RowsRead, CallError> {
    let kept = query.kept;
    let database = kept.database().ok_or_else(|| CallError::failed("a source without a database was asked"))?;
    let mut watch = Watch::new(Duration::from_secs(u64::from(kept.source.seconds.max(1))), flag.clone());
    let mut rows = Reader { query, reading, rows: None, take, failed: None };
    let asked = source::read(&database, &kept.source.query, &mut watch, &mut rows);
    match (rows.failed, asked) {
        // The error of the database comes first, because missing columns may only be its consequence.
        (_, Err(error)) => Err(error.into()),
        (Some(error), Ok(())) => Err(error),
        (None, Ok(())) => Ok(rows.rows.map(GivenRows::done).unwrap_or_default()),
    }
}

struct Reader<'a, 't> {
    query: &'a Query<'a>,
    reading: &'a OnceCell<SheetReading>,
    /// Present after the columns are known, if at least one of them is a column of the table.
    rows: Option<GivenRows<'a>>,
    take: Take<'t>,
    failed: Option<CallError>,
}

impl source::Rows for Reader<'_, '_> {
    fn columns(&mut self, names: &[String]) {
        let Query { edition, table, kept, wishes, .. } = *self.query;
        let nothing =
            || CallError::new("source.no-columns").with("name", &kept.source.name).with("columns", names.join("、"));
        match survey_names(edition, wishes, &kept.source.name, names).filter(|reading| reading.header_row.is_some()) {
            None => self.failed = Some(nothing()),
            Some(mut found) => {
                follow(&kept.source, table, &mut found);
                let reading = self.reading.get_or_init(|| found);
                self.rows = Some(GivenRows::new(edition, table, reading));
            }
        }
    }

    fn row(&mut self, cells: Vec<Value>) -> ControlFlow<()> {
        let Some(rows) = self.rows.as_mut() else { return ControlFlow::Break(()) };
        let mut shown = if self.query.shown { cells.iter().map(shown).collect() } else { Vec::new() };
        let (take, failed) = (&mut self.take, &mut self.failed);
        rows.row(cells.into_iter().map(given), &mut |row| match take(std::mem::take(&mut shown), row) {
            Ok(next) => next,
            Err(error) => {
                *failed = Some(error);
                ControlFlow::Break(())
            }
        })
    }
}

fn given(value: Value) -> GivenCell {
    match value {
        Value::Null => GivenCell::Empty,
        Value::Text(text) => GivenCell::Text(text),
        Value::Truth(truth) => GivenCell::Truth(truth),
        Value::Bytes => GivenCell::NoText,
    }
}

/// The text that is shown for a value of the database.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Text(text) => text.clone(),
        Value::Truth(true) => "true".to_owned(),
        Value::Truth(false) => "false".to_owned(),
        Value::Bytes => "…".to_owned(),
    }
}
