//! What a college adds to an edition for itself: fields, tables, rules, departments, frequencies.
//!
//! An [`Overlay`] is laid over an edition whenever a book is opened, so it survives every update of the edition. Own
//! columns and tables are named `X_...`, which no published edition does, so that no later edition has a table or
//! column of the same name. Own additions are never submitted.

mod lay;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::rule::RuleText;
use crate::{Edition, Frequency, Kind, PeriodKind, Sensitivity};
use lay::Laid;

/// How the names of own columns and tables begin.
pub const PREFIX: &str = "X_";

/// Code of the subset of own tables.
pub const SUBSET: &str = "OWN";

/// All additions of a college. Its JSON is the setting of the book, the file of `overlay.export` and the request of
/// `overlay.save`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Overlay {
    /// Fields added to tables of the edition.
    pub fields: Vec<OwnField>,
    /// Tables added; they are in the subset `OWN`.
    pub tables: Vec<OwnTable>,
    /// Rules added; their names begin with `own-` after the dot.
    pub rules: Vec<RuleText>,
    /// How often the college fills a table, where that differs from what is printed.
    pub frequencies: BTreeMap<String, Frequency>,
    /// Departments by table, where the settings name none.
    pub departments: BTreeMap<String, String>,
}

/// A field added to a table of the edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OwnField {
    /// Table of the edition.
    pub table: String,
    /// The field as the college describes it.
    pub field: OwnColumn,
}

/// A table added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OwnTable {
    /// Name, `X_...`.
    pub name: String,
    /// Chinese title that the college gave.
    pub title: String,
    /// Columns that tell two records apart; empty: all.
    #[serde(default)]
    pub natural_key: Vec<String>,
    /// How often it is filled.
    pub frequency: Frequency,
    /// How much time its records cover. Earlier builds wrote `periodic`, yes or no.
    #[serde(default = "lasting", alias = "periodic", deserialize_with = "written")]
    pub period: PeriodKind,
    /// Its fields; the program adds the three system columns.
    pub fields: Vec<OwnColumn>,
}

fn lasting() -> PeriodKind {
    PeriodKind::All
}

fn written<'de, D: serde::Deserializer<'de>>(from: D) -> Result<PeriodKind, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Periodic(bool),
        Kind(PeriodKind),
    }
    Ok(match Written::deserialize(from)? {
        Written::Periodic(periodic) => PeriodKind::of_periodic(periodic),
        Written::Kind(kind) => kind,
    })
}

/// A field of the college's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OwnColumn {
    /// Column, `X_...`.
    pub column: String,
    /// Title, unique in its table.
    pub title: String,
    /// Kind of its values.
    pub kind: Kind,
    /// Characters allowed.
    #[serde(default)]
    pub max_length: Option<u32>,
    /// Digits in all, for decimals.
    #[serde(default)]
    pub precision: Option<u32>,
    /// Digits behind the point, for decimals.
    #[serde(default)]
    pub scale: Option<u32>,
    /// Must be filled.
    #[serde(default)]
    pub required: bool,
    /// Code list of the edition, for codes.
    #[serde(default)]
    pub code_list: Option<String>,
    /// Permitted texts; empty: any.
    #[serde(default)]
    pub values: Vec<String>,
    /// Unit that the standard prints, such as 元 or 平方米.
    #[serde(default)]
    pub unit: Option<String>,
    /// Help for a clerk.
    #[serde(default)]
    pub description: Option<String>,
    /// How private it is.
    #[serde(default = "public")]
    pub sensitivity: Sensitivity,
}

fn public() -> Sensitivity {
    Sensitivity::None
}

/// A part of an overlay that cannot be laid over the edition. It is left out; the other parts are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayProblem {
    /// Name by which words are looked up, such as `overlay.name`.
    pub code: &'static str,
    /// The part: `TABLE.COLUMN`, a table or a rule.
    pub part: String,
    /// What is wrong there.
    pub found: String,
}

impl Overlay {
    /// Whether it adds nothing.
    pub fn is_empty(&self) -> bool {
        *self == Overlay::default()
    }

    /// The edition with these additions, and the parts that have no place in it (a table that a newer edition no longer
    /// has, say). Rules are read, not tried.
    pub fn apply(&self, edition: &Edition) -> (Edition, Vec<OverlayProblem>) {
        let mut laid = Laid { edition: edition.clone(), problems: Vec::new() };
        for own in &self.fields {
            laid.add_field(own);
        }
        for own in &self.tables {
            laid.add_table(own);
        }
        for rule in &self.rules {
            laid.add_rule(rule);
        }
        for (table, frequency) in &self.frequencies {
            if let Some(table) = laid.table_mut(table) {
                table.frequency = *frequency;
            }
        }
        for (table, department) in &self.departments {
            if let Some(table) = laid.table_mut(table) {
                table.department = Some(department.clone());
            }
        }
        (laid.edition, laid.problems)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Standards;
    use crate::field::{COLLECTED_COLUMN, KEY_COLUMN, SCHOOL_COLUMN};

    fn newest() -> Edition {
        Edition::clone(&Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap())
    }

    fn overlay(json: serde_json::Value) -> Overlay {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn additions_stand_beside_what_is_published() {
        let edition = newest();
        let own = overlay(serde_json::json!({
            "fields": [{"table": "ODS_SXJCSJ", "field": {"column": "X_BZ", "title": "内部备注", "kind": "text"}}],
            "tables": [{"name": "X_ZDXS", "title": "重点关注学生表", "frequency": "term", "natural_key": ["X_XH"],
                "fields": [{"column": "X_XH", "title": "学号", "kind": "text", "required": true, "sensitivity": "personal"}]}],
            "rules": [{"id": "ODS_SXJCSJ.own-note", "level": "hint", "table": "ODS_SXJCSJ", "columns": ["X_BZ"],
                "expect": "length(X_BZ) > 1", "message": "备注“{value}”太短", "reason": "写清楚",
                "pass": [{"X_BZ": "已核实"}], "fail": [{"X_BZ": "无"}]}],
            "frequencies": {"ODS_SXJCSJ": "month"}, "departments": {"ODS_SXJCSJ": "实训处"}
        }));
        let (laid, problems) = own.apply(&edition);
        assert_eq!(problems, []);
        let table = laid.table("ODS_SXJCSJ").unwrap();
        let added = table.fields.last().unwrap();
        assert!(added.own && added.column == "X_BZ" && added.no as usize == table.fields.len());
        assert_eq!((table.frequency, table.department.as_deref()), (Frequency::Month, Some("实训处")));
        let new = laid.table("X_ZDXS").unwrap();
        assert!(new.own && new.no == 99);
        let columns: Vec<&str> = new.fields.iter().map(|f| f.column.as_str()).collect();
        assert_eq!(columns, [KEY_COLUMN, SCHOOL_COLUMN, COLLECTED_COLUMN, "X_XH"]);
        assert!(laid.rules_of("ODS_SXJCSJ").any(|rule| rule.own));
        assert_eq!(Overlay::default().apply(&edition), (edition, vec![]));
    }

    #[test]
    fn what_has_no_place_is_left_out_and_named() {
        let column = |column: &str, title: &str, kind: &str| serde_json::json!({"fields": [{"table": "ODS_SXJCSJ", "field": {"column": column, "title": title, "kind": kind}}]});
        let table = |name: &str, title: &str, fields: serde_json::Value| serde_json::json!({"tables": [{"name": name, "title": title, "frequency": "term", "fields": fields}]});
        let edition = newest();
        for (json, code) in [
            (column("BZ", "备注", "text"), "overlay.name"),
            (column("X_", "备注", "text"), "overlay.name"),
            (column("X_bz", "备注", "text"), "overlay.name"),
            (column("X_BZ", " 备注", "text"), "overlay.title"),
            (column("X_BZ", "学号", "text"), "overlay.twice"),
            (column("X_BZ", "备注", "code"), "overlay.no-list"),
            (serde_json::json!({"frequencies": {"ODS_NONE": "day"}}), "overlay.no-table"),
            (table("ODS_OWN", "自有", serde_json::json!([])), "overlay.name"),
            (table("X_OWN", "自有", serde_json::json!([])), "overlay.no-fields"),
        ] {
            let (laid, problems) = overlay(json.clone()).apply(&edition);
            assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [code], "{json}");
            assert_eq!(laid, edition, "{json}");
        }
    }
}
