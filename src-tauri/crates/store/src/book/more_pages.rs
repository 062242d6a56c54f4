//! A larger page cache for the writer during an import.

use crate::book::handle::Book;
use crate::file::connection::WRITER_CACHE;

/// Size of the writer's cache of decrypted pages during an import; SQLite reads a negative number as KiB.
const IMPORT_CACHE: i64 = -98_304;

/// Until this is dropped, the writer of a book keeps more pages ([`Book::keep_more_pages`]).
pub(crate) struct MorePages<'a>(&'a Book);

impl Drop for MorePages<'_> {
    fn drop(&mut self) {
        let writer = self.0.writer();
        let _ = writer.pragma_update(None, "cache_size", WRITER_CACHE);
        let _ = writer.execute_batch("PRAGMA shrink_memory");
    }
}

impl Book {
    /// Lets the writer keep more decrypted pages until the returned value is dropped. Record keys have no order, so
    /// each record of a large import changes other pages of their indexes; with a small cache the cost of a record
    /// would grow with the table.
    pub(crate) fn keep_more_pages(&self) -> MorePages<'_> {
        // An error is ignored: the import is then only slower.
        let _ = self.writer().pragma_update(None, "cache_size", IMPORT_CACHE);
        MorePages(self)
    }
}
