//! The sheets 代码集 and 代码: one row for each list, one for each code.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Lines;
use super::cells::{Grid, Line};
use super::fault::{Fault, Why};
use super::plan::{CODES, LISTS};
use super::words::{YES_NO, word};
use crate::load::is_name;
use crate::{Code, CodeList, Edition, Source};

/// The lists in printed order.
fn printed(edition: &Edition) -> Vec<&CodeList> {
    let mut lists: Vec<&CodeList> = edition.code_lists.values().map(|list| &**list).collect();
    lists.sort_by_key(|list| list.no);
    lists
}

pub fn list_rows(edition: &Edition) -> Vec<Vec<String>> {
    printed(edition).into_iter().map(list_row).collect()
}

fn list_row(list: &CodeList) -> Vec<String> {
    let source = list.source.clone().unwrap_or_default();
    Line::new(&LISTS)
        .put("代码集", &list.id)
        .put("标题", &list.title)
        .put_some("来源关系", source.relation)
        .put_some("来源标准", source.standard)
        .put_some("来源代码集", source.list)
        .put_some("来源版本", source.version)
        .put("完整", word(YES_NO, &list.complete))
        .put_some("疑问", list.doubt.as_ref())
        .done()
}

pub fn code_rows(edition: &Edition) -> Vec<Vec<String>> {
    let row = |list: &CodeList, code: &Code| {
        Line::new(&CODES)
            .put("代码集", &list.id)
            .put("代码", &code.code)
            .put("名称", &code.name)
            .put_some("上级代码", code.parent.as_ref())
            .put_some("说明", code.note.as_ref())
            .done()
    };
    printed(edition).into_iter().flat_map(|list| list.codes.iter().map(move |code| row(list, code))).collect()
}

/// Reads both sheets.
pub fn read(lists: &Grid<'_>, codes: &Grid<'_>, lines: &mut Lines) -> Result<BTreeMap<String, Arc<CodeList>>, Fault> {
    let mut of: BTreeMap<String, Vec<Code>> = BTreeMap::new();
    let mut heads = Vec::new();
    for (row, no) in lists.rows().zip(1u32..) {
        let id = row.need("代码集")?;
        if !is_name(&id) {
            return row.fault("代码集", Why::BadName);
        }
        // File names that differ in their letters' size alone are one file on some disks.
        if let Some(other) = lines.lists.insert(id.to_lowercase(), row.line()) {
            return row.fault("代码集", Why::Twice { other });
        }
        let source = Source {
            relation: row.text("来源关系")?,
            standard: row.text("来源标准")?,
            list: row.text("来源代码集")?,
            version: row.text("来源版本")?,
        };
        let mut list = CodeList::new(id.clone(), row.need("标题")?, Vec::new());
        list.no = no;
        list.source = Some(source).filter(|source| *source != Source::default());
        list.doubt = row.text("疑问")?;
        list.complete = row.word("完整", YES_NO)?.unwrap_or(true);
        of.insert(id, Vec::new());
        heads.push(list);
    }
    for row in codes.rows() {
        let list = row.need("代码集")?;
        let Some(codes) = of.get_mut(&list) else {
            return row.fault("代码集", Why::Unknown { target: "代码集" });
        };
        let code = row.need("代码")?;
        if let Some(other) = lines.codes.insert((list, code.clone()), row.line()) {
            return row.fault("代码", Why::Twice { other });
        }
        codes.push(Code {
            code, name: row.need("名称")?, parent: row.text("上级代码")?, note: row.text("说明")?
        });
    }
    let whole = heads.into_iter().map(|head| {
        let codes = of.remove(&head.id).unwrap_or_default();
        let list = head.with_codes(codes);
        (list.id.clone(), Arc::new(list))
    });
    let whole: BTreeMap<String, Arc<CodeList>> = whole.collect();
    for row in codes.rows() {
        let list = row.text("代码集")?.and_then(|id| whole.get(&id));
        let parent = row.text("上级代码")?;
        if parent.zip(list).is_some_and(|(parent, list)| list.get(&parent).is_none()) {
            return row.fault("上级代码", Why::Unknown { target: "代码" });
        }
    }
    Ok(whole)
}
