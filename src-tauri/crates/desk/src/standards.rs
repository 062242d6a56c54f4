//! Looking at an edition: the tree, a table, code lists.

use std::sync::Arc;

use standard::{Association, CodeList, Edition, Field, Kind, Sensitivity, Table, search};

use crate::Desk;
use crate::api::book::EditionSummary;
use crate::api::standard::{
    CodeListSummary, CodeView, CodesPage, CodesQuery, EditionRef, FieldSpec, TableRef, TableSpec, Tree, TreeSubset,
    TreeTable,
};
use crate::api::{CallError, Nothing};
use crate::period::frequency_word;

impl Desk {
    /// The edition of this name; absent: that of the open book, else the newest one installed.
    pub(crate) fn edition(&self, id: Option<&str>) -> Result<Arc<Edition>, CallError> {
        match id {
            Some(id) => self.standards.edition(id).ok_or_else(|| CallError::new("edition.unknown").with("edition", id)),
            None => match self.opened() {
                Ok(open) => Ok(open.edition.clone()),
                Err(_) => self.newest_edition(),
            },
        }
    }

    fn newest_edition(&self) -> Result<Arc<Edition>, CallError> {
        let newest = self.standards.editions().iter().max_by_key(|e| &e.issued);
        newest.cloned().ok_or_else(|| CallError::new("edition.unknown").with("edition", ""))
    }
}

/// The table of this name, or `table.unknown`.
pub(crate) fn table_of<'e>(edition: &'e Edition, name: &str) -> Result<&'e Table, CallError> {
    edition.table(name).ok_or_else(|| CallError::new("table.unknown").with("table", name).with("edition", &edition.id))
}

/// The edition as people call it in short: `高职 2024-09`.
pub(crate) fn short_name(edition: &Edition) -> String {
    format!("{} {}", edition.level, edition.issued)
}

/// `standard.editions`.
pub(crate) fn editions(desk: &Desk, _: Nothing) -> Result<Vec<EditionSummary>, CallError> {
    let summary = |edition: &Arc<Edition>| EditionSummary {
        id: edition.id.clone(),
        title: edition.title.clone(),
        issued: edition.issued.clone(),
        level: edition.level.clone(),
        tables: edition.tables.len(),
        fields: edition.field_count(),
        code_lists: edition.code_lists.len(),
        codes: edition.code_count(),
        rules: 0,
    };
    Ok(desk.standards.editions().iter().map(summary).collect())
}

/// `standard.tree`.
pub(crate) fn tree(desk: &Desk, request: EditionRef) -> Result<Tree, CallError> {
    let edition = desk.edition(request.edition.as_deref())?;
    let subsets = edition.subsets.iter().map(|subset| TreeSubset {
        code: subset.code.clone(),
        title: subset.name.trim_end_matches("数据子集").to_owned(),
        tables: edition.tables.iter().filter(|t| t.subset == subset.code).map(tree_table).collect(),
    });
    Ok(Tree { edition: edition.id.clone(), subsets: subsets.collect() })
}

fn tree_table(table: &Table) -> TreeTable {
    TreeTable {
        table: table.name.clone(),
        title: table.short_title().to_owned(),
        search: format!("{} {}", search::keys(table.short_title()), table.name.to_lowercase()),
        frequency: frequency_word(table.frequency).to_owned(),
        fields: table.fields.len(),
        source_system: table.source_system.clone().unwrap_or_default(),
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
        frequency: frequency_word(table.frequency).to_owned(),
        frequency_text: table.frequency_text.clone(),
        scope: table.scope.clone(),
        source_system: table.source_system.clone().unwrap_or_default(),
        primary_key: table.primary_key.clone(),
        natural_key: table.natural_key.clone(),
        related: match &table.association {
            Association::Listed(tables) => tables.clone(),
            Association::None | Association::Unspecified => Vec::new(),
        },
        fields: table.fields.iter().map(|field| field_spec(&edition, field)).collect(),
    })
}

fn field_spec(edition: &Edition, field: &Field) -> FieldSpec {
    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
    FieldSpec {
        column: field.column.clone(),
        title: field.title.clone(),
        item_id: field.item_id.clone(),
        printed_type: field.printed_type.to_string(),
        kind: kind_word(field.kind).to_owned(),
        system: field.is_system(),
        required: field.required,
        max_length: field.max_length,
        precision: field.precision,
        scale: field.scale,
        format: field.format.clone(),
        code_list: field.code_list.clone(),
        code_list_title: list.map(|l| l.title.clone()),
        code_count: list.map(|l| l.codes.len()),
        separator: field.separator.clone(),
        unit: field.unit.clone(),
        example: field.example.clone(),
        description: field.description.clone(),
        required_when: field.required_when.as_ref().map(|c| c.note.clone()),
        sensitivity: sensitivity_word(field.sensitivity).to_owned(),
        references: field.references.iter().map(|r| format!("{}.{}", r.table, r.column)).collect(),
        doubt: field.doubt.clone(),
    }
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::LongText => "longtext",
        Kind::Integer => "integer",
        Kind::Decimal => "decimal",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
        Kind::Time => "time",
        Kind::YearMonth => "yearmonth",
        Kind::Year => "year",
        Kind::YearRange => "yearrange",
        Kind::Code => "code",
        Kind::Codes => "codes",
        Kind::Url => "url",
        Kind::Json => "json",
    }
}

fn sensitivity_word(sensitivity: Sensitivity) -> &'static str {
    match sensitivity {
        Sensitivity::None => "none",
        Sensitivity::Personal => "personal",
        Sensitivity::Special => "special",
    }
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
        uses.map(|f| format!("{}.{}", table.name, f.column))
    });
    CodeListSummary {
        id: list.id.clone(),
        title: list.title.clone(),
        source: list.source.clone(),
        codes: list.codes.len(),
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
    let found: Vec<_> = search::find_codes(list, &request.find, usize::MAX)
        .into_iter()
        .filter(|code| request.parent.as_ref().is_none_or(|p| code.parent.as_deref().unwrap_or_default() == p))
        .collect();
    let page = found.iter().skip(request.offset).take(request.limit).map(|code| CodeView {
        code: code.code.clone(),
        name: code.name.clone(),
        parent: code.parent.clone(),
        note: code.note.clone(),
        path: levels_above(list, code),
    });
    Ok(CodesPage { total: found.len(), codes: page.collect() })
}

/// Names of the levels above a code, outermost first. A list that names itself in a circle ends at the circle.
fn levels_above(list: &CodeList, code: &standard::Code) -> Vec<String> {
    let mut names = Vec::new();
    let mut seen = vec![code.code.as_str()];
    let mut parent = code.parent.as_deref();
    while let Some(above) = parent.and_then(|p| list.get(p)).filter(|c| !seen.contains(&c.code.as_str())) {
        seen.push(&above.code);
        names.insert(0, above.name.clone());
        parent = above.parent.as_deref();
    }
    names
}
