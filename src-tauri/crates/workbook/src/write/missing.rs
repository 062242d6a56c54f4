//! Marks for required cells that are empty in a row that has been begun: a conditional format of plain functions, which
//! Excel, WPS and LibreOffice know alike.

use rust_xlsxwriter::{ConditionalFormatFormula, Worksheet, XlsxError};
use standard::{CodeList, Edition, Field, Table};

use super::lines::{FIRST_ROW, LAST_ROW};
use super::look::Look;
use crate::letters::column_letters;
use crate::read::coded::choice;

/// Adds the marks to a sheet with these fields, from its first column on.
pub(crate) fn mark(
    sheet: &mut Worksheet,
    edition: &Edition,
    table: &Table,
    fields: &[(usize, &Field)],
    look: &Look,
) -> Result<(), XlsxError> {
    let Some(last) = fields.len().checked_sub(1) else { return Ok(()) };
    let row = FIRST_ROW + 1;
    let begun = format!("COUNTA($A{row}:${}{row})>0", column_letters(last));
    let empty = |at: usize| format!("LEN(TRIM({}{row}))=0", column_letters(at));
    let range = |at: usize| format!("{0}{row}:{0}{1}", column_letters(at), LAST_ROW + 1);
    let required: Vec<usize> = (0..fields.len()).filter(|at| fields[*at].1.required).collect();
    if let Some(first) = required.first() {
        let ranges: Vec<String> = required.iter().map(|at| range(*at)).collect();
        let rule = ConditionalFormatFormula::new()
            .set_rule(format!("=AND({},{begun})", empty(*first)).as_str())
            .set_multi_range(ranges.join(" "))
            .set_format(&look.missing);
        sheet.add_conditional_format(FIRST_ROW, *first as u16, LAST_ROW, *first as u16, &rule)?;
    }
    for (at, (_, field)) in fields.iter().enumerate().filter(|(_, (_, field))| !field.required) {
        let Some(holds) = condition(edition, table, fields, field, row) else { continue };
        let rule = ConditionalFormatFormula::new()
            .set_rule(format!("=AND({},{holds})", empty(at)).as_str())
            .set_format(&look.missing);
        sheet.add_conditional_format(FIRST_ROW, at as u16, LAST_ROW, at as u16, &rule)?;
    }
    Ok(())
}

/// The condition under which a field must be filled, for the row: another column has one of these codes, written as its
/// drop-down offers it, as the code alone or as the name.
fn condition(edition: &Edition, table: &Table, fields: &[(usize, &Field)], field: &Field, row: u32) -> Option<String> {
    /// What a formula of every program takes with ease.
    const LONGEST: usize = 1_000;
    let when = field.required_when.as_ref()?;
    let column = when.column.as_deref()?;
    let at = fields.iter().position(|(_, other)| other.column == column)?;
    let list = table.field(column)?.code_list.as_deref().and_then(|id| edition.code_list(id)).map(|list| &**list);
    let name = |list: Option<&CodeList>, code: &str| Some(list?.get(code)?.name.clone());
    let cell = format!("${}{row}", column_letters(at));
    let mut tests = Vec::new();
    for code in &when.equals {
        let mut texts = vec![code.clone()];
        if let Some(name) = name(list, code) {
            texts.push(choice(code, &name));
            texts.push(name);
        }
        tests.extend(texts.iter().map(|text| format!("{cell}=\"{}\"", text.replace('"', "\"\""))));
    }
    let holds = format!("OR({})", tests.join(","));
    (!tests.is_empty() && holds.len() <= LONGEST).then_some(holds)
}
