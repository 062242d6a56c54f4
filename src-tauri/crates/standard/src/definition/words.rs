//! The Chinese words of the workbook for the enums of the model. They are the words of the interface, too.

use crate::crosswalk::{Carry, MovedWay, SuccessionKind};
use crate::{Frequency, KeyPeriod, Kind, Level, Merge, PeriodKind, Sensitivity};

/// A word and what it means.
pub type Words<T> = [(&'static str, T)];

/// Kinds of values.
pub const KINDS: &Words<Kind> = &[
    ("文字", Kind::Text),
    ("长文字", Kind::LongText),
    ("整数", Kind::Integer),
    ("小数", Kind::Decimal),
    ("日期", Kind::Date),
    ("日期时间", Kind::DateTime),
    ("时间", Kind::Time),
    ("年月", Kind::YearMonth),
    ("年份", Kind::Year),
    ("年度区间", Kind::YearRange),
    ("代码", Kind::Code),
    ("多个代码", Kind::Codes),
    ("网址", Kind::Url),
    ("JSON", Kind::Json),
];

/// How often a table is reported.
pub const FREQUENCIES: &Words<Frequency> = &[
    ("每天", Frequency::Day),
    ("每周", Frequency::Week),
    ("每月", Frequency::Month),
    ("每学期", Frequency::Term),
    ("每年", Frequency::Year),
    ("首次填报，变动时更新", Frequency::Once),
    ("变动时", Frequency::AsNeeded),
];

/// How much time the records of a table cover.
pub const PERIODS: &Words<PeriodKind> = &[
    ("学期", PeriodKind::Term),
    ("学年", PeriodKind::SchoolYear),
    ("自然年", PeriodKind::CalendarYear),
    ("月", PeriodKind::Month),
    ("日", PeriodKind::Day),
    ("全部数据", PeriodKind::All),
];

/// Levels of findings.
pub const LEVELS: &Words<Level> = &[("强制", Level::Mandatory), ("核实", Level::Confirm), ("提示", Level::Hint)];

/// The sensitivity of a field.
pub const SENSITIVITIES: &Words<Sensitivity> =
    &[("无", Sensitivity::None), ("个人", Sensitivity::Personal), ("特殊", Sensitivity::Special)];

/// 是 and 否.
pub const YES_NO: &Words<bool> = &[("是", true), ("否", false)];

/// How a table names related ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Printed as having none.
    None,
    /// The standard says nothing about it.
    Unspecified,
    /// Tables are named.
    Listed,
}

/// How a table names related ones.
pub const RELATIONS: &Words<Relation> =
    &[("无", Relation::None), ("未说明", Relation::Unspecified), ("列出", Relation::Listed)];

/// When the period enters a record key.
pub const KEY_PERIODS: &Words<KeyPeriod> =
    &[("不含", KeyPeriod::Never), ("没有日期时含", KeyPeriod::Undated), ("含", KeyPeriod::Always)];

/// How equal records become one.
pub const MERGES: &Words<Merge> = &[("合计", Merge::Sum), ("按人数平均", Merge::Average)];

/// Printed letters.
pub const LETTERS: &Words<char> = &[("C", 'C'), ("N", 'N'), ("M", 'M'), ("T", 'T')];

/// Kinds of schools.
pub const SCHOOLS: &Words<&str> = &[("高职", "高职"), ("中职", "中职")];

/// The kinds of rows of a crosswalk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crossing {
    /// A note on the whole.
    Note,
    /// What became of a table.
    Table,
    /// A value that all records of that table have now.
    Constant,
    /// A column of that table whose values are elsewhere now.
    Moved,
    /// A column of that table that has no place any more.
    Lost,
    /// A column that took another one's place.
    Column,
    /// A code list whose codes changed.
    List,
    /// A code of that list that is another one now.
    Convert,
    /// A code of that list that is gone.
    Gone,
}

/// The kinds of rows of a crosswalk.
pub const CROSSINGS: &Words<Crossing> = &[
    ("总说明", Crossing::Note),
    ("数据表", Crossing::Table),
    ("固定值", Crossing::Constant),
    ("移走的列", Crossing::Moved),
    ("没有去处的列", Crossing::Lost),
    ("数据项", Crossing::Column),
    ("代码集", Crossing::List),
    ("换了的代码", Crossing::Convert),
    ("取消的代码", Crossing::Gone),
];

/// What became of a table.
pub const SUCCESSIONS: &Words<SuccessionKind> = &[
    ("替换", SuccessionKind::Replaced),
    ("合并", SuccessionKind::Merged),
    ("取消", SuccessionKind::Dropped),
    ("分出", SuccessionKind::SplitOff),
];

/// How a value gets into a third table.
pub const WAYS: &Words<MovedWay> =
    &[("原有记录", MovedWay::Record), ("新记录", MovedWay::NewRecord), ("已有", MovedWay::Already)];

/// Whether values are kept.
pub const CARRIES: &Words<Carry> = &[("保留", Carry::Keep), ("手工", Carry::ByHand)];

/// Separators that are invisible in a cell.
pub const SEPARATORS: &Words<&str> = &[("空格", " "), ("制表符", "\t"), ("换行", "\n")];

/// Words of workbooks that earlier versions wrote, with those of today.
const EARLIER: &[(&str, &str)] = &[("一次，变动时更新", "首次填报，变动时更新")];

/// The present word for one that an earlier version wrote; any other word unchanged.
pub fn current(word: &str) -> &str {
    EARLIER.iter().find(|(earlier, _)| *earlier == word).map_or(word, |(_, current)| current)
}

/// The word of a meaning; empty for one that has none.
pub fn word<T: PartialEq>(words: &Words<T>, meaning: &T) -> String {
    words.iter().find(|(_, m)| m == meaning).map_or_else(String::new, |(word, _)| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::Value;

    use super::*;

    #[test]
    fn earlier_words_are_read() {
        let read =
            |text: &str| FREQUENCIES.iter().find(|(word, _)| *word == current(text)).map(|(_, meaning)| *meaning);
        assert_eq!(read("一次，变动时更新"), Some(Frequency::Once));
        assert_eq!(read("每天"), Some(Frequency::Day));
        assert_eq!(read("偶尔"), None);
    }

    /// The words of the workbook are those of the interface.
    #[test]
    fn words_are_those_of_the_window() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/text/words.json");
        let window: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let said = |group: &str, name: &Value| {
            window[format!("{group}.{}", name.as_str().unwrap())]["zh"].as_str().unwrap().to_owned()
        };
        for (word, kind) in KINDS {
            assert_eq!(*word, said("kind", &serde_json::to_value(kind).unwrap()));
        }
        for (word, frequency) in FREQUENCIES {
            assert_eq!(*word, said("frequency", &serde_json::to_value(frequency).unwrap()));
        }
        for (word, period) in PERIODS {
            assert_eq!(*word, said("period", &serde_json::to_value(period).unwrap()));
        }
        for (word, level) in LEVELS {
            assert_eq!(*word, said("level", &serde_json::to_value(level).unwrap()));
        }
    }
}
