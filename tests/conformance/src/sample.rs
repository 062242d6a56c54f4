//! The row that the kit sends to a receiver. The one built in is of a short table of the 2024-09 edition for 高职; a
//! receiver with other tables needs one of its own (`--row FILE`).

use protocol::Row;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

/// A right row of a table, and how it becomes a wrong one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Name of the table, as `ODS_XXJBSJ`.
    pub table: String,
    /// Column of the primary key.
    pub key: String,
    /// Every column of the table with a right value.
    pub row: Map<String, Value>,
    /// A column whose content has a format.
    pub wrong_column: String,
    /// A value that breaks it.
    pub wrong_value: Value,
}

impl Sample {
    /// The built-in one.
    pub fn built_in() -> Sample {
        let row = json!({
            "ZJSJWYXBS": "", "XXDM": "4144012345", "DZQKFWCS": 10, "DZTSFWCS": 20, "FWRQ": "20260901",
            "SJCJSJ": "20260901 120000",
        });
        Sample {
            table: "ODS_FWSZTSGZYSJ".into(),
            key: "ZJSJWYXBS".into(),
            row: row.as_object().cloned().unwrap_or_default(),
            wrong_column: "FWRQ".into(),
            wrong_value: json!("2026年"),
        }
    }

    /// The right row with this key.
    pub fn row(&self, key: &str) -> Map<String, Value> {
        let mut row = self.row.clone();
        row.insert(self.key.clone(), key.into());
        row
    }

    /// The wrong row with this key.
    pub fn wrong(&self, key: &str) -> Map<String, Value> {
        let mut row = self.row(key);
        row.insert(self.wrong_column.clone(), self.wrong_value.clone());
        row
    }
}

/// A row as it is sent.
pub fn raw(row: &Map<String, Value>) -> Row {
    let text = serde_json::to_string(row).unwrap_or_else(|_| "{}".to_owned());
    RawValue::from_string(text).unwrap_or_default()
}
