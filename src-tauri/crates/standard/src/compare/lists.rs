//! The editions' own code lists, down to their codes. National lists are shared, so there is nothing to compare.

use super::change::{Change, CodeChange, ListChange, What};
use super::join::{aspect, joined, text};
use crate::{Code, CodeList, Edition};

/// Lists that differ, by id.
pub(super) fn changes(from: &Edition, to: &Edition) -> Vec<ListChange> {
    let gone = from.code_lists.iter().filter(|(id, _)| !to.code_lists.contains_key(*id));
    let gone = gone.map(|(_, list)| whole(Change::Removed, list));
    let there = to.code_lists.iter().filter_map(|(id, after)| match from.code_lists.get(id) {
        Some(before) => list(before, after),
        None => Some(whole(Change::Added, after)),
    });
    let mut found: Vec<ListChange> = gone.chain(there).collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

fn whole(change: Change, list: &CodeList) -> ListChange {
    let (before, after) = if change == Change::Removed { (list.codes.len(), 0) } else { (0, list.codes.len()) };
    let (aspects, codes) = (Vec::new(), Vec::new());
    ListChange { change, id: list.id.clone(), title: list.title.clone(), before, after, aspects, codes }
}

fn list(before: &CodeList, after: &CodeList) -> Option<ListChange> {
    let aspects: Vec<_> = aspect(What::Title, text(&before.title), text(&after.title)).into_iter().collect();
    let pairs = joined(&before.codes, &after.codes, |code| code.code.as_str());
    let codes: Vec<CodeChange> = pairs.into_iter().flat_map(|(a, b)| code(a, b)).collect();
    (!aspects.is_empty() || !codes.is_empty()).then(|| ListChange {
        change: Change::Changed,
        id: after.id.clone(),
        title: after.title.clone(),
        before: before.codes.len(),
        after: after.codes.len(),
        aspects,
        codes,
    })
}

/// The changes of a code: none, one, or two where both its name and its parent are others.
fn code(before: Option<&Code>, after: Option<&Code>) -> Vec<CodeChange> {
    let told = |change, code: &Code, before: Option<&String>, after: Option<&String>| CodeChange {
        change,
        code: code.code.clone(),
        before: before.cloned(),
        after: after.cloned(),
    };
    match (before, after) {
        (None, Some(code)) => vec![told(Change::Added, code, None, Some(&code.name))],
        (Some(code), None) => vec![told(Change::Removed, code, Some(&code.name), None)],
        (Some(a), Some(b)) => {
            let renamed = (a.name != b.name).then(|| told(Change::Changed, b, Some(&a.name), Some(&b.name)));
            let moved = (a.parent != b.parent).then(|| told(Change::Moved, b, a.parent.as_ref(), b.parent.as_ref()));
            renamed.into_iter().chain(moved).collect()
        }
        (None, None) => Vec::new(),
    }
}
