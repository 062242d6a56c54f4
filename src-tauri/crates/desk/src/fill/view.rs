//! The query of the book for a view of a table.

use store::PageQuery;

use super::api::View;
use crate::session::OpenBook;

/// The query for the records of a view in the current period, from the first; the caller sets the page.
pub(super) fn query_of(open: &OpenBook, view: &View) -> PageQuery {
    PageQuery {
        table: view.table.clone(),
        period: open.period(),
        filters: view.filters.clone(),
        sort: view.sort.clone(),
        only_findings: view.only_findings,
        rule: view.rule.clone(),
        level: view.level,
        states: view.states.clone(),
        connection: open.current_connection(),
        find: view.find.clone(),
        ..PageQuery::default()
    }
}
