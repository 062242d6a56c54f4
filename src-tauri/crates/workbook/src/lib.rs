//! Workbooks: Excel, ODS and CSV, out and in.
//!
//! Out ([`write`]): a template for filling, an annotated workbook with red cells and reasons, a plain export. Rows come
//! from a [`RowSource`] one at a time, so a large table is never held in memory.
//!
//! In ([`open`]): the form of a file is recognised by its content, not by its ending. Files that would exhaust memory
//! are refused before they are loaded. [`Workbook::survey`] finds tables and heading rows; [`Workbook::rows`] passes on
//! the records as text in the order of the table's fields. The values are checked by the crate `check`; here only forms
//! are undone that a spreadsheet program gave them (dates, numbers, `code name` of a drop-down). [`GivenRows`] takes
//! rows that come from elsewhere than a file through the same reading.
//!
//! Left out on purpose: the book (the caller matches rows with it), formulas (their last result is read), macros,
//! pictures. No other crate uses calamine and rust_xlsxwriter.

mod error;
mod guard;
mod guard_sign;
mod letters;
mod limits;
mod stamp;

pub mod open;
pub mod read;
pub mod write;

pub use error::{LooksLike, OpenError, SourceError, WriteError};
pub use limits::Limits;
pub use open::{FileForm, SheetInfo, Workbook, open};
pub use read::{
    CellIn, Converted, Correction, GivenCell, GivenRows, Heading, KnownHeading, LeftOut, RecordMark, Remark, RowIn,
    RowsRead, SheetReading, Survey, Unreadable, is_masked_text, is_same_heading, looks_masked, read_back, survey_names,
};
pub use stamp::{Stamp, StampedSheet};
pub use write::{
    AnnotatedRecord, AnnotatedSource, GridSheet, Headings, PlainForm, PlainOptions, RecordOut, RowSource, Shown,
    Written, WrittenSheet, sweep, write_annotated, write_definition, write_grid, write_plain, write_specification,
    write_template,
};
