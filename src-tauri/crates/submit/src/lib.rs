//! The room `submit`.
