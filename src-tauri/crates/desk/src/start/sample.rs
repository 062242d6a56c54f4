//! The invented college as a book: its records in one step, checked.

use store::{RowChange, StepKind};

use crate::session::api::CallError;
use crate::session::{Desk, OpenBook};
use crate::verify::commit::{Extent, commit};

/// On a PC without a key store the sample college is encrypted with this password. Its people are invented, so it is
/// public; no other book has it.
pub(crate) const PASSPHRASE: &str = "示例口令";

/// Puts the sample college's records into a new book.
pub(crate) fn put_in(desk: &Desk, open: &OpenBook, job: u32) -> Result<(), CallError> {
    let mut job = desk.job(job);
    let total = open.edition.tables.len() as u64;
    let mut changes = Vec::new();
    for (done, (name, rows)) in ::sample::tables(&open.edition).enumerate() {
        job.go_on()?;
        job.at("sample", done as u64, total);
        let inserts = rows.into_iter().map(|values| RowChange::Insert { table: name.to_owned(), values, after: None });
        changes.extend(inserts);
    }
    let tables: Vec<String> = open.edition.tables.iter().map(|t| t.name.clone()).collect();
    let extent = Extent::Tables { tables: &tables, job: &mut job };
    commit(desk, open, (StepKind::Sample, ""), || Ok(changes), extent)?;
    Ok(())
}
