//! Fields of a table: plain data, read-only after loading.

use serde::{Deserialize, Serialize};

use crate::{Doubt, DoubtKind};

/// The three columns that the program fills and a clerk never types: the record key, the school, the collection time.
pub const KEY_COLUMN: &str = "ZJSJWYXBS";
/// School code, from the college's settings.
pub const SCHOOL_COLUMN: &str = "XXDM";
/// Time of collection, `YYYYMMDD hhmmss`.
pub const COLLECTED_COLUMN: &str = "SJCJSJ";

/// Normalised kind of a field's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Kind {
    /// One line of text.
    Text,
    /// Text of any length.
    LongText,
    /// Whole number.
    Integer,
    /// Number with decimals; see [`Field::precision`] and [`Field::scale`].
    Decimal,
    /// `YYYYMMDD`.
    Date,
    /// `YYYYMMDD hhmmss`.
    DateTime,
    /// `hhmmss`.
    Time,
    /// `YYYYMM`.
    YearMonth,
    /// `YYYY`.
    Year,
    /// `YYYY-YYYY`.
    YearRange,
    /// One code of a list.
    Code,
    /// Several codes of a list with [`Field::separator`] between them.
    Codes,
    /// Web address.
    Url,
    /// JSON text.
    Json,
}

/// How private a field is; judged by this project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Sensitivity {
    /// Nothing personal.
    None,
    /// Identifies or describes one person.
    Personal,
    /// Health, leave reasons, aid, party development, portraits, identity numbers.
    Special,
}

/// 数据项: one column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Number in the table, from 1.
    pub no: u32,
    /// Item number of the standard.
    pub item_id: String,
    /// Column name, upper case.
    pub column: String,
    /// Chinese title.
    pub title: String,
    /// Printed letter: `C` text, `N` number, `M` money, `T` long text.
    pub printed_type: char,
    /// Normalised kind.
    pub kind: Kind,
    /// Characters allowed; absent where none is printed.
    pub max_length: Option<u32>,
    /// Digits in all of a printed `20,1`.
    pub precision: Option<u32>,
    /// Digits behind the point.
    pub scale: Option<u32>,
    /// Printed constraint M.
    pub required: bool,
    /// Id of the code list.
    pub code_list: Option<String>,
    /// The text between several values in one field.
    pub separator: Option<String>,
    /// Regular expression that values match, beginning with `^`; dates have their kind instead.
    pub pattern: Option<String>,
    /// Printed date pattern such as `YYYYMMDD`, or the pattern above, as the standard has it.
    pub format: Option<String>,
    /// Printed unit.
    pub unit: Option<String>,
    /// Printed example.
    pub example: Option<String>,
    /// Mandatory if another column has one of these codes.
    pub required_when: Option<Condition>,
    /// Value prescribed when another column has one of these codes.
    pub conditional_value: Option<(Condition, String)>,
    /// Permitted values that are printed without codes; empty where none are.
    pub values: Vec<String>,
    /// The largest number of values in a field of several values.
    pub max_items: Option<u32>,
    /// Stricter limit of characters printed beside the length.
    pub max_chars: Option<u32>,
    /// How private it is.
    pub sensitivity: Sensitivity,
    /// Tables and columns that hold the key; more than one means "one of these".
    pub references: Vec<Reference>,
    /// Why this project thinks so.
    pub reference_basis: Option<String>,
    /// Help for a clerk.
    pub description: Option<String>,
    /// Misprints and open questions in the source.
    pub doubts: Vec<Doubt>,
    /// Other headings that imports accept.
    pub aliases: Vec<String>,
    /// Added by the college: never submitted.
    pub own: bool,
}

impl Field {
    /// A field with a column, a title and a kind, and nothing else.
    pub fn new(column: &str, title: &str, kind: Kind) -> Field {
        Field {
            no: 1,
            item_id: String::new(),
            column: column.to_owned(),
            title: title.to_owned(),
            printed_type: match kind {
                Kind::Integer | Kind::Decimal => 'N',
                Kind::LongText => 'T',
                _ => 'C',
            },
            kind,
            max_length: None,
            precision: None,
            scale: None,
            required: false,
            code_list: None,
            separator: None,
            pattern: None,
            format: None,
            unit: None,
            example: None,
            required_when: None,
            conditional_value: None,
            values: Vec::new(),
            max_items: None,
            max_chars: None,
            sensitivity: Sensitivity::None,
            references: Vec::new(),
            reference_basis: None,
            description: None,
            doubts: Vec::new(),
            aliases: Vec::new(),
            own: false,
        }
    }

    /// Whether the program fills this column itself.
    pub fn is_system(&self) -> bool {
        matches!(self.column.as_str(), KEY_COLUMN | SCHOOL_COLUMN | COLLECTED_COLUMN)
    }

    /// Whether an open question of this kind stands beside the field.
    pub fn is_doubtful(&self, kind: DoubtKind) -> bool {
        self.doubts.iter().any(|doubt| doubt.kind == kind)
    }

    /// The limit of characters: the stricter of the two printed ones.
    pub fn length_limit(&self) -> Option<u32> {
        match (self.max_length, self.max_chars) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }
}

/// "If `column` has one of the codes `equals`."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Column of the same table; absent where the condition cannot be tested.
    pub column: Option<String>,
    /// Codes of that column.
    #[serde(default)]
    pub equals: Vec<String>,
    /// The condition in words; empty where none are printed.
    #[serde(default)]
    pub note: String,
}

/// Where the key that a field names is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Table name.
    pub table: String,
    /// Column in it.
    pub column: String,
}
