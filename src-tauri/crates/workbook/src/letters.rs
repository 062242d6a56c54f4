//! Columns as spreadsheet programs name them.

/// `A` for the first column.
pub(crate) fn column_letters(mut position: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.insert(0, char::from(b'A' + (position % 26) as u8));
        match position / 26 {
            0 => return letters.into_iter().collect(),
            more => position = more - 1,
        }
    }
}
