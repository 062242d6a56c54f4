//! The conventions of the project, held by reading its files.
//!
//! - [`tree`]: the files of the project, as git lists them; [`rust`]: the modules of its crates, parsed
//! - [`root`]: what lies in the root of the project
//! - [`crates`]: which crate may use which crate
//! - [`dependencies`]: libraries of other people, each with its reason, declared where they are used
//! - [`imports`] and [`circles`]: which file uses which, and that no two use each other
//! - [`rooms`]: the rooms of `desk`; [`picture`]: the picture of crates and rooms
//! - [`boundary`]: what crosses to the page crosses as itself
//! - [`conventions`]: size, names and content of files
//! - [`comments`]: doc comments say more than the name
//! - [`panics`]: nothing panics without a proof, nothing is unsafe
//! - [`findings`]: every finding has words in both languages, and no words are left over
//! - [`glossary`]: one Chinese word for one thing; [`sentences`]: one style for Chinese
//! - [`words`]: every error code has words in both languages, and no words are left over

mod boundary;
mod circles;
mod comments;
mod conventions;
mod crates;
mod dependencies;
mod findings;
mod glossary;
mod imports;
mod panics;
mod picture;
mod rooms;
mod root;
mod rust;
mod sentences;
mod tree;
mod words;
