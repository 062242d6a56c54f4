//! The sheet 版本衔接: one row for each thing that a crosswalk says.

use std::collections::BTreeMap;

use super::Lines;
use super::cells::{Grid, Line, Row};
use super::fault::{Fault, Why};
use super::plan::CROSSWALKS;
use super::words::{CARRIES, CROSSINGS, Crossing, SUCCESSIONS, WAYS, YES_NO, word};
use crate::crosswalk::{CodeChange, Constant, Conversion, Crosswalk, Lost, Moved, Replacement, Succession};
use crate::{Edition, EditionId};

pub fn rows(edition: &Edition) -> Vec<Vec<String>> {
    edition.crosswalks.values().flat_map(crosswalk_rows).map(Line::done).collect()
}

fn crosswalk_rows(crosswalk: &Crosswalk) -> Vec<Line> {
    let line =
        |about: Crossing| Line::new(&CROSSWALKS).put("旧版本", &crosswalk.from).put("类别", word(CROSSINGS, &about));
    let mut lines: Vec<Line> = crosswalk.notes.iter().map(|note| line(Crossing::Note).put("说明", note)).collect();
    for s in &crosswalk.tables {
        let line = |about: Crossing| line(about).put("旧表", &s.from);
        let judged = line(Crossing::Table).put("是否判断", word(YES_NO, &s.judgement)).put("说明", &s.note);
        lines.push(judged.put_some("新表", s.to.as_ref()).put("方式", word(SUCCESSIONS, &s.kind)));
        lines.extend(
            s.constants.iter().map(|c| line(Crossing::Constant).put("新列", &c.column).put("新代码", &c.value)),
        );
        lines.extend(s.moved.iter().map(|m| {
            let place = line(Crossing::Moved).put("旧列", &m.column).put("新表", &m.table).put("新列", &m.to);
            place.put("方式", word(WAYS, &m.way)).put_names("对照列", &m.by)
        }));
        lines.extend(s.lost.iter().map(|lost| line(Crossing::Lost).put("旧列", &lost.column).put("说明", &lost.note)));
    }
    lines.extend(crosswalk.columns.iter().map(|r| {
        let place = line(Crossing::Column).put("旧表", &r.table).put("旧列", &r.from).put("新列", &r.to);
        let judged = place.put("是否判断", word(YES_NO, &r.judgement)).put("说明", &r.note);
        judged.put("方式", word(CARRIES, &r.values))
    }));
    for change in &crosswalk.codes {
        let line = |about: Crossing| line(about).put("代码集", &change.list);
        lines.push(line(Crossing::List).put("是否判断", word(YES_NO, &change.judgement)).put("说明", &change.note));
        let convert = |c: &Conversion| line(Crossing::Convert).put("旧代码", &c.from).put("新代码", &c.to);
        lines.extend(change.convert.iter().map(convert));
        lines.extend(change.gone.iter().map(|code| line(Crossing::Gone).put("旧代码", code)));
    }
    lines
}

/// Reads the crosswalks; loading checks whether what they name exists.
pub fn read(grid: &Grid<'_>, lines: &mut Lines) -> Result<BTreeMap<EditionId, Crosswalk>, Fault> {
    let mut read: BTreeMap<EditionId, Crosswalk> = BTreeMap::new();
    for row in grid.rows() {
        let from = row.need("旧版本")?;
        let crosswalk = read.entry(from.clone()).or_insert_with(|| Crosswalk {
            from,
            notes: Vec::new(),
            tables: Vec::new(),
            columns: Vec::new(),
            codes: Vec::new(),
        });
        if let Some(list) = take(crosswalk, &row)? {
            lines.crossings.entry((crosswalk.from.clone(), list)).or_default().push(row.line());
        }
    }
    Ok(read)
}

/// Reads a row; returns the list of the crosswalk that it is a new entry of.
fn take(crosswalk: &mut Crosswalk, row: &Row<'_>) -> Result<Option<&'static str>, Fault> {
    let judgement = || row.word("是否判断", YES_NO).map(|judged| judged.unwrap_or(true));
    let about = row.need_word("类别", CROSSINGS)?;
    match about {
        Crossing::Note => crosswalk.notes.push(row.need("说明")?),
        Crossing::Table => crosswalk.tables.push(Succession {
            from: row.need("旧表")?,
            kind: row.need_word("方式", SUCCESSIONS)?,
            to: row.text("新表")?,
            constants: Vec::new(),
            moved: Vec::new(),
            lost: Vec::new(),
            judgement: judgement()?,
            note: row.text("说明")?.unwrap_or_default(),
        }),
        Crossing::Constant => {
            let constant = Constant { column: row.need("新列")?, value: row.need("新代码")? };
            table_of(crosswalk, row)?.constants.push(constant);
        }
        Crossing::Moved => {
            let moved = Moved {
                column: row.need("旧列")?,
                table: row.need("新表")?,
                to: row.need("新列")?,
                way: row.need_word("方式", WAYS)?,
                by: row.names("对照列")?,
            };
            table_of(crosswalk, row)?.moved.push(moved);
        }
        Crossing::Lost => {
            let lost = Lost { column: row.need("旧列")?, note: row.text("说明")?.unwrap_or_default() };
            table_of(crosswalk, row)?.lost.push(lost);
        }
        Crossing::Column => crosswalk.columns.push(Replacement {
            table: row.need("旧表")?,
            from: row.need("旧列")?,
            to: row.need("新列")?,
            values: row.need_word("方式", CARRIES)?,
            judgement: judgement()?,
            note: row.text("说明")?.unwrap_or_default(),
        }),
        Crossing::List => crosswalk.codes.push(CodeChange {
            list: row.need("代码集")?,
            convert: Vec::new(),
            gone: Vec::new(),
            judgement: judgement()?,
            note: row.text("说明")?.unwrap_or_default(),
        }),
        Crossing::Convert => {
            let conversion = Conversion { from: row.need("旧代码")?, to: row.need("新代码")? };
            list_of(crosswalk, row)?.convert.push(conversion);
        }
        Crossing::Gone => {
            let code = row.need("旧代码")?;
            list_of(crosswalk, row)?.gone.push(code);
        }
    }
    Ok(match about {
        Crossing::Table => Some("tables"),
        Crossing::Column => Some("columns"),
        Crossing::List => Some("codes"),
        _ => None,
    })
}

/// The table that a row is about, which an earlier row names.
fn table_of<'a>(crosswalk: &'a mut Crosswalk, row: &Row<'_>) -> Result<&'a mut Succession, Fault> {
    let table = row.need("旧表")?;
    let found = crosswalk.tables.iter_mut().rev().find(|s| s.from == table);
    found.map_or_else(|| row.fault("旧表", Why::Unknown { target: "版本衔接" }), Ok)
}

/// The list that a row is about, which an earlier row names.
fn list_of<'a>(crosswalk: &'a mut Crosswalk, row: &Row<'_>) -> Result<&'a mut CodeChange, Fault> {
    let list = row.need("代码集")?;
    let found = crosswalk.codes.iter_mut().rev().find(|change| change.list == list);
    found.map_or_else(|| row.fault("代码集", Why::Unknown { target: "版本衔接" }), Ok)
}
