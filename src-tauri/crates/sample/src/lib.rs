//! The room `sample`.
