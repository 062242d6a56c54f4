//! Compares three values of a cell: of the workbook when it was written (base), of the book now (draft), and of the
//! file now.

use store::CellKind;

/// What a file does to a cell; absent if nothing.
///
/// `base` is absent where the file was not written from this record; then an empty cell says nothing. `file` is absent
/// where the file has no column for the cell.
pub(super) fn compare(base: Option<&str>, draft: &str, file: Option<&str>) -> Option<CellKind> {
    let file = file?;
    if file == draft {
        return None;
    }
    match base {
        None if file.is_empty() => None,
        None => Some(CellKind::Changed),
        Some(base) if base == file => None,
        Some(base) if base != draft => Some(CellKind::Conflict),
        Some(_) if file.is_empty() => Some(CellKind::Cleared),
        Some(_) => Some(CellKind::Changed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_table_of_three_ways() {
        let table = [
            (Some("a"), "a", Some("b"), Some(CellKind::Changed)),
            (Some("a"), "b", Some("a"), None),
            (Some("a"), "b", Some("b"), None),
            (Some("a"), "b", Some("c"), Some(CellKind::Conflict)),
            (Some("a"), "b", Some(""), Some(CellKind::Conflict)),
            (Some("a"), "a", Some(""), Some(CellKind::Cleared)),
            (Some(""), "b", Some(""), None),
            (Some(""), "b", Some("c"), Some(CellKind::Conflict)),
            (Some(""), "", Some("c"), Some(CellKind::Changed)),
            (None, "b", Some(""), None),
            (None, "b", Some("c"), Some(CellKind::Changed)),
            (None, "", Some("c"), Some(CellKind::Changed)),
            (Some("a"), "b", None, None),
        ];
        for (base, draft, file, expected) in table {
            assert_eq!(compare(base, draft, file), expected, "{base:?} {draft:?} {file:?}");
        }
    }

    proptest! {
        /// A change of only one side is never lost, and no question is asked about it.
        #[test]
        fn one_side_is_enough(base in "[ab]?", edit in "[abc]", on_file in any::<bool>()) {
            let (draft, file) = if on_file { (&base, &edit) } else { (&edit, &base) };
            let after = match compare(Some(&base), draft, Some(file)) {
                None => draft,
                Some(CellKind::Changed) => file,
                Some(other) => panic!("{other:?}"),
            };
            prop_assert_eq!(after, &edit);
        }
    }
}
