//! A table of the standard on paper: what it is, its fields with everything that a clerk needs, the code lists that they
//! use, the rules that hold. One sheet for each table, A4 across, and a sheet of contents where there are several.

use std::collections::BTreeSet;
use std::path::Path;

use rust_xlsxwriter::{Url, Workbook, XlsxError};
use standard::definition::words::{FREQUENCIES, KINDS, LEVELS, PERIODS, word};
use standard::rule::{NAME, placeholders};
use standard::{Association, CodeList, Edition, Field, PeriodKind, Rule, Table};

use super::book::write_book;
use super::notes;
use super::paper::{Paper, Style};
use super::target::Target;
use super::{Written, WrittenSheet, sheet_name};
use crate::{Stamp, WriteError};

/// Widths of the columns, in characters.
const WIDTHS: [u16; 10] = [5, 18, 22, 10, 8, 6, 34, 18, 38, 15];
/// Headings of the fields.
const HEADINGS: [&str; 10] =
    ["序号", "列名", "数据项", "类型", "长度", "必填", "填写要求", "示例", "说明", "数据项编号"];
/// The last column.
const LAST: u16 = WIDTHS.len() as u16 - 1;
/// Columns of a code list on paper: from, to.
const BLOCKS: [(u16, u16); 3] = [(0, 2), (3, 6), (7, LAST)];
/// Codes that are printed; of a longer list only its highest level is, if that is not longer.
const LISTED: usize = 240;
/// Name of the sheet of contents.
const CONTENTS: &str = "目录";

/// Writes the specification of these tables. Rows of [`Written`] are fields.
pub fn write_specification(
    path: &Path,
    edition: &Edition,
    tables: &[&Table],
    written_at: &str,
) -> Result<Written, WriteError> {
    let target = Target::new(path);
    let title = match tables {
        [] => return Err(WriteError::NoTable { file: target.file.clone() }),
        [one] => format!("{}（{}）", one.title, one.name),
        _ => format!("{}：{} 张数据表", edition.title, tables.len()),
    };
    let mut taken = vec![CONTENTS.to_owned()];
    let sheets = tables.iter().map(|table| {
        let sheet = sheet_name::unique(table.short_title(), &taken);
        taken.push(sheet.clone());
        WrittenSheet { table: table.name.clone(), sheet, rows: table.fields.len() as u64 }
    });
    let written = Written { sheets: sheets.collect() };
    let stamp = Stamp { written_at: written_at.to_owned(), ..Stamp::default() };
    write_book(&target, &title, &stamp, |book| {
        let style = Style::new();
        let fill = |book: &mut Workbook| -> Result<(), XlsxError> {
            if tables.len() > 1 {
                write_contents(book, edition, tables, &written, &style)?;
            }
            for (table, sheet) in tables.iter().zip(&written.sheets) {
                write_table(book, edition, table, &sheet.sheet, &style)?;
            }
            Ok(())
        };
        fill(book).map_err(|e| target.xlsx(e))?;
        Ok(written.clone())
    })
}

/// A line for each table, with a way to its sheet.
fn write_contents(
    book: &mut Workbook,
    edition: &Edition,
    tables: &[&Table],
    written: &Written,
    style: &Style,
) -> Result<(), XlsxError> {
    const WIDTHS: [u16; 7] = [6, 26, 44, 26, 20, 10, 10];
    let mut paper = Paper::new(book, CONTENTS, &WIDTHS, style)?;
    paper.band(&edition.title, &style.title)?;
    paper.band(&about(edition), &style.faint)?;
    paper.heading(&["序号", "表名", "标题", "数据子集", "填报频次", "数据项", "规则"])?;
    for ((no, table), sheet) in (1..).zip(tables).zip(&written.sheets) {
        let subset = edition.subsets.iter().find(|s| s.code == table.subset).map_or("", |s| s.name.as_str());
        let rules = edition.rules_of(&table.name).count().to_string();
        let frequency = word(FREQUENCIES, &table.frequency);
        let (no, fields) = (format!("{no}"), table.fields.len().to_string());
        let place = format!("internal:'{}'!A1", sheet.sheet.replace('\'', "''"));
        let row = paper.row(&[&no, &table.name, &table.title, subset, &frequency, &fields, &rules])?;
        paper.sheet().write_url_with_format(row, 2, Url::new(place).set_text(&table.title), &style.link)?;
    }
    Ok(())
}

/// The edition in a line.
fn about(edition: &Edition) -> String {
    let version = edition.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    format!(
        "{} {}{version}　{}　修订号 {}",
        edition.level,
        edition.issued,
        edition.issuers.join("、"),
        edition.revision
    )
}

fn write_table(
    book: &mut Workbook,
    edition: &Edition,
    table: &Table,
    name: &str,
    style: &Style,
) -> Result<(), XlsxError> {
    let mut paper = Paper::new(book, name, &WIDTHS, style)?;
    paper.band(&format!("{}（{}）", table.title, table.name), &style.title)?;
    paper.band(&format!("{}　{}", edition.title, about(edition)), &style.faint)?;
    for (label, value) in facts(edition, table) {
        paper.spans(&[(0, 1, label, &style.label), (2, LAST, &value, &style.cell)])?;
    }
    paper.section("数据项")?;
    paper.heading(&HEADINGS)?;
    for field in &table.fields {
        let (no, kind) = (field.no.to_string(), word(KINDS, &field.kind));
        let (length, need) = (length(field), if field.required { "是" } else { "" });
        let (form, help) = (form(edition, field), help(field));
        let example = field.example.as_deref().unwrap_or_default();
        paper.row(&[&no, &field.column, &field.title, &kind, &length, need, &form, example, &help, &field.item_id])?;
    }
    let mut listed = BTreeSet::new();
    let used = table.fields.iter().filter_map(|f| f.code_list.as_deref()).filter(|id| listed.insert(*id));
    for list in used.filter_map(|id| edition.code_list(id)) {
        write_list(&mut paper, list, style)?;
    }
    let rules: Vec<&Rule> = edition.rules_of(&table.name).collect();
    if !rules.is_empty() {
        paper.section("规则")?;
        // The columns lie under the headings of the fields, which every page repeats.
        let heads =
            [(0, 0, "序号"), (1, 1, "列名"), (2, 2, "数据项"), (3, 3, "级别"), (4, 7, "要求"), (8, LAST, "理由")];
        paper.spans(&heads.map(|(from, to, text)| (from, to, text, &style.heading)))?;
        for (no, rule) in (1..).zip(rules) {
            write_rule(&mut paper, table, no, rule, style)?;
        }
    }
    Ok(())
}

/// Labels and values; what nothing is known of is left out.
fn facts(edition: &Edition, table: &Table) -> Vec<(&'static str, String)> {
    let subset = edition.subsets.iter().find(|s| s.code == table.subset).map_or("", |s| s.name.as_str());
    let class = edition.classes.iter().find(|c| c.code == table.data_class);
    let subclass = class.and_then(|c| c.subclasses.iter().find(|s| s.code == table.data_subclass));
    let places = [Some(subset), class.map(|c| c.name.as_str()), subclass.map(|s| s.name.as_str())];
    let titles = |columns: &[String]| -> String {
        let title = |column: &String| table.field(column).map_or(column.clone(), |f| f.title.clone());
        columns.iter().map(title).collect::<Vec<_>>().join("、")
    };
    let related = match &table.association {
        Association::None => "无".to_owned(),
        Association::Unspecified => String::new(),
        Association::Listed(tables) => {
            let title = |name: &String| edition.table(name).map_or(name.clone(), |t| format!("{}（{name}）", t.title));
            tables.iter().map(title).collect::<Vec<_>>().join("、")
        }
    };
    let frequency = word(FREQUENCIES, &table.frequency);
    let printed = Some(&table.frequency_text).filter(|text| !text.is_empty() && **text != frequency);
    let frequency = printed.map_or(frequency.clone(), |text| format!("{frequency}（标准原文：{text}）"));
    let period = match table.period {
        PeriodKind::All => "全部数据：长期有效，变动时更新".to_owned(),
        kind => format!("{}：只说这段时间的事", word(PERIODS, &kind)),
    };
    let key = if table.natural_key.is_empty() { "整条记录".to_owned() } else { titles(&table.natural_key) };
    let doubts = [table.doubt.as_deref(), table.association_doubt.as_deref()];
    let facts = [
        ("所属", places.into_iter().flatten().collect::<Vec<_>>().join(" › ")),
        ("来源系统", table.source_system.clone().unwrap_or_default()),
        ("责任部门", table.department.clone().unwrap_or_default()),
        ("填报频次", frequency),
        ("数据范围", table.scope.clone()),
        ("一条记录", period),
        ("区分记录", key),
        ("关联的表", related),
        ("疑问", doubts.into_iter().flatten().collect::<Vec<_>>().join("；")),
    ];
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn length(field: &Field) -> String {
    match (field.max_length, field.precision, field.scale) {
        (_, Some(all), Some(behind)) => format!("{all},{behind}"),
        (_, Some(all), None) => all.to_string(),
        (Some(length), None, _) => length.to_string(),
        (None, None, Some(behind)) => format!("小数 {behind} 位"),
        (None, None, None) => String::new(),
    }
}

/// What belongs into the field.
fn form(edition: &Edition, field: &Field) -> String {
    let mut lines = vec![if field.is_system() { "程序自动填".to_owned() } else { notes::form(field) }];
    if let Some(id) = &field.code_list {
        let title = edition.code_list(id).map_or("", |list| list.title.as_str());
        lines.push(format!("代码集：{title}（{id}）"));
    }
    lines.extend(field.separator.as_ref().map(|separator| format!("多个之间用 {separator} 隔开")));
    if !field.values.is_empty() {
        lines.push(format!("可填：{}", field.values.join("、")));
    }
    lines.extend(field.max_items.map(|most| format!("最多 {most} 项")));
    lines.extend(field.unit.as_ref().map(|unit| format!("单位：{unit}")));
    lines.extend(field.required_when.as_ref().map(|when| format!("有条件必填：{}", when.note)));
    lines.extend(field.own.then(|| "本校自有，不上报".to_owned()));
    lines.join("\n")
}

fn help(field: &Field) -> String {
    let doubts = field.doubts.iter().map(|doubt| format!("标准存疑（{}）：{}", doubt.kind.word(), doubt.text));
    field.description.clone().into_iter().chain(doubts).collect::<Vec<_>>().join("\n")
}

fn write_list(paper: &mut Paper<'_>, list: &CodeList, style: &Style) -> Result<(), XlsxError> {
    let source = list.source.as_ref().map(|source| format!("　{source}")).unwrap_or_default();
    paper.section(&format!("代码集：{}（{}）　共 {} 项{source}", list.title, list.id, list.codes.len()))?;
    let mut codes: Vec<_> = list.codes.iter().collect();
    if codes.len() > LISTED {
        codes.retain(|code| code.parent.is_none());
        let shown = if codes.len() > LISTED { 0 } else { codes.len() };
        codes.truncate(shown);
        let what = if shown == 0 { "不在此列出" } else { "只列最上一级" };
        paper.band(&format!("代码太多，{what}；全部代码见程序的“标准”。"), &style.faint)?;
    }
    // Down the columns, as a list is read.
    let height = codes.len().div_ceil(BLOCKS.len());
    for line in 0..height {
        let cells = (0..BLOCKS.len()).map(|block| {
            codes.get(block * height + line).map_or_else(String::new, |code| format!("{}　{}", code.code, code.name))
        });
        let cells: Vec<String> = cells.collect();
        let spans: Vec<_> =
            BLOCKS.iter().zip(&cells).map(|((from, to), text)| (*from, *to, text.as_str(), &style.cell)).collect();
        paper.spans(&spans)?;
    }
    Ok(())
}

fn write_rule(paper: &mut Paper<'_>, table: &Table, no: u32, rule: &Rule, style: &Style) -> Result<(), XlsxError> {
    let title = |column: &str| table.field(column).map_or(column.to_owned(), |field| field.title.clone());
    let columns: Vec<String> = rule.columns.iter().map(|column| title(column)).collect();
    let mut message = rule.message.clone();
    for name in placeholders(&rule.message) {
        let shown = if matches!(name, "value" | "title") { "…".to_owned() } else { format!("〈{}〉", title(name)) };
        message = message.replace(&format!("{{{name}}}"), &shown).replace(&format!("{{{name}{NAME}}}"), &shown);
    }
    let basis = rule.basis.as_ref().map(|basis| format!("\n依据：{basis}")).unwrap_or_default();
    let own = if rule.own { "（本校）" } else { "" };
    let (level, reason) = (format!("{}{own}", word(LEVELS, &rule.level)), format!("{}{basis}", rule.reason));
    paper.spans(&[
        (0, 0, no.to_string().as_str(), &style.cell),
        (1, 1, rule.columns.join("、").as_str(), &style.cell),
        (2, 2, columns.join("、").as_str(), &style.cell),
        (3, 3, level.as_str(), &style.cell),
        (4, 7, message.as_str(), &style.cell),
        (8, LAST, reason.as_str(), &style.cell),
    ])?;
    Ok(())
}
