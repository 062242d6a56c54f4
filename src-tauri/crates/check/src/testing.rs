//! What tests of this crate share: fields, lists and editions by hand, and `check(input, expect)`.

use std::collections::BTreeMap;
use std::sync::Arc;

use standard::{Association, Code, CodeList, Doubt, DoubtKind, Edition, Field, Finding, Frequency, Kind, Level, Table};

use crate::{Columns, TableChecker, words};

/// A field with nothing but a column (which is its title too) and a kind.
pub(crate) fn field(column: &str, kind: Kind) -> Field {
    Field::new(column, column, kind)
}

/// One doubt of a kind.
pub(crate) fn doubts(kind: DoubtKind) -> Vec<Doubt> {
    vec![Doubt { kind, text: "存疑".into() }]
}

/// A code list whose title is its id.
pub(crate) fn list(id: &str, codes: &[(&str, &str)]) -> CodeList {
    CodeList::new(id.into(), id.into(), codes.iter().map(|(of, name)| code(of, name, None)).collect())
}

/// A code with its name, below another code of the list.
pub(crate) fn code(code: &str, name: &str, parent: Option<&str>) -> Code {
    Code { code: code.into(), name: name.into(), parent: parent.map(str::to_owned), note: None }
}

/// A table without periods, with `natural_key`.
pub(crate) fn table(name: &str, natural_key: &[&str], fields: Vec<Field>) -> Table {
    Table {
        no: 1,
        name: name.into(),
        title: format!("{name}数据子类表"),
        subset: String::new(),
        data_class: String::new(),
        data_subclass: String::new(),
        source_system: None,
        frequency: Frequency::Term,
        frequency_text: String::new(),
        scope: String::new(),
        period: standard::PeriodKind::All,
        event: None,
        association: Association::Unspecified,
        association_doubt: None,
        primary_key: standard::field::KEY_COLUMN.into(),
        doubt: None,
        department: None,
        own: false,
        natural_key: natural_key.iter().map(|column| (*column).to_owned()).collect(),
        key_rule: standard::KeyRule::default(),
        fields,
    }
}

/// An edition of these tables and lists.
pub(crate) fn edition_of(tables: &[Table], lists: &[CodeList]) -> Edition {
    let lists: BTreeMap<_, _> = lists.iter().map(|list| (list.id.clone(), Arc::new(list.clone()))).collect();
    Edition {
        id: "test".into(),
        level: String::new(),
        title: String::new(),
        version: None,
        revision: String::new(),
        issued: String::new(),
        issuers: Vec::new(),
        subsets: Vec::new(),
        classes: Vec::new(),
        tables: tables.to_vec(),
        code_lists: lists,
        national: BTreeMap::new(),
        rules: Vec::new(),
        crosswalks: BTreeMap::new(),
        templates: standard::Templates::default(),
    }
}

/// Checks one value of one field without a list; see [`check_record`].
pub(crate) fn check(field: &Field, value: &str, expect: &str) {
    check_record(std::slice::from_ref(field), &[], &[value], expect);
}

/// Checks a record and compares everything found with `expect`: `level rule message → suggestion`, one a line.
pub(crate) fn check_record(fields: &[Field], lists: &[CodeList], values: &[&str], expect: &str) {
    let table = table("ODS_T", &[], fields.to_vec());
    let edition = edition_of(std::slice::from_ref(&table), lists);
    let values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
    let mut found = Vec::new();
    TableChecker::new(&edition, &table, Columns::All).cells(Some(7), &values, &mut found);
    assert!(found.iter().all(|f| f.row == Some(7) && f.table == "ODS_T"));
    let lines: Vec<String> = found.iter().map(line).collect();
    assert_eq!(lines.join("\n"), expect, "{values:?}");
}

/// A finding as one line.
pub(crate) fn line(finding: &Finding) -> String {
    let level = match finding.level {
        Level::Mandatory => "mandatory",
        Level::Confirm => "confirm",
        Level::Hint => "hint",
    };
    let suggestion = finding.suggestion.as_ref().map_or_else(String::new, |s| format!(" → {s}"));
    let message = words::say(&finding.message, "{value}", words::Language::Zh);
    format!("{level} {} {message}{suggestion}", finding.rule)
}
