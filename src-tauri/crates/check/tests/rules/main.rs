//! Rules over a real book: what they find, for which period, and what stops them. And every rule of every edition, on
//! its own passing and failing records.

mod columns;
mod many;

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use check::rules::{Context, FailedRule, functions, rules, try_cases, validate};
use check::words::{self, Language, say};
use standard::{Coded, Edition, Finding, Level, Rule, RuleBody, Standards};
use store::{Book, BookKey, NewBook, ReadConnection, ReadError, ReadLimits, RowChange, Scope, Step, StepKind};
use tempfile::TempDir;

const PERIOD: &str = "2026-2027-1";
const STUDENTS: &str = "ODS_XSHXSJ";
const PRACTICE: &str = "ODS_SXJCSJ";

/// Every rule of every edition is one that may run, finds nothing on its passing records and something on each failing
/// one.
#[test]
fn rules_of_all_editions_hold_on_their_own_records() {
    let mut problems = Vec::new();
    for edition in Standards::builtin().unwrap().editions() {
        for rule in &edition.rules {
            match validate(edition, rule) {
                Err(problem) => problems.push(format!("{}: {problem}", edition.id)),
                Ok(()) => {
                    problems.extend(try_cases(edition, rule).iter().map(|case| format!("{}: {case}", edition.id)))
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

/// The edition in force without its rules.
static BARE: LazyLock<Edition> = LazyLock::new(|| {
    let mut edition = Edition::clone(&Standards::builtin().unwrap().edition("gaozhi-2024.09").unwrap());
    edition.rules.clear();
    edition
});

/// A book with rules of a test.
struct Desk {
    book: Book,
    edition: Arc<Edition>,
    _folder: TempDir,
}

fn rule(name: &str, columns: &[&str], body: RuleBody, message: &str) -> Rule {
    Rule {
        id: format!("{PRACTICE}.{name}"),
        level: Level::Mandatory,
        table: PRACTICE.into(),
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
        body,
        message: message.into(),
        reason: "试".into(),
        basis: None,
        pass: Vec::new(),
        fail: Vec::new(),
        own: false,
    }
}

fn row(expect: &str) -> RuleBody {
    RuleBody::Row { expect: expect.into() }
}

fn select(sql: &str) -> RuleBody {
    RuleBody::Select { select: sql.into() }
}

impl Desk {
    fn new(rules: Vec<Rule>) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let edition = Arc::new(Edition { rules, ..BARE.clone() });
        let new = NewBook { school: "4199999999".into(), ..NewBook::default() };
        let path = folder.path().join("test.tianbao");
        let book = Book::create(&path, &BookKey::new([7; 32]), b"salt of the test", edition.clone(), &new).unwrap();
        Desk { book, edition, _folder: folder }
    }

    fn insert(&self, table: &str, period: &str, records: &[&[(&str, &str)]]) {
        let spec = self.edition.table(table).unwrap();
        let at = "2026-09-01T00:00:00Z".parse().unwrap();
        let step = Step { at, who: String::new(), kind: StepKind::Edit, note: String::new(), period: period.into() };
        let change = |cells: &&[(&str, &str)]| {
            let mut values = vec![String::new(); spec.fields.len()];
            for (column, value) in *cells {
                values[spec.position(column).unwrap()] = (*value).to_owned();
            }
            RowChange::Insert { table: table.into(), values, after: None }
        };
        self.book.apply(&step, &records.iter().map(change).collect::<Vec<_>>()).unwrap();
    }

    fn context(&self, period: &str) -> Context {
        Context::new(jiff::civil::date(2026, 11, 1), period)
    }

    fn reader(&self, period: &str, limits: ReadLimits) -> ReadConnection {
        self.book.reader_with(limits, &functions(&self.edition, &self.context(period))).unwrap()
    }

    fn run(&self, scope: Scope<'_>, context: &Context) -> (Vec<Finding>, Vec<FailedRule>) {
        let table = self.edition.table(PRACTICE).unwrap();
        let mut found = Vec::new();
        let reader = self.reader(&context.period, ReadLimits::default());
        let failed = rules(&reader, &self.edition, table, scope, context, &mut |finding| {
            found.push(finding);
            ControlFlow::Continue(())
        });
        (found, failed.unwrap())
    }

    /// Rule, row, column, value, words.
    fn found(&self, scope: Scope<'_>, period: &str) -> Vec<String> {
        let (found, failed) = self.run(scope, &self.context(period));
        assert_eq!(failed, []);
        let line = |f: Finding| {
            let name = f.rule.strip_prefix("ODS_SXJCSJ.").unwrap().to_owned();
            let words = say(&f.message, "{value}", Language::Zh);
            format!("{name} {} {} {} {words}", f.row.unwrap(), f.column.unwrap(), f.value)
        };
        found.into_iter().map(line).collect()
    }
}

fn dates() -> Rule {
    rule("dates", &["SXJSRQ", "SXKSRQ"], row("tb_date(SXJSRQ) >= tb_date(SXKSRQ)"), "“{value}”早于“{SXKSRQ}”")
}

#[test]
fn rules_over_one_record_do_not_apply_to_nothing() {
    let desk = Desk::new(vec![dates()]);
    let records: [&[(&str, &str)]; 4] = [
        &[("SXKSRQ", "20260301"), ("SXJSRQ", "20260201")],
        &[("SXKSRQ", "20260301"), ("SXJSRQ", "20260401")],
        &[("SXKSRQ", "20260301")],
        &[("SXKSRQ", "20260301"), ("SXJSRQ", "20260231")],
    ];
    desk.insert(PRACTICE, PERIOD, &records);
    let expect = ["dates 1 SXJSRQ 20260201 “{value}”早于“20260301”"];
    assert_eq!(desk.found(Scope::Period(PERIOD), PERIOD), expect);
    assert_eq!(desk.found(Scope::Table, PERIOD), expect);
    assert_eq!(desk.found(Scope::Rows(&[1, 2]), PERIOD), expect);
    assert!(desk.found(Scope::Rows(&[2, 3, 4]), PERIOD).is_empty());
    assert!(desk.found(Scope::Period("2025-2026-1"), "2025-2026-1").is_empty());
}

#[test]
fn rules_over_many_records_see_one_period() {
    let twice =
        "SELECT p._row, (SELECT count(*) FROM ODS_SXJCSJ o WHERE o.XH = p.XH) AS n FROM ODS_SXJCSJ p WHERE n > 1";
    let unknown = "SELECT p._row FROM ODS_SXJCSJ p WHERE NOT EXISTS (SELECT 1 FROM ODS_XSHXSJ s WHERE s.XH = p.XH)";
    let desk = Desk::new(vec![
        rule("twice", &["XH"], select(twice), "“{value}”共有 {n} 条"),
        rule("unknown", &["XH"], select(unknown), "“{value}”没有这个学生"),
    ]);
    desk.insert(STUDENTS, PERIOD, &[&[("XH", "1")], &[("XH", "2")]]);
    desk.insert(PRACTICE, PERIOD, &[&[("XH", "1")], &[("XH", "2")], &[("XH", "2")]]);
    desk.insert(PRACTICE, "2025-2026-2", &[&[("XH", "1")], &[("XH", "9")]]);
    let twice = ["twice 2 XH 2 “{value}”共有 2 条", "twice 3 XH 2 “{value}”共有 2 条"];
    assert_eq!(desk.found(Scope::Period(PERIOD), PERIOD), twice);
    assert!(desk.found(Scope::Rows(&[2]), PERIOD).is_empty(), "selects run whole or not at all");
    let two = |row: i64| {
        let mut found = Vec::new();
        let rule = &desk.edition.rules[0];
        let reader = desk.reader(PERIOD, ReadLimits::default());
        let rows = [row];
        let failed =
            check::rules::rule(&reader, &desk.edition, rule, Scope::Rows(&rows), &desk.context(PERIOD), &mut |f| {
                found.push(f.row);
                ControlFlow::Continue(())
            });
        assert_eq!(failed, Ok(None));
        found
    };
    assert_eq!((two(1), two(2)), (vec![], vec![Some(2)]), "one alone answers what it finds of some records");
    // The students of that period are none, where the table is one of periods.
    let then = desk.found(Scope::Period("2025-2026-2"), "2025-2026-2");
    let periodic = desk.edition.table(STUDENTS).unwrap().period.is_periodic();
    assert_eq!(
        then.iter().filter(|line| line.starts_with("unknown")).count(),
        if periodic { 2 } else { 1 },
        "{then:?}"
    );
    assert!(then.iter().all(|line| !line.starts_with("twice")), "{then:?}");
}

#[test]
fn a_select_sees_the_periods_that_it_names() {
    let count = "SELECT p._row, (SELECT count(*) FROM ODS_SXJCSJ o WHERE o.XH = p.XH) AS term, \
                 (SELECT count(*) FROM year_ODS_SXJCSJ o WHERE o.XH = p.XH) AS year, \
                 (SELECT count(*) FROM all_ODS_SXJCSJ o WHERE o.XH = p.XH) AS of_all FROM ODS_SXJCSJ p";
    let everywhere = "SELECT p._row FROM all_ODS_SXJCSJ p";
    let desk = Desk::new(vec![
        rule("count", &["XH"], select(count), "{term} {year} {of_all}"),
        rule("everywhere", &["XH"], select(everywhere), ""),
    ]);
    for period in ["2025-2026-2", PERIOD, "2026-2027-2"] {
        desk.insert(PRACTICE, period, &[&[("XH", "1")]]);
    }
    let expect = |row| [format!("count {row} XH 1 1 2 3"), format!("everywhere {row} XH 1 ")];
    assert_eq!(desk.found(Scope::Period(PERIOD), PERIOD), expect(2), "found are records of the current period alone");
    assert_eq!(desk.found(Scope::Period("2026-2027-2"), "2026-2027-2"), expect(3));
    let last = "2025-2026-2";
    assert_eq!(
        desk.found(Scope::Period(last), last),
        ["count 1 XH 1 1 1 3".to_owned(), "everywhere 1 XH 1 ".to_owned()]
    );
}

/// A case of a rule may have records of other periods.
#[test]
fn a_case_may_have_records_of_other_periods() {
    let sql = "SELECT p._row FROM ODS_SXJCSJ p WHERE NOT EXISTS (SELECT 1 FROM all_ODS_XSHXSJ s WHERE s.XH = p.XH)";
    let case = |period: &str, student: &str| {
        let cells = |of: &[(&str, &str)]| of.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect();
        standard::rule::Case {
            rows: vec![
                (PRACTICE.into(), cells(&[("XH", "1")])),
                (STUDENTS.into(), cells(&[("XH", student), ("_period", period)])),
            ],
            ..Default::default()
        }
    };
    let known = Rule {
        pass: vec![case("2025-2026-2", "1"), case(PERIOD, "1")],
        fail: vec![case("2025-2026-2", "2")],
        ..rule("known", &["XH"], select(sql), "{value}")
    };
    let edition = Arc::new(Edition { rules: vec![known.clone()], ..BARE.clone() });
    assert_eq!(validate(&edition, &known), Ok(()));
    assert_eq!(try_cases(&edition, &known), []);
    let current = Rule { body: select(&sql.replace("all_", "")), ..known };
    assert_eq!(try_cases(&edition, &current).len(), 1, "the plain name has the current period alone");
}

#[test]
fn rules_keep_the_value_for_whoever_masks_it() {
    let long = rule("long", &["XSXM"], row("length(XSXM) < 4"), "“{value}”的名字太长");
    let desk = Desk::new(vec![long]);
    desk.insert(PRACTICE, PERIOD, &[&[("XSXM", "欧阳小小明")]]);
    let (found, _) = desk.run(Scope::Period(PERIOD), &desk.context(PERIOD));
    let table = desk.edition.table(PRACTICE).unwrap();
    let masked = standard::mask::masked(table, &found[0]);
    assert_eq!(words::of(&masked, Language::Zh), "“欧＊＊明”的名字太长");
    assert_eq!(words::of(&found[0], Language::Zh), "“欧阳小小明”的名字太长");
}

const ENDLESS: &str =
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT p._row FROM ODS_SXJCSJ p, n WHERE n.x < 0";

#[test]
fn rules_that_fail_are_named_and_stop_no_other() {
    let desk = Desk::new(vec![
        rule("endless", &["XH"], select(ENDLESS), "{value}"),
        rule("column", &["XH"], select("SELECT _row FROM ODS_SXJCSJ WHERE NIX"), "{value}"),
        rule("writes", &["XH"], select("DELETE FROM ODS_SXJCSJ"), "{value}"),
        rule("json", &["XH"], row("json_extract(XH, '$.a') = 1"), "{value}"),
        dates(),
    ]);
    desk.insert(PRACTICE, PERIOD, &[&[("XH", "x"), ("SXKSRQ", "20260301"), ("SXJSRQ", "20260201")]]);
    let context = Context { time: Duration::from_millis(30), ..desk.context(PERIOD) };
    let (found, failed) = desk.run(Scope::Period(PERIOD), &context);
    let said = |f: &FailedRule| format!("{} {}", f.rule.rsplit('.').next().unwrap(), f.reason.code());
    let named: Vec<String> = failed.iter().map(said).collect();
    assert_eq!(named[..2], ["endless reader.time-out", "column reader.sql"]);
    assert!(["writes reader.sql", "writes reader.refused"].contains(&named[2].as_str()), "{named:?}");
    assert_eq!(named[3..], ["json reader.sql"]);
    let about: Vec<&Finding> = found.iter().filter(|finding| finding.row.is_none()).collect();
    assert_eq!(about.len(), 4);
    assert!(
        about.iter().all(|f| f.level == Level::Confirm && words::of(f, Language::Zh).contains(&f.rule)),
        "{about:?}"
    );
    assert!(found.iter().any(|finding| finding.rule.ends_with(".dates")), "the last one ran");
    assert_eq!(desk.book.count(PRACTICE, PERIOD).unwrap(), 1, "nothing was deleted");
    for rule in &desk.edition.rules {
        let answer = validate(&desk.edition, rule).map_err(|problem| problem.rule);
        let refused = ["column", "writes"].iter().any(|name| rule.id.ends_with(name));
        assert_eq!(answer, if refused { Err(rule.id.clone()) } else { Ok(()) });
    }
}

#[test]
fn rules_are_cancelled() {
    let desk = Desk::new(vec![rule("endless", &["XH"], select(ENDLESS), "{value}"), dates()]);
    desk.insert(PRACTICE, PERIOD, &[&[("SXKSRQ", "20260301"), ("SXJSRQ", "20260201")]]);
    let table = desk.edition.table(PRACTICE).unwrap();
    let context = desk.context(PERIOD);
    let limits = ReadLimits { time: None, cancel: Some(Arc::new(AtomicBool::new(true))), whole: None };
    let go_on = &mut |_| ControlFlow::Continue(());
    let run = |reader: &ReadConnection, scope: Scope<'_>, found: &mut dyn FnMut(Finding) -> ControlFlow<()>| {
        rules(reader, &desk.edition, table, scope, &context, found)
    };
    assert_eq!(run(&desk.reader(PERIOD, limits), Scope::Period(PERIOD), go_on), Err(ReadError::Cancelled));
    let reader = desk.reader(PERIOD, ReadLimits::default());
    assert_eq!(run(&reader, Scope::Rows(&[1]), &mut |_| ControlFlow::Break(())), Err(ReadError::Cancelled));
}

/// 无, `-` and their like are nothing for a rule: what should be empty is, what is equal is not, and the words show the
/// text.
#[test]
fn rules_take_placeholders_for_nothing() {
    let empty = rule("empty", &["SXNR"], row("SXNR IS NULL"), "“{value}”");
    let late = rule("late", &["SXJSRQ"], row("SXKSRQ < SXJSRQ"), "{SXKSRQ}");
    let same = rule(
        "same",
        &["SXQYMC"],
        select(
            "SELECT a._row FROM ODS_SXJCSJ a WHERE EXISTS (SELECT 1 FROM ODS_SXJCSJ b WHERE b.SXQYMC = a.SXQYMC AND b._row <> a._row)",
        ),
        "{SXNR}",
    );
    let whole = rule("whole", &["SXQYMC"], select("SELECT * FROM ODS_SXJCSJ WHERE SXQYMC = '甲'"), "{SXNR}");
    let desk = Desk::new(vec![empty, late, same, whole]);
    desk.insert(
        PRACTICE,
        PERIOD,
        &[
            &[("XH", "1"), ("SXQYMC", "无"), ("SXNR", "/"), ("SXKSRQ", "20260901"), ("SXJSRQ", "20261001")],
            &[("XH", "2"), ("SXQYMC", "无"), ("SXNR", "NULL"), ("SXKSRQ", "-"), ("SXJSRQ", "20260801")],
            &[("XH", "3"), ("SXQYMC", "甲"), ("SXNR", "无锡店员"), ("SXKSRQ", "20260901"), ("SXJSRQ", "20260801")],
            &[("XH", "4"), ("SXQYMC", "甲"), ("SXNR", "—")],
        ],
    );
    let found = desk.found(Scope::Period(PERIOD), PERIOD);
    let expect = [
        "empty 3 SXNR 无锡店员 “{value}”",
        "late 3 SXJSRQ 20260801 20260901",
        "same 3 SXQYMC 甲 无锡店员",
        "same 4 SXQYMC 甲 —",
        "whole 3 SXQYMC 甲 无锡店员",
        "whole 4 SXQYMC 甲 —",
    ];
    assert_eq!(found, expect);
    let rows = desk.found(Scope::Rows(&[2, 3]), PERIOD);
    assert_eq!(rows, &expect[..2]);
}

/// Two tables joined over a column with an index, and over one without: both through a search, never record against
/// record, although every record of the period would match the index of places.
#[test]
fn rules_use_the_indexes_behind_the_names() {
    let desk = Desk::new(Vec::new());
    desk.insert(PRACTICE, PERIOD, &[&[("XH", "1")]]);
    for (sql, index) in [
        ("SELECT a._row FROM ODS_SXJCSJ a JOIN ODS_XSHXSJ s ON s.XH = a.XH", "ODS_XSHXSJ_XH (XH=?)"),
        (
            "SELECT a._row FROM ODS_SXJCSJ a WHERE EXISTS (SELECT 1 FROM ODS_SXJCSJ b WHERE b.XH = a.XH AND b._row <> a._row)",
            "ODS_SXJCSJ_XH (XH=?)",
        ),
        (
            "SELECT a._row FROM ODS_SXJCSJ a JOIN ODS_SXJCSJ b ON b._natural = a._natural AND b._row < a._row",
            "ODS_SXJCSJ_natural_period (_natural=?",
        ),
        ("SELECT a._row FROM ODS_SXJCSJ a JOIN ODS_SXJCSJ b ON b.SXQYMC = a.SXQYMC AND b._row < a._row", "AUTOMATIC"),
        (
            "SELECT a._row FROM ODS_SXJCSJ a WHERE EXISTS (SELECT 1 FROM ODS_SXJCSJ b WHERE b.SXQYMC = a.SXQYMC AND b._row <> a._row)",
            "AUTOMATIC",
        ),
        (
            "SELECT a._row FROM ODS_SXJCSJ a WHERE a.SXQYMC IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM ODS_SXJCSJ b WHERE b.SXNR = a.SXNR AND a.XH = a.SXQYMC)",
            "AUTOMATIC",
        ),
    ] {
        let planned = Arc::new(Edition { rules: vec![rule("plan", &["XH"], select(sql), "")], ..BARE.clone() });
        let reader = desk.reader(PERIOD, ReadLimits::default());
        let plan = check::rules::plan(&reader, &planned, &planned.rules[0], Scope::Period(PERIOD), PERIOD).unwrap();
        assert!(plan.contains(index), "{sql}\n{plan}");
        assert!(!plan.contains("_place"), "{sql}\n{plan}");
    }
}
