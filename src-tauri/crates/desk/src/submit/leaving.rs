//! The list of the records that would leave, as a file. It names records by position and record key, and holds no other
//! value.

use std::fmt::Write;
use std::path::Path;

use store::RowState;

use crate::Desk;
use crate::session::api::CallError;
use crate::session::places::write_whole;
use crate::submit::api::{Send, WriteLeaving, WrittenLeaving};
use crate::submit::batches::name_of;
use crate::submit::sending::{CheckedAnew, freeze_and_send, freeze_of, tables_asked};

/// `submit.leaving`.
pub(crate) fn write(desk: &Desk, request: WriteLeaving) -> Result<WrittenLeaving, CallError> {
    let open = desk.opened()?;
    let path = Path::new(&request.path);
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return Err(CallError::new("submit.not-csv").with("file", path.display()));
    }
    let send = Send::dry_run(request.target.clone(), request.tables.clone());
    // The tables are checked again first, because a record that has become wrong does not leave.
    let sent = freeze_and_send(desk, &open, &send, &mut CheckedAnew::default())?;
    let name = name_of(&request.target);
    let mut rows = 0;
    // Excel takes a file for UTF-8 by its first three bytes.
    let mut text = String::from("\u{feff}数据表,数据表名,行,记录标识,变动\r\n");
    for table in tables_asked(desk, &open, &send)? {
        if !sent.batches.iter().any(|batch| batch.table == table.name) {
            continue;
        }
        let would = open.book.would_freeze(&freeze_of(desk, &open, table, name))?;
        let positions = open.book.positions(&table.name, &would.rows)?;
        let states = open.book.row_states(name, &table.name, &would.rows)?;
        let records = open.book.get_many(&table.name, &would.rows)?;
        for ((record, position), state) in records.into_iter().zip(positions).zip(states) {
            let key = record.map(|record| record.key).unwrap_or_default();
            let change = if state == RowState::New { "新增" } else { "有改动" };
            let position = position.map(|position| position.to_string()).unwrap_or_default();
            // Writing into a text cannot fail.
            let _ = write!(text, "{},{},{position},{key},{change}\r\n", table.short_title(), table.name);
            rows += 1;
        }
    }
    write_whole(path, text.as_bytes())?;
    Ok(WrittenLeaving { file: request.path, rows })
}
