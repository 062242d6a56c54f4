//! Turns an edition of the facts into the model of the crate `standard`, which writes the files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use standard::{
    Association, Class, Code, CodeList, Condition, Edition, Event, Field, Frequency, KeyRule, Kind, Reference,
    Sensitivity, Source, Subclass, Subset, Table, Templates,
};

use super::facts;
use super::judgement::Judged;
use super::period;
use crate::run::Failure;

/// The edition with this id and the version number of its files.
pub fn edition(
    facts: &facts::Edition,
    id: &str,
    version: &str,
    judged: &Judged,
    national: &BTreeSet<&str>,
) -> Result<Edition, Failure> {
    let own: BTreeSet<&str> = facts.code_lists.iter().map(|list| list.id.as_str()).collect();
    for table in &facts.tables {
        let mut lists = table.fields.iter().filter_map(|f| f.code_list.as_deref());
        if let Some(list) = lists.find(|list| !own.contains(list) && !national.contains(list)) {
            return Err(Failure(format!("{}: no code list {list}", table.name)));
        }
    }
    let lists = facts.code_lists.iter().zip(1..).map(|(list, no)| (list.id.clone(), Arc::new(code_list(list, no))));
    Ok(Edition {
        id: id.to_owned(),
        level: facts.level.clone(),
        title: facts.title.clone(),
        version: facts.version.clone(),
        revision: version.to_owned(),
        issued: facts.issued.clone(),
        issuers: facts.issuers.clone(),
        subsets: facts.subsets.iter().map(|s| Subset { code: s.code.clone(), name: s.name.clone() }).collect(),
        classes: facts.classes.iter().map(class).collect(),
        tables: facts.tables.iter().map(|t| table(t, judged)).collect::<Result<_, _>>()?,
        code_lists: lists.collect(),
        national: BTreeMap::new(),
        rules: Vec::new(),
        crosswalks: BTreeMap::new(),
        templates: Templates::default(),
    })
}

fn class(class: &facts::Class) -> Class {
    let subclass = |s: &facts::Subset| Subclass { code: s.code.clone(), name: s.name.clone() };
    Class {
        code: class.code.clone(),
        name: class.name.clone(),
        subset: class.subset.clone(),
        subclasses: class.subclasses.iter().map(subclass).collect(),
    }
}

fn code_list(list: &facts::CodeList, no: u32) -> CodeList {
    let code = |c: &facts::Code| Code {
        code: c.code.clone(),
        name: c.name.clone(),
        parent: c.parent.clone(),
        note: c.note.clone(),
    };
    let mut made = CodeList::new(list.id.clone(), list.title.clone(), list.codes.iter().map(code).collect());
    made.no = no;
    made.doubt = list.doubt.clone();
    made.source = list.source.as_ref().map(|source| Source {
        relation: source.relation.clone(),
        standard: source.standard.clone(),
        list: source.list.clone(),
        version: None,
    });
    made
}

fn table(table: &facts::Table, judged: &Judged) -> Result<Table, Failure> {
    let fail = |words: String| Failure(format!("{}: {words}", table.name));
    let mut fields = Vec::new();
    for (f, no) in table.fields.iter().zip(1..) {
        if f.no != no {
            return Err(fail(format!("field {} stands at place {no}", f.no)));
        }
        let aliases = judged.aliases(&table.name, &f.column);
        fields.push(field(f, aliases).map_err(|words| fail(format!("{}: {words}", f.column)))?);
    }
    let frequency: Frequency = named(&table.frequency.value).map_err(fail)?;
    let period = match (period::of(&table.scope, frequency), judged.period(&table.name)) {
        (Ok(period), None) | (Err(_), Some(period)) => period,
        (Ok(_), Some(_)) => return Err(fail("scope and frequency agree: nothing to judge in periods.toml".into())),
        (Err(why), None) => return Err(fail(why)),
    };
    let mut made = Table {
        no: table.no,
        name: table.name.clone(),
        title: table.title.clone(),
        subset: table.subset.clone(),
        data_class: table.data_class.clone(),
        data_subclass: table.data_subclass.clone(),
        source_system: table.source_system.clone(),
        department: None,
        frequency,
        frequency_text: table.frequency.text.clone(),
        scope: table.scope.clone(),
        period,
        event: judged.event(&table.name).map(|event| Event {
            date: event.date.clone(),
            end: event.end.clone(),
            goes_on: event.goes_on,
        }),
        association: association(&table.association).map_err(fail)?,
        association_doubt: table.association.doubt.clone(),
        primary_key: table.primary_key.clone(),
        natural_key: Vec::new(),
        key_rule: KeyRule::default(),
        fields,
        doubt: table.doubt.clone(),
        own: false,
    };
    if let Some(judged) = judged.natural_key(&table.name) {
        judged.put_into(&mut made);
    }
    Ok(made)
}

fn association(printed: &facts::Association) -> Result<Association, String> {
    match (printed.kind.as_str(), printed.tables.as_slice()) {
        ("none", []) => Ok(Association::None),
        ("unspecified", []) => Ok(Association::Unspecified),
        ("listed", tables @ [_, ..]) => Ok(Association::Listed(tables.to_vec())),
        (kind, _) => Err(format!("association {kind} with its tables")),
    }
}

fn field(f: &facts::Field, aliases: Vec<String>) -> Result<Field, String> {
    let kind: Kind = named(&f.kind)?;
    let letter = f.letter.chars().next().filter(|_| matches!(f.letter.as_str(), "C" | "N" | "M" | "T"));
    let sensitivity = f.sensitive.as_deref().map(named).transpose()?;
    Ok(Field {
        no: f.no,
        item_id: f.item_id.clone(),
        column: f.column.clone(),
        title: f.title.clone(),
        printed_type: letter.ok_or_else(|| format!("letter {}", f.letter))?,
        kind,
        max_length: f.max_length,
        precision: f.precision,
        scale: f.scale,
        required: f.required,
        code_list: f.code_list.clone(),
        separator: f.separator.clone(),
        pattern: pattern(kind, f.format.as_deref())
            .map_err(|()| format!("kind {} with format {:?}", f.kind, f.format))?,
        format: f.format.clone(),
        unit: f.unit.clone(),
        example: f.example.clone(),
        required_when: f.required_when.as_ref().map(|when| Condition {
            column: when.column.clone(),
            equals: when.equals.clone().unwrap_or_default(),
            note: when.note.clone(),
        }),
        conditional_value: f.conditional_value.as_ref().map(|c| {
            let when = Condition { column: Some(c.column.clone()), equals: c.equals.clone(), note: String::new() };
            (when, c.value.clone())
        }),
        values: f.values.clone().unwrap_or_default(),
        max_items: f.max_items,
        max_chars: f.max_chars,
        sensitivity: sensitivity.unwrap_or(Sensitivity::None),
        references: f.references.as_ref().map(places).unwrap_or_default(),
        reference_basis: f.reference_basis.clone(),
        description: f.description.clone(),
        doubts: f.doubts.clone(),
        aliases,
        own: false,
    })
}

/// The place of the key and the alternative ones, in printed order.
fn places(reference: &facts::Reference) -> Vec<Reference> {
    let first = Reference { table: reference.table.clone(), column: reference.column.clone() };
    std::iter::once(first).chain(reference.or.iter().flat_map(places)).collect()
}

/// The regular expression among the formats; an error for a format that the kind does not have.
fn pattern(kind: Kind, format: Option<&str>) -> Result<Option<String>, ()> {
    let regex = format.filter(|format| format.starts_with('^')).map(str::to_owned);
    match (kind, format) {
        (Kind::Text | Kind::LongText | Kind::Code | Kind::Codes | Kind::Json | Kind::Url, None) => Ok(None),
        (Kind::Text | Kind::LongText | Kind::Code | Kind::Url, Some(_)) if regex.is_some() => Ok(regex),
        (Kind::Integer | Kind::Decimal, None)
        | (Kind::Date, Some("YYYYMMDD"))
        | (Kind::DateTime, Some("YYYYMMDD hhmmss"))
        | (Kind::Time, Some("hhmmss"))
        | (Kind::Year, Some("YYYY"))
        | (Kind::YearMonth, Some("YYYYMM"))
        | (Kind::YearRange, Some("YYYY-YYYY" | "YYYY-YYYY学年")) => Ok(None),
        _ => Err(()),
    }
}

/// Turns a word of the facts, such as a kind or a frequency, into the model's value.
fn named<T: DeserializeOwned>(word: &str) -> Result<T, String> {
    serde_json::from_value(Value::from(word)).map_err(|e| e.to_string())
}
