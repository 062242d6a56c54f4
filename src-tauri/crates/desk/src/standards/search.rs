//! Finding anything in an edition by what a clerk types.

use standard::find::{Hit, HitKind, find};
use standard::{Code, CodeList, Edition, Field, Rule, Table};

use crate::Desk;
use crate::session::api::CallError;
use crate::standards::api::search::{SearchHit, SearchKind, SearchQuery, SearchResult};

/// `standard.search`.
pub(crate) fn search(desk: &Desk, request: SearchQuery) -> Result<SearchResult, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let found = find(&edition, &request.find, request.limit);
    let kinds = found.iter().map(|f| SearchKind { kind: f.kind, total: f.total });
    let hits = found.iter().flat_map(|f| f.hits.iter().map(|&hit| view(&edition, f.kind, hit)));
    Ok(SearchResult { total: found.iter().map(|f| f.total).sum(), kinds: kinds.collect(), hits: hits.collect() })
}

fn view(edition: &Edition, kind: HitKind, hit: Hit<'_>) -> SearchHit {
    let found = |title: &str, detail: String| SearchHit {
        kind,
        table: None,
        column: None,
        list: None,
        code: None,
        rule: None,
        title: title.to_owned(),
        detail,
    };
    let some = |text: &String| Some(text.clone());
    match hit {
        Hit::Table(table) => {
            SearchHit { table: some(&table.name), ..found(table.short_title(), table_detail(edition, table)) }
        }
        Hit::Field(table, field) => SearchHit {
            table: some(&table.name),
            column: some(&field.column),
            ..found(&field.title, field_detail(table, field))
        },
        Hit::List(list) => SearchHit { list: some(&list.id), ..found(&list.title, list.id.clone()) },
        Hit::Code(list, code) => {
            SearchHit { list: some(&list.id), code: some(&code.code), ..found(&code.name, code_detail(list, code)) }
        }
        Hit::Rule(rule) => SearchHit {
            table: some(&rule.table),
            rule: some(&rule.id),
            ..found(&rule.message, rule_detail(edition, rule))
        },
    }
}

fn table_detail(edition: &Edition, table: &Table) -> String {
    let subset = edition.subsets.iter().find(|subset| subset.code == table.subset);
    let subset = subset.map_or("", |subset| subset.name.trim_end_matches("数据子集"));
    format!("{subset} · {}", table.name)
}

fn field_detail(table: &Table, field: &Field) -> String {
    format!("{} · {}", table.short_title(), field.column)
}

/// The code itself, its list, and the levels above it.
fn code_detail(list: &CodeList, code: &Code) -> String {
    let above: Vec<&str> = list.path(code).into_iter().map(|level| level.name.as_str()).collect();
    let parts = [code.code.clone(), list.title.clone(), above.join(" › ")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn rule_detail(edition: &Edition, rule: &Rule) -> String {
    edition.table(&rule.table).map_or(rule.table.as_str(), Table::short_title).to_owned()
}
