//! The room `workbook`.
