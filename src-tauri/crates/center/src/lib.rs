//! The room `center`.
