//! The college's settings, kept in the book.

use std::path::Path;

use jiff::civil::Date;

use crate::Desk;
use crate::session::api::{CallError, Changed, Nothing};
use crate::session::open_book::Open;
use crate::session::period::Period;
use crate::settings::api::{BackUp, ChangePassphrase, Settings};
use crate::start::api::College;

/// Setting of the book that holds them.
pub(crate) const SETTING: &str = "settings";

/// Text sizes that the interface offers, in px.
const TEXT_SIZES: std::ops::RangeInclusive<u8> = 14..=20;

impl Settings {
    /// Settings of a new book.
    pub(crate) fn new(college: College, period: String, department: String) -> Settings {
        Settings {
            college,
            period,
            department,
            theme: "light".to_owned(),
            text_size: *TEXT_SIZES.start(),
            ..Settings::default()
        }
    }

    /// Whether they can be kept as they are; the error names what cannot.
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
        if !["light", "dark", "system"].contains(&self.theme.as_str()) {
            return wrong("theme", &self.theme);
        }
        if !TEXT_SIZES.contains(&self.text_size) {
            return wrong("text_size", &self.text_size.to_string());
        }
        let mut taken = std::collections::BTreeSet::new();
        for department in &self.departments {
            for table in &department.tables {
                // An own table that is not in use at present keeps its department.
                if !table.starts_with(standard::overlay::PREFIX) {
                    crate::standards::table_of(edition, table)?;
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

/// `settings.get`.
pub(crate) fn get(desk: &Desk, _: Nothing) -> Result<Settings, CallError> {
    Ok(desk.opened()?.settings())
}

/// `settings.set`.
pub(crate) fn set(desk: &Desk, request: Settings) -> Result<Settings, CallError> {
    let open = desk.opened()?;
    request.check(&open.edition)?;
    open.keep_settings(request)?;
    desk.tell(Changed::Book);
    Ok(open.settings())
}

/// `settings.passphrase`: the same book under another key.
pub(crate) fn passphrase(desk: &Desk, request: ChangePassphrase) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    crate::start::books::change_key(desk, &open, Some(request.new).filter(|new| !new.is_empty()))?;
    Ok(Nothing {})
}

/// `settings.back_up`.
pub(crate) fn back_up(desk: &Desk, request: BackUp) -> Result<Nothing, CallError> {
    let open = desk.opened()?;
    let target = Path::new(&request.path);
    if target.exists() && same_file(target, &open) {
        return Err(CallError::new("file.is-the-book").with("file", &request.path));
    }
    open.book.back_up(target)?;
    Ok(Nothing {})
}

fn same_file(target: &Path, open: &Open) -> bool {
    matches!((target.canonicalize(), open.path.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
