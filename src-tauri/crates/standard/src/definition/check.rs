//! References from the rows of one sheet to those of another. Loading checks them, too; here a fault names the cell of
//! the workbook.

use super::fault::{Fault, Why};
use super::plan::{FIELDS, TABLES};
use super::{Lines, plan};
use crate::field::{COLLECTED_COLUMN, KEY_COLUMN, SCHOOL_COLUMN};
use crate::{Association, Condition, Edition, Field, Table};

/// Checks the tables and fields of an edition whose sheets are read.
pub fn check(edition: &Edition, lines: &Lines) -> Result<(), Fault> {
    for table in &edition.tables {
        let line = lines.tables.get(&table.name).copied().unwrap_or_default();
        let fault = |column: &str, value: &str, why| Err(Fault::at(&TABLES, line, column, value, why));
        if let Some((column, value, target)) = misplaced(edition, table) {
            return fault(column, value, Why::Unknown { target });
        }
        if let Association::Listed(others) = &table.association
            && let Some(other) = others.iter().find(|other| edition.table(other).is_none())
        {
            return fault("关联表", other, Why::Unknown { target: "数据表" });
        }
        let strange = table.natural_key.iter().find(|column| !table.may_be_natural(column));
        if let Some(column) = strange {
            return fault("自然主键", column, Why::Unknown { target: "数据项" });
        }
        for column in [KEY_COLUMN, SCHOOL_COLUMN, COLLECTED_COLUMN] {
            if table.field(column).is_none() {
                return fault("表名", column, Why::NoSystemColumn);
            }
        }
        for field in &table.fields {
            if let Some((column, value, why)) = field_fault(edition, table, field) {
                let line = lines.fields.get(&(table.name.clone(), field.column.clone())).copied().unwrap_or_default();
                return Err(Fault::at(&FIELDS, line, column, &value, why));
            }
        }
    }
    Ok(())
}

/// Subset, class and subclass must belong together.
fn misplaced<'a>(edition: &Edition, table: &'a Table) -> Option<(&'static str, &'a str, &'static str)> {
    if !edition.subsets.iter().any(|subset| subset.code == table.subset) {
        return Some(("数据子集", &table.subset, plan::SUBSET));
    }
    let class = edition.classes.iter().find(|class| class.code == table.data_class && class.subset == table.subset);
    let Some(class) = class else { return Some(("数据类", &table.data_class, plan::CLASS)) };
    let known = class.subclasses.iter().any(|subclass| subclass.code == table.data_subclass);
    (!known).then_some(("数据子类", &table.data_subclass, plan::SUBCLASS))
}

/// The column, the value and what is wrong with it.
fn field_fault(edition: &Edition, table: &Table, field: &Field) -> Option<(&'static str, String, Why)> {
    if let Some(id) = field.code_list.as_ref().filter(|id| edition.code_list(id).is_none()) {
        return Some(("代码集", id.clone(), Why::Unknown { target: "代码集" }));
    }
    for to in &field.references {
        if edition.table(&to.table).is_none_or(|other| other.field(&to.column).is_none()) {
            return Some(("引用", format!("{}.{}", to.table, to.column), Why::Unknown { target: "数据项" }));
        }
    }
    let required = field.required_when.as_ref().map(|c| ("必填条件列", "必填条件代码", c));
    let prescribed = field.conditional_value.as_ref().map(|(c, _)| ("取值条件列", "取值条件代码", c));
    for (columns, codes, condition) in required.into_iter().chain(prescribed) {
        if let Some(column) = condition.column.as_ref().filter(|column| table.field(column).is_none()) {
            return Some((columns, column.clone(), Why::Unknown { target: "数据项" }));
        }
        if let Some(code) = unknown_code(edition, table, condition) {
            return Some((codes, code, Why::Unknown { target: "代码" }));
        }
    }
    let (_, value) = field.conditional_value.as_ref()?;
    let list = edition.code_list(field.code_list.as_deref()?)?;
    list.get(value).is_none().then(|| ("条件取值", value.clone(), Why::Unknown { target: "代码" }))
}

/// A code of a condition that the list of its column does not have.
fn unknown_code(edition: &Edition, table: &Table, condition: &Condition) -> Option<String> {
    let list = edition.code_list(table.field(condition.column.as_deref()?)?.code_list.as_deref()?)?;
    condition.equals.iter().find(|code| list.get(code).is_none()).cloned()
}
