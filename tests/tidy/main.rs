//! The conventions of the project, held by reading its files.
//!
//! - [`tree`]: the files of the project, as git lists them; [`rust`]: the modules of its crates, parsed
//! - [`crates`]: which crate may use which crate, and which one alone may use an outside library
//! - [`imports`] and [`circles`]: which file uses which, and that no two use each other
//! - [`conventions`]: size, names and content of files
//! - [`panics`]: nothing panics without a proof, nothing is unsafe
//! - [`words`]: every error code has words in both languages, and no words are left over

mod circles;
mod conventions;
mod crates;
mod imports;
mod panics;
mod rust;
mod tree;
mod words;
