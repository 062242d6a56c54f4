//! JSON as it stands in standards/: two blanks per level, keys in the order in which they are put, absent facts absent.

use serde::Serialize;
use serde_json::{Map, Value};

/// The text of a file with the value of one of our types.
pub fn text(said: &impl Serialize) -> String {
    format!("{:#}\n", serde_json::to_value(said).unwrap_or_default())
}

/// A JSON object that is built key by key.
#[derive(Debug, Default)]
pub struct Object(Map<String, Value>);

impl Object {
    /// Puts a key.
    pub fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// Puts a key if the value is present.
    pub fn put_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// Puts a key if the list is not empty.
    pub fn put_list(&mut self, key: &str, list: Vec<impl Into<Value>>) {
        if !list.is_empty() {
            self.put(key, list);
        }
    }

    /// Puts a key if the object is not empty.
    pub fn put_object(&mut self, key: &str, object: Object) {
        if !object.0.is_empty() {
            self.put(key, object);
        }
    }

    /// The text of the file.
    pub fn into_text(self) -> String {
        format!("{:#}\n", Value::Object(self.0))
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Value {
        Value::Object(object.0)
    }
}
