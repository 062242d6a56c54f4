//! The pages that the writer keeps at hand during an import.

use crate::book::handle::Book;
use crate::file::connection::WRITER_CACHE;

/// Decrypted pages that the writer keeps during an import, in KiB below zero as SQLite has it.
const IMPORT_CACHE: i64 = -98_304;

/// While it lives, the writer of a book keeps more pages ([`Book::keep_more_pages`]).
pub(crate) struct MorePages<'a>(&'a Book);

impl Drop for MorePages<'_> {
    fn drop(&mut self) {
        let writer = self.0.writer();
        let _ = writer.pragma_update(None, "cache_size", WRITER_CACHE);
        let _ = writer.execute_batch("PRAGMA shrink_memory");
    }
}

impl Book {
    /// Lets the writer keep more decrypted pages until the answer is dropped. Record keys come in no order, so each
    /// record of a large import touches other pages of their indexes; without these at hand the cost of a record would
    /// grow with the table.
    pub(crate) fn keep_more_pages(&self) -> MorePages<'_> {
        // Where the setting fails, the import is slower and nothing else.
        let _ = self.writer().pragma_update(None, "cache_size", IMPORT_CACHE);
        MorePages(self)
    }
}
