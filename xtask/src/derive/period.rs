//! How much time the records of a table cover, from its printed scope and frequency.

use standard::{Frequency, PeriodKind};

/// The period of a table; an error says why it does not follow from scope and frequency; periods.toml must have it
/// then.
///
/// The scope says which records are meant, the frequency how often they are reported: a table of the term is reported
/// every day and stays one of the term. Only where the scope names no stretch of time (自2023年2月开始, 离校学生) the frequency
/// says it: once a year is a school year, the year of colleges.
pub fn of(scope: &str, frequency: Frequency) -> Result<PeriodKind, String> {
    let disagree =
        || Err(format!("the scope {scope} and the frequency {frequency:?} disagree: judge it in periods.toml"));
    let yearly = frequency == Frequency::Year;
    if scope.contains("全量数据") || frequency == Frequency::Once {
        Ok(PeriodKind::All)
    } else if scope.contains("学期") {
        if yearly { disagree() } else { Ok(PeriodKind::Term) }
    } else if scope.contains("本学年") {
        if yearly { Ok(PeriodKind::SchoolYear) } else { disagree() }
    } else if scope.contains("本年") || scope.contains("自然年") {
        if yearly { Ok(PeriodKind::CalendarYear) } else { disagree() }
    } else if yearly {
        Ok(PeriodKind::SchoolYear)
    } else {
        Ok(PeriodKind::Term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scope_and_frequency_make_the_period() {
        for (scope, frequency, expect) in [
            ("全量数据", Frequency::Year, Some(PeriodKind::All)),
            ("每校一条，有变动时按主键更新", Frequency::Once, Some(PeriodKind::All)),
            ("本学年秋季学期", Frequency::Day, Some(PeriodKind::Term)),
            ("本学年秋季学期", Frequency::Year, None),
            ("本学年", Frequency::Year, Some(PeriodKind::SchoolYear)),
            ("本学年", Frequency::Term, None),
            ("本年", Frequency::Year, Some(PeriodKind::CalendarYear)),
            ("自2023年2月开始", Frequency::Month, Some(PeriodKind::Term)),
            ("2020级及以后入学的全部学生", Frequency::Year, Some(PeriodKind::SchoolYear)),
        ] {
            assert_eq!(of(scope, frequency).ok(), expect, "{scope} {frequency:?}");
        }
    }
}
