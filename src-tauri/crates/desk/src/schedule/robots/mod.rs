//! Robots of group chats: what they say and when. They say numbers, names of tables and days, and never anything of a
//! record.
//!
//! - [`list`]: listed, saved, removed and tried; [`telling`]: a daily summary, and what a run told

pub(crate) mod list;
pub(super) mod telling;
