//! The college's settings, kept in the book.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::api::CallError;
use super::editions::table_of;
use super::period::Period;

/// A college, as its settings have it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct College {
    /// 10-digit school code (XXDM).
    pub code: String,
    /// Full name of the school.
    pub name: String,
    /// Six-digit region code, or empty.
    #[serde(default)]
    pub region: String,
}

/// Settings of the book.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Settings {
    /// Name, code and region of the school.
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
    /// Whether personal values are shown without masking.
    pub show_personal: bool,
    /// Colours of the window.
    pub theme: Theme,
    /// Text size in px, 14 to 20.
    pub text_size: u8,
    /// Minutes without a key or the mouse after which a book with a password is locked; 0: never.
    #[serde(default = "lock_after")]
    pub lock_after: u16,
}

/// Minutes of [`Settings::lock_after`] where nothing is set.
fn lock_after() -> u16 {
    15
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// Dark letters on light ground.
    Light,
    /// Light letters on dark ground.
    Dark,
    /// As the operating system has it. Books of early builds have an empty text here.
    #[default]
    #[serde(alias = "")]
    System,
}

/// 责任部门.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Department {
    /// Name of the department, as the college gave it.
    pub name: String,
    /// Tables it fills.
    pub tables: Vec<String>,
}

/// Setting of the book that holds them.
pub(crate) const SETTING: &str = "settings";

/// Text sizes that the interface offers, in px.
const TEXT_SIZES: std::ops::RangeInclusive<u8> = 14..=20;

/// The longest time until a book is locked, in minutes: a working day.
const LONGEST_LOCK: u16 = 480;

impl Settings {
    /// Settings of a new book.
    pub(crate) fn new(college: College, period: String, department: String) -> Settings {
        Settings {
            college,
            period,
            department,
            theme: Theme::Light,
            text_size: *TEXT_SIZES.start(),
            lock_after: lock_after(),
            ..Settings::default()
        }
    }

    /// Checks the settings; the error names the one that is invalid.
    pub(crate) fn check(&self, edition: &standard::Edition) -> Result<(), CallError> {
        let wrong =
            |name: &str, value: &str| Err(CallError::new("settings.bad-value").with("name", name).with("value", value));
        let code = &self.college.code;
        if code.len() != 10 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CallError::new("settings.bad-school-code").with("value", code));
        }
        if self.college.name.trim().is_empty() {
            return Err(CallError::new("settings.no-college-name"));
        }
        let region = &self.college.region;
        if !region.is_empty() && edition.code_list("GBT2260").is_none_or(|list| list.get(region).is_none()) {
            return wrong("region", region);
        }
        if Period::parse(&self.period).is_none() {
            return Err(CallError::new("settings.bad-period").with("value", &self.period));
        }
        if !self.term_end.is_empty() && self.term_end.parse::<Date>().is_err() {
            return wrong("term_end", &self.term_end);
        }
        if !TEXT_SIZES.contains(&self.text_size) {
            return wrong("text_size", &self.text_size.to_string());
        }
        if self.lock_after > LONGEST_LOCK {
            return wrong("lock_after", &self.lock_after.to_string());
        }
        let mut taken = std::collections::BTreeSet::new();
        for department in &self.departments {
            for table in &department.tables {
                // An own table that is not in use at present keeps its department.
                if !table.starts_with(standard::overlay::PREFIX) {
                    table_of(edition, table)?;
                }
                if !taken.insert(table) {
                    return Err(CallError::new("settings.table-twice").with("table", table));
                }
            }
        }
        Ok(())
    }

    /// The department that fills a table: the one set, else that of the college's own additions; empty where there is
    /// neither.
    pub(crate) fn department_of<'a>(&'a self, table: &'a standard::Table) -> &'a str {
        let department = self.departments.iter().find(|d| d.tables.contains(&table.name));
        department.map(|d| d.name.as_str()).or(table.department.as_deref()).unwrap_or_default()
    }

    /// Last day of the term, where the college has set it.
    pub(crate) fn last_day(&self) -> Option<Date> {
        self.term_end.parse().ok()
    }
}
