//! From a table's file to the model: everything that can be checked within the table.

use std::collections::BTreeSet;

use super::error::{LoadError, expect};
use super::files::Files;
use super::schema::{self, AssociationKind, Letter, Schema, Type, is_name};
use crate::field::{COLLECTED_COLUMN, KEY_COLUMN, SCHOOL_COLUMN};
use crate::overlay::PREFIX;
use crate::{Association, Condition, Event, Field, KeyPeriod, KeyRule, Kind, PeriodKind, Sensitivity, Table};

/// A table, and its references to others, which [`super::cross`] checks.
pub struct Read {
    pub table: Table,
    pub links: Links,
}

/// Foreign keys in the order of the file.
pub struct Links {
    /// The table's file.
    pub file: String,
    pub foreign_keys: Vec<schema::ForeignKey>,
}

/// Reads the table's file that `datapackage.json` lists at the pointer `listed`.
pub fn read(path: &str, listed: &str, files: &mut Files) -> Result<Read, LoadError> {
    let schema: Schema = files.take_json(path, listed)?;
    let file = files.full_name(path);
    expect(&file, "/$schema", &schema.schema, schema::SCHEMA)?;
    expect(&file, "/tianbao:name", &format!("tables/{}.json", schema.name), path)?;
    if !is_name(&schema.name) || schema.name.starts_with(PREFIX) || schema.name.contains(|c: char| c.is_lowercase()) {
        let expected = "upper-case letters, digits, _, and no X_ at the beginning";
        return Err(LoadError::wrong(&file, "/tianbao:name", schema.name, expected));
    }
    if schema.missing_values != [""] {
        return Err(LoadError::wrong(&file, "/missingValues", format!("{:?}", schema.missing_values), "[\"\"]"));
    }
    if schema.primary_key != [KEY_COLUMN] {
        return Err(LoadError::wrong(&file, "/primaryKey", schema.primary_key.join(","), KEY_COLUMN));
    }
    let period = match (schema.period, schema.periodic) {
        (Some(period), None) => period,
        (None, Some(periodic)) => PeriodKind::of_periodic(periodic),
        _ => return Err(LoadError::wrong(&file, "/tianbao:period", "none or two", "one period")),
    };
    let event = schema.event_date.map(|date| Event { date, end: schema.event_end, goes_on: schema.event_goes_on });
    let association = association(&file, &schema.association)?;
    let fields = schema.fields.into_iter().zip(1..);
    let fields: Vec<Field> = fields.map(|(f, no)| field(&file, f, no)).collect::<Result<_, _>>()?;
    let mut table = Table {
        no: schema.no,
        name: schema.name,
        title: schema.title,
        subset: schema.subset,
        data_class: schema.class,
        data_subclass: schema.subclass,
        source_system: schema.source_system,
        frequency: schema.frequency,
        frequency_text: schema.frequency_text,
        scope: schema.scope,
        period,
        event,
        association,
        association_doubt: schema.association.doubt,
        primary_key: KEY_COLUMN.to_owned(),
        natural_key: schema.natural_key,
        key_rule: KeyRule {
            basis: schema.natural_key_basis,
            period: KeyPeriod::Never,
            period_basis: schema.key_period_basis,
            repeats: schema.repeats,
            merge: schema.merge,
        },
        fields,
        doubt: schema.doubt,
        department: schema.department,
        own: false,
    };
    table.key_rule.period = schema.key_period.unwrap_or_else(|| KeyPeriod::of(&table));
    check_names(&file, &table)?;
    check_natural_key(&file, &table)?;
    check_event(&file, &table)?;
    check_conditions(&file, &table)?;
    Ok(Read { table, links: Links { file, foreign_keys: schema.foreign_keys } })
}

fn association(file: &str, said: &schema::Association) -> Result<Association, LoadError> {
    let place = "/tianbao:association";
    match (&said.kind, said.tables.as_slice()) {
        (AssociationKind::None, []) => Ok(Association::None),
        (AssociationKind::Unspecified, []) => Ok(Association::Unspecified),
        (AssociationKind::Listed, tables @ [_, ..]) => Ok(Association::Listed(tables.to_vec())),
        (AssociationKind::Listed, []) => Err(LoadError::wrong(file, place, "no tables", "the listed tables")),
        (_, tables) => Err(LoadError::wrong(file, place, tables.join(","), "tables only where they are listed")),
    }
}

fn field(file: &str, f: schema::Field, no: u32) -> Result<Field, LoadError> {
    let wrong = |key: &str, found: &str, expected: String| {
        Err(LoadError::wrong(file, format!("/fields/{}/{key}", no - 1), found, expected))
    };
    let (kind, format) = shape(f.our_kind);
    if f.kind != kind {
        return wrong("type", &format!("{:?}", f.kind), format!("{kind:?} for {:?}", f.our_kind));
    }
    if f.format.as_deref() != format {
        return wrong("format", &format!("{:?}", f.format), format!("{format:?} for {:?}", f.our_kind));
    }
    let coded = matches!(f.our_kind, Kind::Code | Kind::Codes);
    if coded != f.code_list.is_some() {
        let found = f.code_list.as_deref().unwrap_or("nothing");
        return wrong("tianbao:codeList", found, format!("a code list for codes only, not for {:?}", f.our_kind));
    }
    if f.our_kind == Kind::Codes && f.separator.as_deref().is_none_or(str::is_empty) {
        return wrong("tianbao:separator", "nothing", "what stands between several codes".into());
    }
    let text = kind == Type::String;
    if text && f.max_length.is_some() || !text && f.constraints.max_length.is_some() {
        return wrong(
            "constraints/maxLength",
            &format!("{kind:?}"),
            "maxLength for strings, else tianbao:maxLength".into(),
        );
    }
    if let Some(error) = f.constraints.pattern.as_deref().and_then(pattern_error) {
        return wrong("constraints/pattern", &error, "a regular expression that begins with ^".into());
    }
    // The pattern of a year and month is how Table Schema says the kind; ours are those that the standard prints.
    let pattern = f.constraints.pattern.filter(|_| !matches!(f.our_kind, Kind::YearMonth | Kind::YearRange));
    Ok(Field {
        no,
        item_id: f.item,
        column: f.name,
        title: f.title,
        printed_type: match f.letter {
            Letter::C => 'C',
            Letter::N => 'N',
            Letter::M => 'M',
            Letter::T => 'T',
        },
        kind: f.our_kind,
        max_length: f.constraints.max_length.or(f.max_length),
        precision: f.precision,
        scale: f.scale,
        required: f.constraints.required,
        code_list: f.code_list,
        separator: f.separator,
        format: f.our_format.or_else(|| pattern.clone()),
        pattern,
        unit: f.unit,
        example: f.example,
        required_when: f.required_when,
        conditional_value: f
            .conditional_value
            .map(|c| (Condition { column: Some(c.column), equals: c.equals, note: String::new() }, c.value)),
        values: f.constraints.values,
        max_items: f.max_items,
        max_chars: f.max_chars,
        sensitivity: f.sensitivity.unwrap_or(Sensitivity::None),
        references: f.references,
        reference_basis: f.reference_basis,
        description: f.description,
        doubts: f.doubts,
        aliases: f.aliases,
        own: false,
    })
}

/// Type and format in which Table Schema says a kind.
pub fn shape(kind: Kind) -> (Type, Option<&'static str>) {
    match kind {
        Kind::Text | Kind::LongText | Kind::Code | Kind::Codes | Kind::Json => (Type::String, None),
        Kind::YearMonth | Kind::YearRange => (Type::String, None),
        Kind::Url => (Type::String, Some("uri")),
        Kind::Integer => (Type::Integer, None),
        Kind::Decimal => (Type::Number, None),
        Kind::Date => (Type::Date, Some("%Y%m%d")),
        Kind::DateTime => (Type::DateTime, Some("%Y%m%d %H%M%S")),
        Kind::Time => (Type::Time, Some("%H%M%S")),
        Kind::Year => (Type::Year, None),
    }
}

/// What is wrong with a pattern. The few patterns that most fields have are known to be valid and not compiled, which
/// makes the start faster.
fn pattern_error(pattern: &str) -> Option<String> {
    if matches!(pattern, "^[0-9A-Z]{32}$" | "^[0-9]{10}$" | "^[0-9]{6}$") {
        return None;
    }
    if !pattern.starts_with('^') {
        return Some(pattern.to_owned());
    }
    regex::Regex::new(pattern).err().map(|e| e.to_string())
}

/// Columns are upper case and unique; headings (titles and aliases) are unique; the system columns are there.
fn check_names(file: &str, table: &Table) -> Result<(), LoadError> {
    let mut names = BTreeSet::new();
    for (at, field) in table.fields.iter().enumerate() {
        let column = field.column.as_str();
        let upper = column.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if !upper || !column.starts_with(|c: char| c.is_ascii_uppercase()) || column.starts_with(PREFIX) {
            let expected = "upper-case letters, digits, _, and no X_ at the beginning";
            return Err(LoadError::wrong(file, format!("/fields/{at}/name"), column, expected));
        }
        for name in [column, &field.title].into_iter().chain(field.aliases.iter().map(String::as_str)) {
            if name.trim() != name || name.is_empty() || !names.insert(name) {
                let place = format!("/fields/{at}");
                return Err(LoadError::wrong(file, place, format!("{name:?}"), "a heading of its own"));
            }
        }
    }
    for column in [KEY_COLUMN, SCHOOL_COLUMN, COLLECTED_COLUMN] {
        if table.field(column).is_none() {
            return Err(LoadError::wrong(file, "/fields", format!("no {column}"), "the three system columns"));
        }
    }
    Ok(())
}

fn check_natural_key(file: &str, table: &Table) -> Result<(), LoadError> {
    let mut seen = BTreeSet::new();
    for (at, column) in table.natural_key.iter().enumerate() {
        if !table.may_be_natural(column) || !seen.insert(column) {
            let place = format!("/tianbao:naturalKey/{at}");
            return Err(LoadError::wrong(file, place, column, "a column that a clerk fills or the school, once"));
        }
    }
    Ok(())
}

/// The columns of the event hold dates.
fn check_event(file: &str, table: &Table) -> Result<(), LoadError> {
    let Some(event) = &table.event else { return Ok(()) };
    let columns = [("/tianbao:eventDate", Some(&event.date)), ("/tianbao:eventEnd", event.end.as_ref())];
    for (place, column) in columns.into_iter().filter_map(|(place, column)| Some((place, column?))) {
        let kind = table.field(column).filter(|f| !f.is_system()).map(|f| f.kind);
        if !matches!(kind, Some(Kind::Date | Kind::DateTime | Kind::YearMonth)) {
            return Err(LoadError::wrong(file, place, column, "a column of dates that a clerk fills"));
        }
    }
    Ok(())
}

/// A condition must name another column of the table and at least one code.
fn check_conditions(file: &str, table: &Table) -> Result<(), LoadError> {
    for (at, field) in table.fields.iter().enumerate() {
        let required = field.required_when.as_ref().map(|c| ("tianbao:requiredWhen", c));
        let prescribed = field.conditional_value.as_ref().map(|(c, _)| ("tianbao:conditionalValue", c));
        for (key, condition) in required.into_iter().chain(prescribed) {
            let wrong = |found: &str, expected: &str| {
                Err(LoadError::wrong(file, format!("/fields/{at}/{key}"), found, expected))
            };
            match &condition.column {
                None if !condition.equals.is_empty() => {
                    return wrong("codes without a column", "the column of the codes");
                }
                None => {}
                Some(column) if *column == field.column || table.field(column).is_none() => {
                    return wrong(column, "another column of the table");
                }
                Some(_) if condition.equals.is_empty() => {
                    return wrong("a column without codes", "the codes it has then");
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}
