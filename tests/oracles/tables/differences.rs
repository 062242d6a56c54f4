//! The cases in which our verdict on a cell and that of Table Schema differ, with the reason. Every difference must be
//! one of these, and each of these must occur.

use standard::{DoubtKind, Edition, Field, Kind};

/// A verdict on a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Passes,
    /// A finding of level confirm; Table Schema has no such verdict.
    Confirm,
    Refused,
}

/// An explained difference.
pub struct Difference {
    /// Names of the mistakes; when empty, any mistake.
    pub mistakes: &'static [&'static str],
    /// Whether a field of an edition belongs to the case.
    pub of: fn(&Edition, &Field) -> bool,
    pub ours: Verdict,
    pub theirs: Verdict,
    /// The reason for the difference.
    pub why: &'static str,
}

/// All differences; the first one that fits explains a case.
pub const DIFFERENCES: &[Difference] = &[
    Difference {
        mistakes: &["blanks around", "plus sign", "leading zero", "exponent", "not a number", "wide digits"],
        of: |_, field| matches!(field.kind, Kind::Integer | Kind::Decimal),
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "frictionless reads a number as Python does; a receiver gets the text, and the standard prints plain digits",
    },
    Difference {
        mistakes: &["too long", "too many digits", "too many decimals"],
        of: |_, field| matches!(field.kind, Kind::Integer | Kind::Decimal),
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "Table Schema cannot limit the number of digits",
    },
    Difference {
        mistakes: &[
            "blanks around",
            "unknown code",
            "the name of a code",
            "one unknown code of two",
            "other separator",
        ],
        of: |_, field| field.kind == Kind::Codes,
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "several codes in one cell are one text for Table Schema, and a foreign key compares whole cells only",
    },
    Difference {
        mistakes: &["unknown code", "several codes in one"],
        of: |_, field| open(field),
        ours: Verdict::Confirm,
        theirs: Verdict::Passes,
        why: "where a doubt leaves the permitted codes open, the schema has no foreign key; we ask to confirm",
    },
    Difference {
        mistakes: &["too long"],
        of: |_, field| field.is_doubtful(DoubtKind::Length) || field.title.contains("姓名"),
        ours: Verdict::Confirm,
        theirs: Verdict::Refused,
        why: "the schema repeats a printed length that may be a misprint, or cuts a name; we ask to confirm",
    },
    Difference {
        mistakes: &["decimals of a whole number"],
        of: |_, field| {
            let title = |word: &&str| field.title.contains(word);
            field.is_doubtful(DoubtKind::Type) || ["天数", "时长", "学时", "课时", "时数", "时间"].iter().any(title)
        },
        ours: Verdict::Confirm,
        theirs: Verdict::Refused,
        why: "half a day of leave and half a lesson are true; the standard prints no decimals there, and we ask to confirm",
    },
    Difference {
        mistakes: &["blanks around", "the name of a code"],
        of: |_, field| open(field) || several(field),
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "the schema has no foreign key there, either, but we recognise other spellings of a code",
    },
    Difference {
        mistakes: &["a region of the past"],
        of: national,
        ours: Verdict::Confirm,
        theirs: Verdict::Passes,
        why: "national lists are in another package, so there is no foreign key; we ask to confirm a code that was valid once",
    },
    Difference {
        mistakes: &["no such region"],
        of: national,
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "national lists are in another package, so there is no foreign key",
    },
    Difference {
        mistakes: &[],
        of: |edition, field| {
            let list = field.code_list.as_deref().and_then(|id| edition.code_list(id));
            let longest = list.and_then(|list| list.codes.iter().map(|code| code.code.len()).max());
            longest.zip(field.max_length).is_some_and(|(longest, limit)| longest > limit as usize)
        },
        ours: Verdict::Passes,
        theirs: Verdict::Refused,
        why: "the printed length is shorter than the codes of the list: a misprint that the schema repeats and our check ignores",
    },
    Difference {
        mistakes: &["blanks only"],
        of: |_, field| !field.required,
        ours: Verdict::Passes,
        theirs: Verdict::Refused,
        why: "our check takes blanks for an empty cell, which is permitted in an optional field; Table Schema takes them for a value",
    },
    Difference {
        mistakes: &["blanks only"],
        of: |_, field| field.required,
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "our check takes blanks for an empty cell, which is a finding in a required field; Table Schema takes them for a value",
    },
    Difference {
        mistakes: &["empty", "blanks only"],
        of: |_, field| field.kind == Kind::Date && field.is_doubtful(DoubtKind::Value),
        ours: Verdict::Confirm,
        theirs: Verdict::Refused,
        why: "the day on which a book was returned is required, and its value before the return is undefined",
    },
    Difference {
        mistakes: &["date and time in one"],
        of: |_, field| field.kind == Kind::DateTime && field.is_doubtful(DoubtKind::Blank),
        ours: Verdict::Confirm,
        theirs: Verdict::Refused,
        why: "the printed example has no blank between date and time, the printed length has one",
    },
    Difference {
        mistakes: &["year zero"],
        of: |_, field| field.kind == Kind::Year,
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "any four digits are a year for Table Schema; our years begin at 1000",
    },
    Difference {
        mistakes: &["years apart"],
        of: |_, field| field.format.as_deref() == Some("YYYY-YYYY"),
        ours: Verdict::Confirm,
        theirs: Verdict::Passes,
        why: "a regular expression cannot require that a school year has two consecutive years",
    },
    Difference {
        mistakes: &["years apart"],
        of: |_, field| field.format.as_deref() == Some("YYYY-YYYY学年"),
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "a regular expression cannot require it, and 学年 is part of the printed format",
    },
    Difference {
        mistakes: &["no address", "blanks around"],
        of: |_, field| field.kind == Kind::Url && field.pattern.is_none(),
        ours: Verdict::Confirm,
        theirs: Verdict::Refused,
        why: "the standard prints no format for the address of a system inside the college; we ask to confirm",
    },
    Difference {
        mistakes: &["broken JSON", "words for JSON"],
        of: |_, field| field.kind == Kind::Json,
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "JSON in the standard may be any value, but in Table Schema an object or an array, so the schema has a string",
    },
    Difference {
        mistakes: &["too long", "too many characters"],
        of: |_, field| field.max_chars.is_some(),
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "the schema has the printed length; the note of the standard has a stricter limit",
    },
    Difference {
        mistakes: &["too many items"],
        of: |_, field| field.max_items.is_some(),
        ours: Verdict::Refused,
        theirs: Verdict::Passes,
        why: "Table Schema cannot count the items of a text",
    },
    Difference {
        mistakes: &["a unit", "words for a number"],
        of: |_, field| matches!(field.kind, Kind::Integer | Kind::Decimal) && field.is_doubtful(DoubtKind::Type),
        ours: Verdict::Confirm,
        theirs: Verdict::Refused,
        why: "where the printed type may be a misprint, a text that is no number may be meant; we ask to confirm",
    },
    Difference {
        mistakes: &[],
        of: |_, field| field.kind == Kind::Text,
        ours: Verdict::Confirm,
        theirs: Verdict::Passes,
        why: "how lessons, weeks, identifiers and telephones are written is no part of Table Schema; we ask to confirm",
    },
    Difference {
        mistakes: &["other value"],
        of: |_, field| !field.values.is_empty() && !field.doubts.is_empty(),
        ours: Verdict::Confirm,
        theirs: Verdict::Refused,
        why: "a doubt leaves the permitted values open, and the schema repeats those that are printed; we ask to confirm",
    },
];

/// A code field whose list is in doubt.
fn open(field: &Field) -> bool {
    field.kind == Kind::Code && field.is_doubtful(DoubtKind::List)
}

/// A code field that may take several codes.
fn several(field: &Field) -> bool {
    field.kind == Kind::Code && field.is_doubtful(DoubtKind::SeveralValues)
}

/// A field with a national code list.
fn national(edition: &Edition, field: &Field) -> bool {
    field.code_list.as_ref().is_some_and(|id| edition.national.contains_key(id))
}
