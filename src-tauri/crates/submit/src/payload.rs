//! A record as it travels, and the cutting of a batch into calls.
//!
//! Every column of the table is in every row, empty or not: receivers compare the number of fields.

use protocol::row::{self, Cell};
use protocol::{Options, Row};
use standard::Table;

/// The row of a record. `values` are in the order of the table's fields; a missing value is empty.
pub fn row(table: &Table, values: &[String], options: &Options) -> Row {
    let cells = table.fields.iter().enumerate().map(|(at, field)| Cell {
        column: &field.column,
        text: values.get(at).map_or("", String::as_str),
        number: matches!(field.printed_type, 'N' | 'M'),
    });
    row::write(cells, options)
}

/// The number of the call that each of `rows` rows goes with, counted from 0.
pub fn calls(rows: usize, options: &Options) -> impl Iterator<Item = u32> {
    let per_call = options.rows_per_call.max(1) as usize;
    (0..rows).map(move |at| u32::try_from(at / per_call).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_into_calls() {
        let check = |rows, rows_per_call, expect: &[u32]| {
            let options = Options { rows_per_call, ..Options::default() };
            assert_eq!(calls(rows, &options).collect::<Vec<_>>(), expect);
        };
        check(5, 2, &[0, 0, 1, 1, 2]);
        check(2, 100, &[0, 0]);
        check(0, 100, &[]);
    }
}
