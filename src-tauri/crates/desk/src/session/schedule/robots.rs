//! The robots, in the encrypted book: whoever knows the address of a robot can write to its group.

use protocol::Secret;
use serde::{Deserialize, Serialize};
use submit::robot::{Robot, RobotKind};

use crate::session::OpenBook;
use crate::session::api::CallError;

/// Setting of the book that holds them.
pub(crate) const SETTING: &str = "robots";

/// A robot as the book holds it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptRobot {
    pub name: String,
    pub kind: RobotKind,
    pub url: Secret,
    #[serde(default)]
    pub secret: Secret,
    #[serde(default)]
    pub keyword: String,
    /// Time of the daily summary (`HH:MM`); empty: none.
    #[serde(default)]
    pub at: String,
    /// It says what came of each run of the schedule.
    #[serde(default)]
    pub on_runs: bool,
    /// The last day of which it said the summary (`YYYY-MM-DD`).
    #[serde(default)]
    pub said_on: String,
    /// Why it could not write the last time.
    #[serde(default)]
    pub problem: Option<CallError>,
}

impl KeptRobot {
    /// The robot as it is written to.
    pub fn robot(&self) -> Robot {
        Robot { kind: self.kind, url: self.url.clone(), secret: self.secret.clone(), keyword: self.keyword.clone() }
    }
}

/// The robots of a book.
pub(crate) fn robots(open: &OpenBook) -> Result<Vec<KeptRobot>, CallError> {
    let damaged = |_| CallError::new("book.damaged").with("file", open.path.display());
    open.book.setting(SETTING)?.map_or(Ok(Vec::new()), |kept| serde_json::from_value(kept).map_err(damaged))
}

/// Keeps them.
pub(crate) fn keep(open: &OpenBook, robots: &[KeptRobot]) -> Result<(), CallError> {
    let value = serde_json::to_value(robots).map_err(|_| CallError::failed("robots are not JSON"))?;
    Ok(open.book.set_setting(SETTING, &value)?)
}
