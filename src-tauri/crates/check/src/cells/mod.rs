//! Checks of one cell, which also get the rest of its record. One file for each kind; [`CHECKS`] lists them all, so
//! adding a kind needs its file and an entry here.
//!
//! A check sees a value as it stands in the cell. A cell of blanks alone counts as empty. Checks do not depend on each
//! other; where two could report one mistake, only the more general one does (the digits of a text that is not a number
//! are not counted).

mod check;
mod code;
mod conditional_value;
mod credit_code;
mod date;
mod identifier;
mod json;
mod length;
mod lesson;
mod markup;
mod max_items;
mod number;
mod pattern;
mod person;
mod placeholder;
mod precision;
mod required;
mod required_when;
mod separator;
mod signs;
mod telephone;
mod unfinished;
mod url;
mod values;

pub(crate) use check::{Cell, Check, Problem};
pub(crate) use identifier::names_something as is_identifier;
pub(crate) use placeholder::judge as judge_placeholder;

use crate::field::PreparedField;

/// All kinds, in the order in which findings of one cell are listed.
static CHECKS: [Check; 22] = [
    required::CHECK,
    required_when::CHECK,
    conditional_value::CHECK,
    number::CHECK,
    precision::CHECK,
    length::CHECK,
    date::CHECK,
    pattern::CHECK,
    url::CHECK,
    json::CHECK,
    separator::CHECK,
    code::CHECK,
    values::CHECK,
    max_items::CHECK,
    markup::CHECK,
    signs::CHECK,
    identifier::CHECK,
    credit_code::CHECK,
    lesson::CHECK,
    person::CHECK,
    telephone::CHECK,
    unfinished::CHECK,
];

/// The checks that concern a field.
pub(crate) fn checks_of(field: &PreparedField) -> Vec<&'static Check> {
    CHECKS.iter().filter(|check| (check.concerns)(field)).collect()
}

/// Names of the rules of all cell checks, each once.
pub fn cell_rules() -> Vec<&'static str> {
    let mut rules: Vec<&'static str> = Vec::new();
    for rule in CHECKS.iter().map(|check| check.rule).chain([placeholder::RULE]) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_named_once() {
        assert_eq!(
            cell_rules(),
            [
                "required",
                "required-when",
                "conditional-value",
                "type",
                "precision",
                "length",
                "date",
                "format",
                "separator",
                "code",
                "max-items",
                "markup",
                "signs",
                "identifier",
                "lesson",
                "name",
                "telephone",
                "unfinished",
                "placeholder"
            ]
        );
    }
}
