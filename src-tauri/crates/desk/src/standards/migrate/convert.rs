//! Converts a value of the older edition to the value with the same meaning in the newer one, where that is certain.

use std::sync::Arc;

use standard::crosswalk::CodeChange;
use standard::{CodeList, Crosswalk, Edition, Field, Kind};

use crate::session::api::CallError;

/// How the values of one column are turned into those of another.
pub(crate) struct Convert<'e> {
    from: (&'e Edition, &'e Field),
    to: (&'e Edition, &'e Field),
    codes: Codes<'e>,
}

/// What becomes of codes.
enum Codes<'e> {
    /// They keep their meaning, or the column has no codes.
    Same,
    /// Some of them are others now.
    Changed(&'e CodeChange),
    /// They are codes of another list and are matched by name.
    Other(&'e Arc<CodeList>, &'e Arc<CodeList>),
}

impl<'e> Convert<'e> {
    /// Compares two columns.
    pub fn new(from: (&'e Edition, &'e Field), to: (&'e Edition, &'e Field), crosswalk: &'e Crosswalk) -> Self {
        let list = |(edition, field): (&'e Edition, &'e Field)| {
            field.code_list.as_deref().and_then(|id| edition.code_list(id))
        };
        let codes = match (from.1.code_list.as_deref(), to.1.code_list.as_deref()) {
            (Some(a), Some(b)) if a == b => match crosswalk.code_change(a) {
                Some(change) if !change.convert.is_empty() => Codes::Changed(change),
                _ => Codes::Same,
            },
            (Some(_), Some(_)) => match (list(from), list(to)) {
                (Some(a), Some(b)) => Codes::Other(a, b),
                _ => Codes::Same,
            },
            _ => Codes::Same,
        };
        Convert { from, to, codes }
    }

    /// The value in the newer edition; `None` where its meaning there is uncertain.
    pub fn value(&self, value: &str) -> Option<String> {
        let (from, to) = (self.from.1, self.to.1);
        let separator = from.separator.as_deref().filter(|_| from.kind == Kind::Codes);
        let items: Vec<&str> = match separator {
            Some(separator) => value.split(separator).map(str::trim).filter(|item| !item.is_empty()).collect(),
            None => vec![value],
        };
        let new: Vec<String> = items.iter().map(|item| self.item(item)).collect::<Option<_>>()?;
        let joiner = to.separator.as_deref().filter(|_| to.kind == Kind::Codes).or(separator).unwrap_or_default();
        let joined_anew = separator.is_some_and(|separator| separator != joiner) && items.len() > 1;
        // An item that contains the new separator is not a code of the old edition, so its meaning is uncertain.
        let torn = joined_anew && new.iter().any(|item| item.contains(joiner));
        let changed = items.iter().zip(&new).any(|(old, new)| old != new);
        let value = match (changed || joined_anew) && !torn {
            true => new.join(joiner),
            false => value.to_owned(),
        };
        // Numbers and dates of another form are read as if they were typed; what is not certain stays as it is.
        match from.kind == to.kind || from.kind == Kind::Codes {
            true => Some(value),
            false => Some(check::normalise(self.to.0, to, &value)),
        }
    }

    fn item(&self, item: &str) -> Option<String> {
        match &self.codes {
            Codes::Same => Some(item.to_owned()),
            Codes::Changed(change) => {
                // `01` and the name of a code mean the old code, and must not be read as the new code of the same text.
                let code = check::normalise(self.from.0, self.from.1, item);
                let known = change.convert.iter().find(|conversion| conversion.from == code);
                Some(known.map_or_else(|| item.to_owned(), |conversion| conversion.to.clone()))
            }
            Codes::Other(old, new) => {
                let name = old.get(item).map_or(item, |code| code.name.as_str());
                let mut same = new.codes.iter().filter(|code| code.name == name);
                match (same.next(), same.next()) {
                    (Some(code), None) => Some(code.code.clone()),
                    _ => None,
                }
            }
        }
    }

    /// What is done to values that change, in words.
    pub fn what(&self) -> CallError {
        let (from, to) = (self.from.1, self.to.1);
        match &self.codes {
            Codes::Changed(change) => {
                let name = |(edition, field): (&Edition, &Field), code: &str| {
                    let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
                    let name = list.and_then(|list| list.get(code)).map(|code| format!(" {}", code.name));
                    format!("{code}{}", name.unwrap_or_default())
                };
                let pair = |c: &standard::crosswalk::Conversion| {
                    format!("{} → {}", name(self.from, &c.from), name(self.to, &c.to))
                };
                let changes: Vec<String> = change.convert.iter().map(pair).collect();
                CallError::new("moving.codes").with("changes", changes.join("，"))
            }
            Codes::Other(..) => CallError::new("moving.other-list"),
            Codes::Same => match (&from.separator, &to.separator) {
                (Some(a), Some(b)) if a != b => CallError::new("moving.separator").with("from", a).with("to", b),
                _ => CallError::new("moving.form"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use standard::Standards;

    use super::*;

    /// Turns values of one column of the older edition into those of a column of the newer one.
    #[track_caller]
    fn check(table: &str, from: &str, to: &str, cases: &[(&str, Option<&str>)]) {
        let standards = Standards::builtin().unwrap();
        let (old, new) = (standards.edition("gaozhi-2023.06").unwrap(), standards.edition("gaozhi-2024.09").unwrap());
        let field = |edition: &'_ Arc<Edition>, column| edition.table(table).unwrap().field(column).unwrap().clone();
        let (a, b) = (field(&old, from), field(&new, to));
        let convert = Convert::new((&old, &a), (&new, &b), &new.crosswalks[&old.id]);
        for (value, expect) in cases {
            assert_eq!(convert.value(value).as_deref(), *expect, "{value}");
        }
    }

    #[test]
    fn codes_that_changed_places_are_exchanged_however_they_are_written() {
        let cases = [("1", "2"), ("2", "1"), ("01", "2"), ("高职学生", "2"), ("3", "3"), ("不详", "不详")];
        check("ODS_BYQXSXSJ", "XSLXM", "XSLXM", &cases.map(|(old, new)| (old, Some(new))));
    }

    #[test]
    fn separators_are_exchanged_where_nothing_is_torn() {
        let cases = [("1||3", "1,3"), ("1|| 3", "1,3"), ("1", "1"), ("1,3", "1,3"), ("1||2,3", "1||2,3")];
        check("ODS_SZJZGSJ", "RYLXM", "RYLXM", &cases.map(|(old, new)| (old, Some(new))));
    }

    #[test]
    fn text_stays_as_it_stands() {
        let cases = [" 两边有空 ", "a||b", "１２"].map(|text| (text, Some(text)));
        check("ODS_KCJBSJ", "KCMC", "KCMC", &cases);
    }

    #[test]
    fn a_code_of_another_list_goes_by_its_name_or_not_at_all() {
        check("ODS_XSJNZSSJ", "ZSDJM", "ZSDJ", &[("9", None), ("10", None), ("一级", Some("1"))]);
    }
}
