//! A view of a table as the book is asked for it.

use store::PageQuery;

use super::api::{Filter, View};
use crate::session::OpenBook;

/// The query for the records of a view in the current period, from the first; the caller sets the page.
pub(super) fn query_of(open: &OpenBook, view: &View) -> PageQuery {
    let filter = |filter: &Filter| match filter.clone() {
        Filter::Contains { column, text } => store::Filter::Contains { column, text },
        Filter::OneOf { column, values } => store::Filter::OneOf { column, values },
        Filter::Empty { column } => store::Filter::Empty { column },
        Filter::Filled { column } => store::Filter::Filled { column },
    };
    PageQuery {
        table: view.table.clone(),
        period: open.period(),
        filters: view.filters.iter().map(filter).collect(),
        sort: view.sort.iter().map(|s| store::Sort { column: s.column.clone(), descending: s.descending }).collect(),
        only_findings: view.only_findings,
        find: view.find.clone(),
        ..PageQuery::default()
    }
}
