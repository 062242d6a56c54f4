//! Editions and their tables: plain data, read-only after loading. Fields are in [`crate::field`].

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::field::SCHOOL_COLUMN;
use crate::{CodeList, Crosswalk, Field, KeyRule, PeriodKind, Rule, Templates};

/// Name of an edition's folder, such as `gaozhi-2024.09`.
pub type EditionId = String;

/// One published edition of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Folder name, such as `gaozhi-2024.09`.
    pub id: EditionId,
    /// `高职` or `中职`.
    pub level: String,
    /// Full title as printed.
    pub title: String,
    /// Version as printed, such as `V3.0.2`; absent where none is printed.
    pub version: Option<String>,
    /// Version of our rendering of it (semantic: stricter is major, looser minor, wording patch).
    pub revision: String,
    /// Month of issue, `YYYY-MM`.
    pub issued: String,
    /// Offices that issued it.
    pub issuers: Vec<String>,
    /// 数据子集, in printed order.
    pub subsets: Vec<Subset>,
    /// 数据类 with their subclasses, in printed order.
    pub classes: Vec<Class>,
    /// 数据表, in printed order.
    pub tables: Vec<Table>,
    /// The edition's own code lists by id; the shared ones are in `national`.
    pub code_lists: BTreeMap<String, Arc<CodeList>>,
    /// All national lists (GB/T 2260 ...), shared by the editions, by id; fields refer to some of them.
    pub national: BTreeMap<String, Arc<CodeList>>,
    /// What records must fulfil together, in the order of the rule files.
    pub rules: Vec<Rule>,
    /// How records of older editions find their place here, by the older edition.
    pub crosswalks: BTreeMap<EditionId, Crosswalk>,
    /// Workbooks that circulate for this edition.
    pub templates: Templates,
}

impl Edition {
    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// The code list of this id, the edition's own or a national one.
    pub fn code_list(&self, id: &str) -> Option<&Arc<CodeList>> {
        self.code_lists.get(id).or_else(|| self.national.get(id))
    }

    /// The rules of a table.
    pub fn rules_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.table == table)
    }

    /// Number of fields of all tables.
    pub fn field_count(&self) -> usize {
        self.tables.iter().map(|t| t.fields.len()).sum()
    }

    /// Number of codes in the edition's own lists.
    pub fn code_count(&self) -> usize {
        self.code_lists.values().map(|l| l.codes.len()).sum()
    }
}

/// 数据子集: a group of tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subset {
    /// Code, such as `ZYGJX`.
    pub code: String,
    /// Title, such as `教学管理数据子集`.
    pub name: String,
}

/// 数据类: a group of subclasses within a subset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Code, such as `ZYGJX02`.
    pub code: String,
    /// Chinese title, as the edition prints it.
    pub name: String,
    /// Code of the subset.
    pub subset: String,
    /// 数据子类 of this class.
    pub subclasses: Vec<Subclass>,
}

/// 数据子类: what one table describes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subclass {
    /// Code, such as `ZYGJX0201`.
    pub code: String,
    /// Chinese title, as the edition prints it.
    pub name: String,
}

/// How often a table is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Frequency {
    /// Every day.
    Day,
    /// Every week.
    Week,
    /// Every month.
    Month,
    /// Every term.
    Term,
    /// Every year.
    Year,
    /// Once, and on change.
    Once,
    /// On change.
    AsNeeded,
}

/// 数据表: one data object of the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Number in the edition, from 1.
    pub no: u32,
    /// Physical name, such as `ODS_SXJCSJ`.
    pub name: String,
    /// Title as printed, such as `实习基础数据子类表`.
    pub title: String,
    /// Code of the subset.
    pub subset: String,
    /// Code of the class.
    pub data_class: String,
    /// Code of the subclass.
    pub data_subclass: String,
    /// System that the standard names as the source.
    pub source_system: Option<String>,
    /// How often it is reported.
    pub frequency: Frequency,
    /// Frequency as printed.
    pub frequency_text: String,
    /// Which records are meant, as printed (`本学年秋季学期`, `全量数据` ...).
    pub scope: String,
    /// How much time a record covers. Derived from `scope` and `frequency`; our judgement where they disagree.
    pub period: PeriodKind,
    /// Where the date of the record's event stands; absent where no column has one.
    pub event: Option<Event>,
    /// The printed statement about related tables.
    pub association: Association,
    /// Misprint or open question in that statement.
    pub association_doubt: Option<String>,
    /// Column of the record key.
    pub primary_key: String,
    /// Columns that distinguish two records in the real world; chosen by this project, see docs/decisions.md. Empty:
    /// all columns that a clerk fills.
    pub natural_key: Vec<String>,
    /// What else distinguishes records; chosen by this project.
    pub key_rule: KeyRule,
    /// Fields in printed order, the three system columns included.
    pub fields: Vec<Field>,
    /// Misprint or open question in the source.
    pub doubt: Option<String>,
    /// Department that fills it unless the college says otherwise; no published edition names any.
    pub department: Option<String>,
    /// Added by the college: never submitted.
    pub own: bool,
}

/// The columns with the date of the event that a record reports (业务日期). Chosen by this project, because the standard
/// does not name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day on which it happened or began.
    pub date: String,
    /// The day on which it ended, where it may last.
    pub end: Option<String>,
    /// Whether an empty end means that it goes on.
    pub goes_on: bool,
}

impl Table {
    /// Position of a column in [`Table::fields`] and so in a record's values.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.column == column)
    }

    /// The field of this column.
    pub fn field(&self, column: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.column == column)
    }

    /// The fields of the natural key; all that a clerk fills where it is empty. What a college adds to a published
    /// table is never sent and so tells no records apart.
    pub fn natural_fields(&self) -> Box<dyn Iterator<Item = &Field> + '_> {
        if self.natural_key.is_empty() {
            Box::new(self.fields.iter().filter(|f| !f.is_system() && (self.own || !f.own)))
        } else {
            Box::new(self.natural_key.iter().filter_map(|column| self.field(column)))
        }
    }

    /// Whether a column can belong to the natural key: one that a clerk fills, or the school of a table that has one
    /// row for it.
    pub fn may_be_natural(&self, column: &str) -> bool {
        self.field(column).is_some_and(|f| !f.is_system() || f.column == SCHOOL_COLUMN)
    }

    /// Title without the ending `数据子类表`, as people call it.
    pub fn short_title(&self) -> &str {
        self.title.strip_suffix("数据子类表").unwrap_or(&self.title)
    }

    /// Fields that a clerk fills: all but the system columns.
    pub fn filled_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|f| !f.is_system())
    }
}

/// The printed statement about related tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "tables")]
pub enum Association {
    /// Printed as having none.
    None,
    /// Nothing is said.
    Unspecified,
    /// These tables are named.
    Listed(Vec<String>),
}
