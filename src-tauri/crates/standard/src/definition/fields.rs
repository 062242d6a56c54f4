//! The sheet 数据项: one row for each field, in the order of its table.

use super::cells::{Grid, Line, Row};
use super::fault::{Fault, Why};
use super::plan::FIELDS;
use super::words::{KINDS, LETTERS, SENSITIVITIES, SEPARATORS, YES_NO, word};
use super::{Lines, is_upper_name};
use crate::{Condition, Doubt, Edition, Field, Kind, Reference, Sensitivity, Table};

pub fn rows(edition: &Edition) -> Vec<Vec<String>> {
    let tables = edition.tables.iter().filter(|table| !table.own);
    tables.flat_map(|table| table.fields.iter().filter(|f| !f.own).map(|field| row(table, field))).collect()
}

fn row(table: &Table, field: &Field) -> Vec<String> {
    let references: Vec<String> = field.references.iter().map(|r| format!("{}.{}", r.table, r.column)).collect();
    let separator = field.separator.as_deref().map(|shown| match word(SEPARATORS, &shown) {
        named if named.is_empty() => shown.to_owned(),
        named => named,
    });
    let required = field.required_when.clone().unwrap_or(Condition { column: None, equals: vec![], note: "".into() });
    let (when, value) = field.conditional_value.clone().unzip();
    let when = when.unwrap_or(Condition { column: None, equals: vec![], note: "".into() });
    Line::new(&FIELDS)
        .put("表名", &table.name)
        .put("列名", &field.column)
        .put("标题", &field.title)
        .put("数据项编号", &field.item_id)
        .put("印刷类型", field.printed_type)
        .put("类型", word(KINDS, &field.kind))
        .put_some("长度", field.max_length)
        .put_some("总位数", field.precision)
        .put_some("小数位", field.scale)
        .put("必填", word(YES_NO, &field.required))
        .put_some("代码集", field.code_list.as_ref())
        .put_some("分隔符", separator)
        .put_some("格式", field.format.as_ref().filter(|format| Some(*format) != field.pattern.as_ref()))
        .put_some("正则", field.pattern.as_ref())
        .put_some("单位", field.unit.as_ref())
        .put_some("示例", field.example.as_ref())
        .put_some("必填条件列", required.column)
        .put_lines("必填条件代码", &required.equals)
        .put("必填条件说明", required.note)
        .put_some("取值条件列", when.column)
        .put_lines("取值条件代码", &when.equals)
        .put_some("条件取值", value)
        .put_lines("可选值", &field.values)
        .put_some("最多项数", field.max_items)
        .put_some("字数上限", field.max_chars)
        .put("敏感程度", word(SENSITIVITIES, &field.sensitivity))
        .put_names("引用", &references)
        .put_some("引用依据", field.reference_basis.as_ref())
        .put_some("说明", field.description.as_ref())
        .put_lines("疑问", &field.doubts.iter().map(Doubt::line).collect::<Vec<_>>())
        .put_lines("别名", &field.aliases)
        .done()
}

/// Reads the fields into their tables.
pub fn read(grid: &Grid<'_>, tables: &mut [Table], lines: &mut Lines) -> Result<(), Fault> {
    for row in grid.rows() {
        let name = row.need("表名")?;
        let Some(table) = tables.iter_mut().find(|table| table.name == name) else {
            return row.fault("表名", Why::Unknown { target: "数据表" });
        };
        let field = field(&row, table.fields.len())?;
        if let Some(other) = lines.fields.insert((name.clone(), field.column.clone()), row.line()) {
            return row.fault("列名", Why::Twice { other });
        }
        for heading in std::iter::once(&field.title).chain(&field.aliases) {
            if let Some(other) = lines.headings.insert((name.clone(), heading.clone()), row.line()) {
                return row.fault_of("标题", heading, Why::Twice { other });
            }
        }
        table.fields.push(field);
    }
    Ok(())
}

fn field(row: &Row<'_>, before: usize) -> Result<Field, Fault> {
    let column = row.need("列名")?;
    if !is_upper_name(&column) {
        return row.fault("列名", Why::BadName);
    }
    let kind = row.need_word("类型", KINDS)?;
    let code_list = row.text("代码集")?;
    if matches!(kind, Kind::Code | Kind::Codes) != code_list.is_some() {
        return row.fault("代码集", Why::ListKind);
    }
    let separator = row.text("分隔符")?;
    if kind == Kind::Codes && separator.is_none() {
        return row.fault("分隔符", Why::NoSeparator);
    }
    let separator = separator.map(|text| {
        let named = SEPARATORS.iter().find(|(word, _)| *word == text);
        named.map_or(text, |(_, meaning)| (*meaning).to_owned())
    });
    let pattern = row.text("正则")?;
    if pattern.as_deref().is_some_and(|p| !p.starts_with('^') || regex::Regex::new(p).is_err()) {
        return row.fault("正则", Why::BadPattern);
    }
    let references = row.names("引用")?;
    let references = references.iter().map(|text| match text.split_once('.') {
        Some((table, column)) => Ok(Reference { table: table.to_owned(), column: column.to_owned() }),
        None => row.fault_of("引用", text, Why::Unknown { target: "数据项" }),
    });
    Ok(Field {
        no: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
        item_id: row.text("数据项编号")?.unwrap_or_default(),
        title: row.need("标题")?,
        printed_type: row.need_word("印刷类型", LETTERS)?,
        max_length: row.number("长度")?,
        precision: row.number("总位数")?,
        scale: row.number("小数位")?,
        required: row.need_word("必填", YES_NO)?,
        format: row.text("格式")?.or_else(|| pattern.clone()),
        unit: row.text("单位")?,
        example: row.text("示例")?,
        required_when: required_when(row, &column)?,
        conditional_value: conditional_value(row, &column)?,
        values: row.lines("可选值")?,
        max_items: row.number("最多项数")?,
        max_chars: row.number("字数上限")?,
        sensitivity: row.word("敏感程度", SENSITIVITIES)?.unwrap_or(Sensitivity::None),
        references: references.collect::<Result<_, _>>()?,
        reference_basis: row.text("引用依据")?,
        description: row.text("说明")?,
        doubts: row.text("疑问")?.map(|lines| Doubt::read(&lines)).unwrap_or_default(),
        aliases: row.lines("别名")?,
        own: false,
        column,
        kind,
        code_list,
        separator,
        pattern,
    })
}

/// A condition that can be tested names another column and its codes; one that cannot has words alone.
fn required_when(row: &Row<'_>, own: &str) -> Result<Option<Condition>, Fault> {
    let column = row.text("必填条件列")?;
    let equals = row.lines("必填条件代码")?;
    let note = row.text("必填条件说明")?.unwrap_or_default();
    if column.as_deref() == Some(own) || column.is_some() == equals.is_empty() {
        return row.fault("必填条件列", Why::BadCondition);
    }
    Ok((column.is_some() || !note.is_empty()).then_some(Condition { column, equals, note }))
}

fn conditional_value(row: &Row<'_>, own: &str) -> Result<Option<(Condition, String)>, Fault> {
    let column = row.text("取值条件列")?;
    let equals = row.lines("取值条件代码")?;
    match (column, row.text("条件取值")?) {
        (None, None) if equals.is_empty() => Ok(None),
        (Some(column), Some(value)) if column != own && !equals.is_empty() => {
            Ok(Some((Condition { column: Some(column), equals, note: String::new() }, value)))
        }
        _ => row.fault("取值条件列", Why::BadCondition),
    }
}
