//! Records of the edition's tables: read, paged, ordered and changed.

pub(crate) mod apply;
pub(crate) mod derived;
pub(crate) mod dormant;
pub(crate) mod hits;
pub(crate) mod known;
mod looked_up;
pub(crate) mod marks;
pub(crate) mod ordering;
pub(crate) mod page;
pub(crate) mod places;
pub(crate) mod repeats;
pub(crate) mod state;
pub(crate) mod stored;
pub(crate) mod table_sql;
pub(crate) mod tell_apart;
pub(crate) mod view_order;
pub(crate) mod write;
