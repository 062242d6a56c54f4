//! Functions that callers add to SQL, such as those of the checks.

use std::borrow::Cow;
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

/// The result of a function depends only on its arguments, and it may be called anywhere in a statement.
pub(crate) const FLAGS: FunctionFlags =
    FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC).union(FunctionFlags::SQLITE_INNOCUOUS);

/// The result of a function.
#[derive(Debug, Clone, PartialEq)]
pub enum FunctionValue {
    /// An empty cell.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Real(f64),
    /// Any text; all cells of a book are texts.
    Text(String),
}

type Body = dyn Fn(&[Option<&str>]) -> FunctionValue + Send + Sync;

/// A function for SQL. It must return the same for the same arguments as long as the connection is open.
#[derive(Clone)]
pub struct Function {
    name: &'static str,
    arguments: usize,
    body: Arc<Body>,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.name, self.arguments)
    }
}

impl Function {
    /// A function of this name, for this many arguments. Numbers arrive as text, NULL and blobs as `None`.
    pub fn new(
        name: &'static str,
        arguments: usize,
        body: impl Fn(&[Option<&str>]) -> FunctionValue + Send + Sync + 'static,
    ) -> Function {
        Function { name, arguments, body: Arc::new(body) }
    }

    /// Name by which SQL calls the function.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Adds it to a connection.
    pub(crate) fn register(&self, connection: &Connection) -> rusqlite::Result<()> {
        let body = Arc::clone(&self.body);
        // SQLite permits at most 127 arguments and refuses more.
        let arguments = i32::try_from(self.arguments).unwrap_or(i32::MAX);
        connection.create_scalar_function(self.name, arguments, FLAGS, move |context: &Context<'_>| {
            let texts: Vec<Option<Cow<'_, str>>> = (0..context.len()).map(|at| text(context.get_raw(at))).collect();
            let given: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
            Ok(ToSqlOutput::Owned(match body(&given) {
                FunctionValue::Null => Value::Null,
                FunctionValue::Integer(number) => Value::Integer(number),
                FunctionValue::Real(number) => Value::Real(number),
                FunctionValue::Text(text) => Value::Text(text),
            }))
        })
    }
}

fn text(value: ValueRef<'_>) -> Option<Cow<'_, str>> {
    match value {
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes)),
        ValueRef::Integer(number) => Some(Cow::Owned(number.to_string())),
        ValueRef::Real(number) => Some(Cow::Owned(number.to_string())),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}
