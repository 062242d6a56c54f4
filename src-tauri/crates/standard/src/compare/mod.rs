//! What is different between two editions: subsets, tables, fields, code lists down to their codes, and rules.
//!
//! Names join them: a table by its physical name, a field by its column, a list by its id, a code by itself, a rule by
//! its id. What is compared is what the standard prints and what a record must therefore fulfil; numbering, examples,
//! help texts, references, natural keys and sensitivity are left out, because they were added by this project or do not
//! change records.
//!
//! A change that is the same in every table of both editions (such as a stricter record key) is listed once, in
//! [`Comparison::everywhere`], and not again with each table.
//!
//! - `change`: the types that describe a difference
//! - `join`: both sides joined by name
//! - `tables`: tables and their own aspects
//! - `fields`: fields and their aspects
//! - `lists`: code lists and codes
//!
//! Comparing the editions in the other order gives the same differences with before and after exchanged.

mod change;
mod fields;
mod join;
mod lists;
mod tables;
#[cfg(test)]
mod tests;

use crate::{Edition, Rule};
use join::joined;

pub use change::{
    Aspect, Change, CodeChange, Comparison, Counts, FieldChange, ListChange, RuleChange, SubsetChange, TableChange,
    Value, What,
};

/// Compares two editions.
pub fn compare(from: &Edition, to: &Edition) -> Comparison {
    let (tables, everywhere) = tables::changes(from, to);
    Comparison {
        from: from.id.clone(),
        to: to.id.clone(),
        kept_tables: to.tables.iter().filter(|table| from.table(&table.name).is_some()).count(),
        kept_lists: to.code_lists.keys().filter(|id| from.code_lists.contains_key(*id)).count(),
        subsets: tables::subsets(from, to),
        everywhere,
        tables,
        lists: lists::changes(from, to),
        rules: rules(from, to),
    }
}

fn rules(from: &Edition, to: &Edition) -> Vec<RuleChange> {
    let told = |change, rule: &Rule| RuleChange {
        change,
        id: rule.id.clone(),
        table: rule.table.clone(),
        level: rule.level,
        message: rule.message.clone(),
    };
    joined(&from.rules, &to.rules, |rule| rule.id.as_str())
        .into_iter()
        .filter_map(|pair| match pair {
            (None, Some(rule)) => Some(told(Change::Added, rule)),
            (Some(rule), None) => Some(told(Change::Removed, rule)),
            (Some(before), Some(after)) if !same_rule(before, after) => Some(told(Change::Changed, after)),
            _ => None,
        })
        .collect()
}

/// Whether two rules demand the same. Their cases are not compared, because they only try the rule.
fn same_rule(a: &Rule, b: &Rule) -> bool {
    let asked = |rule: &Rule| (rule.level, rule.table.clone(), rule.columns.clone(), rule.body.clone());
    let said = |rule: &Rule| (rule.message.clone(), rule.reason.clone(), rule.basis.clone());
    asked(a) == asked(b) && said(a) == said(b)
}
