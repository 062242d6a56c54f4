//! Cells and rows in the wrong place.

use standard::{Kind, Table};

use super::fields::{begins_with_ends, is_number, numbers_with_names};
use super::kind::{DamageKind, Place};

pub const KINDS: &[DamageKind] = &[
    DamageKind {
        id: "shifted-columns",
        zh: "整行错了一列",
        en: "columns shifted by one",
        what: "从某一列起，后面的值全部右移一列，空出的一列空着，最后一列的值丢掉。",
        limit: "后面只剩选填的文字和数时，右移一列以后仍然说得通，看不出来。",
        further: false,
        places: |_, table| {
            filled(table).into_iter().filter(|at| at + 2 < table.fields.len()).map(|at| vec![at]).collect()
        },
        make: |_, site| {
            let mut values = site.record().clone();
            let columns: Vec<usize> = filled(site.table).into_iter().filter(|at| *at >= site.place[0]).collect();
            for pair in columns.windows(2).rev() {
                values[pair[1]] = site.record()[pair[0]].clone();
            }
            values[site.place[0]] = String::new();
            Some(values)
        },
    },
    DamageKind {
        id: "name-and-number-exchanged",
        zh: "名称与编号填反",
        en: "name and number exchanged",
        what: "编号（学号、教工号、课程号等）与旁边的姓名、名称对调。",
        limit: "",
        further: false,
        places: |_, table| numbers_with_names(table),
        make: |_, site| exchanged(site),
    },
    DamageKind {
        id: "begin-and-end-exchanged",
        zh: "起止日期填反",
        en: "begin and end exchanged",
        what: "同一件事的开始与结束（申请与办理、立项与结项、参加与退出）日期对调，两个日期不同。",
        limit: "",
        further: false,
        places: |_, table| begins_with_ends(table),
        make: |_, site| exchanged(site),
    },
    DamageKind {
        id: "header-as-data",
        zh: "表头当作数据",
        en: "the header row as data",
        what: "多一行，每一格是该列的标题。",
        limit: "",
        further: true,
        places: whole,
        make: |_, site| {
            let title = |field: &standard::Field| if field.is_system() { String::new() } else { field.title.clone() };
            Some(site.table.fields.iter().map(title).collect())
        },
    },
    DamageKind {
        id: "total-row",
        zh: "合计行当作数据",
        en: "a row of totals as data",
        what: "多一行，第一格是“合计”，数值列是各列之和，其余空着。",
        limit: "",
        further: true,
        places: whole,
        make: |_, site| {
            let columns = filled(site.table);
            let mut values = vec![String::new(); site.table.fields.len()];
            for at in &columns {
                if is_number(&site.table.fields[*at]) {
                    let sum: f64 = site.rows.iter().filter_map(|row| row[*at].parse::<f64>().ok()).sum();
                    let whole = site.table.fields[*at].kind == Kind::Integer;
                    values[*at] = if whole { format!("{sum:.0}") } else { format!("{sum:.2}") };
                }
            }
            values[columns[0]] = "合计".to_owned();
            Some(values)
        },
    },
];

/// Positions of the columns that a clerk fills.
fn filled(table: &Table) -> Vec<usize> {
    (0..table.fields.len()).filter(|at| !table.fields[*at].is_system()).collect()
}

/// The record as a whole, in every table.
fn whole(_: &super::ground::Ground, table: &Table) -> Vec<Place> {
    vec![filled(table)]
}

/// The texts of two columns exchanged, where both are filled and differ.
fn exchanged(site: &super::kind::Site<'_>) -> Option<Vec<String>> {
    let mut values = site.record().clone();
    let (one, other) = (site.place[0], site.place[1]);
    if values[one].is_empty() || values[other].is_empty() || values[one] == values[other] {
        return None;
    }
    values.swap(one, other);
    Some(values)
}
