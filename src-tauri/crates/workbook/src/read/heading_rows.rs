//! The rows in which headings stand, and the rows that form headings together where a group of columns has one of its
//! own.

/// Rows in which headings are looked for.
pub(crate) const HEAD_ROWS: usize = 30;

/// The first rows of a sheet: row number from 0, and the text of its cells.
pub(crate) type Head = Vec<(u32, Vec<String>)>;

/// Rows that headings may take.
pub(super) const HEADING_ROWS: usize = 3;

/// The heading of one column: what stands in it in the heading rows, from top to bottom.
pub(super) type Name = Vec<String>;

/// The headings that this number of rows from `row` on form together; `None` where rows are missing between them.
///
/// A heading reaches over the empty cells on its right where a heading stands below it: it names the group.
pub(super) fn joined(head: &Head, row: usize, rows: usize) -> Option<Vec<Name>> {
    let part = head.get(row..row + rows)?;
    let adjacent = part.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
    if !adjacent {
        return None;
    }
    let width = part.iter().map(|(_, cells)| cells.len()).max()?;
    let cell = |row: usize, at: usize| part[row].1.get(at).map_or("", String::as_str);
    let below = |row: usize, at: usize| (row + 1..rows).any(|lower| !cell(lower, at).is_empty());
    let mut names: Vec<Name> = vec![Vec::new(); width];
    for row in 0..rows {
        let mut group = "";
        for (at, name) in names.iter_mut().enumerate() {
            let own = cell(row, at);
            match own.is_empty() {
                false => group = if below(row, at) { own } else { "" },
                true if !below(row, at) => group = "",
                true => {}
            }
            let text = if own.is_empty() { group } else { own };
            // A heading that is merged downwards stands in one row or in all.
            if !text.is_empty() && name.last().is_none_or(|above| above != text) {
                name.push(text.to_owned());
            }
        }
    }
    Some(names)
}

/// The texts by which a heading is looked up, the most specific first: all its rows together, the lowest, the others
/// upwards.
pub(super) fn readings(name: &Name) -> Vec<String> {
    let mut readings = vec![name.concat()];
    readings.extend(name.iter().rev().cloned());
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(rows: &[&[&str]]) -> Head {
        (0..).zip(rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect())).collect()
    }

    fn names(rows: &[&[&str]]) -> Vec<String> {
        joined(&head(rows), 0, rows.len()).unwrap().iter().map(|name| name.join("/")).collect()
    }

    #[test]
    fn a_group_reaches_over_the_headings_below_it() {
        let table: [(&[&[&str]], &[&str]); 4] = [
            (
                &[&["学号", "指导教师", "", "", "成绩"], &["", "工号", "姓名", "电话"]],
                &["学号", "指导教师/工号", "指导教师/姓名", "指导教师/电话", "成绩"],
            ),
            // Merged cells as some programs write them: the text in every cell.
            (&[&["学号", "教师", "教师"], &["学号", "工号", "姓名"]], &["学号", "教师/工号", "教师/姓名"]),
            (
                &[&["甲", "", "", ""], &["乙", "", "丙", ""], &["1", "2", "3", "4"]],
                &["甲/乙/1", "甲/乙/2", "甲/丙/3", "甲/丙/4"],
            ),
            (&[&["学号", "姓名"]], &["学号", "姓名"]),
        ];
        for (rows, expected) in table {
            assert_eq!(names(rows), expected);
        }
        let mut apart = head(&[&["学号"], &["姓名"]]);
        apart[1].0 = 5;
        assert_eq!(joined(&apart, 0, 2), None, "a blank row parts them");
    }
}
