//! A name that was cut off: `信息工程学`, where other records of the table have `信息工程学院`.
//!
//! **Why**: rows of one thing under two names are counted apart. **Source**: exports and columns that cut texts; no
//! standard prints it. It is a hint, because a name may be the beginning of another one (软件技术, 软件技术（中外合作）).
//!
//! Only names of things are looked at, not those of people, and only where the data shows the whole name: at least
//! [`OFTEN`] records have a longer text, [`TIMES`] times as many as have the short one; as many are enough where the
//! longer text ends like a whole name ([`WHOLE`]) and the short one does not. What ends like a whole name, or goes on
//! with a bracket or a number, is left alone, and so are regions, which are also called without the word for their
//! level (江苏). Names that are personal in their record (the school that took a graduate) are looked at, but the
//! words show only the short one.
//!
//! Every record of the table has to be looked at for this, so the records of an edit are asked only while the table is
//! small ([`super::reach`]); beyond that the program checks the whole table after the edit.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use standard::{Field, Finding, Level, Sensitivity, Table, Words};
use store::{ReadError, Scope, SqlValue};

use super::sweep::{Sweep, hand};
use crate::field::names_a_thing;
use crate::sql::{Within, collect, quoted};

/// The name of these findings.
pub(super) const RULE: &str = "cut-off";

/// Records that have the whole name, at least.
const OFTEN: i64 = 3;

/// How many times as many records have the whole name.
const TIMES: i64 = 3;

/// Characters of the shortest name that is looked at.
const SHORTEST: usize = 2;

/// Up to this number of short texts, each is looked up alone; beyond that all texts of the column are read once.
const SINGLY: usize = 8;

/// Different texts of a column that are held in memory; a column with more is sorted by SQLite.
const MOST: usize = 200_000;

/// How the name of a group of companies ends.
const GROUP: &str = "集团";

/// What stands behind the name of a group of companies in the full name of its company.
const LEGAL_FORMS: [&str; 4] = ["公司", "有限公司", "有限责任公司", "股份有限公司"];

/// Digits of the shortest number that stands for a name (of a class) and may be cut.
const NUMBER: usize = 4;

/// How whole names end.
const WHOLE: &[&str] = &[
    "公司", "学院", "大学", "学校", "中学", "小学", "系", "部", "处", "室", "科", "院", "所", "站", "馆", "厅", "楼",
    "场", "厂", "店", "银行", "局", "委", "协会", "学会", "团", "队", "组", "班", "级", "中心", "基地", "支部", "路",
    "区", "市", "省", "县", "平台", "书", "证", "学金", "贷款", "专业", "大赛",
];

pub(super) fn check(sweep: &Sweep<'_>, found: &mut dyn FnMut(Finding) -> ControlFlow<()>) -> Result<(), ReadError> {
    if !sweep.reaches()? {
        return Ok(());
    }
    let fields: Vec<&Field> = names(sweep.table).collect();
    let counted = match sweep.scope {
        Scope::Rows(_) => fields.iter().map(|_| None).collect(),
        Scope::Table | Scope::Period(_) => counted(sweep, &fields)?,
    };
    for (field, counted) in fields.into_iter().zip(counted) {
        let cut = match counted {
            Some(texts) => cut_among(texts),
            None => cut_off(sweep, field)?,
        };
        for longer in cut {
            tell(sweep, field, &longer, found)?;
        }
    }
    Ok(())
}

/// The texts of a column: how many records have each, and whether one of them is in the scope.
type Counted = HashMap<String, (i64, bool)>;

/// The texts of all these columns, for which the table is read once. Absent for a column with more than [`MOST`] texts.
fn counted(sweep: &Sweep<'_>, fields: &[&Field]) -> Result<Vec<Option<Counted>>, ReadError> {
    let mut all: Vec<Option<Counted>> = fields.iter().map(|_| Some(Counted::new())).collect();
    if fields.is_empty() {
        return Ok(all);
    }
    let within = Within::new(sweep.table, sweep.scope);
    let columns: Vec<String> = fields.iter().map(|field| format!("t.{}", quoted(&field.column))).collect();
    let sql = format!("SELECT {}, {} FROM {} t", within.sql, columns.join(", "), quoted(&sweep.table.name));
    let mut text = String::new();
    sweep.reader.query(&sql, &[within.value()], |row| {
        let in_scope = row.integer(0) == Some(1);
        for (at, counted) in all.iter_mut().enumerate() {
            let Some(texts) = counted else { continue };
            row.text_into(at + 1, &mut text);
            if let Some((records, is_asked)) = texts.get_mut(&text) {
                (*records, *is_asked) = (*records + 1, *is_asked || in_scope);
            } else if texts.len() >= MOST {
                *counted = None;
            } else if !text.is_empty() {
                texts.insert(text.clone(), (1, in_scope));
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(all)
}

/// The texts in the scope that are cut off, out of all texts of a column.
fn cut_among(texts: Counted) -> Vec<Longer> {
    let asked = texts.iter().filter(|(text, (_, is_asked))| *is_asked && may_be_cut(text));
    let shorts: HashSet<String> = asked.map(|(text, _)| text.clone()).collect();
    let mut going = Going { shorts: &shorts, open: Vec::new(), cut: Vec::new() };
    if !shorts.is_empty() {
        let mut texts: Vec<(String, (i64, bool))> = texts.into_iter().collect();
        texts.sort_unstable();
        texts.into_iter().for_each(|(text, (records, _))| going.add(text, records));
        going.close("");
    }
    going.cut
}

/// The fields that hold names of things which no other table lists.
pub(super) fn names(table: &Table) -> impl Iterator<Item = &Field> {
    table.fields.iter().filter(|field| field.references.is_empty() && names_a_thing(field))
}

/// Whether a text may be a name that was cut off.
fn may_be_cut(text: &str) -> bool {
    text.chars().count() >= SHORTEST && (text.ends_with(GROUP) || !ends_whole(text))
}

fn ends_whole(text: &str) -> bool {
    WHOLE.iter().any(|end| text.ends_with(end))
}

/// The beginnings of a text that may be names cut off.
pub(super) fn beginnings(text: &str) -> Vec<String> {
    let ends = text.char_indices().map(|(at, _)| &text[..at]);
    ends.filter(|beginning| may_be_cut(beginning) && goes_on(beginning, text)).map(str::to_owned).collect()
}

/// Whether the longer text is the same name written to its end.
fn goes_on(short: &str, longer: &str) -> bool {
    let Some(rest) = longer.strip_prefix(short).filter(|rest| !rest.is_empty()) else { return false };
    if short.ends_with(GROUP) {
        return LEGAL_FORMS.contains(&rest);
    }
    let (digit, last, next) = (|c: char| c.is_ascii_digit(), short.chars().last(), rest.chars().next());
    match next {
        None => false,
        Some(_) if last.is_some_and(|last| "（(【《“".contains(last)) => true,
        // 2 goes on to 2601班, and class 247501 to class 2475010101; No. 1 and No. 10 are two names.
        Some(next) if digit(next) && rest.chars().all(digit) => {
            short.len() >= NUMBER && rest.len() >= 2 && short.chars().all(digit)
        }
        Some(next) if digit(next) => last.is_some_and(digit),
        Some(next) => next.is_alphanumeric() && !"一二三四五六七八九十上下甲乙丙丁".contains(next),
    }
}

/// The longer texts that begin with a short text, counted while the texts of a column are read in order.
struct Longer {
    short: String,
    /// Records that have the short text.
    own: i64,
    /// Records that have a longer one.
    records: i64,
    /// Those of them that end like a whole name.
    whole: i64,
    /// The longer text, the first where there are several.
    text: String,
    /// Different longer texts.
    texts: usize,
}

impl Longer {
    /// Whether the short text looks cut off.
    fn is_whole_name(&self) -> bool {
        (self.records >= OFTEN && self.records >= self.own * TIMES) || (self.whole >= OFTEN && self.whole >= self.own)
    }
}

/// The texts in the scope that are cut off, judged by the whole table, each with its longer texts.
fn cut_off(sweep: &Sweep<'_>, field: &Field) -> Result<Vec<Longer>, ReadError> {
    let within = Within::new(sweep.table, sweep.scope);
    let (table, column) = (quoted(&sweep.table.name), quoted(&field.column));
    let mut shorts: HashSet<String> = HashSet::new();
    let sql = format!("SELECT DISTINCT t.{column} FROM {table} t WHERE {} AND t.{column} IS NOT NULL", within.sql);
    sweep.reader.query(&sql, &[within.value()], |row| {
        let text = row.text(0);
        if may_be_cut(&text) {
            shorts.insert(text);
        }
        ControlFlow::Continue(())
    })?;
    let mut going = Going { shorts: &shorts, open: Vec::new(), cut: Vec::new() };
    let counted = |condition: &str| {
        format!("SELECT t.{column}, count(*) FROM {table} t WHERE {condition} GROUP BY t.{column} ORDER BY t.{column}")
    };
    if shorts.len() > SINGLY {
        going.read(sweep, &counted(&format!("t.{column} IS NOT NULL")), SqlValue::Null)?;
    } else {
        let sql = counted(&format!("t.{column} >= ?1 AND t.{column} < ?1 || char(1114111)"));
        for short in &shorts {
            going.read(sweep, &sql, SqlValue::Text(short))?;
        }
    }
    Ok(going.cut)
}

/// Reads the texts of a column in order, so that those that begin with a text follow it directly.
struct Going<'a> {
    shorts: &'a HashSet<String>,
    /// Short texts that the last text begins with, the shortest first.
    open: Vec<Longer>,
    cut: Vec<Longer>,
}

impl Going<'_> {
    fn read(&mut self, sweep: &Sweep<'_>, sql: &str, value: SqlValue<'_>) -> Result<(), ReadError> {
        let parameters = if matches!(value, SqlValue::Null) { Vec::new() } else { vec![value] };
        sweep.reader.query(sql, &parameters, |row| {
            self.add(row.text(0), row.integer(1).unwrap_or_default());
            ControlFlow::Continue(())
        })?;
        self.close("");
        Ok(())
    }

    fn add(&mut self, text: String, records: i64) {
        self.close(&text);
        for short in self.open.iter_mut().filter(|short| goes_on(&short.short, &text)) {
            short.records += records;
            short.whole += if ends_whole(&text) { records } else { 0 };
            short.texts += 1;
            if short.texts == 1 {
                short.text.clone_from(&text);
            }
        }
        if self.shorts.contains(&text) {
            self.open.push(Longer { short: text, own: records, records: 0, whole: 0, text: String::new(), texts: 0 });
        }
    }

    /// Ends the short texts that a text does not begin with; all of them for an empty one.
    fn close(&mut self, text: &str) {
        while let Some(last) = self.open.pop_if(|last| text.is_empty() || !text.starts_with(&last.short)) {
            if last.is_whole_name() {
                self.cut.push(last);
            }
        }
    }
}

/// Reports the records of the scope that have a text that was cut off.
fn tell(
    sweep: &Sweep<'_>,
    field: &Field,
    longer: &Longer,
    found: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let within = Within::new(sweep.table, sweep.scope);
    let (table, column) = (quoted(&sweep.table.name), quoted(&field.column));
    let sql = format!("SELECT t._row FROM {table} t WHERE {} AND t.{column} = ?2 ORDER BY t._row", within.sql);
    let parameters = [within.value(), SqlValue::Text(&longer.short)];
    let rows = collect(sweep.reader, &sql, &parameters, |row| row.integer(0).unwrap_or_default())?;
    for row in rows {
        // The value of the cell is a placeholder that can be masked; a value of another record cannot be masked.
        let is_shown = longer.texts == 1 && field.sensitivity == Sensitivity::None;
        let words = match is_shown {
            true => Words::phrase("finding.cut-off").with("longer", &longer.text),
            false => Words::phrase("finding.cut-off.several"),
        };
        let finding = Finding {
            table: sweep.table.name.clone(),
            row: Some(row),
            column: Some(field.column.clone()),
            rule: RULE.to_owned(),
            level: Level::Hint,
            value: longer.short.clone(),
            message: words.with("times", longer.records.to_string()),
            suggestion: (longer.texts == 1).then(|| longer.text.clone()),
        };
        hand(found, finding)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_cut() {
        for (short, longer, cut) in [
            ("信息工程学", "信息工程学院", true),
            ("信息工程学院", "信息工程学院实训中心", false),
            ("软件技术", "软件技术（中外合作）", false),
            ("软件技术", "软件技术2601班", false),
            ("软件技术2", "软件技术2601班", true),
            ("高等数学", "高等数学上", false),
            ("期刊1", "期刊10", false),
            ("1000", "10000", false),
            ("247501", "2475010101", true),
            ("示例港口物流集团", "示例港口物流集团有限公司", true),
            ("示例港口物流集团", "示例港口物流集团第一码头", false),
            ("国家助学", "国家助学贷款", true),
            ("国家助学金", "国家助学金（三等）", false),
            ("示例科技有限", "示例科技有限公司", true),
            ("国家助学金（", "国家助学金（三等）", true),
            ("信", "信息工程学院", false),
            ("信息工程学", "信息工程学", false),
        ] {
            assert_eq!(may_be_cut(short) && goes_on(short, longer), cut, "{short} {longer}");
        }
        assert_eq!(beginnings("信息工程学院"), ["信息", "信息工", "信息工程", "信息工程学"]);
    }
}
