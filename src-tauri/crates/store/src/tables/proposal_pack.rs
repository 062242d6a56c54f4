//! `proposal_pack`: rows of a proposal that are new records and of which nothing has to be said one by one, some hundred in one
//! piece. Each text of a column is in it once, so a file of a hundred thousand records, whose columns repeat themselves, takes a
//! tenth of the room that its rows would take, and is written, read and removed in as much less time.
//!
//! A row that is decided, compared again or replaced is first taken out of its pack, into [`super::proposal_row`]. What is decided
//! about all new records of a sheet is kept for the pack as a whole.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use crate::StoreError;
use crate::sql::column::Word;
use crate::tables::proposal_cell::Choice;
use crate::tables::proposal_row::{self, ProposedRow, RowKind};

pub(super) const MIGRATIONS: &[(i64, &str)] = &[(
    15,
    "CREATE TABLE proposal_pack (
         sheet INTEGER NOT NULL,
         first INTEGER NOT NULL, last INTEGER NOT NULL,  -- places of its first and its last row; others may lie between
         rows INTEGER NOT NULL, data BLOB NOT NULL,
         choice TEXT, PRIMARY KEY (sheet, first));",
)];

/// Fewer rows than this are not worth a pack.
const FEWEST: usize = 16;

/// Rows of the largest pack: a page of rows that is shown reads one or two packs.
const MOST: usize = 1_000;

/// A pack without its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pack {
    id: i64,
    pub first: u32,
    pub last: u32,
    pub rows: u64,
    pub choice: Option<Choice>,
}

/// Adds rows in their order: those that can be packed in a pack, the others one by one.
pub(crate) fn add(connection: &Connection, sheet: i64, rows: &[ProposedRow]) -> Result<(), StoreError> {
    let width = rows.iter().find(|row| is_plain(row)).map_or(0, |row| row.cells.len());
    let fits = |row: &&ProposedRow| is_plain(row) && row.cells.len() == width;
    let packed: Vec<&ProposedRow> = rows.iter().filter(fits).collect();
    let in_order = packed.is_sorted_by(|a, b| a.no < b.no);
    if packed.len() < FEWEST || !in_order {
        return rows.iter().try_for_each(|row| proposal_row::put(connection, sheet, row));
    }
    for row in rows.iter().filter(|row| !fits(row)) {
        proposal_row::put(connection, sheet, row)?;
    }
    let sql = "INSERT INTO proposal_pack (sheet, first, last, rows, data) VALUES (?1, ?2, ?3, ?4, ?5)";
    let mut insert = connection.prepare_cached(sql)?;
    for pack in packed.chunks(MOST) {
        let (first, last) = (pack[0].no, pack[pack.len() - 1].no);
        insert.execute((sheet, first, last, pack.len(), encoded(pack, width)))?;
    }
    Ok(())
}

/// Whether it is a new record, and nothing else is known of it.
fn is_plain(row: &ProposedRow) -> bool {
    let ProposedRow {
        no: _,
        line: _,
        kind,
        conflict,
        left_out,
        target,
        key: _,
        earlier,
        cells: _,
        unreadable,
        waits,
        choice,
        changes,
    } = row;
    *kind == RowKind::New
        && conflict.is_none()
        && left_out.is_none()
        && target.is_none()
        && earlier.is_none()
        && unreadable.is_empty()
        && waits.is_none()
        && choice.is_none()
        && changes.is_empty()
}

/// The packs of a sheet that have a row at this place or behind it, in their order.
pub(crate) fn of_sheet(connection: &Connection, sheet: i64, from: u32) -> Result<Vec<Pack>, StoreError> {
    let sql = "SELECT rowid AS id, first, last, rows, choice FROM proposal_pack WHERE sheet = ?1 AND last >= ?2 ORDER BY first";
    let mut statement = connection.prepare_cached(sql)?;
    let packs = statement.query_map((sheet, from), read)?;
    Ok(packs.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Pack> {
    Ok(Pack {
        id: row.get("id")?,
        first: row.get("first")?,
        last: row.get("last")?,
        rows: row.get("rows")?,
        choice: row.get::<_, Option<Word<Choice>>>("choice")?.map(|Word(choice)| choice),
    })
}

/// How many rows the packs of a sheet have, by what was decided about them.
pub(crate) fn counts(connection: &Connection, sheet: i64) -> Result<Vec<(Option<Choice>, u64)>, StoreError> {
    let sql = "SELECT choice, sum(rows) FROM proposal_pack WHERE sheet = ?1 GROUP BY choice";
    let mut statement = connection.prepare_cached(sql)?;
    let counts = statement.query_map([sheet], |row| {
        Ok((row.get::<_, Option<Word<Choice>>>(0)?.map(|Word(choice)| choice), row.get(1)?))
    })?;
    Ok(counts.collect::<Result<_, _>>()?)
}

impl Pack {
    /// Its rows, in their order.
    pub fn rows(&self, connection: &Connection) -> Result<Vec<ProposedRow>, StoreError> {
        self.some_rows(connection, |_, _| true)
    }

    /// Those of its rows that are wanted by their places and keys.
    pub fn some_rows(
        &self,
        connection: &Connection,
        wanted: impl FnMut(u32, Option<&str>) -> bool,
    ) -> Result<Vec<ProposedRow>, StoreError> {
        let sql = "SELECT data FROM proposal_pack WHERE rowid = ?1";
        let mut rows = connection
            .prepare_cached(sql)?
            .query_row([self.id], |row| Ok(decoded(row.get_ref(0)?.as_blob()?, wanted)))?
            .ok_or_else(|| StoreError::Failed { reason: "a pack of a proposal cannot be read".into() })?;
        rows.iter_mut().for_each(|row| row.choice = self.choice);
        Ok(rows)
    }

    /// Puts its rows one by one into the table of rows, and removes the pack.
    pub fn take_apart(&self, connection: &Connection, sheet: i64) -> Result<(), StoreError> {
        for row in self.rows(connection)? {
            proposal_row::put(connection, sheet, &row)?;
        }
        connection.prepare_cached("DELETE FROM proposal_pack WHERE rowid = ?1")?.execute([self.id])?;
        Ok(())
    }
}

/// Takes the row at this place out of the pack that has it.
pub(crate) fn take_out(connection: &Connection, sheet: i64, no: u32) -> Result<(), StoreError> {
    for pack in of_sheet(connection, sheet, no)?.iter().filter(|pack| pack.first <= no) {
        pack.take_apart(connection, sheet)?;
    }
    Ok(())
}

/// Removes the packs of a proposal that lie within these places of a sheet.
pub(crate) fn remove_within(
    connection: &Connection,
    sheet: i64,
    places: &std::ops::RangeInclusive<u32>,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM proposal_pack WHERE sheet = ?1 AND first >= ?2 AND last <= ?3";
    connection.prepare_cached(sql)?.execute((sheet, places.start(), places.end()))?;
    Ok(())
}

/// The numbers of a pack: seven bits in each byte, the low ones first.
fn put_number(into: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// A text, or that there is none.
fn put_text(into: &mut Vec<u8>, text: Option<&str>) {
    put_number(into, text.map_or(0, |text| text.len() + 1));
    into.extend_from_slice(text.unwrap_or_default().as_bytes());
}

/// How many texts a column may have for each of its cells to be a number of one byte. With more, each cell is written out.
const LISTED: usize = 255;

/// Rows of this width: how many and how wide; for each row its place, its line and its key; for each column the texts that it
/// has, each once, and for each row the number of its text.
fn encoded(rows: &[&ProposedRow], width: usize) -> Vec<u8> {
    let mut into = Vec::with_capacity(rows.len() * 64);
    put_number(&mut into, rows.len());
    put_number(&mut into, width);
    for row in rows {
        put_number(&mut into, row.no as usize);
        put_number(&mut into, row.line as usize);
        put_text(&mut into, row.key.as_deref());
    }
    for column in 0..width {
        let cells = || rows.iter().map(|row| row.cells[column].as_deref());
        let mut numbers: HashMap<Option<&str>, u8> = HashMap::new();
        let (mut texts, mut listed) = (Vec::new(), Vec::with_capacity(rows.len()));
        for cell in cells() {
            let next = u8::try_from(texts.len()).unwrap_or(u8::MAX);
            let number = *numbers.entry(cell).or_insert(next);
            if number == next {
                texts.push(cell);
            }
            if texts.len() > LISTED {
                break;
            }
            listed.push(number);
        }
        match texts.len() {
            0..=LISTED => {
                put_number(&mut into, texts.len());
                texts.into_iter().for_each(|text| put_text(&mut into, text));
                into.extend_from_slice(&listed);
            }
            _ => {
                put_number(&mut into, 0);
                cells().for_each(|text| put_text(&mut into, text));
            }
        }
    }
    into
}

/// Reads [`encoded`] rows. Absent where the bytes are not such rows.
fn decoded(data: &[u8], mut wanted: impl FnMut(u32, Option<&str>) -> bool) -> Option<Vec<ProposedRow>> {
    let mut data = Bytes(data);
    let (count, width) = (data.number()?, data.number()?);
    let mut rows: Vec<ProposedRow> = Vec::new();
    // Where the row stands among those that are wanted.
    let mut places: Vec<Option<usize>> = Vec::new();
    for _ in 0..count {
        let (no, line) = (u32::try_from(data.number()?).ok()?, u32::try_from(data.number()?).ok()?);
        let key = data.text()?;
        let is_wanted = wanted(no, key);
        places.push(is_wanted.then_some(rows.len()));
        if is_wanted {
            let mut row = ProposedRow::new(no, line, RowKind::New);
            row.key = key.map(str::to_owned);
            row.cells.reserve_exact(width);
            rows.push(row);
        }
    }
    if rows.is_empty() {
        return Some(rows);
    }
    for _ in 0..width {
        let texts = (0..data.number()?).map(|_| data.text()).collect::<Option<Vec<_>>>()?;
        for place in &places {
            let text = match texts.is_empty() {
                true => data.text()?,
                false => *texts.get(data.byte()? as usize)?,
            };
            if let Some(at) = place {
                rows[*at].cells.push(text.map(str::to_owned));
            }
        }
    }
    Some(rows)
}

/// The rest of a pack that is read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<Option<&'a str>> {
        let Some(length) = self.number()?.checked_sub(1) else { return Some(None) };
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows() -> impl Strategy<Value = Vec<ProposedRow>> {
        let text = || prop_oneof![Just(None), "[ab]?".prop_map(Some), "\\PC{0,300}".prop_map(Some)];
        let cells = (0..4_usize).prop_flat_map(move |width| {
            let row = (prop::collection::vec(text(), width), text(), 1..9_u32);
            prop::collection::vec(row, 1..600)
        });
        cells.prop_map(|rows| {
            let mut no = 0;
            let row = |(cells, key, step): (Vec<Option<String>>, Option<String>, u32)| {
                no += step;
                ProposedRow { cells, key, ..ProposedRow::new(no, no * 200, RowKind::New) }
            };
            rows.into_iter().map(row).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn rows_come_out_as_they_went_in(rows in rows()) {
            let all: Vec<&ProposedRow> = rows.iter().collect();
            let data = encoded(&all, rows[0].cells.len());
            prop_assert_eq!(decoded(&data, |_, _| true), Some(rows.clone()));
            let some: Vec<ProposedRow> = rows.into_iter().filter(|row| row.no % 3 == 0).collect();
            prop_assert_eq!(decoded(&data, |no, _| no % 3 == 0), Some(some));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decoded(&bytes, |_, _| true);
        }
    }
}
