//! Where the standard itself leaves a limit open.
//!
//! The editions carry doubts on fields whose printed limit is a misprint or an open question, each with the kind of
//! limit that it is about ([`DoubtKind`]). The check of that kind asks the clerk to confirm instead of refusing: the
//! receiver may accept the value, and only its operators know. All other checks of the field stay as they are.

use standard::{CodeList, DoubtKind, Field, Kind};

/// Whether values beyond the printed code list may be meant: the field's list is in doubt (its printed length has room
/// for finer codes, or letters are asked for where the list has digits), or our copy of a national list is known to
/// lack codes.
pub(crate) fn list_is_open(field: &Field, list: &CodeList) -> bool {
    !list.complete || field.is_doubtful(DoubtKind::List)
}

/// Whether the standard demands a value and leaves undefined what it is as long as there is none: the mandatory date
/// on which a book came back, for books that did not.
pub(crate) fn empty_is_open(field: &Field) -> bool {
    field.required && field.is_doubtful(DoubtKind::Value)
}

/// Whether the blank between date and time is in doubt: the printed note has an example without it, the printed length
/// fits the form with it.
pub(crate) fn blank_is_open(field: &Field) -> bool {
    field.kind == Kind::DateTime && field.is_doubtful(DoubtKind::Blank)
}

/// Whether the printed length may be a misprint.
pub(crate) fn length_is_open(field: &Field) -> bool {
    field.is_doubtful(DoubtKind::Length)
}

/// Whether several codes may be meant, although no separator is printed.
pub(crate) fn several_are_open(field: &Field) -> bool {
    field.is_doubtful(DoubtKind::SeveralValues)
}

/// Whether the printed type is in doubt: whether a number has decimals, or may be a text.
pub(crate) fn type_is_open(field: &Field) -> bool {
    field.is_doubtful(DoubtKind::Type)
}

/// Whether a whole number measures time or lessons, where halves are true: half a day of leave, one and a half lessons.
/// The standard prints no decimals there; the titles say what is measured.
pub(crate) fn has_true_halves(field: &Field) -> bool {
    const TITLES: [&str; 7] = ["天数", "时长", "学时", "课时", "教学时数", "所用时间", "周数"];
    field.kind == Kind::Integer && TITLES.iter().any(|title| field.title.contains(title))
}
