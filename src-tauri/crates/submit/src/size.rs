//! How many rows one request carries once the receiver found one too large. Without I/O.

/// The number of rows after a request of so many was too large.
pub fn halved(rows: u32) -> u32 {
    rows.div_ceil(2).max(1)
}

/// The number of rows after a run in which requests of the learned size were taken and none was too large: a tenth
/// more. `None` once the size of the settings is reached, so that nothing is learned any more.
///
/// Growing is slow, because a size that is too large costs a request each time and what is too large may be counted in
/// bytes, which differ by table.
pub fn grown(learned: u32, setting: u32) -> Option<u32> {
    Some(learned.saturating_add(learned.div_ceil(10))).filter(|grown| *grown < setting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!([100, 25, 3, 2, 1, 0].map(halved), [50, 13, 2, 1, 1, 1]);
        assert_eq!(grown(50, 100), Some(55));
        assert_eq!(grown(1, 100), Some(2));
        assert_eq!(grown(95, 100), None);
        assert_eq!(grown(200, 100), None);
    }
}
