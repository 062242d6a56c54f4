//! Where the standard itself leaves a limit open.
//!
//! The editions carry a `doubt` on fields whose printed limit is a misprint or an open question. A check whose limit is
//! open asks the clerk to confirm instead of refusing: the receiver may well accept the value, and nobody outside knows.

use standard::{CodeList, Field, Kind};

/// Whether values beyond the printed code list may be meant.
///
/// True for a coded field with a doubt: its printed length has room for finer codes, for several codes without a
/// printed separator, or for letters where the list has digits. A printed expression (`^[0-9]{3}$`) settles the form, so
/// that only the length is in doubt there. True as well where our copy of a national list is known to lack codes.
pub(crate) fn list_is_open(field: &Field, list: &CodeList) -> bool {
    !list.complete || (field.doubt.is_some() && field.kind == Kind::Code && field.pattern.is_none())
}

/// Whether the standard demands a value and leaves undefined what it is as long as there is none: the mandatory date
/// on which a book came back, for books that did not. Where the printed length is not that of a date, the doubt is about
/// the length.
pub(crate) fn empty_is_open(field: &Field) -> bool {
    field.doubt.is_some() && field.kind == Kind::Date && field.required && field.max_length == Some(8)
}

/// Whether the blank between date and time is in doubt: the printed note has an example without it, the printed length
/// fits the form with it.
pub(crate) fn blank_is_open(field: &Field) -> bool {
    field.doubt.is_some() && field.kind == Kind::DateTime
}
