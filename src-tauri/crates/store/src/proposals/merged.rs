//! Rows of a sheet in the order of the file, from the table of rows and from packs together.

use std::ops::Range;

use rusqlite::Connection;

use crate::StoreError;
use crate::tables::proposal_pack::{self, Pack};
use crate::tables::proposal_row::{COLUMNS, ProposedRow, rows};

/// How many rows are found where packs are asked, too, and those at the `wanted` places among them. `condition`: which rows of
/// the table are asked for.
pub(super) fn page(
    connection: &Connection,
    sheet: i64,
    wanted: Range<u64>,
    condition: &str,
    packs: &[Pack],
) -> Result<(u64, Vec<ProposedRow>), StoreError> {
    let sql = format!("SELECT r.no FROM proposal_row r WHERE {condition} ORDER BY r.no");
    let single: Vec<u32> =
        connection.prepare_cached(&sql)?.query_map([sheet], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let total = single.len() as u64 + packs.iter().map(|pack| pack.rows).sum::<u64>();
    let (mut page, mut passed, mut at) = (Vec::new(), 0_u64, 0);
    let one = format!("SELECT {COLUMNS} FROM proposal_row r WHERE r.sheet = ?1 AND r.no = ?2");
    let take_single = |page: &mut Vec<ProposedRow>, passed: &mut u64, no: u32| -> Result<(), StoreError> {
        if wanted.contains(&*passed) {
            page.extend(rows(connection, &one, (sheet, no))?);
        }
        *passed += 1;
        Ok(())
    };
    for pack in packs {
        while single.get(at).is_some_and(|no| *no < pack.first) {
            take_single(&mut page, &mut passed, single[at])?;
            at += 1;
        }
        let between = single[at..].iter().take_while(|no| **no <= pack.last).count();
        let all = pack.rows + between as u64;
        if passed + all <= wanted.start || passed >= wanted.end {
            (passed, at) = (passed + all, at + between);
            continue;
        }
        for row in pack.rows(connection)? {
            while single.get(at).is_some_and(|no| *no < row.no) {
                take_single(&mut page, &mut passed, single[at])?;
                at += 1;
            }
            if wanted.contains(&passed) {
                page.push(row);
            }
            passed += 1;
        }
    }
    for no in &single[at..] {
        take_single(&mut page, &mut passed, *no)?;
    }
    Ok((total, page))
}

/// The first of these rows of the table and of those that packs have from this place on, at most `limit`.
pub(super) fn next(
    connection: &Connection,
    sheet: i64,
    from: u32,
    limit: u64,
    single: Vec<ProposedRow>,
) -> Result<Vec<ProposedRow>, StoreError> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut packed: Vec<ProposedRow> = Vec::new();
    for pack in proposal_pack::of_sheet(connection, sheet, from)? {
        if packed.len() >= limit {
            break;
        }
        packed.extend(pack.some_rows(connection, |no, _| no >= from)?);
    }
    if packed.is_empty() {
        return Ok(single);
    }
    let mut all = single;
    all.extend(packed);
    all.sort_by_key(|row| row.no);
    all.truncate(limit);
    Ok(all)
}
