//! 数据来源: saved sources of records, such as a query on a business system.
//!
//! - [`kept`]: the sources of the book, with their passwords; [`list`]: the calls that list, save and remove them
//! - [`folder`]: the new files of a watched folder
//! - [`reading`]: what the columns of a source mean, and what its codes become
//! - [`database`]: the rows of a query
//! - [`run`]: a run of a source, which makes the proposal of an import; [`attempt`]: its first rows, to try it out

pub(crate) mod attempt;
pub(super) mod database;
pub(super) mod folder;
pub(super) mod kept;
pub(crate) mod list;
pub(super) mod reading;
pub(crate) mod run;
