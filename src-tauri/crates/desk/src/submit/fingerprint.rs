//! The fingerprint of a batch, as it is shown on the screen, on the printed page and beside a receipt.

/// The first twelve digits of a hash in groups of four, for comparing by eye.
pub(super) fn fingerprint(hash: &str) -> String {
    let group = |group: &[u8]| String::from_utf8_lossy(group).to_uppercase();
    hash.as_bytes().chunks(4).take(3).map(group).collect::<Vec<_>>().join(" ")
}
