//! Settings of the book: JSON by name. The school code is one of them that records depend on.

use serde_json::Value;

use crate::{Book, StoreError};

impl Book {
    /// The setting of this name.
    pub fn setting(&self, name: &str) -> Result<Option<Value>, StoreError> {
        let _ = name;
        unimplemented!()
    }

    /// Keeps a setting; `null` takes it away.
    pub fn set_setting(&self, name: &str, value: &Value) -> Result<(), StoreError> {
        let _ = (name, value);
        unimplemented!()
    }

    /// The school code, as it is put into the column XXDM.
    pub fn school(&self) -> Result<String, StoreError> {
        unimplemented!()
    }

    /// Changes the school code: in one transaction all records get it, and keys that are not fixed follow. Not a step
    /// of the log: it is a setting.
    pub fn set_school(&self, code: &str) -> Result<(), StoreError> {
        let _ = code;
        unimplemented!()
    }
}
