//! Two sides joined by name, and the differences between two values.

use std::collections::HashMap;

use super::change::{Aspect, Value, What};

/// Both sides joined by name: what the second has in its order, then what only the first has.
pub fn joined<'e, T>(from: &'e [T], to: &'e [T], name: impl Fn(&T) -> &str) -> Vec<(Option<&'e T>, Option<&'e T>)> {
    let by_name = |side: &'e [T]| side.iter().map(|one| (name(one).to_owned(), one)).collect();
    let before: HashMap<String, &T> = by_name(from);
    let after: HashMap<String, &T> = by_name(to);
    let there = to.iter().map(|one| (before.get(name(one)).copied(), Some(one)));
    let gone = from.iter().filter(|one| !after.contains_key(name(one))).map(|one| (Some(one), None));
    there.chain(gone).collect()
}

/// The difference of two values; `None` where they are equal.
pub fn aspect(what: What, before: Option<Value>, after: Option<Value>) -> Option<Aspect> {
    (before != after).then_some(Aspect { what, before, after })
}

/// A text as a value; `None` for an empty one.
pub fn text(words: &str) -> Option<Value> {
    (!words.is_empty()).then(|| Value::Text(words.to_owned()))
}
