//! A record as it travels.
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

#[cfg(test)]
mod tests {
    use standard::Standards;

    use super::*;

    #[test]
    fn every_column_is_there_and_numbers_are_numbers() {
        let edition = Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap();
        let table = edition.table("ODS_FWSZTSGZYSJ").unwrap();
        let values = ["KEY", "4144012345", "007", "20"].map(str::to_owned);
        let expect = concat!(
            r#"{"ZJSJWYXBS":"KEY","XXDM":"4144012345","DZQKFWCS":"007","DZTSFWCS":20,"#,
            r#""FWRQ":"","SJCJSJ":""}"#
        );
        assert_eq!(row(table, &values, &Options::default()).get(), expect);
    }
}
