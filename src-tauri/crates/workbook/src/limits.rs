//! How much a file may hold before it is refused.
//!
//! A file beyond a limit is refused by an error that names the limit; no content is left out.

/// Limits for [`crate::open`]. The defaults are those of the forms themselves and of what a PC can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Bytes of an .xls, which is kept in memory as a whole. The form has 65,536 rows a sheet.
    pub whole_bytes: u64,
    /// Bytes of all parts of a zipped workbook (.xlsx, .xlsb, .ods) after inflating. The sheets are read in pieces.
    pub inflated_bytes: u64,
    /// Bytes of the texts of an .xlsx after inflating, which are kept in memory.
    pub strings_bytes: u64,
    /// A zipped workbook that inflates beyond [`Limits::ratio_from`] may not be more than so many times its packed
    /// size. Real workbooks stay below 50; a zip bomb is near 1,000.
    pub ratio: u64,
    /// Bytes from which the ratio is checked, because small files of equal cells can be packed very well.
    pub ratio_from: u64,
    /// Last row of a sheet that may have content; the last that a sheet has.
    pub rows: u32,
    /// Last row of a text file.
    pub text_rows: u32,
    /// Last column of a sheet that may have content; the last that a sheet has.
    pub columns: u32,
    /// Last column that is read. What stands right of it is counted, and a remark names it.
    pub width: u32,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Bytes of the text of one cell. A sheet has room for 32,767 characters in one.
    pub cell_bytes: usize,
}

impl Limits {
    /// Limits for a workbook that is kept in memory as a whole: the definition of an edition.
    pub fn of_definitions() -> Limits {
        const MIB: u64 = 1024 * 1024;
        Limits {
            file_bytes: 50 * MIB,
            whole_bytes: 50 * MIB,
            inflated_bytes: 256 * MIB,
            strings_bytes: 256 * MIB,
            rows: 100_000,
            text_rows: 100_000,
            columns: 60,
            sheets: 50,
            ..Limits::default()
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Limits {
            file_bytes: 8 * 1024 * MIB,
            whole_bytes: 512 * MIB,
            inflated_bytes: 16 * 1024 * MIB,
            strings_bytes: 1024 * MIB,
            ratio: 100,
            ratio_from: 64 * MIB,
            rows: 1_048_576,
            text_rows: 100_000_000,
            columns: 16_384,
            width: 1_000,
            sheets: 500,
            cell_bytes: 1024 * 1024,
        }
    }
}
