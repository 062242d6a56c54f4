//! How a value may be written in a file of ours.

use std::borrow::Cow;

use standard::{CodeList, Field};

use super::plain::named;
use crate::read::coded::choice;

/// The ways in which the writers show a value: as it is, as a drop-down offers it, as its name.
pub(crate) fn written_forms<'v>(field: &Field, list: Option<&CodeList>, value: &'v str) -> Vec<Cow<'v, str>> {
    let mut forms = vec![Cow::Borrowed(value)];
    if let Some(list) = list {
        forms.extend(list.get(value).map(|code| Cow::Owned(choice(&code.code, &code.name))));
        forms.push(named(field, list, value));
    }
    forms
}
