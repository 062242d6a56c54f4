//! Imports that are prepared: kept with their rows, read in pages, decided, compared with the book again, and dropped.

pub(crate) mod decide;
pub(crate) mod keep;
mod merged;
pub(crate) mod pages;

#[cfg(test)]
mod tests;
