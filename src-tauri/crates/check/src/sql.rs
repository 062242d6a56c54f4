//! Pieces of SQL over the book's tables. Values go in as parameters; only names of the standard go into the text.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use standard::{Edition, Field, Table};
use store::{ReadConnection, ReadError, ReadRow, Scope, SqlValue};

pub(crate) use store::sql::{json_numbers as json_rows, json_texts as json_list, quoted};

use crate::reading::placeholder;

/// The placeholders ([`placeholder`]) as a list of SQL texts.
static PLACEHOLDERS: LazyLock<String> = LazyLock::new(|| {
    let texts: Vec<String> =
        placeholder::written().iter().map(|text| format!("'{}'", text.replace('\'', "''"))).collect();
    texts.join(",")
});

/// A column as rules read it: NULL where it holds a placeholder (无, `-`, `NULL` ...). A field whose code list has such
/// a text for a code (`na` is a language) is read as it stands.
pub(crate) fn filled(edition: &Edition, field: &Field) -> String {
    let column = quoted(&field.column);
    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
    if list.is_some_and(|list| list.codes.iter().any(|code| placeholder::is_placeholder(&code.code))) {
        return column;
    }
    format!("CASE WHEN length({column}) > {LONGEST} OR {column} NOT IN ({}) THEN {column} END", *PLACEHOLDERS)
}

/// No placeholder has more characters: longer values need not be looked up.
const LONGEST: usize = 9;

/// A condition on `t` that keeps to a scope, with its one parameter.
pub(crate) struct Within {
    /// The condition, about `?1`.
    pub sql: &'static str,
    /// What `?1` is bound to; absent binds NULL.
    pub parameter: Option<String>,
}

impl Within {
    /// The condition for a scope.
    pub fn new(table: &Table, scope: Scope<'_>) -> Self {
        match scope {
            Scope::Rows(rows) => Within {
                sql: "t._row IN (SELECT value FROM json_each(?1))",
                parameter: Some(json_rows(rows.iter().copied())),
            },
            Scope::Period(period) if table.period.is_periodic() => {
                Within { sql: "t._period = ?1", parameter: Some(table.period.of(period).to_owned()) }
            }
            Scope::Table | Scope::Period(_) => Within { sql: "?1 IS NULL", parameter: None },
        }
    }

    /// The parameter as SQL has it.
    pub fn value(&self) -> SqlValue<'_> {
        self.parameter.as_deref().map_or(SqlValue::Null, SqlValue::Text)
    }
}

/// All rows of an answer, each made into something.
pub(crate) fn collect<T>(
    reader: &ReadConnection,
    sql: &str,
    params: &[SqlValue<'_>],
    mut make: impl FnMut(&ReadRow<'_>) -> T,
) -> Result<Vec<T>, ReadError> {
    let mut rows = Vec::new();
    reader.query(sql, params, |row| {
        rows.push(make(row));
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

/// Whether a statement answers with any row.
pub(crate) fn any(reader: &ReadConnection, sql: &str, params: &[SqlValue<'_>]) -> Result<bool, ReadError> {
    let mut answered = false;
    reader.query(sql, params, |_| {
        answered = true;
        ControlFlow::Break(())
    })?;
    Ok(answered)
}
