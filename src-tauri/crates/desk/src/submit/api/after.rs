//! What is kept and shown after a submission.

use serde::{Deserialize, Serialize};
use standard::request_made::RequestMade;
use ts_rs::TS;

/// Writes batches as a page to print: 数据上报单 before the result, 上报回执单 with it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintBatches {
    /// Numbers of the batches, in the order of the page.
    pub batches: Vec<i64>,
    /// File to write; its name ends in `.html`.
    pub path: String,
}

/// The page that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrintedBatches {
    /// Path of the file.
    pub file: String,
    /// Batches on it.
    pub batches: u64,
}

/// Asks whether a file is what was sent, and whether a printed page is genuine. At least one of the two is given.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerifyFile {
    /// An export of the book: .json, .jsonl, .csv, .xlsx or .ods.
    #[serde(default)]
    pub path: Option<String>,
    /// The table of a file that does not name it.
    #[serde(default)]
    pub table: Option<String>,
    /// A page that [`PrintBatches`] wrote.
    #[serde(default)]
    pub receipt: Option<String>,
}

/// What a file is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Verified {
    /// Every table of the file is what one batch sent, record by record.
    pub same: bool,
    /// The batch that the first table was sent in, or the one that was compared with it.
    pub batch: Option<i64>,
    /// The fingerprint of that batch.
    pub fingerprint: Option<String>,
    /// Whether the printed page is genuine; absent where none was given.
    pub receipt: Option<ReceiptVerdict>,
    /// The tables of the file.
    pub tables: Vec<VerifiedTable>,
}

/// What a printed page is, measured with the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptVerdict {
    /// Letter by letter what the book prints now.
    Genuine,
    /// Its batches and fingerprints are those of the book, and something else differs: it was printed before a result
    /// came, or it was altered.
    Differs,
    /// Its batches are not those of this book.
    Foreign,
    /// It is the page of a rehearsal, of which nothing was sent.
    Rehearsal,
}

/// One table of a file, measured with a batch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerifiedTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// Records in the file.
    pub rows: u64,
    /// They are the records of `batch`, each with the same values in the columns that the file has.
    pub same: bool,
    /// The batch; absent: nothing of this table was ever sent.
    pub batch: Option<i64>,
    /// The first twelve digits of the hash of that batch, in groups of four.
    pub fingerprint: Option<String>,
    /// Name of the connection that it was sent to.
    pub connection: Option<String>,
    /// When its first delivery was sent (RFC 3339).
    pub sent_at: Option<String>,
    /// Records of the file that are not in the batch, or not like this.
    pub only_in_file: u64,
    /// Records of the batch that are not in the file, or not like this.
    pub only_in_batch: u64,
}

/// Compares what the book knows with everything that the receiver says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reconcile {
    /// The connection; absent: the one that the settings name.
    #[serde(default)]
    pub connection: Option<String>,
    /// Days back; 0: 35.
    #[serde(default)]
    pub days: u32,
}

/// What came of comparing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Reconciliation {
    /// Name of the connection.
    pub connection: String,
    /// Deliveries whose entry says what their receipt says.
    pub agreed: u64,
    /// Deliveries without a result yet.
    pub open: u64,
    /// Lines that the two do not agree on; 1,000 at most, `unexplained_total` has their number.
    pub unexplained: Vec<ReconcileLine>,
    /// How many lines the two do not agree on.
    #[serde(default)]
    pub unexplained_total: u64,
    /// When it was made (RFC 3339).
    #[serde(default)]
    pub at: String,
    /// Days back that were compared.
    #[serde(default)]
    pub days: u32,
    /// The numbers of both sides by table, in printed order.
    #[serde(default)]
    pub tables: Vec<ReconcileTable>,
    /// Why the entries could not be read to their end.
    pub interrupted: Option<crate::session::api::CallError>,
}

/// The numbers of both sides for one table.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReconcileTable {
    /// Name of the table in the standard, or as the receiver writes it.
    pub table: String,
    /// Title without the ending; empty for a table that the edition does not have.
    pub title: String,
    /// Deliveries that left this PC.
    pub deliveries: u64,
    /// Rows in them.
    pub rows: u64,
    /// Of these stored, as the receipts say.
    pub ours_stored: u64,
    /// Entries that the receiver lists.
    pub entries: u64,
    /// Rows received, as the receiver says.
    pub collected: u64,
    /// Rows stored, as the receiver says.
    pub theirs_stored: u64,
}

/// Why a line is unexplained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UnexplainedKind {
    /// The receiver does not list what it gave a receipt for.
    Gone,
    /// The receiver says something else than its receipt.
    Differs,
    /// The receiver lists something of this account that this book did not send.
    Foreign,
}

/// A line that the two do not agree on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconcileLine {
    /// What the two sides do not agree on.
    pub kind: UnexplainedKind,
    /// The batch of this book.
    pub batch: Option<i64>,
    /// Title of its table; empty where the edition does not have it.
    #[serde(default)]
    pub title: String,
    /// Table, as the receiver writes it.
    pub table: Option<String>,
    /// Time, as the receiver writes it.
    pub time: Option<String>,
    /// Rows received, as the receiver says now.
    pub collected: Option<u64>,
    /// Rows stored, as the receiver says now.
    pub stored: Option<u64>,
}

/// Asks what was sent by day and table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NumbersQuery {
    /// The connection; absent: the one that the settings name.
    #[serde(default)]
    pub connection: Option<String>,
    /// Days back, today among them; 0: 28, at most 366.
    #[serde(default)]
    pub days: u32,
}

/// What was sent by day and table. A rehearsal counts only where it is asked for by its name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SubmissionSums {
    /// Name of the connection; empty: there is none.
    pub connection: String,
    /// Each day, oldest first.
    pub days: Vec<RowsOfDay>,
    /// Tables of which something was sent in these days, in printed order.
    pub tables: Vec<RowsOfTable>,
}

/// Rows of one day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RowsOfDay {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Rows that left, whatever became of them.
    pub sent: u64,
    /// Of these stored, as far as results are known.
    pub stored: u64,
    /// Of these rejected.
    pub rejected: u64,
}

/// Rows of one table.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RowsOfTable {
    /// Name of the table in the standard, such as `ODS_XSHXSJ`.
    pub table: String,
    /// Title without the ending.
    pub title: String,
    /// Rows that left, whatever became of them.
    pub sent: u64,
    /// Of these stored, as far as results are known.
    pub stored: u64,
    /// Of these rejected.
    pub rejected: u64,
}

/// Writes the summary of a day: its numbers, what is due, its batches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteSummary {
    /// File to write: `.html` or `.xlsx`.
    pub path: String,
    /// The day (`YYYY-MM-DD`); absent: today.
    #[serde(default)]
    pub day: Option<String>,
    /// The connection; absent: the one that the settings name.
    #[serde(default)]
    pub connection: Option<String>,
}

/// The summary that was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WrittenSummary {
    /// Path of the file.
    pub file: String,
}

/// Asks for the requests that were made to a receiver.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestsQuery {
    /// The connection; absent: the one that the settings name.
    #[serde(default)]
    pub connection: Option<String>,
    /// Only those that did not do what they were for.
    #[serde(default)]
    pub failed: bool,
    /// Only those with a smaller number; absent: from the newest on.
    #[serde(default)]
    pub before: Option<i64>,
    /// The most that are answered; at most 1,000.
    pub limit: u64,
}

/// Requests, newest first. They are kept for a year.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestsPage {
    /// Name of the connection; empty: there is none.
    pub connection: String,
    /// From the newest to the oldest.
    pub requests: Vec<RequestLine>,
    /// Whether there are older ones.
    pub more: bool,
}

/// One request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestLine {
    /// Number in the book; a later request has a larger one.
    pub no: i64,
    /// When it began (RFC 3339), by the best known time.
    pub at: String,
    /// Title of its table without the ending; empty where it has none.
    pub title: String,
    /// The request and what came back.
    pub request: RequestMade,
}
