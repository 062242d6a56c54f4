//! A record as it is sent.
//!
//! Every column of the standard's table is in every row, empty or not: receivers compare the number of fields. Fields
//! that the college added are left out.

use protocol::row::{self, Cell};
use protocol::{Options, Row};
use standard::Table;

/// The row of a record. `values` are in the order of the table's fields; a missing value is empty.
pub fn row(table: &Table, values: &[String], options: &Options) -> Row {
    let published = table.fields.iter().enumerate().filter(|(_, field)| !field.own);
    let cells = published.map(|(at, field)| Cell {
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
        let mut table = table.clone();
        let own = standard::Field { column: "X_BZ".into(), own: true, ..table.fields[2].clone() };
        table.fields.push(own);
        let values = [&values[..], &["".into(), "".into(), "自己的".into()]].concat();
        assert_eq!(row(&table, &values, &Options::default()).get(), expect, "own fields stay at home");
    }
}
