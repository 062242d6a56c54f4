//! The college's settings, kept in the book.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::start::api::College;

/// Settings of the book.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Settings {
    /// Name, code and level of the school.
    pub college: College,
    /// Current period.
    pub period: String,
    /// Last day of the current term (`YYYY-MM-DD`); empty: unknown, and tables of the term have no due day.
    pub term_end: String,
    /// Departments and the tables they fill.
    pub departments: Vec<Department>,
    /// My department; empty for all.
    pub department: String,
    /// Name of the person at this PC.
    pub person: String,
    /// Connection that submissions go to; empty: none chosen.
    pub connection: String,
    /// Show personal values without masking.
    pub show_personal: bool,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// Text size in px, 14 to 20.
    pub text_size: u8,
}

/// 责任部门.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Department {
    /// Name of the department, as the college gave it.
    pub name: String,
    /// Tables it fills.
    pub tables: Vec<String>,
}

/// A new passphrase for the open book.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangePassphrase {
    /// The new one; empty: the key is kept in this PC's key store only.
    pub new: String,
}

/// Copies the open book to a file, encrypted as it is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackUp {
    /// File to write.
    pub path: String,
}

/// Names a job to cancel.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Cancel {
    /// Job number, as given with the call.
    pub job: u32,
}

/// The newest entries of the program's log. They hold no values: times, names of calls, codes, references and places.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LogPage {
    /// Path of the file, to send it to whoever helps.
    pub file: String,
    /// The newest last, 200 at most.
    pub entries: Vec<String>,
}
