//! The conventions of the house, held by reading its files.
//!
//! - [`arrows`]: which room may know which room, and which outside library
//! - [`manners`]: what stands in files of code: size, words, unwraps, unsafe code, unfinished work
//! - [`words`]: every error code has words in both languages, and no words are left over
//! - [`tree`]: the files of the project, as git knows them

mod arrows;
mod manners;
mod tree;
mod words;
