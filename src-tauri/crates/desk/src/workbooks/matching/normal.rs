//! The stored values that the texts of a column mean. Most columns of a large file have the same few texts again and
//! again, so each of them is read once; a column of which most texts are new, such as that of the keys, is not
//! remembered.

use std::collections::HashMap;
use std::sync::Arc;

use check::TableChecker;
use standard::Table;

/// The largest number of texts that are remembered of one column.
const MOST: usize = 4_096;

/// The number of texts after which it is decided whether a column repeats its texts.
const ENOUGH: u32 = 2_000;

/// Reads the texts of one table.
pub(super) struct Normal {
    checker: Arc<TableChecker>,
    /// By the position of the field.
    columns: Vec<Column>,
}

struct Column {
    name: String,
    /// What texts mean, none for themselves; absent if the column rarely repeats a text.
    known: Option<HashMap<String, Option<String>>>,
    asked: u32,
    found: u32,
}

impl Normal {
    pub(super) fn new(checker: Arc<TableChecker>, table: &Table) -> Normal {
        let column = |field: &standard::Field| Column {
            name: field.column.clone(),
            known: Some(HashMap::new()),
            asked: 0,
            found: 0,
        };
        Normal { checker, columns: table.fields.iter().map(column).collect() }
    }

    /// The stored value of a text in the field at this position ([`TableChecker::normalise`]).
    pub(super) fn of(&mut self, position: usize, text: String) -> String {
        let Column { name, known, asked, found } = &mut self.columns[position];
        let Some(texts) = known else { return self.checker.normalise(name, &text) };
        *asked += 1;
        if let Some(value) = texts.get(&text) {
            *found += 1;
            return value.clone().unwrap_or(text);
        }
        let value = self.checker.normalise(name, &text);
        if texts.len() < MOST {
            let means = (value != text).then(|| value.clone());
            texts.insert(text, means);
        }
        if *asked >= ENOUGH {
            if *found < *asked / 2 {
                *known = None;
            }
            (*asked, *found) = (0, 0);
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use check::Columns;
    use standard::Standards;

    #[test]
    fn a_text_means_the_same_every_time() {
        let standards = Standards::builtin().unwrap();
        let edition = standards.edition("gaozhi-2024.09").unwrap();
        let table = edition.table("ODS_SXJCSJ").unwrap();
        let checker = Arc::new(TableChecker::new(&edition, table, Columns::Filled));
        let mut normal = Normal::new(checker.clone(), table);
        let (day, number) = (table.position("SXJSRQ").unwrap(), table.position("XH").unwrap());
        for n in 0..10_000 {
            let text = format!("2026-09-{:02}", n % 28 + 1);
            assert_eq!(normal.of(day, text.clone()), checker.normalise("SXJSRQ", &text));
            let text = format!(" 2024{n:06} ");
            assert_eq!(normal.of(number, text.clone()), checker.normalise("XH", &text));
        }
        assert!(normal.columns[day].known.is_some() && normal.columns[number].known.is_none());
    }
}
