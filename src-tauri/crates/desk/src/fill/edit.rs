//! Reading and changing records, as a clerk does in the grid and the form.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use check::TableChecker;
use standard::{Sensitivity, Table, mask};
use store::{PageQuery as StorePageQuery, ReadLimits, RowChange, SqlValue, StepInfo};

use crate::Desk;
use crate::fill::api::{
    CellChange, Change, Edit, Edited, Filter, History, HistoryQuery, Page, PageQuery, Paste, RecordDetail, RecordRef,
    RowText, Rows, RowsQuery, StepView, Steps, Undone, View,
};
use crate::session::api::{CallError, Changed};
use crate::session::open_book::Open;
use crate::standards::table_of;
use crate::verify::findings::{self, Before};
use crate::verify::records::views;

/// Most records of one page.
const PAGE: u64 = 1_000;

/// Records that an edit hands back; more are read by page.
const HANDED_BACK: usize = 200;

/// A condition of the command line may take so long.
const CONDITION_TIME: std::time::Duration = std::time::Duration::from_secs(30);

/// `fill.page`.
pub(crate) fn page(desk: &Desk, request: PageQuery) -> Result<Page, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.view.table)?;
    let query =
        StorePageQuery { offset: request.offset, limit: request.limit.min(PAGE), ..query_of(&open, &request.view) };
    let page = open.book.page(&query)?;
    Ok(Page {
        total: page.total,
        rows: views(&open, table, &page.rows)?,
        counts: findings::counts(&open, Some(&table.name))?,
    })
}

pub(crate) fn query_of(open: &Open, view: &View) -> StorePageQuery {
    let filter = |filter: &Filter| match filter.clone() {
        Filter::Contains { column, text } => store::Filter::Contains { column, text },
        Filter::OneOf { column, values } => store::Filter::OneOf { column, values },
        Filter::Empty { column } => store::Filter::Empty { column },
        Filter::Filled { column } => store::Filter::Filled { column },
    };
    StorePageQuery {
        table: view.table.clone(),
        period: open.period(),
        filters: view.filters.iter().map(filter).collect(),
        sort: view.sort.iter().map(|s| store::Sort { column: s.column.clone(), descending: s.descending }).collect(),
        only_findings: view.only_findings,
        find: view.find.clone(),
        ..StorePageQuery::default()
    }
}

/// `fill.record`.
pub(crate) fn record(desk: &Desk, request: RecordRef) -> Result<RecordDetail, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let unknown = || CallError::new("row.unknown").with("table", &request.table).with("row", request.row);
    let record = open.book.get(&table.name, request.row)?.ok_or_else(unknown)?;
    let findings = findings::of_record(&open, &table.name, request.row)?;
    let view = views(&open, table, &[record])?.pop().ok_or_else(unknown)?;
    Ok(RecordDetail { record: view, findings })
}

/// `fill.rows`: for scripts; the condition runs on a connection that can only read.
pub(crate) fn rows(desk: &Desk, request: RowsQuery) -> Result<Rows, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let reader = open.book.reader(ReadLimits { time: Some(CONDITION_TIME), cancel: None })?;
    let condition = request.condition.as_deref().unwrap_or("1");
    let failed = |e: store::ReadError| CallError::from(e).with("condition", condition);
    let mut total = 0;
    // The line break ends a comment that the condition may end with.
    let count = format!("SELECT count(*) FROM \"{}\" WHERE ({condition}\n)", table.name);
    reader
        .query(&count, &[], |row| {
            total = row.integer(0).unwrap_or_default() as u64;
            ControlFlow::Break(())
        })
        .map_err(failed)?;
    let columns: Vec<String> = table.fields.iter().map(|f| format!("\"{}\"", f.column)).collect();
    let select = format!(
        "SELECT _row, {} FROM \"{}\" WHERE ({condition}\n) ORDER BY _place, _row LIMIT ?1 OFFSET ?2",
        columns.join(", "),
        table.name
    );
    let mut rows = Vec::new();
    let page = [
        SqlValue::Integer(request.limit.min(i64::MAX as u64) as i64),
        SqlValue::Integer(request.offset.min(i64::MAX as u64) as i64),
    ];
    reader
        .query(&select, &page, |row| {
            let cells = table.fields.iter().enumerate().map(|(i, f)| (f.column.clone(), row.text(i + 1)));
            rows.push(RowText { row: row.integer(0).unwrap_or_default(), cells: cells.collect() });
            ControlFlow::Continue(())
        })
        .map_err(failed)?;
    Ok(Rows { table: table.name.clone(), total, rows })
}

/// `fill.edit`.
pub(crate) fn edit(desk: &Desk, request: Edit) -> Result<Edited, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let plan = TableChecker::new(&open.edition, table, check::Columns::Filled);
    let changes =
        request.changes.into_iter().map(|change| row_change(table, &plan, change)).collect::<Result<Vec<_>, _>>()?;
    change(desk, &open, table, "edit", changes)
}

fn row_change(table: &Table, plan: &TableChecker, change: Change) -> Result<RowChange, CallError> {
    let name = || table.name.clone();
    Ok(match change {
        Change::Set { row, column, value } => {
            position(table, &column)?;
            let value = plan.normalise(&column, &value);
            RowChange::Update { table: name(), row, values: BTreeMap::from([(column, value)]) }
        }
        Change::Insert { values: typed, after } => {
            let mut values = vec![String::new(); table.fields.len()];
            for (column, value) in typed {
                values[position(table, &column)?] = plan.normalise(&column, &value);
            }
            RowChange::Insert { table: name(), values, after }
        }
        Change::Delete { row } => RowChange::Delete { table: name(), row },
    })
}

/// Where a column that a clerk fills stands.
fn position(table: &Table, column: &str) -> Result<usize, CallError> {
    let error = |code: &str| CallError::new(code).with("table", &table.name).with("column", column);
    let position = table.position(column).ok_or_else(|| error("book.no-such-column"))?;
    if table.fields[position].is_system() { Err(error("book.system-column")) } else { Ok(position) }
}

/// `fill.paste`: a block over the records that are named; rows without one are added.
pub(crate) fn paste(desk: &Desk, request: Paste) -> Result<Edited, CallError> {
    let open = desk.opened()?;
    let table = table_of(&open.edition, &request.table)?;
    let plan = TableChecker::new(&open.edition, table, check::Columns::Filled);
    let positions = request.columns.iter().map(|column| position(table, column)).collect::<Result<Vec<_>, _>>()?;
    let records = request.rows.into_iter().chain(std::iter::repeat(None));
    let change = |(cells, record): (Vec<String>, Option<i64>)| {
        let typed =
            positions.iter().zip(cells).map(|(&at, text)| (at, plan.normalise(&table.fields[at].column, &text)));
        match record {
            Some(row) => {
                let values = typed.map(|(position, value)| (table.fields[position].column.clone(), value));
                RowChange::Update { table: table.name.clone(), row, values: values.collect() }
            }
            None => {
                let mut values = vec![String::new(); table.fields.len()];
                typed.for_each(|(position, value)| values[position] = value);
                RowChange::Insert { table: table.name.clone(), values, after: None }
            }
        }
    };
    let changes = request.cells.into_iter().zip(records).map(change).collect();
    self::change(desk, &open, table, "paste", changes)
}

/// One step of changes to one table: made, checked, told.
pub(crate) fn change(
    desk: &Desk,
    open: &Open,
    table: &Table,
    kind: &str,
    changes: Vec<RowChange>,
) -> Result<Edited, CallError> {
    let named = changes.iter().filter_map(|change| match change {
        RowChange::Update { row, .. } | RowChange::Delete { row, .. } => Some(*row),
        RowChange::Insert { .. } => None,
    });
    let _held = open.hold();
    let mut before = findings::before(open, &table.name, named.collect::<BTreeSet<_>>())?;
    let applied = desk.record(open, kind, "", &changes)?;
    let gone = |change: &RowChange| matches!(change, RowChange::Delete { .. });
    let fresh = |change: &RowChange| matches!(change, RowChange::Insert { .. });
    let added: Vec<i64> =
        changes.iter().zip(&applied.rows).filter(|(change, _)| fresh(change)).map(|(_, row)| *row).collect();
    if applied.step != 0 {
        before.extend(added.iter().map(|row| (*row, None)));
        findings::recheck_rows(desk, open, table, &before)?;
        desk.tell(Changed::Tables { tables: vec![table.name.clone()], step: applied.step });
    }
    let mut records = Vec::new();
    let standing = changes.iter().zip(&applied.rows).filter(|(change, _)| !gone(change)).map(|(_, row)| *row);
    for row in standing.collect::<BTreeSet<_>>().into_iter().take(HANDED_BACK) {
        records.extend(open.book.get(&table.name, row)?);
    }
    Ok(Edited {
        step: applied.step,
        rows: views(open, table, &records)?,
        added,
        counts: findings::counts(open, Some(&table.name))?,
        undo: open.book.next_undo()?.filter(can_be_taken_back).map(|step| step_view(open, step)),
    })
}

/// `fill.undo`.
pub(crate) fn undo(desk: &Desk, request: Steps) -> Result<Undone, CallError> {
    walk(desk, request.count, store::Book::next_undo, store::Book::undo)
}

/// `fill.redo`.
pub(crate) fn redo(desk: &Desk, request: Steps) -> Result<Undone, CallError> {
    walk(desk, request.count, store::Book::next_redo, store::Book::redo)
}

/// The sample college's own records are no doing of the clerk's: undo ends before them.
fn can_be_taken_back(step: &StepInfo) -> bool {
    step.kind != crate::start::sample::STEP
}

type Walk = fn(&store::Book, jiff::Timestamp, &str) -> Result<Option<store::Undone>, store::StoreError>;

type Next = fn(&store::Book) -> Result<Option<StepInfo>, store::StoreError>;

fn walk(desk: &Desk, count: u32, next: Next, walk: Walk) -> Result<Undone, CallError> {
    let open = desk.opened()?;
    let who = open.settings().person;
    let _held = open.hold();
    let mut steps = Vec::new();
    let mut step = 0;
    let mut touched: BTreeMap<String, Before> = BTreeMap::new();
    for _ in 0..count {
        let Some(coming) = next(&open.book)?.filter(can_be_taken_back) else {
            // Where a move to another edition stands in the way, the book says so.
            if steps.is_empty() && next(&open.book)?.is_none() {
                walk(&open.book, (desk.env.now)(), &who)?;
            }
            break;
        };
        // Records of own tables that are not in use at present follow out of sight.
        let in_sight = |row: &store::RowRef| open.edition.table(&row.table).is_some();
        for row in open.book.step_rows(coming.step)?.into_iter().filter(in_sight) {
            let records = touched.entry(row.table.clone()).or_default();
            // Of several steps over one record the first look at it counts: that is what it was before.
            if let std::collections::btree_map::Entry::Vacant(place) = records.entry(row.row) {
                place.insert(open.book.get(&row.table, row.row)?);
            }
        }
        let Some(undone) = walk(&open.book, (desk.env.now)(), &who)? else { break };
        step = undone.step;
        steps.push(step_view(&open, undone.of));
    }
    for (name, before) in &touched {
        findings::recheck_rows(desk, &open, table_of(&open.edition, name)?, before)?;
    }
    let tables: Vec<String> = touched.into_keys().collect();
    if !tables.is_empty() {
        desk.tell(Changed::Tables { tables: tables.clone(), step });
    }
    Ok(Undone { step, steps, tables })
}

/// `fill.history`.
pub(crate) fn history(desk: &Desk, request: HistoryQuery) -> Result<History, CallError> {
    let open = desk.opened()?;
    if let Some(table) = &request.table {
        table_of(&open.edition, table)?;
    }
    let HistoryQuery { table, row, kind, offset, limit } = request;
    let history = open.book.history(&store::HistoryQuery { table, row, kind, offset, limit: limit.min(PAGE) })?;
    Ok(History { total: history.total, steps: history.steps.into_iter().map(|step| step_view(&open, step)).collect() })
}

/// A step for a face; personal values are masked, because the log is looked at by others than the one who typed.
fn step_view(open: &Open, step: StepInfo) -> StepView {
    let cell = |cell: store::CellChange| {
        let field = open.edition.table(&cell.table).and_then(|t| t.field(&cell.column));
        // A column that an older edition had: nobody here knows any more how private it was.
        let sensitivity = field.map_or(Sensitivity::Special, |f| f.sensitivity);
        CellChange {
            before: mask::mask(sensitivity, &cell.before),
            after: mask::mask(sensitivity, &cell.after),
            table: cell.table,
            row: cell.row,
            column: cell.column,
        }
    };
    StepView {
        step: step.step,
        at: crate::session::env::rfc3339(step.at),
        who: step.who,
        kind: step.kind,
        tables: step.tables,
        rows: step.rows,
        note: step.note,
        undone: step.undone,
        cells: step.cells.into_iter().map(cell).collect(),
    }
}
