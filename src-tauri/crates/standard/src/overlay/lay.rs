//! Laying own additions over an edition, part by part.

use super::{OverlayProblem, OwnColumn, OwnField, OwnTable, PREFIX, SUBSET};
use crate::field::{COLLECTED_COLUMN, KEY_COLUMN, SCHOOL_COLUMN};
use crate::rule::RuleText;
use crate::{Association, Class, Edition, Field, Kind, Subclass, Subset, Table};

const CLASS: &str = "OWN01";
const SUBCLASS: &str = "OWN0101";
const SUBSET_TITLE: &str = "本校自有";

/// An edition while additions are laid over it.
pub struct Laid {
    /// The edition with the parts that were added until now.
    pub edition: Edition,
    /// The parts that do not fit.
    pub problems: Vec<OverlayProblem>,
}

impl Laid {
    fn problem(&mut self, code: &'static str, part: &str, found: impl Into<String>) {
        self.problems.push(OverlayProblem { code, part: part.to_owned(), found: found.into() });
    }

    /// A table by its name; a problem where there is none.
    pub fn table_mut(&mut self, name: &str) -> Option<&mut Table> {
        let Some(at) = self.edition.tables.iter().position(|t| t.name == name) else {
            self.problem("overlay.no-table", name, name);
            return None;
        };
        self.edition.tables.get_mut(at)
    }

    pub fn add_field(&mut self, own: &OwnField) {
        let part = format!("{}.{}", own.table, own.field.column);
        let Some(table) = self.table_mut(&own.table) else { return };
        let no = table.fields.last().map_or(1, |field| field.no + 1);
        if let Some((code, found)) = self.column_problem(&own.table, &own.field) {
            return self.problem(code, &part, found);
        }
        if let Some(table) = self.table_mut(&own.table) {
            table.fields.push(own.field.field(no));
        }
    }

    /// What is wrong with an own column, in a table that already stands in the edition.
    fn column_problem(&self, table: &str, own: &OwnColumn) -> Option<(&'static str, String)> {
        if !is_own_name(&own.column) {
            return Some(("overlay.name", own.column.clone()));
        }
        let title = own.title.trim();
        if title.is_empty() || title != own.title {
            return Some(("overlay.title", own.title.clone()));
        }
        let table = self.edition.table(table)?;
        let mut taken = table.fields.iter().flat_map(|f| [&f.column, &f.title].into_iter().chain(&f.aliases));
        if let Some(name) = taken.find(|name| **name == own.column || **name == own.title) {
            return Some(("overlay.twice", name.clone()));
        }
        let coded = matches!(own.kind, Kind::Code | Kind::Codes);
        match &own.code_list {
            Some(list) if self.edition.code_list(list).is_none() => Some(("overlay.no-list", list.clone())),
            Some(list) if !coded => Some(("overlay.list-unused", list.clone())),
            None if coded => Some(("overlay.no-list", String::new())),
            _ => None,
        }
    }

    pub fn add_table(&mut self, own: &OwnTable) {
        if !is_own_name(&own.name) {
            return self.problem("overlay.name", &own.name, own.name.clone());
        }
        if own.title.trim().is_empty() || own.title.trim() != own.title {
            return self.problem("overlay.title", &own.name, own.title.clone());
        }
        if self.edition.tables.iter().any(|t| t.name == own.name || t.title == own.title) {
            return self.problem("overlay.twice", &own.name, own.title.clone());
        }
        if own.fields.is_empty() {
            return self.problem("overlay.no-fields", &own.name, "");
        }
        let Some(system) = self.system_fields() else { return };
        self.add_subset();
        let no = self.edition.tables.last().map_or(1, |table| table.no + 1);
        self.edition.tables.push(own.table(no, system));
        for column in &own.fields {
            let next = self.edition.tables.last().and_then(|t| t.fields.last()).map_or(1, |field| field.no + 1);
            if let Some((code, found)) = self.column_problem(&own.name, column) {
                self.problem(code, &format!("{}.{}", own.name, column.column), found);
            } else if let Some(table) = self.edition.tables.last_mut() {
                table.fields.push(column.field(next));
            }
        }
        let Some(table) = self.edition.tables.last_mut() else { return };
        let (kept, lost): (Vec<String>, Vec<String>) = std::mem::take(&mut table.natural_key)
            .into_iter()
            .partition(|column| table.fields.iter().any(|f| f.column == *column && !f.is_system()));
        table.natural_key = kept;
        table.key_rule.period = crate::KeyPeriod::of(table);
        for column in lost {
            self.problem("overlay.no-column", &own.name, column);
        }
    }

    pub fn add_rule(&mut self, text: &RuleText) {
        match text.read(&self.edition) {
            Err(fault) => {
                let found = format!("{}：{}", fault.place, fault.found);
                self.problem("overlay.rule", &text.id, found);
            }
            // The edition may bring rules of its own later: the names of its rules never contain `.own-`.
            Ok(rule) if !rule.id.contains(".own-") => self.problem("overlay.rule-name", &text.id, text.id.clone()),
            Ok(rule) if self.edition.rules.iter().any(|other| other.id == rule.id) => {
                self.problem("overlay.twice", &text.id, text.id.clone());
            }
            Ok(rule) => self.edition.rules.push(crate::Rule { own: true, ..rule }),
        }
    }

    /// The three system columns as this edition has them.
    fn system_fields(&self) -> Option<Vec<Field>> {
        let first = self.edition.tables.first()?;
        let columns = [KEY_COLUMN, SCHOOL_COLUMN, COLLECTED_COLUMN];
        columns.iter().zip(1..).map(|(column, no)| Some(Field { no, ..first.field(column)?.clone() })).collect()
    }

    /// The subset of own tables, once.
    fn add_subset(&mut self) {
        if self.edition.subsets.iter().any(|subset| subset.code == SUBSET) {
            return;
        }
        let name = SUBSET_TITLE.to_owned();
        self.edition.subsets.push(Subset { code: SUBSET.to_owned(), name: name.clone() });
        let subclasses = vec![Subclass { code: SUBCLASS.to_owned(), name: name.clone() }];
        self.edition.classes.push(Class { code: CLASS.to_owned(), name, subset: SUBSET.to_owned(), subclasses });
    }
}

impl OwnTable {
    /// The table with its system columns alone.
    fn table(&self, no: u32, system: Vec<Field>) -> Table {
        Table {
            no,
            name: self.name.clone(),
            title: self.title.clone(),
            subset: SUBSET.to_owned(),
            data_class: CLASS.to_owned(),
            data_subclass: SUBCLASS.to_owned(),
            source_system: None,
            frequency: self.frequency,
            frequency_text: String::new(),
            scope: String::new(),
            period: self.period,
            event: None,
            association: Association::Unspecified,
            association_doubt: None,
            primary_key: KEY_COLUMN.to_owned(),
            natural_key: self.natural_key.clone(),
            key_rule: crate::KeyRule::default(),
            fields: system,
            doubt: None,
            department: None,
            own: true,
        }
    }
}

impl OwnColumn {
    fn field(&self, no: u32) -> Field {
        Field {
            no,
            max_length: self.max_length,
            precision: self.precision,
            scale: self.scale,
            required: self.required,
            code_list: self.code_list.clone(),
            separator: (self.kind == Kind::Codes).then(|| ",".to_owned()),
            unit: self.unit.clone(),
            values: self.values.clone(),
            sensitivity: self.sensitivity,
            description: self.description.clone(),
            own: true,
            ..Field::new(&self.column, &self.title, self.kind)
        }
    }
}

/// `X_` and then capital letters, digits and `_`, at most 40 in all.
fn is_own_name(name: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    name.len() <= 40 && name.strip_prefix(PREFIX).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(allowed))
}
