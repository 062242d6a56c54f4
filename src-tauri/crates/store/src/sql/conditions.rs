//! A WHERE clause put together from what a query asks for, with its parameters.

use rusqlite::types::Value;

/// Conditions that all hold.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    clauses: Vec<String>,
    params: Vec<Value>,
}

impl Conditions {
    /// Adds a condition; each `?` in it stands for the next of `params`.
    pub fn and(&mut self, clause: &str, params: impl IntoIterator<Item = Value>) -> &mut Self {
        self.clauses.push(clause.to_owned());
        self.params.extend(params);
        self
    }

    /// Adds a condition where a value is asked for.
    pub fn and_if(&mut self, clause: &str, param: Option<impl Into<Value>>) -> &mut Self {
        match param {
            Some(param) => self.and(clause, [param.into()]),
            None => self,
        }
    }

    /// `WHERE` with the conditions, or an empty text.
    pub fn sql(&self) -> String {
        if self.clauses.is_empty() { String::new() } else { format!("WHERE {}", self.clauses.join(" AND ")) }
    }

    /// The parameters, then these.
    pub fn params(&self, more: impl IntoIterator<Item = Value>) -> Vec<Value> {
        self.params.iter().cloned().chain(more).collect()
    }
}

/// A number of rows as a parameter. SQLite's numbers are signed; a larger one stands for all rows.
pub(crate) fn rows(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
