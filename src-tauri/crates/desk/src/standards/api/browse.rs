//! Requests and responses for browsing an edition.

use serde::{Deserialize, Serialize};
pub use standard::search::Fit;
use standard::{Doubt, Frequency, Kind, Sensitivity};
use ts_rs::TS;

/// Names an edition; absent: that of the open book.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct EditionRef {
    /// Edition id.
    #[serde(default)]
    pub edition: Option<String>,
}

/// Subsets and their tables.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Tree {
    /// Edition id.
    pub edition: String,
    /// Subsets in printed order.
    pub subsets: Vec<TreeSubset>,
}

/// A 数据子集 with its tables.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TreeSubset {
    /// Code of the subset.
    pub code: String,
    /// Title without `数据子集`.
    pub title: String,
    /// Tables in printed order.
    pub tables: Vec<TreeTable>,
}

/// A table as the navigation lists it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TreeTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// What a search matches: pinyin, initials and name, lower case.
    pub search: String,
    /// How often it is filled.
    pub frequency: Frequency,
    /// Number of fields.
    pub fields: usize,
    /// Number of rules.
    pub rules: usize,
    /// Source system, as printed.
    pub source_system: String,
    /// Added by the college: not submitted.
    pub own: bool,
}

/// Names a table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableRef {
    /// Edition id; absent: that of the open book.
    #[serde(default)]
    pub edition: Option<String>,
    /// Table name.
    pub table: String,
}

/// A table with its fields. The keys that `tianbao show --json` prints are these.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TableSpec {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title as printed.
    pub title: String,
    /// Title without the ending.
    pub short_title: String,
    /// Title of the subset.
    pub subset: String,
    /// Title of the class.
    pub data_class: String,
    /// How often it is filled.
    pub frequency: Frequency,
    /// Frequency as printed.
    pub frequency_text: String,
    /// Scope as printed.
    pub scope: String,
    /// Whether a school has one record of it: the page shows it as a form.
    pub single: bool,
    /// Source system as printed.
    pub source_system: String,
    /// Column of the record key.
    pub primary_key: String,
    /// Columns that tell two records apart.
    pub natural_key: Vec<String>,
    /// Number of rules.
    pub rules: usize,
    /// Related tables as printed.
    pub related: Vec<String>,
    /// Fields in printed order.
    pub fields: Vec<FieldSpec>,
    /// Added by the college: not submitted.
    pub own: bool,
}

/// What the edition says of a field.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldSpec {
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Item number of the standard.
    pub item_id: String,
    /// Printed letter C, N, M or T.
    #[serde(rename = "type")]
    pub printed_type: String,
    /// Kind of its values.
    pub kind: Kind,
    /// Filled by the program.
    pub system: bool,
    /// Whether its values end with a check digit, so that the next one cannot be computed by counting up.
    pub check_digit: bool,
    /// Printed as mandatory.
    pub required: bool,
    /// Characters allowed.
    pub max_length: Option<u32>,
    /// Digits in all.
    pub precision: Option<u32>,
    /// Digits behind the point.
    pub scale: Option<u32>,
    /// Date pattern or regular expression.
    pub format: Option<String>,
    /// Id of the code list.
    pub code_list: Option<String>,
    /// Chinese title of the list, as the edition prints it.
    pub code_list_title: Option<String>,
    /// Number of codes in it.
    pub code_count: Option<usize>,
    /// The level of the list that its title asks for, 0 for codes without one above; absent: any.
    pub code_level: Option<usize>,
    /// Separator of several values.
    pub separator: Option<String>,
    /// Unit that the standard prints, such as 元 or 平方米.
    pub unit: Option<String>,
    /// A value that the standard prints as an example.
    pub example: Option<String>,
    /// Help for a clerk.
    pub description: Option<String>,
    /// When it is mandatory, in words.
    pub required_when: Option<String>,
    /// How private its values are.
    pub sensitivity: Sensitivity,
    /// Where the key is kept, `TABLE.COLUMN`.
    pub references: Vec<String>,
    /// Misprints and open questions, each with what it is about.
    pub doubts: Vec<Doubt>,
    /// Added by the college: not submitted.
    pub own: bool,
}

/// A code list without its codes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CodeListSummary {
    /// Id of the code list in its edition.
    pub id: String,
    /// Chinese title, as the edition prints it.
    pub title: String,
    /// Standard it comes from, if any.
    pub source: Option<String>,
    /// Number of codes.
    pub codes: usize,
    /// Some codes stand under others.
    pub levels: bool,
    /// Open question in the source.
    pub doubt: Option<String>,
    /// Known to hold every code of its source.
    pub complete: bool,
    /// A national list, shared by editions.
    pub national: bool,
    /// Fields that use it, in printed order.
    pub used_by: Vec<ListUse>,
    /// What a search matches.
    pub search: String,
}

/// A field that uses a code list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListUse {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Chinese title of the table, as the edition prints it.
    pub table_title: String,
    /// Name of the column in the standard, such as `XH`.
    pub column: String,
    /// Title of the field.
    pub title: String,
}

/// Asks for codes of a list, a page at a time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CodesQuery {
    /// Edition id; absent: that of the open book.
    #[serde(default)]
    pub edition: Option<String>,
    /// List id.
    pub list: String,
    /// Part of name, code, pinyin or initials; empty for all.
    #[serde(default)]
    pub find: String,
    /// Only the codes right under this one, the uppermost ones where it is empty; absent: all levels.
    #[serde(default)]
    pub parent: Option<String>,
    /// Codes of this level come first, 0 for those without a code above; absent: all levels as the list has them.
    #[serde(default)]
    pub level: Option<usize>,
    /// First row.
    #[serde(default)]
    pub offset: usize,
    /// The largest number to return.
    pub limit: usize,
}

/// Codes of one page, and how many there are in all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CodesPage {
    /// How many match.
    pub total: usize,
    /// The page.
    pub codes: Vec<CodeView>,
    /// The code that was asked for as parent, after the levels above it, outermost first.
    pub above: Vec<CodeLevel>,
}

/// One of the levels above the codes that are shown.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CodeLevel {
    /// Code as the edition prints it, with its leading zeros.
    pub code: String,
    /// Chinese name, as the edition or the college gives it.
    pub name: String,
}

/// One code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CodeView {
    /// Code as the edition prints it, with its leading zeros.
    pub code: String,
    /// Chinese name, as the edition or the college gives it.
    pub name: String,
    /// Code one level up.
    pub parent: Option<String>,
    /// Remark that the standard prints beside the code.
    pub note: Option<String>,
    /// Names of the levels above, outermost first.
    pub path: Vec<String>,
    /// Number of codes right under it.
    pub children: usize,
    /// How the text that was asked for fits it.
    pub fit: Fit,
}
