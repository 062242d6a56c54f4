//! Rules with the cases they are tried on, in the words of the edition.

use standard::{Case, Edition, Rule, Table, search};

use crate::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::standards::api::rules::{
    RuleCase, RuleCell, RuleColumn, RuleKind, RuleRow, RuleView, RulesPage, RulesQuery,
};
use crate::standards::print::sentence;

/// `standard.rules`.
pub(crate) fn rules(desk: &Desk, request: RulesQuery) -> Result<RulesPage, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    if let Some(table) = &request.table {
        table_of(&edition, table)?;
    }
    let find = request.find.trim();
    let answers = |rule: &Rule| find.is_empty() || rule.id == find || speaks_of(&edition, rule, find);
    let of_table = |rule: &Rule| request.table.as_ref().is_none_or(|table| *table == rule.table);
    let found: Vec<&Rule> = edition.rules.iter().filter(|rule| of_table(rule) && answers(rule)).collect();
    let page = found.iter().skip(request.offset).take(request.limit.unwrap_or(usize::MAX));
    Ok(RulesPage { total: found.len(), rules: page.map(|rule| view(&edition, rule)).collect() })
}

/// By its words, its id, or the titles of its table and columns.
fn speaks_of(edition: &Edition, rule: &Rule, find: &str) -> bool {
    let columns = rule.columns.iter().map(|column| title_of(edition.table(&rule.table), column));
    rule.id.to_lowercase().contains(&find.to_lowercase())
        || search::matches(&rule.message, find)
        || search::matches(&table_title(edition, &rule.table), find)
        || columns.into_iter().any(|title| search::matches(&title, find))
}

fn view(edition: &Edition, rule: &Rule) -> RuleView {
    let table = edition.table(&rule.table);
    let column = |column: &String| RuleColumn { column: column.clone(), title: title_of(table, column) };
    let cases = |cases: &[Case]| cases.iter().map(|case| case_view(edition, case)).collect();
    RuleView {
        id: rule.id.clone(),
        table: rule.table.clone(),
        table_title: table_title(edition, &rule.table),
        columns: rule.columns.iter().map(column).collect(),
        level: rule.level,
        kind: if rule.body.is_over_one_record() { RuleKind::Row } else { RuleKind::Select },
        sql: rule.body.sql().into_owned(),
        message: rule.message.clone(),
        sentence: sentence(rule, table),
        reason: rule.reason.clone(),
        basis: rule.basis.clone(),
        pass: cases(&rule.pass),
        fail: cases(&rule.fail),
        own: rule.own,
    }
}

fn case_view(edition: &Edition, case: &Case) -> RuleCase {
    let row = |(name, cells): &(String, std::collections::BTreeMap<String, String>)| {
        let table = edition.table(name);
        let position = |column: &str| table.and_then(|table| table.position(column));
        let cell = |(column, value): (&String, &String)| RuleCell {
            column: column.clone(),
            title: title_of(table, column),
            value: value.clone(),
        };
        let mut cells: Vec<RuleCell> = cells.iter().map(cell).collect();
        cells.sort_by_key(|cell| position(&cell.column));
        RuleRow { table: name.clone(), table_title: table_title(edition, name), cells }
    };
    RuleCase { today: case.today.clone(), period: case.period.clone(), rows: case.rows.iter().map(row).collect() }
}

fn table_title(edition: &Edition, name: &str) -> String {
    edition.table(name).map_or(name, Table::short_title).to_owned()
}

fn title_of(table: Option<&Table>, column: &str) -> String {
    table.and_then(|table| table.field(column)).map_or(column, |field| &field.title).to_owned()
}
