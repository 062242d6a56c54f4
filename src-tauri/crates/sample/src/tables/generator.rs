//! The type of the functions that make the rows of one table.

use crate::school::School;
use crate::table_builder::TableBuilder;

/// Makes the rows of one table from the model of the school.
pub type RowGenerator = fn(&School, &mut TableBuilder);

/// Physical names of tables, each with the function that makes its rows.
pub type Generators = &'static [(&'static str, RowGenerator)];
