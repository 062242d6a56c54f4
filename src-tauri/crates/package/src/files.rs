//! The files of a package, and how many and how long they may be.

use std::collections::BTreeMap;

/// Ending of a package's file name.
pub const ENDING: &str = "tbedition";

/// Files by their path, with `/` between folders, as `tables/ODS_X.json`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The most bytes of a package; the largest edition has less than a hundredth of this.
pub const MOST_BYTES: usize = 128 * 1024 * 1024;
/// The most files of a package.
pub const MOST_FILES: usize = 20_000;
/// The most characters of a path.
pub const LONGEST_PATH: usize = 240;
/// The most characters of a publisher's name.
pub const LONGEST_NAME: usize = 60;

/// Path of the signature; it stands behind all other files.
pub(crate) const SIGNATURE: &str = "signature.json";
