//! The sheet 数据表: one row for each table.

use super::cells::{Grid, Line, Row};
use super::fault::{Fault, Why};
use super::plan::TABLES;
use super::words::{FREQUENCIES, KEY_PERIODS, MERGES, PERIODS, RELATIONS, Relation, YES_NO, word};
use super::{Lines, is_upper_name};
use crate::field::KEY_COLUMN;
use crate::{Association, Edition, Event, KeyRule, PeriodKind, Table};

pub fn rows(edition: &Edition) -> Vec<Vec<String>> {
    edition.tables.iter().filter(|table| !table.own).map(row).collect()
}

fn row(table: &Table) -> Vec<String> {
    let (relation, related) = match &table.association {
        Association::None => (Relation::None, &[][..]),
        Association::Unspecified => (Relation::Unspecified, &[][..]),
        Association::Listed(tables) => (Relation::Listed, tables.as_slice()),
    };
    let yes = word(YES_NO, &true);
    Line::new(&TABLES)
        .put("表名", &table.name)
        .put("标题", &table.title)
        .put("数据子集", &table.subset)
        .put("数据类", &table.data_class)
        .put("数据子类", &table.data_subclass)
        .put_some("来源系统", table.source_system.as_ref())
        .put_some("责任部门", table.department.as_ref())
        .put("报送频率", word(FREQUENCIES, &table.frequency))
        .put("频率原文", &table.frequency_text)
        .put("数据范围", &table.scope)
        .put("按采集期", word(PERIODS, &table.period))
        .put_some("业务日期", table.event.as_ref().map(|event| &event.date))
        .put_some("业务结束", table.event.as_ref().and_then(|event| event.end.as_ref()))
        .put_some("未结束", table.event.as_ref().filter(|event| event.goes_on).map(|_| &yes))
        .put("关联说明", word(RELATIONS, &relation))
        .put_names("关联表", related)
        .put_names("自然主键", &table.natural_key)
        .put_some("自然主键的理由", table.key_rule.basis.as_ref())
        .put("主键含采集期", word(KEY_PERIODS, &table.key_rule.period))
        .put_some("主键不含采集期的理由", table.key_rule.period_basis.as_ref())
        .put_some("可重复的理由", table.key_rule.repeats.as_ref())
        .put_some("合并方法", table.key_rule.merge.as_ref().map(|merge| word(MERGES, merge)))
        .put_some("疑问", table.doubt.as_ref())
        .put_some("关联疑问", table.association_doubt.as_ref())
        .done()
}

/// Reads the tables, still without fields.
pub fn read(grid: &Grid<'_>, lines: &mut Lines) -> Result<Vec<Table>, Fault> {
    let mut tables = Vec::new();
    for (row, no) in grid.rows().zip(1..) {
        let name = row.need("表名")?;
        if !is_upper_name(&name) {
            return row.fault("表名", Why::BadName);
        }
        if let Some(other) = lines.tables.insert(name.clone(), row.line()) {
            return row.fault("表名", Why::Twice { other });
        }
        let related = row.names("关联表")?;
        let relation = row.word("关联说明", RELATIONS)?.unwrap_or(Relation::Unspecified);
        let association = match (relation, related.is_empty()) {
            (Relation::None, true) => Association::None,
            (Relation::Unspecified, true) => Association::Unspecified,
            (Relation::Listed, false) => Association::Listed(related),
            _ => return row.fault("关联表", Why::BadAssociation),
        };
        let key_period = row.word("主键含采集期", KEY_PERIODS)?;
        if key_period.is_none() {
            lines.key_period_open.insert(name.clone());
        }
        tables.push(Table {
            no,
            name,
            title: row.need("标题")?,
            subset: row.need("数据子集")?,
            data_class: row.need("数据类")?,
            data_subclass: row.need("数据子类")?,
            source_system: row.text("来源系统")?,
            department: row.text("责任部门")?,
            frequency: row.need_word("报送频率", FREQUENCIES)?,
            frequency_text: row.text("频率原文")?.unwrap_or_default(),
            scope: row.text("数据范围")?.unwrap_or_default(),
            period: period(&row)?,
            event: event(&row)?,
            association,
            association_doubt: row.text("关联疑问")?,
            primary_key: KEY_COLUMN.to_owned(),
            natural_key: row.names("自然主键")?,
            key_rule: KeyRule {
                basis: row.text("自然主键的理由")?,
                period: key_period.unwrap_or_default(),
                period_basis: row.text("主键不含采集期的理由")?,
                repeats: row.text("可重复的理由")?,
                merge: row.word("合并方法", MERGES)?,
            },
            fields: Vec::new(),
            doubt: row.text("疑问")?,
            own: false,
        });
    }
    if tables.is_empty() {
        return Err(grid.lacks("表名", "", Why::CellEmpty));
    }
    Ok(tables)
}

/// The period; earlier workbooks say yes or no.
fn period(row: &Row<'_>) -> Result<PeriodKind, Fault> {
    match row.word("按采集期", YES_NO) {
        Ok(Some(periodic)) => Ok(PeriodKind::of_periodic(periodic)),
        _ => row.need_word("按采集期", PERIODS),
    }
}

fn event(row: &Row<'_>) -> Result<Option<Event>, Fault> {
    let (end, goes_on) = (row.text("业务结束")?, row.word("未结束", YES_NO)?.unwrap_or(false));
    Ok(row.text("业务日期")?.map(|date| Event { date, end, goes_on }))
}
