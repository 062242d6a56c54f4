//! 采集期: how much time the records of a table cover, and how a period is written.
//!
//! A book is filled for a term, written `2026-2027-1`: two school years that follow each other, and 1 (autumn) or 2
//! (spring). Each table has its own period in that term: a table of the school year has `2026-2027` in both of its
//! terms, one of the calendar year `2026` in autumn and `2027` in spring, one whose records are valid for ever has
//! none, written as an empty text. Each text shows of which kind it is, so applying the functions here twice does no
//! harm.
//!
//! Days are texts `YYYYMMDD` here, which compare like the days they name.

use serde::{Deserialize, Serialize};

/// How much time the records of a table cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum PeriodKind {
    /// A term, such as `2026-2027-1`.
    Term,
    /// A school year, from August to July.
    SchoolYear,
    /// A year from January to December.
    CalendarYear,
    /// A month. A book keeps such records by the term, which is what it is filled for.
    Month,
    /// A day; kept like a month.
    Day,
    /// All time: records stay valid in every period.
    All,
}

impl PeriodKind {
    /// Every kind, from the shortest to all time.
    pub const EACH: [PeriodKind; 6] = [
        PeriodKind::Day,
        PeriodKind::Month,
        PeriodKind::Term,
        PeriodKind::SchoolYear,
        PeriodKind::CalendarYear,
        PeriodKind::All,
    ];

    /// The kind for the yes or no of earlier builds: whether records belong to a period.
    pub fn of_periodic(periodic: bool) -> PeriodKind {
        if periodic { PeriodKind::Term } else { PeriodKind::All }
    }

    /// Whether records belong to a period at all.
    pub fn is_periodic(self) -> bool {
        self != PeriodKind::All
    }

    /// The period of a table of this kind within `period`, which is that of a book or of a record. A text that is not a
    /// term is returned unchanged, except for a table of [`PeriodKind::All`].
    pub fn of(self, period: &str) -> &str {
        let Some((first, second, term)) = term(period) else {
            return if self.is_periodic() { period } else { "" };
        };
        match self {
            PeriodKind::Term | PeriodKind::Month | PeriodKind::Day => period,
            PeriodKind::SchoolYear => &period[..9],
            PeriodKind::CalendarYear => {
                if term == 1 {
                    first
                } else {
                    second
                }
            }
            PeriodKind::All => "",
        }
    }

    /// The period under which a record that was kept under `kept` is kept by a table of this kind, in a book of
    /// `period`: a text that names less than this kind needs is completed from the book, or stands for its first term.
    pub fn kept_as(self, kept: &str, period: &str) -> String {
        if !self.is_periodic() {
            return String::new();
        }
        let own = self.of(period);
        let fits = |other: PeriodKind| !kept.is_empty() && other.of(period) == kept;
        if kept.is_empty() || [PeriodKind::SchoolYear, PeriodKind::CalendarYear].into_iter().any(fits) {
            return own.to_owned();
        }
        let first_term = match kept.len() {
            9 => Some(format!("{kept}-1")),
            4 => kept.parse::<u16>().ok().map(|year| format!("{year}-{}-1", year + 1)),
            _ => None,
        };
        match first_term.filter(|text| term(text).is_some()) {
            Some(first) => self.of(&first).to_owned(),
            None => self.of(kept).to_owned(),
        }
    }

    /// The period of this kind that a day `YYYYMMDD` belongs to; `None` for [`PeriodKind::All`], or if the text is not
    /// a day. The autumn term goes from August to the middle of February, the spring term from then to July.
    pub fn of_day(self, day: &str) -> Option<String> {
        if day.len() < 8 || !day.as_bytes()[..8].iter().all(u8::is_ascii_digit) || !self.is_periodic() {
            return None;
        }
        let (year, rest) = (day[..4].parse::<u16>().ok().filter(|year| *year > 0)?, &day[4..8]);
        if self == PeriodKind::CalendarYear {
            return Some(day[..4].to_owned());
        }
        let (first, term) = match rest {
            _ if rest >= "0801" => (year, 1),
            _ if rest < "0215" => (year - 1, 1),
            _ => (year - 1, 2),
        };
        Some(self.of(&format!("{first:04}-{:04}-{term}", first + 1)).to_owned())
    }

    /// The first and the last day on which an event may lie that a table of this kind reports for `period`. They are
    /// chosen generously, because terms begin and end on other days in each college, and work goes on in the holidays.
    /// `None` for [`PeriodKind::All`], or if the text is not a period.
    pub fn window(self, period: &str) -> Option<(String, String)> {
        let period = self.of(period);
        let (first, second) = match period.as_bytes() {
            [_, _, _, _] => (period, period),
            _ => (period.get(..4)?, period.get(5..9)?),
        };
        let is_year = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !is_year(first) || !is_year(second) {
            return None;
        }
        let before = first.parse::<u16>().ok()?.checked_sub(1)?;
        let after = second.parse::<u16>().ok()? + 1;
        Some(match (self, period.get(9..)) {
            (PeriodKind::All, _) => return None,
            (PeriodKind::CalendarYear, _) => (format!("{before:04}1201"), format!("{after:04}0131")),
            (PeriodKind::Term | PeriodKind::Month | PeriodKind::Day, Some("-1")) => {
                (format!("{first}0701"), format!("{second}0331"))
            }
            (PeriodKind::Term | PeriodKind::Month | PeriodKind::Day, Some("-2")) => {
                (format!("{second}0101"), format!("{second}0930"))
            }
            _ => (format!("{first}0701"), format!("{second}0930")),
        })
    }
}

/// The texts that periods have in a book of `period`: its own, its school year and its calendar year.
pub fn within(period: &str) -> [&str; 3] {
    [PeriodKind::Term, PeriodKind::SchoolYear, PeriodKind::CalendarYear].map(|kind| kind.of(period))
}

/// The school year of a term; any other text is its own.
pub fn school_year(period: &str) -> &str {
    PeriodKind::SchoolYear.of(period)
}

/// A period in words, such as `2026-2027学年第一学期`, `2026-2027学年`, `2026年`, `全部数据`.
pub fn words(period: &str) -> String {
    match (term(period), period.len()) {
        (Some((first, second, 1)), _) => format!("{first}-{second}学年第一学期"),
        (Some((first, second, _)), _) => format!("{first}-{second}学年第二学期"),
        (None, 0) => "全部数据".to_owned(),
        (None, 4) => format!("{period}年"),
        (None, 9) => format!("{period}学年"),
        _ => period.to_owned(),
    }
}

/// The day from which the printed scope of a table reaches, `YYYYMMDD`: `自2023年2月开始` begins on the first of that month,
/// `2020级及以后入学的全部学生` with the admission of that year. `None` where the scope names no beginning.
pub fn scope_begins(scope: &str) -> Option<String> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    if let Some(rest) = scope.strip_prefix('自') {
        let (year, rest) = rest.split_once('年')?;
        let month = &rest[..digits(rest)];
        let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        return (year.len() == 4 && digits(year) == 4 && rest.contains("月开始"))
            .then(|| format!("{year}{month:02}01"));
    }
    let year = scope.get(..4).filter(|year| digits(year) == 4)?;
    scope[4..].starts_with("级及以后").then(|| format!("{year}0701"))
}

/// The years and the number of a term `2026-2027-1`.
fn term(period: &str) -> Option<(&str, &str, u8)> {
    let bytes = period.as_bytes();
    if bytes.len() != 11 || bytes[4] != b'-' || bytes[9] != b'-' {
        return None;
    }
    let (first, second) = (period.get(..4)?, period.get(5..9)?);
    let year = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
    let number = match bytes[10] {
        b'1' => 1,
        b'2' => 2,
        _ => return None,
    };
    (year(second)? == year(first)? + 1).then_some((first, second, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use PeriodKind::{All, CalendarYear, Day, Month, SchoolYear, Term};

    #[test]
    fn each_kind_has_its_period_in_a_term() {
        let (autumn, spring) = ("2026-2027-1", "2026-2027-2");
        for kind in [Term, Month, Day] {
            assert_eq!((kind.of(autumn), kind.of(spring)), (autumn, spring));
        }
        assert_eq!((SchoolYear.of(autumn), SchoolYear.of(spring)), ("2026-2027", "2026-2027"));
        assert_eq!((CalendarYear.of(autumn), CalendarYear.of(spring)), ("2026", "2027"));
        assert_eq!((All.of(autumn), All.of("2026-2027")), ("", ""));
        for kind in PeriodKind::EACH {
            assert_eq!(kind.of(kind.of(autumn)), kind.of(autumn), "reading it again changes nothing");
            for odd in ["", "p", "2026-2028-1", "2026-2027-3", "中文的采集期名字"] {
                assert_eq!(kind.of(odd), if kind == All { "" } else { odd });
            }
        }
        assert_eq!(within(spring), ["2026-2027-2", "2026-2027", "2027"]);
    }

    #[test]
    fn a_record_is_kept_under_the_period_of_its_table() {
        let book = "2026-2027-2";
        for (kind, kept, expect) in [
            (SchoolYear, "2026-2027-1", "2026-2027"),
            (SchoolYear, "2025-2026-2", "2025-2026"),
            (SchoolYear, "", "2026-2027"),
            (Term, "", book),
            (Term, "2025-2026-2", "2025-2026-2"),
            (Term, "2026-2027", book),
            (Term, "2025-2026", "2025-2026-1"),
            (Term, "2027", book),
            (Term, "2026", "2026-2027-1"),
            (CalendarYear, "2026-2027-1", "2026"),
            (All, "2026-2027-1", ""),
            (Term, "p", "p"),
        ] {
            assert_eq!(kind.kept_as(kept, book), expect, "{kind:?} {kept}");
        }
    }

    #[test]
    fn a_day_belongs_to_a_period() {
        for (day, term, calendar) in [
            ("20260801", "2026-2027-1", "2026"),
            ("20261231", "2026-2027-1", "2026"),
            ("20270214 080000", "2026-2027-1", "2027"),
            ("20270215", "2026-2027-2", "2027"),
            ("20270731", "2026-2027-2", "2027"),
        ] {
            assert_eq!(Term.of_day(day).as_deref(), Some(term), "{day}");
            assert_eq!(SchoolYear.of_day(day).as_deref(), Some("2026-2027"), "{day}");
            assert_eq!(CalendarYear.of_day(day).as_deref(), Some(calendar), "{day}");
        }
        for (kind, day) in [(All, "20260801"), (Term, "2026"), (Term, "2026-09-01"), (Term, "00000101")] {
            assert_eq!(kind.of_day(day), None, "{day}");
        }
    }

    #[test]
    fn a_window_is_wider_than_its_period() {
        let check = |kind: PeriodKind, period: &str, expect: Option<(&str, &str)>| {
            let window = kind.window(period);
            assert_eq!(window.as_ref().map(|(a, b)| (a.as_str(), b.as_str())), expect, "{kind:?} {period}");
        };
        check(Term, "2026-2027-1", Some(("20260701", "20270331")));
        check(Month, "2026-2027-2", Some(("20270101", "20270930")));
        check(SchoolYear, "2026-2027-2", Some(("20260701", "20270930")));
        check(SchoolYear, "2026-2027", Some(("20260701", "20270930")));
        check(CalendarYear, "2026-2027-2", Some(("20261201", "20280131")));
        check(All, "2026-2027-1", None);
        check(Term, "p", None);
        check(Term, "", None);
    }

    #[test]
    fn periods_have_words_and_scopes_a_beginning() {
        for (period, expect) in [
            ("2026-2027-1", "2026-2027学年第一学期"),
            ("2026-2027-2", "2026-2027学年第二学期"),
            ("2026-2027", "2026-2027学年"),
            ("2026", "2026年"),
            ("", "全部数据"),
        ] {
            assert_eq!(words(period), expect);
        }
        for (scope, expect) in [
            ("自2023年2月开始", Some("20230201")),
            ("自2020年9月开始", Some("20200901")),
            ("2020级及以后入学的全部学生", Some("20200701")),
            ("自上报开始", None),
            ("本学年秋季学期", None),
            ("离校学生", None),
            ("全量数据", None),
            ("", None),
        ] {
            assert_eq!(scope_begins(scope).as_deref(), expect, "{scope}");
        }
    }
}
