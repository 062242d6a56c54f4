//! The stamp: the origin of a workbook that this program wrote, on a hidden sheet that Excel, WPS and LibreOffice keep.
//!
//! The sheet has two columns, name and value, and one line for each sheet that holds a table. It is read back from any
//! form (.xlsx, .xls, .ods); a .csv file cannot contain it. It has no personal data.

use std::collections::BTreeMap;

/// Name of the hidden sheet.
pub const STAMP_SHEET: &str = "_tianbao";
/// Name of the hidden sheet with code lists.
pub const CODES_SHEET: &str = "_codes";
/// The form of our workbooks that this program writes.
pub const STAMP_FORMAT: u32 = 1;

/// Where a workbook came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Form of the workbook: [`STAMP_FORMAT`] when written by this program.
    pub format: u32,
    /// Edition id, such as `gaozhi-2024.09`.
    pub edition: String,
    /// Id of the book that wrote it.
    pub book: String,
    /// School code.
    pub school: String,
    /// Department, if it was written for one.
    pub department: String,
    /// Period (采集期).
    pub period: String,
    /// When it was written, as text; passed in by the caller.
    pub written_at: String,
    /// The last step of the book when it was written, so that an import recognises later changes.
    pub step: i64,
    /// Whether personal values are masked in it (annotated workbooks).
    pub masked: bool,
    /// Name of the school, for people; it is printed on pages and not read back.
    pub school_name: String,
    /// Who fills each table (name of the table to department), for people; it is not read back.
    pub departments: BTreeMap<String, String>,
    /// Name of the sheet that explains the others; empty where there is none. Writers fill it themselves.
    pub index: String,
    /// Sheets and their tables, in order. Writers fill it themselves.
    pub sheets: Vec<StampedSheet>,
}

/// One sheet that holds a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampedSheet {
    /// Sheet name.
    pub sheet: String,
    /// Table name.
    pub table: String,
}

impl Stamp {
    /// The lines of the hidden sheet.
    pub(crate) fn lines(&self) -> Vec<[String; 2]> {
        let mut lines = vec![
            ["tianbao".to_owned(), STAMP_FORMAT.to_string()],
            ["edition".to_owned(), self.edition.clone()],
            ["book".to_owned(), self.book.clone()],
            ["school".to_owned(), self.school.clone()],
            ["department".to_owned(), self.department.clone()],
            ["period".to_owned(), self.period.clone()],
            ["written-at".to_owned(), self.written_at.clone()],
            ["step".to_owned(), self.step.to_string()],
            ["masked".to_owned(), u8::from(self.masked).to_string()],
            ["index".to_owned(), self.index.clone()],
        ];
        // The marker keeps sheet names such as "2026" text in every program.
        lines.extend(self.sheets.iter().map(|s| [format!("table:{}", s.table), s.sheet.clone()]));
        lines
    }

    /// Reads the lines back; absent where they are not ours.
    pub(crate) fn from_lines<'a>(lines: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<Stamp> {
        let mut stamp = Stamp::default();
        for (name, value) in lines {
            let (name, value) = (name.trim(), value.trim());
            match name {
                "tianbao" => stamp.format = value.parse().ok()?,
                "edition" => stamp.edition = value.to_owned(),
                "book" => stamp.book = value.to_owned(),
                "school" => stamp.school = value.to_owned(),
                "department" => stamp.department = value.to_owned(),
                "period" => stamp.period = value.to_owned(),
                "written-at" => stamp.written_at = value.to_owned(),
                "step" => stamp.step = value.parse().unwrap_or_default(),
                "masked" => stamp.masked = value == "1",
                "index" => stamp.index = value.to_owned(),
                _ => {
                    if let Some(table) = name.strip_prefix("table:") {
                        stamp.sheets.push(StampedSheet { sheet: value.to_owned(), table: table.to_owned() });
                    }
                }
            }
        }
        (stamp.format > 0).then_some(stamp)
    }

    /// The table of a sheet.
    pub fn table_of(&self, sheet: &str) -> Option<&str> {
        self.sheets.iter().find(|s| s.sheet == sheet).map(|s| s.table.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back() {
        let stamp = Stamp {
            format: STAMP_FORMAT,
            edition: "gaozhi-2024.09".into(),
            book: "B-1".into(),
            school: "4100000000".into(),
            department: "教务处".into(),
            period: "2026-2027-1".into(),
            written_at: "2026-11-21 20:28".into(),
            step: 17,
            masked: true,
            index: "使用说明".into(),
            sheets: vec![StampedSheet { sheet: "实习基础".into(), table: "ODS_SXJCSJ".into() }],
            ..Stamp::default()
        };
        let lines = stamp.lines();
        let back = Stamp::from_lines(lines.iter().map(|[n, v]| (n.as_str(), v.as_str())));
        assert_eq!(back, Some(stamp));
        assert_eq!(Stamp::from_lines([("a", "b")]), None, "a sheet of someone else");
    }
}
