//! Masking of personal values for the screen, logs, errors and error workbooks.
//!
//! A value cannot be computed from its mask; the mask only helps to recognise a known record. The caller decides
//! who may see a value in full.

use crate::{Finding, Sensitivity, Table};

/// Replaces a hidden character.
const STAR: &str = "＊";

/// `value` as it may be shown.
///
/// A value that is not personal is unchanged. Personal: the first character of a name (up to four characters), the
/// first and last one of five to seven, the first and last two of anything longer, and never most of it: a single
/// character is hidden. Special: only stars, at most six.
pub fn mask(sensitivity: Sensitivity, value: &str) -> String {
    let length = value.chars().count();
    match sensitivity {
        Sensitivity::None => value.to_owned(),
        Sensitivity::Special => STAR.repeat(length.min(6)),
        Sensitivity::Personal if length <= 1 => STAR.repeat(length),
        Sensitivity::Personal if length <= 4 => value.chars().take(1).chain(STAR.repeat(length - 1).chars()).collect(),
        Sensitivity::Personal => {
            let shown = if length <= 7 { 1 } else { 2 };
            let head = value.chars().take(shown);
            head.chain(STAR.repeat(2).chars()).chain(value.chars().skip(length - shown)).collect()
        }
    }
}

/// The finding with a personal value masked; its words name the value by a placeholder, so they show the mask, too. A
/// suggestion for a personal cell is left out.
///
/// A finding about a whole record, or about a column that the table does not have, counts as being as sensitive as the
/// most sensitive field of the table: its value may be that of any.
pub fn masked(table: &Table, finding: &Finding) -> Finding {
    let field = finding.column.as_deref().and_then(|column| table.field(column));
    let sensitivity = match field {
        Some(field) => field.sensitivity,
        None => table.fields.iter().map(|f| f.sensitivity).max().unwrap_or(Sensitivity::Special),
    };
    Finding {
        value: mask(sensitivity, &finding.value),
        suggestion: finding.suggestion.clone().filter(|_| sensitivity == Sensitivity::None),
        ..finding.clone()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Level, Standards, Words};

    #[test]
    fn masks() {
        use Sensitivity::{None, Personal, Special};
        let cases = [
            (None, "示例科技", "示例科技"),
            (None, "", ""),
            (Personal, "", ""),
            (Personal, "张", "＊"),
            (Personal, "张三", "张＊"),
            (Personal, "欧阳小明", "欧＊＊＊"),
            (Personal, "20240101", "20＊＊01"),
            (Personal, "88.55", "8＊＊5"),
            (Personal, "1234567", "1＊＊7"),
            (Special, "", ""),
            (Special, "病", "＊"),
            (Special, "贫困等级一", "＊＊＊＊＊"),
            (Special, "一段很长的请假原因", "＊＊＊＊＊＊"),
        ];
        for (sensitivity, value, expected) in cases {
            assert_eq!(mask(sensitivity, value), expected, "{value}");
        }
    }

    fn finding(table: &str, column: Option<&str>, value: &str) -> Finding {
        Finding {
            table: table.into(),
            row: Some(1),
            column: column.map(str::to_owned),
            rule: "format".into(),
            level: Level::Mandatory,
            value: value.into(),
            message: "“{value}”不对".into(),
            suggestion: Some(value.trim().into()),
        }
    }

    #[test]
    fn findings_are_masked_by_their_column() {
        let standards = Standards::builtin().unwrap();
        let edition = standards.edition("gaozhi-2024.09").unwrap();
        let cases = [
            ("ODS_SXJCSJ", Some("XSXM"), " 张三", " ＊＊", None),
            ("ODS_SXJCSJ", Some("SXQYMC"), "示例科技", "示例科技", Some("示例科技")),
            ("ODS_SXJCSJ", None, "20240101", "20＊＊01", None),
            ("ODS_SXJCSJ", Some("NEVER"), "20240101", "20＊＊01", None),
            ("ODS_XSQJSJ", Some("QJYY"), "发烧", "＊＊", None),
        ];
        for (table, column, value, shown, suggestion) in cases {
            let table = edition.table(table).unwrap();
            let masked = masked(table, &finding(&table.name, column, value));
            assert_eq!(masked.value, shown);
            assert_eq!(masked.message, Words::from("“{value}”不对"));
            assert_eq!(masked.suggestion.as_deref(), suggestion);
        }
    }

    proptest! {
        #[test]
        fn a_personal_value_is_never_shown_whole(value in ".{1,40}") {
            for sensitivity in [Sensitivity::Personal, Sensitivity::Special] {
                let shown = mask(sensitivity, &value);
                let open = shown.chars().filter(|&c| c != '＊').count();
                prop_assert!(open < value.chars().count(), "{} as {}", value, shown);
            }
        }
    }
}
