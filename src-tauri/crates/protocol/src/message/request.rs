//! Bodies of submit and query, which the college writes and the receiver reads.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lenient;
use crate::options::{Numbers, Options};
use crate::row::Row;

/// Body of submit.
#[derive(Debug, Serialize, Deserialize)]
pub struct SubmitRequest {
    /// Name of the table, such as `ODS_XXJBSJ`.
    #[serde(rename = "dataObjName")]
    pub table: String,
    /// The rows; the protocol spells their key `fileds`.
    #[serde(rename = "fileds")]
    pub rows: Vec<Row>,
}

/// Body of query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRequest {
    /// The first moment that is asked for, `YYYY-MM-DD HH:mm:ss` in national time.
    pub start: String,
    /// The last moment that is asked for, in the same form.
    pub end: String,
    /// Number of the page, from 1.
    pub page: u32,
    /// Number of entries in a page.
    pub limit: u32,
    /// Part of a table name; empty for all.
    pub table: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct QueryWire {
    start_time: String,
    end_time: String,
    page: Value,
    limit: Value,
    #[serde(default, deserialize_with = "lenient::text")]
    table_name: String,
}

impl QueryRequest {
    /// The JSON text.
    pub fn to_json(&self, options: &Options) -> String {
        let number = |n: u32| match options.page_numbers {
            Numbers::Number => Value::from(n),
            Numbers::String => Value::from(n.to_string()),
        };
        let wire = QueryWire {
            start_time: self.start.clone(),
            end_time: self.end.clone(),
            page: number(self.page),
            limit: number(self.limit),
            table_name: self.table.clone(),
        };
        serde_json::to_string(&wire).unwrap_or_default()
    }

    /// Reads the JSON text; `page` and `limit` in either type.
    pub fn from_json(text: &[u8]) -> Option<QueryRequest> {
        let wire: QueryWire = serde_json::from_slice(text).ok()?;
        let number = |value: &Value| match value {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_u64().and_then(|n| n.try_into().ok()),
        };
        Some(QueryRequest {
            page: number(&wire.page)?,
            limit: number(&wire.limit)?,
            start: wire.start_time,
            end: wire.end_time,
            table: wire.table_name,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use serde_json::value::RawValue;

    use super::*;

    #[test]
    fn submit_is_spelled_as_printed() {
        let row = RawValue::from_string(r#"{"ID":"A","AGE":18,"PRICE":100.0000}"#.into()).unwrap();
        let request = SubmitRequest { table: "ODS_X".into(), rows: vec![row] };
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(text, r#"{"dataObjName":"ODS_X","fileds":[{"ID":"A","AGE":18,"PRICE":100.0000}]}"#);
    }

    #[test]
    fn query_has_both_types_of_numbers() {
        let query = QueryRequest {
            start: "2023-06-01 00:00:00".into(),
            end: "2023-06-02 00:00:00".into(),
            page: 1,
            limit: 10,
            table: "ODS_X".into(),
        };
        let check = |page_numbers, expect: &str| {
            let text = query.to_json(&Options { page_numbers, ..Options::default() });
            assert_eq!(text, expect);
            assert_eq!(QueryRequest::from_json(text.as_bytes()), Some(query.clone()));
        };
        let times = r#"{"startTime":"2023-06-01 00:00:00","endTime":"2023-06-02 00:00:00","#;
        check(Numbers::String, &format!(r#"{times}"page":"1","limit":"10","tableName":"ODS_X"}}"#));
        check(Numbers::Number, &format!(r#"{times}"page":1,"limit":10,"tableName":"ODS_X"}}"#));
    }

    proptest! {
        #[test]
        fn never_panics(text: String, page in 0u32..1000) {
            for body in [text.clone(), json!({ "startTime": text, "endTime": "", "page": page, "limit": text }).to_string()] {
                let _ = QueryRequest::from_json(body.as_bytes());
            }
        }
    }
}
