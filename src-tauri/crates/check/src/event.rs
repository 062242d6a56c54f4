//! Whether the event that a record reports happened in the period under which it is kept, and within the printed scope.
//!
//! **Why**: a record of another term that is mixed in is reported for a term in which it did not happen. **Source**:
//! the printed scope of the table (本学年秋季学期, 自2023年2月开始), and the columns that this project chose as event dates
//! (`tianbao:eventDate`). The standard does not define when a term begins and ends, so both terms are taken generously;
//! something that lasts is reported only if all of its days lie outside. A finding may still be wrong, so it is to be
//! confirmed, and says to which period the record would belong.

use standard::{Event, Finding, Kind, Level, PeriodKind, Table, Words, period};

use crate::reading::date::is_valid;

/// The rule that its findings carry.
pub const EVENT_RULE: &str = "event-date";

/// The columns with the event dates of a table, looked up once.
pub(crate) struct EventCheck {
    table: String,
    column: String,
    kind: PeriodKind,
    date: (usize, Kind),
    end: Option<(usize, Kind)>,
    goes_on: bool,
    scope: String,
    begins: Option<String>,
}

impl EventCheck {
    /// `None` for a table without a date of events.
    pub fn new(table: &Table) -> Option<EventCheck> {
        let Event { date, end, goes_on } = table.event.as_ref()?;
        let find = |column: &str| {
            let at = table.position(column)?;
            Some((at, table.fields[at].kind))
        };
        Some(EventCheck {
            table: table.name.clone(),
            column: date.clone(),
            kind: table.period,
            date: find(date)?,
            end: end.as_deref().and_then(find),
            goes_on: *goes_on,
            scope: table.scope.clone(),
            begins: period::scope_begins(&table.scope),
        })
    }

    /// What is wrong with the days of a record that is kept under `period`.
    pub fn find(&self, row: Option<i64>, period: &str, values: &[String]) -> Option<Finding> {
        let (first, last) = self.days(values)?;
        let words = if self.begins.as_ref().is_some_and(|begins| last < *begins) {
            Words::phrase("finding.event-date.before-scope").with("scope", self.scope.as_str())
        } else {
            let right = self.belongs(period, &first, &last)?;
            Words::phrase("finding.event-date.other-period")
                .with("period", period::words(self.kind.of(period)))
                .with("right", period::words(&right))
                .with("right-code", right)
        };
        Some(Finding {
            table: self.table.clone(),
            row,
            column: Some(self.column.clone()),
            rule: EVENT_RULE.to_owned(),
            level: Level::Confirm,
            value: values.get(self.date.0).cloned().unwrap_or_default(),
            message: words,
            suggestion: None,
        })
    }

    /// The period that a record belongs to which is kept under `period` and has all its days outside of it.
    pub fn other_period(&self, period: &str, values: &[String]) -> Option<String> {
        let (first, last) = self.days(values)?;
        self.belongs(period, &first, &last)
    }

    fn belongs(&self, period: &str, first: &str, last: &str) -> Option<String> {
        let (from, to) = self.kind.window(period)?;
        if first <= to.as_str() && last >= from.as_str() {
            return None;
        }
        self.kind.of_day(first).filter(|right| right != self.kind.of(period))
    }

    /// The first and the last day; `None` where the date is not one.
    fn days(&self, values: &[String]) -> Option<(String, String)> {
        let (first, same) = days_of(self.date, values)?;
        let last = match self.end {
            None => same,
            Some(end) => match days_of(end, values) {
                Some((_, last)) => last.max(same),
                None if self.goes_on => "99991231".to_owned(),
                None => same,
            },
        };
        Some((first, last))
    }
}

/// The first and the last day that a cell names.
fn days_of((at, kind): (usize, Kind), values: &[String]) -> Option<(String, String)> {
    let text = values.get(at)?.trim();
    match kind {
        Kind::Date | Kind::DateTime if is_valid(kind, false, text) => {
            let day = text.get(..8)?.to_owned();
            Some((day.clone(), day))
        }
        Kind::YearMonth if is_valid(kind, false, text) => Some((format!("{text}01"), format!("{text}31"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{field, table};

    fn check(kind: PeriodKind, scope: &str, goes_on: bool, days: [&str; 2], period: &str) -> String {
        let mut loans = table("ODS_J", &[], vec![field("JYRQ", Kind::Date), field("SJGHRQ", Kind::Date)]);
        loans.period = kind;
        loans.scope = scope.to_owned();
        loans.event = Some(Event { date: "JYRQ".into(), end: Some("SJGHRQ".into()), goes_on });
        let values = days.map(str::to_owned);
        let check = EventCheck::new(&loans).unwrap();
        match check.find(Some(1), period, &values) {
            None => String::new(),
            Some(finding) => {
                assert_eq!((finding.level, finding.column.as_deref()), (Level::Confirm, Some("JYRQ")));
                let right = check.other_period(period, &values).unwrap_or_default();
                format!("{} {right}", finding.message.code().unwrap().rsplit('.').next().unwrap()).trim().to_owned()
            }
        }
    }

    #[test]
    fn a_record_of_another_period_is_asked_about() {
        use PeriodKind::{All, CalendarYear, SchoolYear, Term};
        let (autumn, spring, term) = ("2026-2027-1", "2026-2027-2", "本学年秋季学期");
        for (kind, days, period, expect) in [
            (Term, ["20261020", ""], autumn, ""),
            (Term, ["20261020", ""], spring, "other-period 2026-2027-1"),
            (Term, ["20251020", ""], autumn, "other-period 2025-2026-1"),
            // Lent in autumn and brought back in spring: true in both terms.
            (Term, ["20261220", "20270305"], autumn, ""),
            (Term, ["20261220", "20270305"], spring, ""),
            // Planned, and at the border of term and holiday.
            (Term, ["20270301", ""], autumn, ""),
            (Term, ["20260705", ""], autumn, ""),
            (Term, ["20270115", ""], spring, ""),
            (Term, ["", "20270115"], autumn, ""),
            (Term, ["20260231", ""], autumn, ""),
            (SchoolYear, ["20261020", ""], "2026-2027", ""),
            (SchoolYear, ["20270520", ""], autumn, ""),
            (SchoolYear, ["20251020", ""], "2026-2027", "other-period 2025-2026"),
            (CalendarYear, ["20251020", ""], autumn, "other-period 2025"),
            (All, ["19991020", ""], autumn, ""),
        ] {
            assert_eq!(check(kind, term, false, days, period), expect, "{kind:?} {days:?} {period}");
        }
        // An internship that began a year ago and goes on, and one that ended then.
        assert_eq!(check(Term, term, true, ["20250901", ""], spring), "");
        assert_eq!(check(Term, term, true, ["20250901", "20251231"], spring), "other-period 2025-2026-1");
        assert_eq!(check(Term, term, true, ["20271001", ""], autumn), "other-period 2027-2028-1");
    }

    #[test]
    fn a_record_before_the_printed_scope_is_asked_about() {
        let scope = "自2023年2月开始";
        for (days, expect) in [
            (["20230131", ""], "before-scope 2022-2023-1"),
            (["20230201", ""], "other-period 2022-2023-1"),
            (["20230131", "20230201"], "other-period 2022-2023-1"),
        ] {
            assert_eq!(check(PeriodKind::Term, scope, false, days, "2026-2027-1"), expect, "{days:?}");
        }
        assert_eq!(check(PeriodKind::All, "2020级及以后入学的全部学生", false, ["20200630", ""], ""), "before-scope");
    }
}
