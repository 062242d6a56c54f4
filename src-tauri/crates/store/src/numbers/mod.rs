//! Numbers of large tables that the book keeps as it changes, so that neither an edit nor a page of records asks for
//! anything that grows with the table: how many records and findings there are and what state they are in ([`kept`]),
//! and where each record stands ([`sequence`], and in views that are filtered or sorted [`arranged`]). A change
//! corrects both by the records it touches ([`recount`]).

pub(crate) mod arranged;
pub(crate) mod kept;
pub(crate) mod recount;
pub(crate) mod sequence;
pub(crate) mod states;
