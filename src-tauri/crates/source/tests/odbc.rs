//! Queries through ODBC, with the driver of SQLite.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use source::{Database, Encryption, Rows, SourceError, System, Value, Watch, read};
use zeroize::Zeroizing;

/// What a query answers.
#[derive(Default)]
struct Answer {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Rows for Answer {
    fn columns(&mut self, names: &[String]) {
        self.columns = names.to_vec();
    }

    fn row(&mut self, cells: Vec<Value>) -> ControlFlow<()> {
        self.rows.push(cells);
        ControlFlow::Continue(())
    }
}

fn ask(connection: &str, query: &str) -> Result<Answer, SourceError> {
    let database = Database {
        system: System::Odbc,
        path: connection.to_owned(),
        host: String::new(),
        port: 0,
        name: String::new(),
        user: String::new(),
        password: Zeroizing::new(String::new()),
        encryption: Encryption::Off,
    };
    let mut answer = Answer::default();
    read(&database, query, &mut Watch::new(Duration::from_secs(20), Arc::default()), &mut answer)?;
    Ok(answer)
}

#[test]
fn a_query_reads_and_nothing_else_is_done() {
    assert!(source::has_odbc());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.db");
    let table = "CREATE TABLE students (no varchar(20), name varchar(20), fit boolean, pay double);
                 INSERT INTO students VALUES ('0012345678', '欧阳·张三', 1, 1250.5), ('0012345679', NULL, 0, NULL)";
    rusqlite::Connection::open(&file).unwrap().execute_batch(table).unwrap();
    let connection = format!("Driver=SQLite3;Database={}", file.display());
    let answer = ask(&connection, "SELECT no, name, pay FROM students ORDER BY no;").unwrap();
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(answer.columns, ["no", "name", "pay"]);
    assert_eq!(
        answer.rows,
        [
            vec![text("0012345678"), text("欧阳·张三"), text("1250.5")],
            vec![text("0012345679"), Value::Null, Value::Null]
        ]
    );
    let code = |query: &str| ask(&connection, query).err().map(|error| std::mem::discriminant(&error));
    assert_eq!(
        code("DELETE FROM students"),
        Some(std::mem::discriminant(&SourceError::Writes { word: String::new() }))
    );
    assert!(ask(&connection, "SELECT * FROM nothing_there").is_err());
    let no_driver = ask("Driver=None of these;Database=x", "SELECT 1").err().unwrap();
    assert!(matches!(no_driver, SourceError::NoDriver { .. }), "{no_driver:?}");
}
