//! Numbers of large tables that the book updates with each change, so that the cost of an edit and of a page of records
//! does not grow with the table: how many records and findings there are and in which states ([`kept`]), and the
//! position of each record ([`sequence`]; in filtered or sorted views [`arranged`]). A change corrects both by the
//! records it touches ([`recount`]). [`oldest`]: the oldest record that is not accepted.

pub(crate) mod arranged;
pub(crate) mod kept;
pub(crate) mod oldest;
pub(crate) mod recount;
pub(crate) mod sequence;
pub(crate) mod states;
