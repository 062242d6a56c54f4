//! Rows below the headings that are not records: headings again, types, running numbers, sums, notes, samples, and rows
//! that hold nothing but defaults. They are proposed to be left out, each with its reason; the clerk may take them in.

use super::normal::normal;
use super::words::WORDS;

/// Why a row is not read as a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeftOut {
    /// It names the columns again.
    Headings,
    /// It says what the columns may hold, such as `C`, `VARCHAR(20)` or `必填`.
    FieldTypes,
    /// It numbers the columns: 1, 2, 3.
    Numbering,
    /// 合计, 小计, 总计.
    Total,
    /// 注, 说明, 填表人, 审核人, 以下空白, 第 2 页.
    Note,
    /// 示例.
    Example,
    /// It belongs to another table that stands below.
    OtherTable,
    /// What is in it stands in every row: zeros and defaults; nothing says whose record it is.
    Defaults,
}

impl LeftOut {
    /// Name of the reason; the words are under `import.left-out.` in ui/src/text.
    pub fn code(self) -> &'static str {
        match self {
            LeftOut::Headings => "headings",
            LeftOut::FieldTypes => "field-types",
            LeftOut::Numbering => "numbering",
            LeftOut::Total => "total",
            LeftOut::Note => "note",
            LeftOut::Example => "example",
            LeftOut::OtherTable => "other-table",
            LeftOut::Defaults => "defaults",
        }
    }
}

/// One row as far as it has to be judged.
pub(super) struct Line<'a> {
    /// All filled cells from left to right, with their positions.
    pub cells: Vec<(usize, &'a str)>,
    /// The filled cells of columns that have a field: what names the column (normal headings), and the text.
    pub mapped: Vec<(&'a [String], &'a str)>,
    /// No column of the table's natural key is filled.
    pub nameless: bool,
    /// All columns of the table's natural key are filled.
    pub named: bool,
    /// No record came before.
    pub first: bool,
    /// Every filled cell is zero or a value of a drop-down.
    pub only_defaults: bool,
}

/// Why this row is not a record; absent for a record.
pub(super) fn left_out(line: &Line<'_>) -> Option<LeftOut> {
    let first = line.cells.first().map_or("", |(_, text)| *text);
    if names_its_columns(line) {
        return Some(LeftOut::Headings);
    }
    if line.first && line.mapped.len() > 1 {
        if line.mapped.iter().all(|(_, text)| is_type(text)) {
            return Some(LeftOut::FieldTypes);
        }
        if is_numbering(&line.cells) {
            return Some(LeftOut::Numbering);
        }
    }
    if is_total(first) || (!line.named && line.cells.iter().any(|(_, text)| is_total(text))) {
        return Some(LeftOut::Total);
    }
    // A merged note stands in all the cells that it covers.
    let one_text = line.cells.iter().all(|(_, text)| *text == first);
    let only_notes = line.cells.iter().all(|(_, text)| is_note(text));
    if is_note(first) && (one_text || only_notes || !line.named) {
        return Some(LeftOut::Note);
    }
    if is_example(first) {
        return Some(LeftOut::Example);
    }
    (line.nameless && line.only_defaults).then_some(LeftOut::Defaults)
}

/// Whether every cell names its own column, and at least two do (one where the sheet has no more).
fn names_its_columns(line: &Line<'_>) -> bool {
    let names = |(names, text): &(&[String], &str)| names.contains(&normal(text));
    !line.mapped.is_empty() && line.mapped.iter().all(names) && (line.mapped.len() > 1 || line.cells.len() == 1)
}

/// A word for the type, length or duty of a column.
fn is_type(text: &str) -> bool {
    let normal = normal(text);
    let word = normal.split_once('(').map_or(normal.as_str(), |(word, _)| word);
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    WORDS.types.contains(word)
}

/// 1, 2, 3 … (also ①, (1), A): at least three cells that count the columns, without a gap.
fn is_numbering(cells: &[(usize, &str)]) -> bool {
    let number = |text: &str| text.trim_matches(['(', ')', '（', '）', '.', ' ']).parse::<usize>().ok();
    let circled = |text: &str| {
        let mut chars = text.chars();
        let number = chars.next().filter(|c| ('①'..='⑳').contains(c)).map(|c| c as usize - '①' as usize + 1);
        number.filter(|_| chars.next().is_none())
    };
    let counts = |number: &dyn Fn(&str) -> Option<usize>| {
        cells.iter().enumerate().all(|(at, (_, text))| number(text) == Some(at + 1))
    };
    cells.len() > 2 && (counts(&number) || counts(&circled))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_total(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let text = squeezed(text);
    let text = text.trim_end_matches([':', '：']);
    let behind = |start: &String| text.strip_prefix(start.as_str());
    let opened = |rest: &str| rest.starts_with([':', '：', '（', '(']);
    WORDS.totals.contains(text) || WORDS.total_starts.iter().filter_map(behind).any(opened)
}

fn is_note(text: &str) -> bool {
    let text: String = squeezed(text).chars().take(40).collect();
    let head = text.split([':', '：']).next().unwrap_or_default();
    let signed = head.split(['（', '(']).next().unwrap_or_default();
    let has_colon = head.len() < text.len();
    let [first, last] = &WORDS.instruction;
    let is_instruction = signed.starts_with(first.as_str()) && signed.ends_with(last.as_str());
    (has_colon && (is_instruction || WORDS.note_heads.contains(signed)))
        || WORDS.notes.contains(&text)
        || WORDS.note_starts.iter().any(|start| text.starts_with(start.as_str()))
        || is_page(&text)
}

/// 第2页, 共3页, 第2页共3页, 第2页/共3页, (第 2 页，共 3 页).
fn is_page(text: &str) -> bool {
    let text = text.trim_matches(['(', ')', '（', '）', '-', '—']);
    let number = |part: &str, before: char| {
        let inner = part.strip_prefix(before).and_then(|rest| rest.strip_suffix('页'));
        inner.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    match text.split_once('共').filter(|(page, _)| !page.is_empty()) {
        Some((page, of)) => {
            number(page.trim_end_matches([',', '，', '/', '、']), '第') && number(&format!("共{of}"), '共')
        }
        None => number(text, '第') || number(text, '共'),
    }
}

fn is_example(text: &str) -> bool {
    let text: String = squeezed(text).chars().take(6).collect();
    let bare = text.trim_start_matches(['(', '（', '【', '[']);
    WORDS.examples.iter().any(|start| bare.starts_with(start.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of a table with the columns 学号 (its key), 姓名 and 成绩.
    fn judged(cells: [&str; 3], first: bool) -> Option<LeftOut> {
        let names = [["学号".to_owned(), "XH".to_owned()], ["姓名".into(), "XM".into()], ["成绩".into(), "CJ".into()]];
        let filled = || cells.iter().enumerate().filter(|(_, text)| !text.is_empty());
        let line = Line {
            cells: filled().map(|(at, text)| (at, *text)).collect(),
            mapped: filled().map(|(at, text)| (names[at].as_slice(), *text)).collect(),
            nameless: cells[0].is_empty(),
            named: !cells[0].is_empty(),
            first,
            only_defaults: filled().all(|(_, text)| *text == "0"),
        };
        left_out(&line)
    }

    #[test]
    fn rows_that_are_no_records() {
        let table = [
            (["XH", "XM", "CJ"], Some(LeftOut::Headings)),
            (["学 号", "姓名", "成绩"], Some(LeftOut::Headings)),
            (["C", "VARCHAR2(30)", "N"], Some(LeftOut::FieldTypes)),
            (["C20", "C30", "N5,1"], Some(LeftOut::FieldTypes)),
            (["必填", "选填", ""], Some(LeftOut::FieldTypes)),
            (["1", "2", "3"], Some(LeftOut::Numbering)),
            (["①", "②", "③"], Some(LeftOut::Numbering)),
            (["合 计", "", "96"], Some(LeftOut::Total)),
            (["", "小计：", "96"], Some(LeftOut::Total)),
            (["注：成绩为百分制", "", ""], Some(LeftOut::Note)),
            (["注：成绩为百分制", "注：成绩为百分制", "注：成绩为百分制"], Some(LeftOut::Note)),
            (["填表人：王一", "审核人：李二", ""], Some(LeftOut::Note)),
            (["填表人（签字）：", "", ""], Some(LeftOut::Note)),
            (["以下空白", "", ""], Some(LeftOut::Note)),
            (["第 2 页", "", ""], Some(LeftOut::Note)),
            (["第 1 页 共 3 页", "", ""], Some(LeftOut::Note)),
            (["第2页/共3页", "", ""], Some(LeftOut::Note)),
            (["共 3 页", "", ""], Some(LeftOut::Note)),
            (["第一页", "张三", "80"], None),
            (["第2页", "张三", "80"], None),
            (["示例：2024001", "张三", "80"], Some(LeftOut::Example)),
            (["", "", "0"], Some(LeftOut::Defaults)),
            (["2024001", "合计", "96"], None),
            (["2024001", "张三", "0"], None),
            (["说明书", "张三", "80"], None),
            (["", "张三", "80"], None),
            (["1", "张三", "3"], None),
        ];
        for (cells, expected) in table {
            assert_eq!(judged(cells, true), expected, "{cells:?}");
        }
        // Below the first record only what is certain there.
        assert_eq!(judged(["1", "2", "3"], false), None);
        assert_eq!(judged(["C", "N", "D"], false), None);
    }
}
