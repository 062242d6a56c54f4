//! The sheet 导入模板: one row for each column of a known workbook.

use super::Lines;
use super::cells::{Grid, Line};
use super::fault::{Fault, Why};
use super::plan::TEMPLATES;
use crate::Edition;
use crate::templates::{OtherName, Template, TemplateColumn, Templates};

/// Between a name and the code that it means.
const MEANS: &str = " => ";

pub fn rows(edition: &Edition) -> Vec<Vec<String>> {
    edition.templates.templates.iter().flat_map(|t| t.columns.iter().map(move |column| row(t, column))).collect()
}

fn row(template: &Template, column: &TemplateColumn) -> Vec<String> {
    let name = |other: &OtherName| match &other.code {
        Some(code) => format!("{}{MEANS}{code}", other.name),
        None => other.name.clone(),
    };
    Line::new(&TEMPLATES)
        .put("文件", &template.file)
        .put("工作表", &template.sheet)
        .put("表名", &template.table)
        .put("列标题", &column.heading)
        .put("列名", &column.column)
        .put_lines("多出的名称", &column.names.iter().map(name).collect::<Vec<_>>())
        .put_lines("缺少的名称", &column.lacks)
        .done()
}

/// Reads the known workbooks; loading checks whether their tables, columns and names exist.
pub fn read(grid: &Grid<'_>, origin: Option<String>, lines: &mut Lines) -> Result<Templates, Fault> {
    let mut read = Templates { origin: origin.unwrap_or_default(), templates: Vec::new() };
    for row in grid.rows() {
        let (file, sheet, table) = (row.need("文件")?, row.need("工作表")?, row.need("表名")?);
        let name = |line: String| match line.split_once(MEANS) {
            Some((name, code)) => OtherName { name: name.trim().to_owned(), code: Some(code.trim().to_owned()) },
            None => OtherName { name: line, code: None },
        };
        let column = TemplateColumn {
            heading: row.need("列标题")?,
            column: row.need("列名")?,
            names: row.lines("多出的名称")?.into_iter().map(name).collect(),
            lacks: row.lines("缺少的名称")?,
        };
        let at = read.templates.iter().position(|template| template.file == file).unwrap_or(read.templates.len());
        if at == read.templates.len() {
            read.templates.push(Template { file, sheet: sheet.clone(), table: table.clone(), columns: Vec::new() });
            lines.templates.push(Vec::new());
        }
        let template = &mut read.templates[at];
        match (template.sheet == sheet, template.table == table) {
            (false, _) => return row.fault("工作表", Why::BadAssociation),
            (_, false) => return row.fault("表名", Why::BadAssociation),
            _ => template.columns.push(column),
        }
        lines.templates[at].push(row.line());
    }
    Ok(read)
}
