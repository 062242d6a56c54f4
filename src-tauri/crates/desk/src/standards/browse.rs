//! What is in an edition: the tree, a table, code lists.

use std::collections::HashMap;

use standard::{Association, Code, CodeList, Edition, Field, Table, search};

use crate::Desk;
use crate::session::api::CallError;
use crate::session::editions::table_of;
use crate::standards::api::browse::{
    CodeLevel, CodeListSummary, CodeView, CodesPage, CodesQuery, EditionRef, FieldSpec, Fit, ListUse, TableRef,
    TableSpec, Tree, TreeSubset, TreeTable,
};

/// The basis of the natural key of tables that have one record.
const ONE_RECORD: &str = "one row per school";

/// `standard.tree`.
pub(crate) fn tree(desk: &Desk, request: EditionRef) -> Result<Tree, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let subsets = edition.subsets.iter().map(|subset| TreeSubset {
        code: subset.code.clone(),
        title: subset.name.trim_end_matches("数据子集").to_owned(),
        tables: edition.tables.iter().filter(|t| t.subset == subset.code).map(|t| tree_table(&edition, t)).collect(),
    });
    Ok(Tree { edition: edition.id.clone(), subsets: subsets.collect() })
}

fn tree_table(edition: &Edition, table: &Table) -> TreeTable {
    TreeTable {
        table: table.name.clone(),
        title: table.short_title().to_owned(),
        search: format!("{} {}", search::keys(table.short_title()), table.name.to_lowercase()),
        frequency: table.frequency,
        fields: table.fields.len(),
        rules: edition.rules_of(&table.name).count(),
        source_system: table.source_system.clone().unwrap_or_default(),
        own: table.own,
    }
}

/// `standard.table`.
pub(crate) fn table(desk: &Desk, request: TableRef) -> Result<TableSpec, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let table = table_of(&edition, &request.table)?;
    let named = |code: &str, in_subsets: bool| {
        let name = if in_subsets {
            edition.subsets.iter().find(|s| s.code == code).map(|s| s.name.clone())
        } else {
            edition.classes.iter().find(|c| c.code == code).map(|c| c.name.clone())
        };
        name.unwrap_or_default()
    };
    Ok(TableSpec {
        table: table.name.clone(),
        title: table.title.clone(),
        short_title: table.short_title().to_owned(),
        subset: named(&table.subset, true),
        data_class: named(&table.data_class, false),
        frequency: table.frequency,
        frequency_text: table.frequency_text.clone(),
        scope: table.scope.clone(),
        single: table.key_rule.basis.as_deref() == Some(ONE_RECORD),
        source_system: table.source_system.clone().unwrap_or_default(),
        primary_key: table.primary_key.clone(),
        natural_key: table.natural_key.clone(),
        rules: edition.rules_of(&table.name).count(),
        related: match &table.association {
            Association::Listed(tables) => tables.clone(),
            Association::None | Association::Unspecified => Vec::new(),
        },
        fields: table.fields.iter().map(|field| field_spec(&edition, field)).collect(),
        own: table.own,
    })
}

fn field_spec(edition: &Edition, field: &Field) -> FieldSpec {
    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
    FieldSpec {
        column: field.column.clone(),
        title: field.title.clone(),
        item_id: field.item_id.clone(),
        printed_type: field.printed_type.to_string(),
        kind: field.kind,
        system: field.is_system(),
        check_digit: has_check_digit(field),
        required: field.required,
        max_length: field.max_length,
        precision: field.precision,
        scale: field.scale,
        format: field.format.clone(),
        code_list: field.code_list.clone(),
        code_list_title: list.map(|l| l.title.clone()),
        code_count: list.map(|l| l.codes.len()),
        code_level: code_level(field),
        separator: field.separator.clone(),
        unit: field.unit.clone(),
        example: field.example.clone(),
        description: field.description.clone(),
        required_when: field.required_when.as_ref().map(|c| c.note.clone()),
        sensitivity: field.sensitivity,
        references: field.references.iter().map(|r| format!("{}.{}", r.table, r.column)).collect(),
        doubts: field.doubts.clone(),
        own: field.own,
    }
}

/// The level of the code list that a field's title asks for. The standard prints the whole of GB/T 2260 for all of
/// them; that a field of the province holds a province is a judgement by its title, so other levels come after it and
/// are not left out.
fn code_level(field: &Field) -> Option<usize> {
    let levels = [("区县机构编码", 2), ("市机构编码", 1), ("省机构编码", 0)];
    field.code_list.as_deref().filter(|list| *list == "GBT2260")?;
    levels.into_iter().find(|(title, _)| field.title.ends_with(title)).map(|(_, level)| level)
}

/// Whether values of a field end with a check digit: numbers of identity cards (GB 11643), credit codes (GB 32100) and
/// codes of organisations (GB 11714).
fn has_check_digit(field: &Field) -> bool {
    ["身份证", "信用代码"].iter().any(|word| field.title.contains(word)) || field.title.ends_with("机构代码")
}

/// `standard.code_lists`: the edition's own lists, then the national ones that its fields use.
pub(crate) fn code_lists(desk: &Desk, request: EditionRef) -> Result<Vec<CodeListSummary>, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let own = edition.code_lists.values().map(|list| list_summary(&edition, list, false));
    let national = edition.national.values().map(|list| list_summary(&edition, list, true));
    Ok(own.chain(national).collect())
}

fn list_summary(edition: &Edition, list: &CodeList, national: bool) -> CodeListSummary {
    let used_by = edition.tables.iter().flat_map(|table| {
        let uses = table.fields.iter().filter(|f| f.code_list.as_deref() == Some(&list.id));
        uses.map(|field| ListUse {
            table: table.name.clone(),
            table_title: table.short_title().to_owned(),
            column: field.column.clone(),
            title: field.title.clone(),
        })
    });
    CodeListSummary {
        id: list.id.clone(),
        title: list.title.clone(),
        source: list.source.as_ref().map(ToString::to_string),
        codes: list.codes.len(),
        levels: list.codes.iter().any(|code| code.parent.is_some()),
        doubt: list.doubt.clone(),
        complete: list.complete,
        national,
        used_by: used_by.collect(),
        search: format!("{} {}", search::keys(&list.title), list.id.to_lowercase()),
    }
}

/// `standard.codes`: a page of a list, found by name, code, pinyin or initials.
pub(crate) fn codes(desk: &Desk, request: CodesQuery) -> Result<CodesPage, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let list = edition
        .code_list(&request.list)
        .ok_or_else(|| CallError::new("code-list.unknown").with("list", &request.list))?;
    let found: Vec<(Fit, &Code)> = search::find_codes(list, &request.find, request.level, usize::MAX)
        .into_iter()
        .filter(|(_, code)| request.parent.as_ref().is_none_or(|wanted| parent_in(list, code) == wanted))
        .collect();
    let mut below: HashMap<&str, usize> = HashMap::new();
    for code in &list.codes {
        *below.entry(parent_in(list, code)).or_default() += 1;
    }
    let page = found.iter().skip(request.offset).take(request.limit).map(|&(fit, code)| CodeView {
        fit,
        code: code.code.clone(),
        name: code.name.clone(),
        parent: code.parent.clone(),
        note: code.note.clone(),
        path: list.path(code).into_iter().map(|level| level.name.clone()).collect(),
        children: below.get(code.code.as_str()).copied().unwrap_or_default(),
    });
    let above = request.parent.as_deref().and_then(|code| list.get(code)).map(|code| {
        let levels = list.path(code).into_iter().chain([code]);
        levels.map(|level| CodeLevel { code: level.code.clone(), name: level.name.clone() }).collect()
    });
    Ok(CodesPage { total: found.len(), codes: page.collect(), above: above.unwrap_or_default() })
}

/// The code one level up; `None` where there is none, or where the list does not contain it, so that the code is
/// listed at the top.
fn parent_in<'l>(list: &CodeList, code: &'l Code) -> &'l str {
    code.parent.as_deref().filter(|parent| list.get(parent).is_some()).unwrap_or_default()
}
