// Made from src-tauri/crates/desk/src by `cargo test -p tianbao-desk`. Do not edit.

export type AnswerView = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table; the name where the edition does not have it.
 */
table_title: string, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title of the field; the name where the edition does not have it.
 */
column_title: string, 
/**
 * Rule of the findings, such as `code`.
 */
rule: string, 
/**
 * Code of their message.
 */
code: string, 
/**
 * The reason.
 */
text: string, 
/**
 * When it was given (RFC 3339).
 */
at: string, 
/**
 * Who gave it; may be empty.
 */
who: string, };

export type AppKeySource = "reply" | "typed" | "app_secret";

export type Applied = { 
/**
 * Number of the step, for undo; absent if nothing changed.
 */
step: number | null, 
/**
 * Records added.
 */
new: number, 
/**
 * Records changed.
 */
changed: number, 
/**
 * Records deleted.
 */
deleted: number, 
/**
 * Rows of which something still waits for a decision.
 */
undecided: number, 
/**
 * Rows that would have emptied cells, which the clerk did not ask for.
 */
not_cleared: number, 
/**
 * Tables touched.
 */
tables: Array<string>, };

export type ApplyProposal = { 
/**
 * Number that the preview gave.
 */
proposal: number, 
/**
 * The decision about everything that waits without one of its own. Absent: it stays out of the book.
 */
conflicts: ConflictChoice | null, 
/**
 * Whether cells that are empty in the file are emptied, unless there is another decision about them.
 */
clear: boolean, 
/**
 * Job number.
 */
job: number, };

export type AsideCell = { 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Value; personal ones are masked until the clerk asks for them (`show_personal` of the settings).
 */
value: string, 
/**
 * Whether it is kept aside; the others are in the new edition and shown to identify the record.
 */
aside: boolean, };

export type AsideCounts = { 
/**
 * Tables of the old edition.
 */
tables: number, 
/**
 * Records with at least one cell kept aside.
 */
records: number, 
/**
 * Filled cells that are kept apart.
 */
cells: number, };

export type AsideExported = { 
/**
 * Path of the file on this PC.
 */
file: string, 
/**
 * Sheets with records.
 */
sheets: number, 
/**
 * How many records.
 */
rows: number, 
/**
 * A warning, as a code with words in errors.json: personal values are not masked in the file.
 */
note: CallError, };

export type AsidePage = { 
/**
 * Records in all.
 */
total: number, 
/**
 * Tables that have any, in the order of the old edition.
 */
tables: Array<AsideTable>, 
/**
 * Records of the page, in the order of the table.
 */
records: Array<AsideRecord>, };

export type AsideQuery = { 
/**
 * Only of this table of the old edition.
 */
table: string | null, 
/**
 * How many records to leave out before the first one of the page.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type AsideRecord = { 
/**
 * Table of the old edition.
 */
table: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Edition that it belongs to.
 */
edition: string, 
/**
 * Period that it belongs to; may be empty.
 */
period: string, 
/**
 * Table of the new edition with the rest of the record.
 */
to: string | null, 
/**
 * Number of the record there; it may have been deleted since.
 */
to_row: number | null, 
/**
 * Its filled cells, in printed order.
 */
cells: Array<AsideCell>, };

export type AsideTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * How many records.
 */
records: number, 
/**
 * How many filled cells.
 */
cells: number, };

export type AskCheckList = { 
/**
 * The connection that is submitted to.
 */
target: Target, 
/**
 * Tables; empty: all that have something to send.
 */
tables: Array<string>, 
/**
 * Only tables that are due.
 */
due: boolean, 
/**
 * Job number.
 */
job: number, };

export type AskResults = { 
/**
 * The longest time in seconds to wait for batches whose result is not there yet.
 */
wait: number, 
/**
 * Job number.
 */
job: number, };

export type AspectDifference = { 
/**
 * Its words are under `compare.what-`.
 */
what: ChangedAspect, 
/**
 * In the first edition; absent where it has none. `yes` or `no`, a frequency or a kind where it is one of these.
 */
before: string | null, 
/**
 * In the second edition.
 */
after: string | null, };

export type AuditEvent = "made" | "opened" | "wrong-password" | "locked" | "unlocked" | "unmasked" | "exported" | "copied" | "sent" | "restored" | "password-changed" | "settings-changed" | "moved";

export type AuditPage = { 
/**
 * Number of all entries.
 */
total: number, 
/**
 * Number of the first entry that was changed from outside or is missing; absent where the log is as it was written.
 */
broken: number | null, 
/**
 * Newest first.
 */
entries: Array<AuditView>, };

export type AuditQuery = { 
/**
 * Number of entries to skip.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type AuditView = { 
/**
 * Its number, from 1 without a gap.
 */
no: number, 
/**
 * When (RFC 3339, national time).
 */
at: string, 
/**
 * The person at the PC; may be empty.
 */
who: string, 
/**
 * What was done.
 */
what: AuditEvent, 
/**
 * Tables, a file, a connection.
 */
about: string, 
/**
 * Number of records; absent where the event has none.
 */
rows: number | null, 
/**
 * `done`, or the code of the error.
 */
result: string, 
/**
 * SM3 of the digest before and of this entry, in hex.
 */
hash: string, };

export type AuditWritten = { 
/**
 * Path that was asked for.
 */
file: string, 
/**
 * Entries in it.
 */
entries: number, };

export type Authorise = "rsa" | "plain";

export type BackUp = { 
/**
 * File to write.
 */
path: string, 
/**
 * Whether it is for another PC; then it must open there, with a password or a recovery key.
 */
elsewhere: boolean, };

export type BackupList = { 
/**
 * Whether the program makes backups of this book by itself.
 */
by_itself: boolean, 
/**
 * Folder in which they are.
 */
folder: string, 
/**
 * Bytes of all of them.
 */
bytes: number, 
/**
 * The newest first.
 */
backups: Array<BackupView>, 
/**
 * Why the last one could not be made.
 */
problem: CallError | null, };

export type BackupRef = { 
/**
 * Path of the file: one of the list, or a copy that lies elsewhere.
 */
path: string, };

export type BackupView = { 
/**
 * Path of the file.
 */
path: string, 
/**
 * When it was begun.
 */
at: string, 
/**
 * Why it was made.
 */
occasion: Occasion, 
/**
 * Size of the file.
 */
bytes: number, };

export type BatchRef = { 
/**
 * Its number.
 */
id: number, };

export type BatchResult = { 
/**
 * State and numbers of the batch.
 */
batch: BatchView, 
/**
 * The first rejected rows, at most 500; `submit.rejected` answers the others.
 */
rejected: Array<RejectedRow>, 
/**
 * How many rows were rejected.
 */
rejected_total: number, };

export type BatchState = "waiting" | "sending" | "received" | "unknown" | "stored" | "partly-stored" | "rejected";

export type BatchView = { 
/**
 * Its number in the book.
 */
id: number, 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * Records in it.
 */
rows: number, 
/**
 * Its state between waiting and stored; of a rehearsal, as if it were a submission.
 */
state: BatchState, 
/**
 * What the state is called where people read it.
 */
shown: ShownState, 
/**
 * Rows that have left, or may have.
 */
left: number, 
/**
 * Name of the connection; `rehearsal` for a rehearsal.
 */
connection: string, 
/**
 * When it was frozen (RFC 3339).
 */
frozen_at: string, 
/**
 * When its first delivery was sent.
 */
sent_at: string | null, 
/**
 * When the result can be asked for.
 */
result_after: string | null, 
/**
 * SM3 of the frozen rows.
 */
hash: string, 
/**
 * Rows that the receiver counted; absent before the result.
 */
collected: number | null, 
/**
 * Rows that the receiver stored; absent before the result.
 */
stored: number | null, 
/**
 * The text of the receipt as it was received; absent before the result.
 */
receipt: string | null, 
/**
 * Why a part of it was not sent, or is not known to have arrived; absent if there was no problem.
 */
problem: CallError | null, 
/**
 * Whether it was sent and its result is late.
 */
overdue: boolean, 
/**
 * Whether a part of it was rejected without words about single records, so that it can be sent again unchanged.
 */
may_go_again: boolean, 
/**
 * The first twelve digits of `hash` in groups of four, for comparing by eye.
 */
fingerprint: string, 
/**
 * The consent of a second person; absent where nobody gave one.
 */
signed: SignedBatch | null, };

export type Batches = { 
/**
 * In all.
 */
total: number, 
/**
 * The page.
 */
batches: Array<BatchView>, };

export type BatchesQuery = { 
/**
 * Only this table.
 */
table: string | null, 
/**
 * How many to leave out before the first one shown; from 0.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type BookHead = { 
/**
 * Path of the file on this PC.
 */
path: string, 
/**
 * Edition id.
 */
edition: string, 
/**
 * Short name of the edition for the top bar, such as `高职 2024-09`.
 */
edition_name: string, 
/**
 * Name, code and region of the school.
 */
college: College, 
/**
 * Current period, such as `2026-2027-1`.
 */
period: string, 
/**
 * The period in words, such as `2026-2027 学年 第一学期`.
 */
period_name: string, 
/**
 * My department; empty for all.
 */
department: string, 
/**
 * Name of the person at this PC, for the change log; may be empty.
 */
person: string, 
/**
 * Whether this is the invented sample college.
 */
sample: boolean, 
/**
 * Whether the book can only be read, because its folder or its disk cannot be written to.
 */
read_only: boolean, 
/**
 * Where a change log of another file lay beside the book, such as after a backup was copied over it: the path
 * under which that log is kept.
 */
log_set_aside: string | null, 
/**
 * What opens it and its backups.
 */
lock: BookLock, 
/**
 * Why it is at risk where it lies; absent where nothing is known against the place.
 */
place: RiskyPlace | null, };

export type BookLock = "password" | "recovery-key" | "this-pc";

export type CalendarDay = { 
/**
 * `YYYY-MM-DD`.
 */
day: string, 
/**
 * Whether people work.
 */
work: boolean, 
/**
 * Name of the holiday, or of the college's day off.
 */
name: string | null, 
/**
 * Tables that are due on this day and are not done, by name.
 */
due: Array<string>, 
/**
 * Of these, tables whose day is over.
 */
overdue: number, 
/**
 * How many tables are due on this day and done, as far as today and later days are concerned.
 */
done: number, };

export type CallError = { 
/**
 * Such as `book.wrong-passphrase`; every code has words in ui/src/text.
 */
code: string, 
/**
 * Parameters of the words: file, sheet, row, column, value (masked where personal).
 */
params: { [key in string]: string }, };

export type Cancel = { 
/**
 * Job number, as given with the call.
 */
job: number, };

export type CarriedOver = { 
/**
 * The step, and the first of the new records.
 */
edited: Edited, 
/**
 * Records left out because the present period has one with the same natural key.
 */
there: number, 
/**
 * Explanations that hold for the copied records, too.
 */
explained: number, };

export type CarryOver = { 
/**
 * Table name.
 */
table: string, 
/**
 * The period that they are taken from.
 */
from: string, 
/**
 * Columns whose values are carried over; empty: all. The others stay empty.
 */
columns: Array<string>, };

export type CatchUp = { 
/**
 * Job number for progress and cancelling.
 */
job: number, };

export type Cause = { 
/**
 * Name of the column in the standard, such as `XH`; absent where the findings are about whole records.
 */
column: string | null, 
/**
 * Chinese title of the field, as the edition prints it.
 */
column_title: string | null, 
/**
 * Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
 */
rule: string, 
/**
 * Code of the message, which distinguishes causes of one rule; empty for sentences of a rule file.
 */
code: string, 
/**
 * The worst level among them.
 */
level: Level, 
/**
 * How many findings have this cause.
 */
count: number, 
/**
 * How many of them are explained.
 */
explained: number, 
/**
 * How many of them have a suggestion.
 */
suggested: number, 
/**
 * The suggestion, where all have the same and it is not personal.
 */
suggestion: string | null, 
/**
 * Value of the first of them, masked where it is personal and the clerk has not asked for it.
 */
shown: string, 
/**
 * Message of the first of them; `{value}` stands for [`Cause::shown`].
 */
message: Words, 
/**
 * Number of the record of the first of them.
 */
first_row: number | null, };

export type CausesQuery = { 
/**
 * Table name.
 */
table: string, };

export type CellChange = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Number of the record in its table, from 1; it never changes.
 */
row: number, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title of the column, as the edition prints it; absent where the edition does not have it.
 */
column_title: string | null, 
/**
 * Before (masked where personal).
 */
before: string, 
/**
 * After (masked where personal).
 */
after: string, };

export type CellEntry = { 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Who did it; empty where that is not known.
 */
who: string, } & ({ "what": "changed", 
/**
 * Number of the step in the change log.
 */
step: number, 
/**
 * What made it.
 */
kind: StepKind, 
/**
 * For an import the name of the file; else empty.
 */
note: string, 
/**
 * Whether it has been undone.
 */
undone: boolean, 
/**
 * Value before; empty also where the record was not there.
 */
before: string, 
/**
 * Value after; empty also where the record is gone.
 */
after: string, } | { "what": "explained", 
/**
 * Id of the rule whose finding it is about.
 */
rule: string, 
/**
 * The value that it is about.
 */
value: string, 
/**
 * The reason.
 */
text: string, } | { "what": "frozen", 
/**
 * Number of the batch in the book.
 */
batch: number, 
/**
 * Id of the edition by which it was checked.
 */
edition: string, 
/**
 * Record key, as it is sent.
 */
key: string, 
/**
 * The value of the cell that was frozen.
 */
value: string, 
/**
 * Name of the connection.
 */
connection: string, 
/**
 * Whether it was a rehearsal, of which nothing left.
 */
rehearsal: boolean, } | { "what": "signed", 
/**
 * Number of the batch in the book.
 */
batch: number, } | { "what": "sent", 
/**
 * Number of the batch in the book.
 */
batch: number, 
/**
 * Number of the delivery in the batch, from 1.
 */
delivery: number, 
/**
 * Number of the record in the delivery, from 1.
 */
num: number, 
/**
 * Name of the connection.
 */
connection: string, 
/**
 * The time in the receiver's reply, word for word; absent where no reply came.
 */
reply_time: string | null, 
/**
 * Whether it was a rehearsal, of which nothing left.
 */
rehearsal: boolean, } | { "what": "answered", 
/**
 * Number of the batch in the book.
 */
batch: number, 
/**
 * What it says about the record.
 */
outcome: CellOutcome, 
/**
 * Column that a rejection names.
 */
column: string | null, 
/**
 * The receiver's words about the record.
 */
error: string | null, 
/**
 * Whether it was a rehearsal, of which nothing left.
 */
rehearsal: boolean, });

export type CellHistory = { 
/**
 * Name of the table in the standard.
 */
table: string, 
/**
 * Number of the record.
 */
row: number, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title of the column, as the edition prints it.
 */
title: string, 
/**
 * Newest first.
 */
entries: Array<CellEntry>, 
/**
 * Whether older entries were left out.
 */
cut: boolean, };

export type CellHistoryQuery = { 
/**
 * Name of the table in the standard, such as `ODS_TSJYSJ`.
 */
table: string, 
/**
 * Number of the record; it may be deleted.
 */
row: number, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, };

export type CellKind = "changed" | "cleared" | "conflict" | "differs";

export type CellOutcome = "open" | "stored" | "rejected";

export type Change = { "do": "set", 
/**
 * Number of the record in its table, from 1; it never changes.
 */
row: number, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Value as typed; empty clears.
 */
value: string, } | { "do": "insert", 
/**
 * Values by column.
 */
values: { [key in string]: string }, 
/**
 * Behind this record; absent: at the end.
 */
after: number | null, } | { "do": "delete", 
/**
 * Number of the record in its table, from 1; it never changes.
 */
row: number, };

export type ChangeCounts = { 
/**
 * Only in the second edition.
 */
added: number, 
/**
 * Only in the first edition.
 */
removed: number, 
/**
 * In both and different, moved ones included.
 */
changed: number, 
/**
 * In both, in another place.
 */
moved: number, 
/**
 * In both, whether different or not.
 */
kept: number, };

export type ChangeKind = "added" | "removed" | "changed" | "moved";

export type ChangePassphrase = { 
/**
 * The password that opens the book now; needed where it is locked by a password.
 */
old: string | null, 
/**
 * The new one; empty: the key is kept in this PC's key store.
 */
new: string, 
/**
 * With an empty new password: the recovery key that the person has kept.
 */
recovery_key: string | null, };

export type Changed = { "what": "tables", 
/**
 * Table names.
 */
tables: Array<string>, 
/**
 * Number of the step that changed records, as the answer of the call carries it; absent where only findings
 * changed.
 */
step: number | null, } | { "what": "batches" } | { "what": "proposals" } | { "what": "book" } | { "what": "everything" };

export type ChangedAspect = "title" | "subset" | "class" | "subclass" | "source" | "frequency" | "frequency-text" | "scope" | "association" | "type" | "kind" | "length" | "precision" | "scale" | "required" | "required-when" | "conditional-value" | "list" | "separator" | "format" | "unit" | "values" | "max-items" | "max-chars";

export type CheckList = { 
/**
 * Name of the connection; `rehearsal` for a rehearsal.
 */
connection: string, 
/**
 * Address of the receiver, without a name and password in it; empty for a rehearsal.
 */
address: string, 
/**
 * Everything that was looked at, in a fixed order.
 */
checks: Array<ListedCheck>, 
/**
 * What would leave, by table, in printed order. Tables of which nothing leaves are left out.
 */
leaves: Array<Leaving>, 
/**
 * Records that would leave.
 */
rows: number, 
/**
 * Nothing stands in the way of submitting by hand.
 */
may_go: boolean, 
/**
 * It may also go by itself: nothing asks for a person.
 */
may_go_by_itself: boolean, 
/**
 * A second person has to consent.
 */
sign_off: boolean, 
/**
 * Who may consent: all signers but the person at this PC.
 */
signers: Array<string>, 
/**
 * The person at this PC, as the settings name it.
 */
preparer: string, };

export type CheckSummary = { 
/**
 * Records read.
 */
rows: number, 
/**
 * Tables read.
 */
tables: number, 
/**
 * Seconds it took.
 */
seconds: number, 
/**
 * Findings in these tables.
 */
counts: LevelCounts, 
/**
 * Rules that could not be run to their end; all others were.
 */
failed_rules: Array<FailedRule>, };

export type CheckVerdict = "ok" | "note" | "look" | "stop";

export type CheckedMatter = "leaves" | "rules-run" | "mandatory" | "explained" | "period" | "connection" | "clock" | "account" | "key" | "count" | "deleted" | "sign-off";

export type Choice = "theirs" | "ours" | "add";

export type CipherText = "hex" | "base64";

export type ClockState = { 
/**
 * This PC's clock (RFC 3339, national time).
 */
pc: string, 
/**
 * The best known time (RFC 3339, national time), which every day and moment of the program follows.
 */
known: string, 
/**
 * Whether this PC's clock is right.
 */
verdict: ClockVerdict, 
/**
 * The evidence that this PC's clock is wrong; absent if it is right.
 */
witness: ClockWitness | null, 
/**
 * Whether the clerk can still declare this PC's clock to be right.
 */
can_trust: boolean, };

export type ClockVerdict = "right" | "behind" | "ahead";

export type ClockWitness = "build" | "receiver" | "log";

export type CodeChangeKind = "added" | "removed" | "renamed" | "moved";

export type CodeDifference = { 
/**
 * What became of it.
 */
change: CodeChangeKind, 
/**
 * Code as the edition prints it, with its leading zeros.
 */
code: string, 
/**
 * Name in the first edition; the parent there where it is moved.
 */
before: string | null, 
/**
 * Name in the second edition; the parent there where it is moved.
 */
after: string | null, };

export type CodeLevel = { 
/**
 * Code as the edition prints it, with its leading zeros.
 */
code: string, 
/**
 * Chinese name, as the edition or the college gives it.
 */
name: string, };

export type CodeListSummary = { 
/**
 * Id of the code list in its edition.
 */
id: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Standard it comes from, if any.
 */
source: string | null, 
/**
 * Number of codes.
 */
codes: number, 
/**
 * Some codes stand under others.
 */
levels: boolean, 
/**
 * Open question in the source.
 */
doubt: string | null, 
/**
 * Known to hold every code of its source.
 */
complete: boolean, 
/**
 * A national list, shared by editions.
 */
national: boolean, 
/**
 * Fields that use it, in printed order.
 */
used_by: Array<ListUse>, 
/**
 * What a search matches.
 */
search: string, };

export type CodeView = { 
/**
 * Code as the edition prints it, with its leading zeros.
 */
code: string, 
/**
 * Chinese name, as the edition or the college gives it.
 */
name: string, 
/**
 * Code one level up.
 */
parent: string | null, 
/**
 * Remark that the standard prints beside the code.
 */
note: string | null, 
/**
 * Names of the levels above, outermost first.
 */
path: Array<string>, 
/**
 * Number of codes right under it.
 */
children: number, 
/**
 * How the text that was asked for fits it.
 */
fit: Fit, };

export type CodesPage = { 
/**
 * How many match.
 */
total: number, 
/**
 * The page.
 */
codes: Array<CodeView>, 
/**
 * The code that was asked for as parent, after the levels above it, outermost first.
 */
above: Array<CodeLevel>, };

export type CodesQuery = { 
/**
 * Edition id; absent: that of the open book.
 */
edition: string | null, 
/**
 * List id.
 */
list: string, 
/**
 * Part of name, code, pinyin or initials; empty for all.
 */
find: string, 
/**
 * Only the codes right under this one, the uppermost ones where it is empty; absent: all levels.
 */
parent: string | null, 
/**
 * Codes of this level come first, 0 for those without a code above; absent: all levels as the list has them.
 */
level: number | null, 
/**
 * First row.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type College = { 
/**
 * 10-digit school code (XXDM).
 */
code: string, 
/**
 * Full name of the school.
 */
name: string, 
/**
 * Six-digit region code, or empty.
 */
region: string, };

export type ColumnCells = { 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Values that would come in.
 */
changed: number, 
/**
 * Of these, refused.
 */
changed_refused: number, 
/**
 * Cells that would be emptied where the clerk asks for it.
 */
cleared: number, 
/**
 * Of these, asked for.
 */
cleared_asked: number, 
/**
 * Cells that both sides have changed.
 */
conflicts: number, 
/**
 * Of these, undecided.
 */
undecided: number, 
/**
 * Cells of rows that wait as a whole.
 */
differs: number, };

export type ColumnFate = "hand" | "aside" | "convert" | "moved" | "new" | "same";

export type ColumnValue = { 
/**
 * The value; empty for empty cells.
 */
value: string, 
/**
 * Name of the code, where it is one.
 */
name: string | null, 
/**
 * Cells that hold it.
 */
count: number, };

export type ColumnValues = { 
/**
 * At most as many as were asked for, each with how often it occurs.
 */
values: Array<ColumnValue>, };

export type CompareEditions = { 
/**
 * Id of the first.
 */
from: string, 
/**
 * Id of the second.
 */
to: string, };

export type Comparison = { 
/**
 * Id of the first.
 */
from: string, 
/**
 * Id of the second.
 */
to: string, 
/**
 * How many of each kind.
 */
counts: ComparisonCounts, 
/**
 * What holds for the change as a whole, in words; only where the second has a crosswalk from the first.
 */
notes: Array<string>, 
/**
 * Subsets that differ.
 */
subsets: Array<SubsetDifference>, 
/**
 * Fields that every table of both editions has, and that differ alike in all of them; they are not repeated below.
 */
everywhere: Array<FieldDifference>, 
/**
 * Tables that differ, in the order of the second edition, then the removed ones.
 */
tables: Array<TableDifference>, 
/**
 * The editions' own code lists that differ.
 */
lists: Array<ListDifference>, 
/**
 * Rules that differ.
 */
rules: Array<RuleDifference>, };

export type ComparisonCounts = { 
/**
 * Tables that were added, removed or changed.
 */
tables: ChangeCounts, 
/**
 * Tables of both editions whose fields differ.
 */
tables_with_fields: number, 
/**
 * Fields of tables of both editions.
 */
fields: ChangeCounts, 
/**
 * Code lists.
 */
lists: ChangeCounts, 
/**
 * Rules that were added, removed or changed.
 */
rules: ChangeCounts, };

export type Conflict = "twice" | "deleted" | "other-key" | "appeared";

export type ConflictChoice = "theirs" | "ours" | "skip";

export type ConnectionFile = { 
/**
 * Name that it gets.
 */
name: string, 
/**
 * Path of the file on this PC.
 */
file: string, };

export type ConnectionRef = { 
/**
 * Name that the college gave to the connection.
 */
name: string, };

export type ConnectionTest = { 
/**
 * Logged in.
 */
ok: boolean, 
/**
 * This PC's clock minus the receiver's, in seconds; absent where the receiver sends no date.
 */
clock_offset_s: number | null, 
/**
 * Seconds for which a token is valid.
 */
expires_in_s: number | null, 
/**
 * What went wrong.
 */
error: CallError | null, };

export type ConnectionView = { 
/**
 * Name that the college gave to the connection.
 */
name: string, 
/**
 * Base address; a name and password in front of the host are hidden.
 */
address: string, 
/**
 * Client id that the receiver gave to the school.
 */
client_id: string, 
/**
 * User name.
 */
username: string, 
/**
 * Whether a password is stored.
 */
has_password: boolean, 
/**
 * Whether an app_key is stored.
 */
has_app_key: boolean, 
/**
 * Whether an app_secret is stored.
 */
has_app_secret: boolean, 
/**
 * How authorise and refresh carry their parameters.
 */
authorise: Authorise, 
/**
 * Base64 of DER, or `fetch` to ask the receiver for it at each login.
 */
rsa_public_key: string, 
/**
 * Padding and hash of the RSA encryption.
 */
rsa_padding: RsaPadding, 
/**
 * What is done with a login text that is longer than the key takes at once.
 */
rsa_long_text: RsaLongText, 
/**
 * What the RSA encryption encrypts.
 */
rsa_plaintext: RsaPlaintext, 
/**
 * Which value the header `app_key` gets.
 */
app_key_from: AppKeySource, 
/**
 * Text before the access token in `Authorization`, with the blank between them, such as `Bearer `.
 */
authorization_prefix: string, 
/**
 * Mode of SM4; padding is PKCS#7.
 */
sm4_mode: Sm4Mode, 
/**
 * IV for CBC, hexadecimal.
 */
sm4_iv: string, 
/**
 * How `app_secret` becomes the SM4 key.
 */
sm4_key: KeyRule, 
/**
 * Form of cipher text.
 */
cipher_text: CipherText, 
/**
 * Form of the body of a query.
 */
query_body: QueryBody, 
/**
 * Type of `page` and `limit` in a query.
 */
page_numbers: Numbers, 
/**
 * Number of letters and digits in `random`.
 */
random_length: number, 
/**
 * The largest number of rows of one submission.
 */
rows_per_call: number, 
/**
 * Milliseconds to wait between two requests.
 */
pause_ms: number, 
/**
 * The largest number of submissions that are on their way at once, each of another table.
 */
calls_at_once: number, 
/**
 * How an empty value is sent.
 */
empty_value: EmptyValue, 
/**
 * How values of printed type N and M are sent.
 */
numbers: Numbers, 
/**
 * The name of this account in results (`sysName`); empty: it is `username`.
 */
sys_name: string, 
/**
 * Seconds after sending before the first question for results.
 */
first_query_after_s: number, 
/**
 * Further seconds before a submission that may or may not have arrived, and is not among the results, may be sent
 * again.
 */
resend_margin_s: number, 
/**
 * Whether `timestamps` follows the receiver's clock, learned from its `Date` header.
 */
clock_from_server: boolean, 
/**
 * Whether the proxy of the operating system's environment is used; never towards loopback.
 */
proxy: Proxy, 
/**
 * SHA-256 of the receiver's certificate in hexadecimal, for a receiver that made its certificate itself: only this
 * certificate is trusted then. Empty: the certificates that the operating system trusts.
 */
tls_fingerprint: string, 
/**
 * The longest time in seconds for making a connection.
 */
connect_timeout_s: number, 
/**
 * The longest time in seconds for a whole request, connection included.
 */
call_timeout_s: number, };

export type Connections = { 
/**
 * By name.
 */
connections: Array<ConnectionView>, };

export type Consent = { 
/**
 * Name of the signer.
 */
name: string, 
/**
 * Password of the signer.
 */
password: string, };

export type CopiedBook = { 
/**
 * Path that was asked for.
 */
file: string, 
/**
 * Size of the file.
 */
bytes: number, 
/**
 * What opens it.
 */
lock: BookLock, };

export type CountsQuery = { 
/**
 * Table names; empty: the tables of my department, all where none is set.
 */
tables: Array<string>, };

export type CreateBook = { 
/**
 * Edition id.
 */
edition: string, 
/**
 * Name, code and region of the school.
 */
college: College, 
/**
 * First period, such as `2026-2027-1`.
 */
period: string, 
/**
 * My department; empty for all.
 */
department: string, 
/**
 * File; absent: a name in the usual folder.
 */
path: string | null, 
/**
 * Password; absent: the key is kept in this PC's key store.
 */
passphrase: string | null, 
/**
 * Recovery key that the person has kept: it opens the book on any other PC. Absent: without a password nothing but
 * this PC's key store opens the book.
 */
recovery_key: string | null, 
/**
 * Fill it with the invented sample college.
 */
sample: boolean, 
/**
 * Job number for progress.
 */
job: number, };

export type Damaged = { 
/**
 * Name for programs, such as `swapped-digits`.
 */
id: string, 
/**
 * Name in Chinese.
 */
zh: string, 
/**
 * Name in English.
 */
en: string, 
/**
 * What is done to which fields, in Chinese.
 */
what: string, 
/**
 * Why some are not noticed, in Chinese; empty if no reason is known.
 */
limit: string, 
/**
 * Records that were damaged; 0 where the edition has no place for this kind.
 */
made: number, 
/**
 * How many were corrected by reading before they were stored.
 */
mended: number, 
/**
 * How many have a finding on the record.
 */
found: number, 
/**
 * Of those: on a damaged cell.
 */
on_cell: number, 
/**
 * How many have findings only on other records, because of this one.
 */
elsewhere: number, 
/**
 * Of those found: with a mandatory finding.
 */
mandatory: number, 
/**
 * Of those found: with a finding to confirm, and none that is mandatory.
 */
confirm: number, 
/**
 * Of those found: with hints only.
 */
hint: number, };

export type DayCount = { 
/**
 * `YYYY-MM-DD`.
 */
day: string, 
/**
 * Rows sent.
 */
sent: number, 
/**
 * Rows stored.
 */
stored: number, 
/**
 * Rows rejected.
 */
rejected: number, };

export type DaysOff = { 
/**
 * First of them.
 */
first: string, 
/**
 * Last of them.
 */
last: string, 
/**
 * What they are for.
 */
name: string, };

export type Decide = { 
/**
 * Number that the preview gave.
 */
proposal: number, 
/**
 * [`ProposalSheet::no`].
 */
sheet: number | null, 
/**
 * [`ProposalRow::no`]; needs `sheet`.
 */
row: number | null, 
/**
 * Column; needs `sheet`.
 */
column: string | null, 
/**
 * What is decided: new records, changed cells, cells that are emptied, conflicts, records that are not in the
 * file. Absent: all of the row or cell that is named; emptying a cell has to be named by its kind or by its
 * column.
 */
kind: RowKind | null, 
/**
 * The decision; absent: an earlier one is taken back.
 */
choice: Choice | null, };

export type Department = { 
/**
 * Name of the department, as the college gave it.
 */
name: string, 
/**
 * Tables it fills.
 */
tables: Array<string>, };

export type DepartmentQuality = { 
/**
 * Name; empty for tables without a department.
 */
department: string, 
/**
 * How many of its tables have records.
 */
tables: number, 
/**
 * Records of the period.
 */
rows: number, 
/**
 * From 0 to 100.
 */
score: number | null, };

export type DimensionScore = { 
/**
 * `01` to `06`.
 */
no: string, 
/**
 * Chinese name, as the standard prints it.
 */
name: string, 
/**
 * Its weight among the dimensions, chosen by the college.
 */
weight: number, 
/**
 * From 0 to 100: the weighted mean of its measured indicators; absent where none is.
 */
score: number | null, 
/**
 * Elements that its indicators evaluated.
 */
measured: number, 
/**
 * Of these, elements that do not meet the demand.
 */
failed: number, };

export type DistrustPublisher = { 
/**
 * Fingerprint of its key.
 */
fingerprint: string, };

export type Doubt = { 
/**
 * What it is about.
 */
kind: DoubtKind, 
/**
 * The question in words, for the people who read the standard.
 */
text: string, };

export type DoubtKind = "length" | "list" | "blank" | "value" | "type" | "several-values" | "other";

export type DriftLimits = { 
/**
 * Numbers of records, means and medians may lie this much below the lowest or above the highest of the earlier
 * periods, in per cent of it; 0: nothing is asked at all.
 */
percent: number, 
/**
 * Shares (of empty cells, of a code) may lie this much outside, in percentage points.
 */
points: number, 
/**
 * Tables and changes of fewer records than this are not asked about.
 */
least: number, };

export type Due = { 
/**
 * Today (`YYYY-MM-DD`), by the best known time.
 */
today: string, 
/**
 * Connection that accepted counts for; empty: none is chosen.
 */
connection: string, 
/**
 * The term that the days are counted in.
 */
term: DueTerm, 
/**
 * Tables that are submitted, the most urgent first.
 */
tables: Array<DueTable>, 
/**
 * The days of the month, from the first to the last.
 */
calendar: Array<CalendarDay>, 
/**
 * How much is known of the days off of the years that the month and the due days lie in.
 */
holidays: Array<HolidayYear>, };

export type DueFile = { 
/**
 * Path of the file on this PC.
 */
file: string, };

export type DueQuery = { 
/**
 * Table names; empty: the tables of my department, all where none is set.
 */
tables: Array<string>, 
/**
 * Month of the calendar (`YYYY-MM`); absent: the current one.
 */
month: string | null, };

export type DueReason = { 
/**
 * Words under `due.` in ui/src/text.
 */
code: string, 
/**
 * How many records it is about.
 */
rows: number, };

export type DueSettings = { 
/**
 * First day of a term, by period (`2026-2027-1`); a term that is not listed is taken to begin on 1 September or 1
 * March.
 */
term_starts: { [key in string]: string }, 
/**
 * Whether a day off can be a due day. Otherwise it moves to the last work day before, for a daily table to the
 * next one.
 */
every_day: boolean, 
/**
 * Due days before this one are not counted; empty: all count.
 */
from: string, 
/**
 * Days on which the college does not work, beside those of the notices: breaks, sports days.
 */
days_off: Array<DaysOff>, 
/**
 * Days on which it works although a notice or the weekend says otherwise.
 */
days_on: Array<string>, 
/**
 * Tables that have nothing to report, by period.
 */
nothing: { [key in string]: Array<string> }, 
/**
 * Tables that are due on a day of the year (`MM-DD`) that the college was told, whatever their frequency is.
 */
fixed: { [key in string]: string }, };

export type DueState = "empty" | "nothing" | "ready" | "blocked" | "under-way" | "quiet" | "done";

export type DueTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * Responsible department; empty where none is set.
 */
department: string, 
/**
 * How often it is filled.
 */
frequency: Frequency, 
/**
 * The same as printed.
 */
frequency_text: string, 
/**
 * Which records are meant, as printed.
 */
scope: string, 
/**
 * The table's own period in words, such as `2026-2027学年`.
 */
period_name: string, 
/**
 * The due day that matters today (`YYYY-MM-DD`); absent where it has none.
 */
due: string | null, 
/**
 * The due day depends on days off that are not announced yet.
 */
estimate: boolean, 
/**
 * Days since the due day, where something is not stored; 0: not overdue.
 */
overdue_days: number, 
/**
 * Days until the due day; absent where it has none or is over.
 */
days_left: number | null, 
/**
 * What is to be done.
 */
state: DueState, 
/**
 * Why records cannot be sent, or have not arrived.
 */
reasons: Array<DueReason>, 
/**
 * Records of the period.
 */
rows: number, 
/**
 * Records changed since they were accepted.
 */
to_send: number, 
/**
 * Of these, records that can be sent now.
 */
ready: number, 
/**
 * Records accepted by the connection.
 */
accepted: number, 
/**
 * Time of the last submission (RFC 3339), if any.
 */
last_submitted: string | null, };

export type DueTerm = { 
/**
 * `2026-2027-1`.
 */
period: string, 
/**
 * First day; absent if the period is not a term.
 */
start: string | null, 
/**
 * Whether the first day is only assumed, because the college has not set it.
 */
start_is_guess: boolean, 
/**
 * Last day; absent where the college has not set it: then tables of the term have no due day.
 */
end: string | null, };

export type EarlierPeriod = { 
/**
 * The period as records of the table carry it.
 */
period: string, 
/**
 * The same in words.
 */
words: string, 
/**
 * How many records.
 */
rows: number, };

export type EarlierQuery = { 
/**
 * Table name.
 */
table: string, };

export type EdgeQuery = { 
/**
 * The view that is shown.
 */
view: View, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Position of the cell, from 0.
 */
position: number, 
/**
 * Whether the edge above is looked for, not the one below.
 */
back: boolean, 
/**
 * Job number for progress and cancelling, where a whole table has to be read; 0: neither.
 */
job: number, };

export type Edit = { 
/**
 * Table name.
 */
table: string, 
/**
 * The changes, in order.
 */
changes: Array<Change>, };

export type Edited = { 
/**
 * Number of the step in the change log; absent where nothing changed.
 */
step: number | null, 
/**
 * Records as they are now; at most 200, the rest is read by page.
 */
rows: Array<RecordView>, 
/**
 * Records added, in order.
 */
added: Array<number>, 
/**
 * Findings of the whole table now.
 */
counts: LevelCounts, 
/**
 * The step that can be undone next; absent: none.
 */
undo: StepView | null, };

export type EditionFile = { 
/**
 * Path of the file on this PC.
 */
path: string, };

export type EditionId = { 
/**
 * Edition id.
 */
id: string, };

export type EditionPreview = { 
/**
 * Edition id.
 */
id: string, 
/**
 * Full title.
 */
title: string, 
/**
 * 高职 or 中职.
 */
level: string, 
/**
 * Month of issue.
 */
issued: string, 
/**
 * Revision of its rendering, such as `1.2.0`.
 */
revision: string, 
/**
 * Number of tables.
 */
tables: number, 
/**
 * Number of fields.
 */
fields: number, 
/**
 * Number of its own code lists.
 */
code_lists: number, 
/**
 * Number of codes in them.
 */
codes: number, 
/**
 * Number of rules.
 */
rules: number, 
/**
 * Who signed it; absent for a definition workbook.
 */
publisher: string | null, 
/**
 * Fingerprint of the key that signed it.
 */
fingerprint: string | null, 
/**
 * Revision of the edition of this id that it would take the place of.
 */
replaces: string | null, };

export type EditionQuality = { 
/**
 * Edition id.
 */
edition: string, 
/**
 * Rules of the edition on that day.
 */
rules: number, 
/**
 * Records of the sample college, all tables together.
 */
records: number, 
/**
 * Findings in these records without any damage.
 */
clean: number, 
/**
 * By kind of damage.
 */
damaged: Array<Damaged>, 
/**
 * By kind of true but unusual record.
 */
unusual: Array<Unusual>, };

export type EditionRef = { 
/**
 * Edition id.
 */
edition: string | null, };

export type EditionSummary = { 
/**
 * Such as `gaozhi-2024.09`.
 */
id: string, 
/**
 * Full title.
 */
title: string, 
/**
 * Month of issue.
 */
issued: string, 
/**
 * 高职 or 中职.
 */
level: string, 
/**
 * Number of tables.
 */
tables: number, 
/**
 * Number of fields.
 */
fields: number, 
/**
 * Number of the edition's own code lists.
 */
code_lists: number, 
/**
 * Number of codes in them.
 */
codes: number, 
/**
 * Number of rules.
 */
rules: number, 
/**
 * Revision of its rendering, such as `1.2.0`.
 */
revision: string, 
/**
 * Where it comes from.
 */
origin: Origin, 
/**
 * Who signed it.
 */
publisher: string | null, 
/**
 * Why it cannot be used: its file is damaged, or its publisher is no longer trusted. The numbers are 0 then.
 */
problem: CallError | null, };

export type EmptyValue = "empty" | "null";

export type Encryption = "verified" | "unverified" | "off";

export type EntryRun = { 
/**
 * Name of the entry.
 */
name: string, 
/**
 * What came of it.
 */
outcome: ScheduleOutcome, 
/**
 * The batches as they are now.
 */
batches: Array<BatchView>, 
/**
 * Tables left out, and why.
 */
skipped: Array<Skipped>, };

export type Expiry = { 
/**
 * Last day of the account.
 */
account: string, 
/**
 * Last day of the key.
 */
key: string, };

export type Explain = { 
/**
 * Findings of one rule on one column with one value.
 */
group: GroupRef, 
/**
 * Only this record; absent: all.
 */
row: number | null, 
/**
 * The reason; empty takes it back.
 */
text: string, };

export type ExplainAll = { 
/**
 * Which findings.
 */
selection: Selection, 
/**
 * The reason; empty takes it back.
 */
text: string, };

export type Explained = { 
/**
 * How many findings got the reason, or lost theirs.
 */
explained: number, };

export type Export = { 
/**
 * Names of the tables; empty for all.
 */
tables: Array<string>, 
/**
 * File to write; the ending tells the form (.xlsx, .ods, .csv, .json, .jsonl, .zip for a Data Package). A folder
 * gets a file for each table, with table and day in its name.
 */
path: string, 
/**
 * Only records that have findings, with their cells in red and a column for the reasons.
 */
findings: boolean, 
/**
 * With `findings`: only findings that have this in common, and the records that have them.
 */
selection?: Selection, 
/**
 * Whether codes are written as their names.
 */
names: boolean, 
/**
 * A file for each table, beside `path` and named after both.
 */
each: boolean, 
/**
 * Ending of the files where `path` is a folder; absent: `xlsx`.
 */
form: string | null, 
/**
 * Job number.
 */
job: number, };

export type ExportAside = { 
/**
 * File to write (.xlsx).
 */
path: string, 
/**
 * Job number for progress.
 */
job: number, };

export type ExportDefinition = { 
/**
 * Edition id.
 */
edition: string, 
/**
 * File to write (.xlsx).
 */
path: string, };

export type Exported = { 
/**
 * Path that was asked for.
 */
file: string, 
/**
 * Paths of the files that were written.
 */
files: Array<string>, 
/**
 * Records in them.
 */
rows: number, };

export type FailedRule = { 
/**
 * Its name.
 */
rule: string, 
/**
 * Why: `reader.time-out`, `reader.sql` or `reader.refused`.
 */
reason: string, };

export type FieldDifference = { 
/**
 * What happened.
 */
change: ChangeKind, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * What is different about it.
 */
aspects: Array<AspectDifference>, 
/**
 * What became of it, in words; only where that is known.
 */
note: string | null, };

export type FieldSpec = { 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Item number of the standard.
 */
item_id: string, 
/**
 * Printed letter C, N, M or T.
 */
type: string, 
/**
 * Kind of its values.
 */
kind: Kind, 
/**
 * Filled by the program.
 */
system: boolean, 
/**
 * Whether its values end with a check digit, so that the next one cannot be computed by counting up.
 */
check_digit: boolean, 
/**
 * Printed as mandatory.
 */
required: boolean, 
/**
 * Characters allowed.
 */
max_length: number | null, 
/**
 * Digits in all.
 */
precision: number | null, 
/**
 * Digits behind the point.
 */
scale: number | null, 
/**
 * Date pattern or regular expression.
 */
format: string | null, 
/**
 * Id of the code list.
 */
code_list: string | null, 
/**
 * Chinese title of the list, as the edition prints it.
 */
code_list_title: string | null, 
/**
 * Number of codes in it.
 */
code_count: number | null, 
/**
 * The level of the list that its title asks for, 0 for codes without one above; absent: any.
 */
code_level: number | null, 
/**
 * Separator of several values.
 */
separator: string | null, 
/**
 * Unit that the standard prints, such as 元 or 平方米.
 */
unit: string | null, 
/**
 * A value that the standard prints as an example.
 */
example: string | null, 
/**
 * Help for a clerk.
 */
description: string | null, 
/**
 * When it is mandatory, in words.
 */
required_when: string | null, 
/**
 * How private its values are.
 */
sensitivity: Sensitivity, 
/**
 * Where the key is kept, `TABLE.COLUMN`.
 */
references: Array<string>, 
/**
 * Misprints and open questions, each with what it is about.
 */
doubts: Array<Doubt>, 
/**
 * Added by the college: not submitted.
 */
own: boolean, };

export type Filter = { "op": "contains", 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Text to look for, anywhere in the cell.
 */
text: string, } | { "op": "one-of", 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Values that a cell may have; upper and lower case differ.
 */
values: Array<string>, } | { "op": "empty", 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, } | { "op": "filled", 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, } | { "op": "between", 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * The smallest value; empty: no limit.
 */
from: string, 
/**
 * The largest value; empty: no limit.
 */
to: string, };

export type FindingGroup = { 
/**
 * What they have in common, with what was asked for: selects these findings and no others.
 */
selection: Selection, 
/**
 * The import that wrote their records; only for groups by import, and absent where no import did.
 */
import: ImportOf | null, 
/**
 * How many of them have a suggestion.
 */
suggested: number, 
/**
 * How many different values they have.
 */
values: number, 
/**
 * In how many tables they are.
 */
tables: number, 
/**
 * How many rules found them.
 */
rules: number, 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string, 
/**
 * Responsible department; empty where none is set.
 */
department: string, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string | null, 
/**
 * Chinese title of the field, as the edition prints it.
 */
column_title: string | null, 
/**
 * Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
 */
rule: string, 
/**
 * Why the rule is checked, in a sentence; absent for checks of single fields, duplicates and references.
 */
reason: string | null, 
/**
 * The worst level among them.
 */
level: Level, 
/**
 * The value of the first of them, which groups by value share.
 */
value: string, 
/**
 * The value as it may be shown: masked where it is personal and the clerk has not asked for it.
 */
shown: string, 
/**
 * Words of the first of them; `{value}` stands for [`FindingGroup::shown`].
 */
message: Words, 
/**
 * A value that would be right for all.
 */
suggestion: string | null, 
/**
 * How many findings are in the group.
 */
count: number, 
/**
 * Number of the record of the first of them; absent for a finding about the whole table.
 */
first_row: number | null, 
/**
 * How many are explained.
 */
explained: number, 
/**
 * The reason that was given for the first of them.
 */
explanation: string | null, 
/**
 * Whether the standard leaves the question open, so that one answer (`check.answer`) is right for all records of the
 * table, those to come included.
 */
question: boolean, };

export type FindingGroups = { 
/**
 * Groups: those with open findings before those without, mandatory before others, the largest first.
 */
groups: Array<FindingGroup>, 
/**
 * Groups in all.
 */
total: number, 
/**
 * Findings of all groups, whatever the level that was asked for.
 */
counts: LevelCounts, 
/**
 * Tables that have findings, whatever the tables and the level that were asked for.
 */
tables: Array<TableFindings>, };

export type FindingView = { 
/**
 * Its number in the book.
 */
id: number, 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title of the table without the ending.
 */
table_title: string, 
/**
 * Number of the record in its table, from 1; it never changes.
 */
row: number | null, 
/**
 * Position of the record in its table, from 1, as the grid counts.
 */
position: number | null, 
/**
 * Record key.
 */
key: string, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string | null, 
/**
 * Chinese title of the field, as the edition prints it.
 */
column_title: string | null, 
/**
 * Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
 */
rule: string, 
/**
 * How serious it is.
 */
level: Level, 
/**
 * The offending value.
 */
value: string, 
/**
 * What is wrong and what would be right; `{value}` stands for [`FindingView::value`].
 */
message: Words, 
/**
 * A value that would be right.
 */
suggestion: string | null, 
/**
 * The clerk's reason, where one is given.
 */
explanation: string | null, 
/**
 * Who gave the reason; may be empty.
 */
explained_by: string | null, 
/**
 * When the reason was given (RFC 3339).
 */
explained_at: string | null, };

export type FindingsPage = { 
/**
 * How many findings the query selects.
 */
total: number, 
/**
 * The page, ordered by table, position of the record, column.
 */
findings: Array<FindingView>, };

export type FindingsQuery = { 
/**
 * Only this table.
 */
table: string | null, 
/**
 * Only this record.
 */
row: number | null, 
/**
 * Only this column.
 */
column: string | null, 
/**
 * Only this rule.
 */
rule: string | null, 
/**
 * Only this level.
 */
level: Level | null, 
/**
 * Only this value.
 */
value: string | null, 
/**
 * Only those that have this in common, too.
 */
selection?: Selection, 
/**
 * How many findings to leave out at the beginning.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type Fit = "code" | "code-start" | "name" | "name-start" | "initials" | "part";

export type Frequency = "day" | "week" | "month" | "term" | "year" | "once" | "as-needed";

export type GiveAnswer = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Rule of the findings, such as `code`.
 */
rule: string, 
/**
 * Code of their message, as the selection of their group has it.
 */
code: string, 
/**
 * The reason; empty takes the answer back.
 */
text: string, };

export type GroupRef = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string | null, 
/**
 * Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
 */
rule: string, 
/**
 * The value they share.
 */
value: string, };

export type Grouping = "value" | "cause" | "shared" | "import" | "table" | "department" | "rule" | "level";

export type GroupsQuery = { 
/**
 * What distinguishes the groups.
 */
by: Grouping, 
/**
 * Only findings that have this in common already.
 */
within: Selection, 
/**
 * How many groups to leave out at the beginning.
 */
offset: number, 
/**
 * The largest number to return; absent: 500.
 */
limit: number | null, };

export type HeadingFile = { 
/**
 * Path on this PC.
 */
path: string, };

export type HeadingMap = { 
/**
 * Heading as the workbook has it.
 */
heading: string, 
/**
 * Name of the column that it was read as; absent if none fits.
 */
column: string | null, 
/**
 * Title of the column; absent if the heading is left out or the edition does not have the column.
 */
title: string | null, 
/**
 * Name of a column with a similar title, for the clerk to confirm; absent if the column is known or none is
 * similar.
 */
proposed: string | null, };

export type History = { 
/**
 * Steps in all.
 */
total: number, 
/**
 * Newest first.
 */
steps: Array<StepView>, };

export type HistoryQuery = { 
/**
 * Only this table.
 */
table: string | null, 
/**
 * Only this record.
 */
row: number | null, 
/**
 * Only steps of this kind.
 */
kind: StepKind | null, 
/**
 * How many of the newest steps to leave out.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type HitKind = "table" | "field" | "list" | "code" | "rule";

export type HolidayYear = { 
/**
 * A calendar year, such as 2026.
 */
year: number, 
/**
 * How much is known.
 */
known: HolidaysKnown, 
/**
 * The source, such as the notice; empty if nothing is known.
 */
source: string, };

export type HolidaysKnown = "official" | "statutory" | "unknown";

export type Home = { 
/**
 * Tables of my department (all tables where none is set), the most urgent first.
 */
tables: Array<HomeTable>, 
/**
 * Numbers of today.
 */
today: Today, 
/**
 * Numbers of the last 14 days, oldest first.
 */
days: Array<DayCount>, 
/**
 * Warnings, the most urgent first.
 */
warnings: Array<Warning>, };

export type HomeTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * Responsible department; empty where none is set.
 */
department: string, 
/**
 * How often it is filled.
 */
frequency: Frequency, 
/**
 * Records of the current period.
 */
rows: number, 
/**
 * Share of required cells that are filled, 0 to 1; 0 without records.
 */
complete: number, 
/**
 * Findings by level.
 */
findings: LevelCounts, 
/**
 * The table's own period in words, such as `2026-2027学年`.
 */
period_name: string, 
/**
 * Day it is due (`YYYY-MM-DD`); absent where it has no due day.
 */
due: string | null, 
/**
 * A table of the college's own, which is not submitted.
 */
own: boolean, 
/**
 * Time of the last submission (RFC 3339), if any.
 */
last_submitted: string | null, 
/**
 * State of the last batch for the current connection; absent if there is none.
 */
last_state: BatchState | null, 
/**
 * What that state is called where people read it.
 */
last_shown: ShownState | null, 
/**
 * Records accepted by the current connection.
 */
accepted: number, 
/**
 * Records changed since they were last accepted.
 */
to_send: number, 
/**
 * Records in a batch that were not sent yet.
 */
waiting: number, 
/**
 * Records that were sent, without an answer that tells whether they arrived.
 */
unknown: number, 
/**
 * Records that were rejected with their present content.
 */
rejected: number, 
/**
 * Days since the due day, where something is not stored; 0: not overdue.
 */
overdue_days: number, };

export type ImportOf = { 
/**
 * Number of its step in the log.
 */
step: number, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Name of its files.
 */
files: string, };

export type IndicatorScore = { 
/**
 * `0101` to `0602`; its first two digits are those of the dimension.
 */
no: string, 
/**
 * Chinese name, as the standard prints it.
 */
name: string, 
/**
 * Its weight within the dimension, chosen by the college.
 */
weight: number, 
/**
 * Elements that meet the demand, explained ones included.
 */
met: number, 
/**
 * Elements that were evaluated.
 */
of: number, 
/**
 * Elements that do not meet the demand only according to findings that are explained.
 */
explained: number, 
/**
 * From 0 to 100: the share of those that meet it. For 0303 and 0305, where the standard counts the bad ones, 1 less
 * the share of these.
 */
score: number | null, 
/**
 * Why it was not measured: words under `unmeasured.` in ui/src/text; absent where it was.
 */
unmeasured: string | null, };

export type KeptProposal = { 
/**
 * Its number in the book.
 */
id: number, 
/**
 * When the files were read (RFC 3339, national time).
 */
at: string, 
/**
 * Name of the person at the PC; may be empty.
 */
who: string, 
/**
 * Paths of the files.
 */
files: Array<string>, 
/**
 * Saved source that it comes from.
 */
source: string | null, 
/**
 * Why it can no longer be imported as it is; absent where it can.
 */
outdated: Outdated | null, 
/**
 * What the import would do with the present decisions.
 */
outlook: Outlook, };

export type KeyChanges = { 
/**
 * Keys that the period before had not.
 */
added: number, 
/**
 * Keys of the period before that are gone.
 */
gone: number, };

export type KeyRule = string;

export type Kind = "text" | "longtext" | "integer" | "decimal" | "date" | "datetime" | "time" | "yearmonth" | "year" | "yearrange" | "code" | "codes" | "url" | "json";

export type KnownHeadingView = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Its title; absent where the edition does not have it any more.
 */
table_title: string | null, 
/**
 * Heading as the workbook has it.
 */
heading: string, 
/**
 * Column; empty: the heading is left out.
 */
column: string, 
/**
 * Title of the column; absent if the heading is left out or the edition does not have the column.
 */
title: string | null, };

export type KnownHeadings = { 
/**
 * Sorted by table and heading.
 */
headings: Array<KnownHeadingView>, };

export type KnownHeadingsRead = { 
/**
 * Number of entries that were taken over.
 */
taken: number, 
/**
 * Entries that do not fit the edition: table and heading.
 */
passed_over: Array<string>, 
/**
 * All headings of the book.
 */
headings: Array<KnownHeadingView>, };

export type Leaving = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * Records that would be frozen now.
 */
fresh: number, 
/**
 * Records that were frozen before and have not left.
 */
waiting: number, 
/**
 * Records that stay behind for mandatory findings, or for confirm findings that nobody explained.
 */
held_back: number, 
/**
 * Records of the table in this period.
 */
rows: number, 
/**
 * Records that the receiver accepted before.
 */
accepted_before: number, 
/**
 * SM3 of the rows that would be frozen, in hex; empty where there are none.
 */
hash: string, 
/**
 * The first twelve digits of `hash` in groups of four.
 */
fingerprint: string, };

export type Level = "mandatory" | "confirm" | "hint";

export type LevelCounts = { 
/**
 * How many are mandatory (强制).
 */
mandatory: number, 
/**
 * How many are to be confirmed (核实) and not explained yet.
 */
confirm: number, 
/**
 * How many are hints (提示).
 */
hint: number, };

export type ListDifference = { 
/**
 * What happened.
 */
change: ChangeKind, 
/**
 * Id of the code list in its edition.
 */
id: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Number of codes in the first edition.
 */
before: number, 
/**
 * Number of codes in the second edition.
 */
after: number, 
/**
 * Differences of the list itself.
 */
aspects: Array<AspectDifference>, 
/**
 * Codes that differ; of an added or removed list all of them.
 */
codes: Array<CodeDifference>, 
/**
 * What became of its codes, in words; only where that is known.
 */
note: string | null, 
/**
 * What a search matches.
 */
search: string, };

export type ListUse = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Title of the field.
 */
title: string, };

export type ListedCheck = { 
/**
 * What was looked at.
 */
matter: CheckedMatter, 
/**
 * What came of it.
 */
verdict: CheckVerdict, 
/**
 * Which words under `checklist.` say it: the matter, or the matter and one word more.
 */
words: string, 
/**
 * Parameters of the words.
 */
params: { [key in string]: string }, 
/**
 * The tables that it is about; empty: all.
 */
tables: Array<TableMatter>, 
/**
 * Why it cannot go, where another error says it.
 */
error: CallError | null, };

export type LogPage = { 
/**
 * Path of the file, to send it to technical support.
 */
file: string, 
/**
 * The newest last, 200 at most.
 */
entries: Array<string>, };

export type Loss = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
title: string, 
/**
 * Responsible department; empty where none is set.
 */
department: string, 
/**
 * Number of the indicator.
 */
indicator: string, 
/**
 * Elements that do not meet its demand.
 */
failed: number, 
/**
 * Points of the whole score (0 to 100) that they cost.
 */
points: number, };

export type MadeKey = { 
/**
 * File of the private key.
 */
file: string, 
/**
 * Text of the public key, for those who are to trust it.
 */
public_key: string, 
/**
 * Fingerprint of the key, to be compared by eye or by phone.
 */
fingerprint: string, };

export type MakeKey = { 
/**
 * File for the private key; it must not exist.
 */
path: string, };

export type Mark = { 
/**
 * The part, from 0.
 */
part: number, 
/**
 * The worst level among them.
 */
level: Level, 
/**
 * How many records.
 */
rows: number, };

export type MarksQuery = { 
/**
 * The view that is shown.
 */
view: View, 
/**
 * Into how many parts of equal length the view is cut; at most 2,000.
 */
parts: number, };

export type Mend = { 
/**
 * Findings of one rule on one column with one value.
 */
group: GroupRef, 
/**
 * The new value, as typed.
 */
with: string, };

export type MendAll = { 
/**
 * Which findings.
 */
selection: Selection, 
/**
 * How their cells are corrected.
 */
remedy: Remedy, 
/**
 * Job number for progress and cancelling.
 */
job: number, };

export type MendCause = { 
/**
 * Table name.
 */
table: string, 
/**
 * Column of the findings.
 */
column: string, 
/**
 * Rule of the findings.
 */
rule: string, 
/**
 * Code of their message.
 */
code: string, };

export type Mended = { 
/**
 * Number of the step, by which it is taken back; absent where nothing changed.
 */
step: number | null, 
/**
 * Cells that got another value.
 */
cells: number, 
/**
 * Records that changed.
 */
rows: number, 
/**
 * Findings whose cells stay as they are, because the remedy knows no other value for them.
 */
left: number, 
/**
 * Names of the tables that the findings are in.
 */
tables: Array<string>, };

export type MigrationColumn = { 
/**
 * Column of the old table; of the new one where the kind is `new`, or `hand` for an empty cell.
 */
column: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Column of the new edition; absent where it has no place.
 */
to: string | null, 
/**
 * Chinese title in the edition that the book moves to.
 */
to_title: string | null, 
/**
 * Table of the new column, where that is another than the table's own `to`.
 */
to_table: string | null, 
/**
 * What becomes of these cells.
 */
kind: ColumnFate, 
/**
 * What is done or has to be done, as a code with words in errors.json; absent where there is nothing to say.
 */
what: CallError | null, 
/**
 * Cells of this book that it is about; 0 where the column is empty.
 */
cells: number, 
/**
 * The first of them, at most three, different ones; personal values are masked.
 */
examples: Array<MigrationExample>, };

export type MigrationCounts = { 
/**
 * Records of the book.
 */
records: number, 
/**
 * Filled cells.
 */
cells: number, 
/**
 * Cells that stay as they are.
 */
kept: number, 
/**
 * Cells that stay where they are with another value (code, separator, format).
 */
converted: number, 
/**
 * Cells that go to another column or table, converted where needed.
 */
moved: number, 
/**
 * Cells without a place, kept aside.
 */
aside: number, 
/**
 * Cells that a clerk has to change or fill afterwards: some of those above, or empty ones that the new edition
 * demands.
 */
hand: number, 
/**
 * Cells that the move fills.
 */
filled: number, };

export type MigrationDone = { 
/**
 * Edition that the book had.
 */
from: string, 
/**
 * Edition that it has now.
 */
to: string, 
/**
 * What was done.
 */
counts: MigrationCounts, 
/**
 * The book as it was, kept beside it.
 */
kept_copy: string, 
/**
 * Findings of the check that followed, in the current period.
 */
findings: LevelCounts, };

export type MigrationExample = { 
/**
 * The value before the move.
 */
before: string, 
/**
 * The value after the move; empty if it has no place.
 */
after: string, };

export type MigrationOffer = { 
/**
 * Edition of the book.
 */
from: string, 
/**
 * Its short name, such as `高职 2023-06`.
 */
from_name: string, 
/**
 * Edition to move to.
 */
to: string, 
/**
 * Its short name.
 */
to_name: string, 
/**
 * Its full title.
 */
title: string, };

export type MigrationPreview = { 
/**
 * Edition of the book.
 */
from: string, 
/**
 * Its short name.
 */
from_name: string, 
/**
 * Edition to move to.
 */
to: string, 
/**
 * Its short name.
 */
to_name: string, 
/**
 * Numbers of the whole book.
 */
counts: MigrationCounts, 
/**
 * Tables in the order of the old edition, then those that only the new edition has.
 */
tables: Array<MigrationTable>, 
/**
 * Why it cannot be done now; its words are those of errors.
 */
blocked: CallError | null, 
/**
 * Where the book as it is now will be kept.
 */
copy: string, 
/**
 * Notes of the crosswalk on the move as a whole.
 */
notes: Array<string>, };

export type MigrationState = { 
/**
 * The last move, if there was one.
 */
moved: MovedBook | null, 
/**
 * What is kept aside, of all moves.
 */
aside: AsideCounts, };

export type MigrationTable = { 
/**
 * Table of the old edition; of the new one where the kind is `new`.
 */
table: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Table of the new edition; absent where it has no place.
 */
to: string | null, 
/**
 * Chinese title in the edition that the book moves to.
 */
to_title: string | null, 
/**
 * What becomes of the table as a whole.
 */
kind: TableFate, 
/**
 * Why it is so, where that is a judgement.
 */
basis: string | null, 
/**
 * Numbers of this table.
 */
counts: MigrationCounts, 
/**
 * What becomes of its columns; those that stay as they are come last. One column may stand there several times.
 */
columns: Array<MigrationColumn>, };

export type Moved = { 
/**
 * Number of the step in the change log; absent where none went.
 */
step: number | null, 
/**
 * How many.
 */
moved: number, 
/**
 * Findings of the whole table in the current period.
 */
counts: LevelCounts, };

export type MovedBook = { 
/**
 * Edition that it had.
 */
from: string, 
/**
 * Its short name; the id where it is not installed any more.
 */
from_name: string, 
/**
 * Edition that it has.
 */
to: string, 
/**
 * Its short name.
 */
to_name: string, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Who; may be empty.
 */
who: string, 
/**
 * The book as it was.
 */
copy: string, 
/**
 * Whether the move can be taken back.
 */
can_take_back: boolean, 
/**
 * Why the move cannot be taken back; absent where it can.
 */
why_not: CallError | null, };

export type NewRecoveryKey = { 
/**
 * Six groups of four characters with hyphens between them.
 */
key: string, };

export type NextFinding = { 
/**
 * The finding; its cell may have more.
 */
finding: FindingView, 
/**
 * Position of its record in the view, from 0.
 */
position: number, };

export type NextFindingQuery = { 
/**
 * The view that is shown.
 */
view: View, 
/**
 * Columns from left to right, as shown; others come behind them in printed order.
 */
columns: Array<string>, 
/**
 * Record of the active cell; absent on the empty row below the last record.
 */
row: number | null, 
/**
 * Its position as shown, from 0. Used where the view does not contain the record any more.
 */
position: number, 
/**
 * Column of the active cell.
 */
column: string | null, 
/**
 * Looks before the cell instead of behind it.
 */
back: boolean, };

export type NextHit = { 
/**
 * Number of the record in its table.
 */
row: number, 
/**
 * Position of the record in the view, from 0.
 */
position: number, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * How many records of the view hold the text.
 */
records: number, };

export type NextHitQuery = { 
/**
 * The view that is shown.
 */
view: View, 
/**
 * Text to look for in the cells and in the names of their codes.
 */
text: string, 
/**
 * Columns to look into, from left to right.
 */
columns: Array<string>, 
/**
 * Record of the active cell; absent on the empty row below the last record.
 */
row: number | null, 
/**
 * Its position as shown, from 0.
 */
position: number, 
/**
 * Column of the active cell; absent: the record as a whole is looked at from its first cell.
 */
column: string | null, 
/**
 * Whether the active cell itself counts, as while the text is being typed.
 */
here: boolean, 
/**
 * Looks before the cell instead of behind it.
 */
back: boolean, 
/**
 * Job number for progress and cancelling, where a whole table has to be read; 0: neither.
 */
job: number, };

export type Nothing = Record<symbol, never>;

export type Numbers = "number" | "string";

export type NumbersQuery = { 
/**
 * The connection; absent: the one that the settings name.
 */
connection: string | null, 
/**
 * Days back, today among them; 0: 28, at most 366.
 */
days: number, };

export type Occasion = "daily" | "before-import" | "before-restore" | "by-hand";

export type OpenBookFile = { 
/**
 * Path of the book's file.
 */
path: string, 
/**
 * Password or recovery key; absent: the key comes from the key store.
 */
passphrase: string | null, };

export type Origin = "builtin" | "definition" | "package";

export type Outdated = "edition" | "period";

export type Outlook = { 
/**
 * Records added.
 */
added: number, 
/**
 * Records changed, also those of which cells are emptied.
 */
updated: number, 
/**
 * Cells emptied.
 */
emptied: number, 
/**
 * Records deleted because the file does not have them any more.
 */
deleted: number, 
/**
 * Rows of which something waits for a decision.
 */
undecided: number, 
/**
 * Rows and cells that the clerk has refused.
 */
refused: number, };

export type Overlay = { 
/**
 * Fields added to tables of the edition.
 */
fields: Array<OwnField>, 
/**
 * Tables added; they are in the subset `OWN`.
 */
tables: Array<OwnTable>, 
/**
 * Rules added; their names begin with `own-` after the dot.
 */
rules: Array<OwnRule>, 
/**
 * How often the college fills a table, where that differs from what is printed.
 */
frequencies: { [key in string]: Frequency }, 
/**
 * Departments by table, where the settings name none.
 */
departments: { [key in string]: string }, };

export type OverlayFile = { 
/**
 * Path of the file with the additions.
 */
path: string, };

export type OverlayProblems = { 
/**
 * Each with `part` and `found` in its params.
 */
problems: Array<CallError>, };

export type OwnCaseValue = string | Array<{ [key in string]: string }>;

export type OwnCode = { 
/**
 * The code as the source has it.
 */
own: string, 
/**
 * Rows that have it.
 */
rows: number, 
/**
 * The code of the standard that it becomes.
 */
code: string, 
/**
 * Name of that code in the standard; absent if the standard does not have it.
 */
title: string | null, };

export type OwnColumn = { 
/**
 * Column, `X_...`.
 */
column: string, 
/**
 * Title, unique in its table.
 */
title: string, 
/**
 * Kind of its values.
 */
kind: Kind, 
/**
 * Characters allowed.
 */
max_length: number | null, 
/**
 * Digits in all, for decimals.
 */
precision: number | null, 
/**
 * Digits behind the point, for decimals.
 */
scale: number | null, 
/**
 * Must be filled.
 */
required: boolean, 
/**
 * Code list of the edition, for codes.
 */
code_list: string | null, 
/**
 * Permitted texts; empty: any.
 */
values: Array<string>, 
/**
 * Unit that the standard prints, such as 元 or 平方米.
 */
unit: string | null, 
/**
 * Help for a clerk.
 */
description: string | null, 
/**
 * How private it is.
 */
sensitivity: Sensitivity, };

export type OwnField = { 
/**
 * Table of the edition.
 */
table: string, 
/**
 * The field as the college describes it.
 */
field: OwnColumn, };

export type OwnRule = { 
/**
 * `TABLE.kebab-case`; that of a college is `TABLE.own-kebab-case`.
 */
id: string, 
/**
 * How serious what it finds is.
 */
level: Level, 
/**
 * Table whose records are found.
 */
table: string, 
/**
 * Columns that it looks at; a finding is shown at the first.
 */
columns: Array<string>, 
/**
 * SQL expression over one record; this, `parts` or `select`.
 */
expect?: string | null, 
/**
 * SELECT of failing records; this, `expect` or `parts`.
 */
select?: string | null, 
/**
 * What is wrong.
 */
message: string, 
/**
 * Why this is checked.
 */
reason: string, 
/**
 * Where the standard says so.
 */
basis?: string | null, 
/**
 * Expressions over one record, each with the column at fault; this, `expect` or `select`.
 */
parts?: Array<RulePart>, 
/**
 * Records on which it finds nothing.
 */
pass: Array<{ [key in string]: OwnCaseValue }>, 
/**
 * Records on which it finds something.
 */
fail: Array<{ [key in string]: OwnCaseValue }>, };

export type OwnTable = { 
/**
 * Name, `X_...`.
 */
name: string, 
/**
 * Chinese title that the college gave.
 */
title: string, 
/**
 * Columns that tell two records apart; empty: all.
 */
natural_key: Array<string>, 
/**
 * How often it is filled.
 */
frequency: Frequency, 
/**
 * How much time its records cover. Earlier builds wrote `periodic`, yes or no.
 */
period: PeriodKind, 
/**
 * Its fields; the program adds the three system columns.
 */
fields: Array<OwnColumn>, };

export type PackEdition = { 
/**
 * Edition at hand, or a folder with an edition's files.
 */
source: string, 
/**
 * File of the private key.
 */
key: string, 
/**
 * Name of the publisher.
 */
publisher: string, 
/**
 * File to write.
 */
path: string, };

export type PackedEdition = { 
/**
 * Path of the file that was written.
 */
file: string, 
/**
 * Edition id.
 */
id: string, 
/**
 * Revision of the edition, such as `1.2.0`.
 */
revision: string, 
/**
 * Files in it.
 */
files: number, 
/**
 * Fingerprint of the key that signed it.
 */
fingerprint: string, };

export type Page = { 
/**
 * Records in the view.
 */
total: number, 
/**
 * Number of the order that this page is of, where the view filters or sorts.
 */
order: number | null, 
/**
 * Records of this page.
 */
rows: Array<RecordView>, 
/**
 * Position of each of them in its table, from 1; empty for a view that shows all records as entered, where it
 * follows from the offset.
 */
places: Array<number>, 
/**
 * Findings of the whole table in the current period.
 */
counts: LevelCounts, };

export type PageQuery = { 
/**
 * Filter and order of the records.
 */
view: View, 
/**
 * The order that an earlier page of this view was of, so that both fit together whatever has changed since.
 * Absent: the records as they are now.
 */
order: number | null, 
/**
 * How many records to leave out before the first one of the page.
 */
offset: number, 
/**
 * The largest number to return, at most 1,000.
 */
limit: number, 
/**
 * Job number for progress and cancelling, where a whole table has to be read; 0: neither.
 */
job: number, };

export type PassedOver = { 
/**
 * Its path.
 */
file: string, 
/**
 * Why the file could not be read.
 */
error: CallError, };

export type Paste = { 
/**
 * Table name.
 */
table: string, 
/**
 * For each row of `cells` the number of the record that takes it, as shown; `null`, or missing at the end: a new
 * record.
 */
rows: Array<number | null>, 
/**
 * Columns from left to right, as shown.
 */
columns: Array<string>, 
/**
 * Rows of cells as text.
 */
cells: Array<Array<string>>, };

export type Pause = { 
/**
 * The connection.
 */
target: Target, 
/**
 * Whether it is paused from now on.
 */
paused: boolean, };

export type Paused = { 
/**
 * Since when (RFC 3339); absent if it is not.
 */
since: string | null, };

export type PeriodKind = "term" | "school-year" | "calendar-year" | "month" | "day" | "all";

export type PlainField = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title of the field, as the edition prints it.
 */
title: string, 
/**
 * Names of the checks of single fields that look at it.
 */
checks: Array<string>, };

export type Position = { 
/**
 * Position in the view, from 0; absent where the view does not hold the record.
 */
position: number | null, };

export type PositionQuery = { 
/**
 * The view that is shown.
 */
view: View, 
/**
 * Number of the record in the book.
 */
row: number, };

export type Preview = { 
/**
 * Paths of the files to read.
 */
files: Array<string>, 
/**
 * All sheets are of this table; absent: it is recognised by the headings.
 */
table: string | null, 
/**
 * Name of the saved source that the files belong to; it says how columns and codes are read. A source with a query
 * is the only file of its preview.
 */
source: string | null, 
/**
 * Corrections by the clerk.
 */
corrections: Array<SheetCorrection>, 
/**
 * Whether the proposal is dropped when the book is opened the next time: for a run that decides at once.
 */
once: boolean, 
/**
 * Replaces this proposal of the same files. Decisions about rows that did not change are kept.
 */
replaces: number | null, 
/**
 * Job number.
 */
job: number, };

export type PreviewMigration = { 
/**
 * Edition to move to.
 */
to: string, 
/**
 * Job number for progress.
 */
job: number, };

export type PrintBatches = { 
/**
 * Numbers of the batches, in the order of the page.
 */
batches: Array<number>, 
/**
 * File to write; its name ends in `.html`.
 */
path: string, };

export type PrintRules = { 
/**
 * Edition id; absent: that of the open book.
 */
edition: string | null, 
/**
 * Only the rules of this table.
 */
table: string | null, 
/**
 * File to write, `.html`.
 */
path: string, 
/**
 * The least serious level on the page; absent: `mandatory`.
 */
level: Level | null, };

export type PrintedBatches = { 
/**
 * Path of the file.
 */
file: string, 
/**
 * Batches on it.
 */
batches: number, };

export type PrintedRules = { 
/**
 * Path of the file that was written.
 */
file: string, 
/**
 * Rules on it.
 */
rules: number, };

export type Progress = { 
/**
 * The job's number, as given with the call.
 */
job: number, 
/**
 * Step in words.json under `progress.`.
 */
step: string, 
/**
 * How much is done.
 */
done: number, 
/**
 * How many in all; 0 when unknown.
 */
total: number, };

export type Proposal = { 
/**
 * Its number in the book.
 */
id: number, 
/**
 * When the files were read (RFC 3339, national time).
 */
at: string, 
/**
 * Name of the person at the PC; may be empty.
 */
who: string, 
/**
 * Why it can no longer be imported as it is; absent where it can.
 */
outdated: Outdated | null, 
/**
 * Saved source that it comes from.
 */
source: string | null, 
/**
 * How the clerk had the sheets read.
 */
corrections: Array<SheetCorrection>, 
/**
 * What was read from each file.
 */
files: Array<ProposalFile>, 
/**
 * What the import would do with the present decisions.
 */
outlook: Outlook, };

export type ProposalFile = { 
/**
 * Path of the file on this PC.
 */
file: string, 
/**
 * Sheets that are not empty.
 */
sheets: Array<ProposalSheet>, };

export type ProposalRef = { 
/**
 * Its number in the book.
 */
proposal: number, };

export type ProposalRow = { 
/**
 * Its place in the sheet of the proposal, from 0.
 */
no: number, 
/**
 * Line in the sheet, from 1; 0 for a record that is not in the file.
 */
line: number, 
/**
 * The record that it is about; absent for a new one.
 */
record: number | null, 
/**
 * What the import would do with it.
 */
kind: RowKind, 
/**
 * Why the whole row waits for a decision; absent if only single cells wait, or none.
 */
conflict: Conflict | null, 
/**
 * Why it is left out; words under `import.left-out.`.
 */
left_out: string | null, 
/**
 * Values read, by column.
 */
cells: { [key in string]: string }, 
/**
 * What the file would do to cells of the book, by column; others stay as they are.
 */
changes: { [key in string]: CellKind }, 
/**
 * Values in the book of the columns in `changes`.
 */
before: { [key in string]: string }, 
/**
 * Values that the file was written with, of the columns in `changes`; a column without one has no base.
 */
base: { [key in string]: string }, 
/**
 * Names of the codes among all these values: by column, then by value.
 */
names: { [key in string]: { [key in string]: string } }, 
/**
 * The decision about the whole row.
 */
choice: Choice | null, 
/**
 * The decisions about single cells, by column.
 */
choices: { [key in string]: Choice }, 
/**
 * Cells that could not be read, by column.
 */
unreadable: { [key in string]: UnreadableCell }, };

export type ProposalRows = { 
/**
 * How many rows the query selects.
 */
total: number, 
/**
 * The page.
 */
rows: Array<ProposalRow>, };

export type ProposalRowsQuery = { 
/**
 * Number that the preview gave.
 */
proposal: number, 
/**
 * Path of the file on this PC.
 */
file: string, 
/**
 * Name of the sheet in its file; empty for CSV.
 */
sheet: string, 
/**
 * Absent: all rows of the file.
 */
kind: RowKind | null, 
/**
 * Only rows of which something waits for a decision.
 */
waiting: boolean, 
/**
 * Only rows that would change this column.
 */
column: string | null, 
/**
 * How many to leave out before the first one shown; from 0.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type ProposalSheet = { 
/**
 * Its number in the book.
 */
no: number, 
/**
 * Sheet name.
 */
sheet: string, 
/**
 * Table that was recognised by the headings; absent if none fits.
 */
table: string | null, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string | null, 
/**
 * Row of the headings, from 1; absent: none found.
 */
header_row: number | null, 
/**
 * Rows read, also those that are left out.
 */
rows: number, 
/**
 * Rows whose record is not in the book yet.
 */
new: number, 
/**
 * Rows whose record has other values in the book.
 */
changed: number, 
/**
 * Rows whose record has the same values in the book.
 */
unchanged: number, 
/**
 * Rows of which something waits for a decision; see [`Conflict`].
 */
conflicts: number, 
/**
 * Rows that would empty cells which have a value in the book. That is done only where the clerk asks for it.
 */
cleared: number, 
/**
 * The same as an earlier row of the import.
 */
doubled: number, 
/**
 * Rows that are not records: headings again, sums, notes.
 */
left_out: number, 
/**
 * Records that were written into this workbook and are not in it any more. They stay in the book.
 */
missing: number, 
/**
 * Rows with a cell that could not be read (an error value such as #REF!); they are not imported.
 */
unreadable: number, 
/**
 * Of these, rows with a number whose last digits are lost.
 */
ruined: number, 
/**
 * Headings without a column.
 */
unmapped_columns: Array<string>, 
/**
 * Required columns without a heading.
 */
missing_columns: Array<string>, 
/**
 * Headings and the columns they were read as.
 */
columns: Array<HeadingMap>, 
/**
 * Mandatory findings that the rows would have.
 */
findings: number, 
/**
 * Remarks (words under `import.`), such as that the template is of another edition.
 */
remarks: Array<Remark>, 
/**
 * Rows of which something waits for a decision.
 */
undecided: number, 
/**
 * Cells of each column that it would change, and what is decided about them. Columns without any are left out.
 */
cells: Array<ColumnCells>, };

export type ProposeName = { 
/**
 * Chinese title that a name is wanted for.
 */
title: string, 
/**
 * Names that are in use.
 */
taken: Array<string>, };

export type ProposedName = { 
/**
 * `X_` and the initials of the title.
 */
name: string, };

export type Proxy = "system" | "none";

export type PublisherView = { 
/**
 * The name that the college gave it.
 */
name: string, 
/**
 * Fingerprint of its key, to be compared by eye or by phone.
 */
fingerprint: string, };

export type Quality = { 
/**
 * The period that was measured, such as `2026-2027-1`.
 */
period: string, 
/**
 * Period in Chinese words.
 */
period_words: string, 
/**
 * From 0 to 100; absent where nothing was measured.
 */
score: number | null, 
/**
 * Records that were measured.
 */
rows: number, 
/**
 * The six dimensions.
 */
dimensions: Array<DimensionScore>, 
/**
 * The twenty indicators.
 */
indicators: Array<IndicatorScore>, 
/**
 * Tables with records, the worst first.
 */
tables: Array<TableQuality>, 
/**
 * Departments with records, the worst first.
 */
departments: Array<DepartmentQuality>, 
/**
 * What costs most points, the most first.
 */
losses: Array<Loss>, 
/**
 * The states of all rules.
 */
rules: RuleCounts, 
/**
 * SM3 of all records spoken of (64 hexadecimal digits), where it was asked for.
 */
digest: string | null, };

export type QualityQuery = { 
/**
 * Period, such as `2026-2027-1`; absent: that of the book.
 */
period: string | null, 
/**
 * Only tables of this department; absent: of all.
 */
department: string | null, 
/**
 * Whether the digest of the data is made, which reads all records.
 */
digest: boolean, 
/**
 * Job number for progress and cancelling: every record is read. 0: neither.
 */
job: number, };

export type QualitySettings = { 
/**
 * Weight of each dimension by its number, from 0 to 100; one that is not named weighs 1.
 */
dimensions: { [key in string]: number }, 
/**
 * Weight of each indicator within its dimension by its number, from 0 to 100; one that is not named weighs 1.
 */
indicators: { [key in string]: number }, 
/**
 * How many records tables should have in the present period, by name.
 */
expected: { [key in string]: number }, };

export type QueryBody = "json" | "form";

export type Ready = { 
/**
 * Since when submission to the connection is paused (RFC 3339); absent if it is not.
 */
paused: string | null, 
/**
 * Records that are frozen and have not left.
 */
waiting: number, 
/**
 * Tables that have records, in printed order.
 */
tables: Array<ReadyTable>, };

export type ReadyTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * Responsible department.
 */
department: string, 
/**
 * How often it is filled.
 */
frequency: Frequency, 
/**
 * Day it is due.
 */
due: string | null, 
/**
 * How many records.
 */
rows: number, 
/**
 * Records that are new or changed since they were accepted.
 */
to_send: number, 
/**
 * Of these, records with mandatory findings, which are not sent.
 */
blocked: number, 
/**
 * Of these, records with confirm findings without an explanation, which are not sent.
 */
unexplained: number, 
/**
 * Records in a batch whose result is not known.
 */
under_way: number, 
/**
 * Of these, records that have not been sent yet.
 */
waiting: number, 
/**
 * Records accepted.
 */
accepted: number, };

export type Reasons = { 
/**
 * Reasons that the college keeps, in its order.
 */
reasons: Array<string>, 
/**
 * Answers that hold for whole tables.
 */
answers: Array<AnswerView>, };

export type ReceiptVerdict = "genuine" | "differs" | "foreign" | "rehearsal";

export type RecentBook = { 
/**
 * Path of the file on this PC.
 */
path: string, 
/**
 * College name.
 */
college: string, 
/**
 * Edition id.
 */
edition: string, 
/**
 * Whether the file is there.
 */
present: boolean, };

export type Reconcile = { 
/**
 * The connection; absent: the one that the settings name.
 */
connection: string | null, 
/**
 * Days back; 0: 35.
 */
days: number, };

export type ReconcileLine = { 
/**
 * What the two sides do not agree on.
 */
kind: UnexplainedKind, 
/**
 * The batch of this book.
 */
batch: number | null, 
/**
 * Title of its table; empty where the edition does not have it.
 */
title: string, 
/**
 * Table, as the receiver writes it.
 */
table: string | null, 
/**
 * Time, as the receiver writes it.
 */
time: string | null, 
/**
 * Rows received, as the receiver says now.
 */
collected: number | null, 
/**
 * Rows stored, as the receiver says now.
 */
stored: number | null, };

export type ReconcileTable = { 
/**
 * Name of the table in the standard, or as the receiver writes it.
 */
table: string, 
/**
 * Title without the ending; empty for a table that the edition does not have.
 */
title: string, 
/**
 * Deliveries that left this PC.
 */
deliveries: number, 
/**
 * Rows in them.
 */
rows: number, 
/**
 * Of these stored, as the receipts say.
 */
ours_stored: number, 
/**
 * Entries that the receiver lists.
 */
entries: number, 
/**
 * Rows received, as the receiver says.
 */
collected: number, 
/**
 * Rows stored, as the receiver says.
 */
theirs_stored: number, };

export type Reconciliation = { 
/**
 * Name of the connection.
 */
connection: string, 
/**
 * Deliveries whose entry says what their receipt says.
 */
agreed: number, 
/**
 * Deliveries without a result yet.
 */
open: number, 
/**
 * Lines that the two do not agree on; 1,000 at most, `unexplained_total` has their number.
 */
unexplained: Array<ReconcileLine>, 
/**
 * How many lines the two do not agree on.
 */
unexplained_total: number, 
/**
 * When it was made (RFC 3339).
 */
at: string, 
/**
 * Days back that were compared.
 */
days: number, 
/**
 * The numbers of both sides by table, in printed order.
 */
tables: Array<ReconcileTable>, 
/**
 * Why the entries could not be read to their end.
 */
interrupted: CallError | null, };

export type RecordDetail = { 
/**
 * The record as the grid shows it.
 */
record: RecordView, 
/**
 * Findings on the record and on its cells.
 */
findings: Array<FindingView>, };

export type RecordRef = { 
/**
 * Table name.
 */
table: string, 
/**
 * Its number in the book.
 */
row: number, };

export type RecordView = { 
/**
 * Its number in the book.
 */
row: number, 
/**
 * Its record key; empty before its natural key is complete.
 */
key: string, 
/**
 * Values of the columns a clerk fills; empty cells are left out.
 */
cells: { [key in string]: string }, 
/**
 * Names of coded cells, by column; a code without a name is left out.
 */
names: { [key in string]: string }, 
/**
 * Worst level of each cell that has findings.
 */
levels: { [key in string]: Level }, 
/**
 * State towards the current connection.
 */
state: RowState, };

export type ReferredQuery = { 
/**
 * Table name.
 */
table: string, 
/**
 * A column that names a record of another table.
 */
column: string, 
/**
 * Text that is typed; looked for in the column that is named and in the texts that would be taken over.
 */
find: string, };

export type ReferredRecord = { 
/**
 * The value of the cell.
 */
value: string, 
/**
 * Chinese title of the record's table.
 */
title: string, 
/**
 * What other cells of the record that is filled would take over, by their columns: those of the same name and
 * title.
 */
fills: { [key in string]: string }, };

export type RejectedQuery = { 
/**
 * Number of the batch in the book.
 */
id: number, 
/**
 * How many to leave out at the beginning.
 */
offset: number, 
/**
 * The largest number to return, at most 500.
 */
limit: number, };

export type RejectedRow = { 
/**
 * Record in the book; absent where it has been deleted since.
 */
row: number | null, 
/**
 * Its position in its table, from 1, as the grid counts; absent where it has been deleted since.
 */
position: number | null, 
/**
 * Record key.
 */
key: string, 
/**
 * Column, where the message names one.
 */
column: string | null, 
/**
 * Chinese title of the column, as the edition prints it.
 */
column_title: string | null, 
/**
 * The message of the receiver, as it was received.
 */
error: string, };

export type Remark = { 
/**
 * Words under `import.` in ui/src/text.
 */
code: string, 
/**
 * Parameters of the words.
 */
params: { [key in string]: string }, };

export type Remedy = { "do": "suggestion" } | { "do": "value", 
/**
 * The value, as typed.
 */
with: string, } | { "do": "blank" } | { "do": "trim" } | { "do": "record" };

export type Replace = { 
/**
 * The view whose records are looked at.
 */
view: View, 
/**
 * Text to look for.
 */
text: string, 
/**
 * The text that replaces it.
 */
with: string, 
/**
 * Columns to look into.
 */
columns: Array<string>, 
/**
 * Only these records; empty: all of the view.
 */
rows: Array<number>, 
/**
 * Whether to return only what would change, without changing it.
 */
preview: boolean, };

export type Replaced = { 
/**
 * Cells that hold the text.
 */
cells: number, 
/**
 * Records that have such cells.
 */
records: number, 
/**
 * The first of them, at most 50.
 */
samples: Array<ReplacedCell>, 
/**
 * What was changed; absent for a preview and where there was nothing to change.
 */
edited: Edited | null, };

export type ReplacedCell = { 
/**
 * Number of the record in its table.
 */
row: number, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Before (masked where personal values are not shown).
 */
before: string, 
/**
 * After (masked where personal values are not shown).
 */
after: string, };

export type RequestLine = { 
/**
 * Number in the book; a later request has a larger one.
 */
no: number, 
/**
 * When it began (RFC 3339), by the best known time.
 */
at: string, 
/**
 * Title of its table without the ending; empty where it has none.
 */
title: string, 
/**
 * The request and what came back.
 */
request: RequestMade, };

export type RequestMade = { 
/**
 * What it was for.
 */
purpose: RequestPurpose, 
/**
 * Name of the table that it spoke of; empty: none, or all.
 */
table: string, 
/**
 * Rows that it carried; absent where it carries none.
 */
rows: number | null, 
/**
 * Milliseconds until the reply was read, or until it was given up.
 */
took_ms: number, 
/**
 * Bytes of the request's body, as sent.
 */
sent: number, 
/**
 * Bytes of the reply's body; absent where no reply came.
 */
received: number | null, 
/**
 * HTTP status; absent where no reply came.
 */
status: number | null, 
/**
 * What came of it.
 */
outcome: RequestOutcome, 
/**
 * The reply with its values left out; empty where no reply came.
 */
answer: string, };

export type RequestOutcome = "done" | "refused" | "too-large" | "elsewhere" | "unreadable" | "no-reply" | "not-reached" | "setting";

export type RequestPurpose = "key" | "login" | "refresh" | "submit" | "results";

export type RequestsPage = { 
/**
 * Name of the connection; empty: there is none.
 */
connection: string, 
/**
 * From the newest to the oldest.
 */
requests: Array<RequestLine>, 
/**
 * Whether there are older ones.
 */
more: boolean, };

export type RequestsQuery = { 
/**
 * The connection; absent: the one that the settings name.
 */
connection: string | null, 
/**
 * Only those that did not do what they were for.
 */
failed: boolean, 
/**
 * Only those with a smaller number; absent: from the newest on.
 */
before: number | null, 
/**
 * The most that are answered; at most 1,000.
 */
limit: number, };

export type ResetUnreadable = { 
/**
 * The part that cannot be read.
 */
what: ScheduleSetting, };

export type RestorePreview = { 
/**
 * Path of the backup.
 */
path: string, 
/**
 * When it was made.
 */
at: string, 
/**
 * Steps of the change log since then.
 */
steps: number, 
/**
 * The newest of them, 20 at most.
 */
shown: Array<StepView>, 
/**
 * Batches made since then.
 */
batches: number, 
/**
 * Records of these batches.
 */
sent_rows: number, 
/**
 * Batches of the open book that are under way; with any of them nothing is restored.
 */
under_way: number, };

export type Restored = { 
/**
 * The backup of the book as it was before.
 */
kept: string, };

export type Results = { 
/**
 * Batches asked for.
 */
batches: Array<BatchResult>, 
/**
 * When it is worth asking again (RFC 3339); absent: nothing is open.
 */
next: string | null, 
/**
 * Notes for the clerk, such as results that name another account.
 */
notes: Array<CallError>, 
/**
 * Why asking stopped before its end.
 */
interrupted: CallError | null, };

export type RiskyPlace = "synchronised" | "network" | "removable";

export type RobotKind = "wecom" | "dingtalk" | "feishu" | "json";

export type RobotRef = { 
/**
 * Name of the robot.
 */
name: string, };

export type RobotView = { 
/**
 * Name that the college gave to it.
 */
name: string, 
/**
 * Whose robot it is.
 */
kind: RobotKind, 
/**
 * Scheme and host of its address; the rest is a secret. Not read when it is saved.
 */
host: string, 
/**
 * Whether it has a secret for signatures. Not read when it is saved.
 */
has_secret: boolean, 
/**
 * A word that every message has to have; empty: none.
 */
keyword: string, 
/**
 * Time of the daily summary in national time (`HH:MM`); empty: none.
 */
at: string, 
/**
 * It says what came of each run of the schedule.
 */
on_runs: boolean, 
/**
 * Why it could not write the last time. Not read when it is saved.
 */
problem: CallError | null, };

export type Robots = { 
/**
 * In the order in which they were made.
 */
robots: Array<RobotView>, };

export type RowKind = "new" | "changed" | "cleared" | "unchanged" | "conflict" | "doubled" | "left-out" | "unreadable" | "missing";

export type RowState = "new" | "changed" | "waiting" | "unknown" | "sent" | "accepted" | "rejected";

export type RowText = { 
/**
 * Its number in the book.
 */
_row: number, } & ({ [key in string]: string });

export type Rows = { 
/**
 * Table name.
 */
table: string, 
/**
 * Number of rows that fulfil the condition.
 */
total: number, 
/**
 * Each row's number and the text of every column.
 */
rows: Array<RowText>, };

export type RowsOfDay = { 
/**
 * `YYYY-MM-DD`.
 */
day: string, 
/**
 * Rows that left, whatever became of them.
 */
sent: number, 
/**
 * Of these stored, as far as results are known.
 */
stored: number, 
/**
 * Of these rejected.
 */
rejected: number, };

export type RowsOfTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * Rows that left, whatever became of them.
 */
sent: number, 
/**
 * Of these stored, as far as results are known.
 */
stored: number, 
/**
 * Of these rejected.
 */
rejected: number, };

export type RowsQuery = { 
/**
 * Table name.
 */
table: string, 
/**
 * A condition in SQL over the table's columns; absent: all rows.
 */
condition: string | null, 
/**
 * First row.
 */
offset: number, 
/**
 * The largest number to return.
 */
limit: number, };

export type RsaLongText = "refuse" | "split";

export type RsaPadding = "oaep-sha256" | "oaep-sha256-mgf1-sha1" | "oaep-sha1" | "pkcs1";

export type RsaPlaintext = "json" | "form";

export type RuleCase = { 
/**
 * Day on which it is tried, `YYYYMMDD`; absent: any.
 */
today: string | null, 
/**
 * Period in which it is tried; absent: any.
 */
period: string | null, 
/**
 * Records, in their order.
 */
rows: Array<RuleRow>, };

export type RuleCell = { 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Title of the column.
 */
title: string, 
/**
 * Value, invented.
 */
value: string, };

export type RuleColumn = { 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, };

export type RuleCounts = { 
/**
 * Rules that found nothing.
 */
holds: number, 
/**
 * Rules that found something.
 */
found: number, 
/**
 * Rules of tables without records.
 */
not_applicable: number, 
/**
 * Rules that did not come to their end, or wait to run again after an edit.
 */
not_run: number, 
/**
 * Rules that compare with tables that are empty.
 */
not_measurable: number, };

export type RuleDifference = { 
/**
 * What happened.
 */
change: ChangeKind, 
/**
 * Id of the rule.
 */
id: string, 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title of the table.
 */
title: string, 
/**
 * How serious it is.
 */
level: Level, 
/**
 * Its words, with placeholders.
 */
message: string, };

export type RuleKind = "row" | "select";

export type RulePart = { 
/**
 * Column of the rule on which the finding stands.
 */
column: string, 
/**
 * SQL expression: false is a finding, NULL does not apply.
 */
expect: string, 
/**
 * What is wrong; it replaces the rule's message.
 */
message?: string | null, };

export type RuleRow = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string, 
/**
 * Cells that are filled, in the order of the table.
 */
cells: Array<RuleCell>, };

export type RuleState = "holds" | "found" | "not-applicable" | "not-run" | "not-measurable";

export type RuleStateView = { 
/**
 * Name of the rule.
 */
rule: string, 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string, 
/**
 * Titles of the columns that it reads; empty for a rule that reads whole records.
 */
column_titles: Array<string>, 
/**
 * How serious it is.
 */
level: Level, 
/**
 * Why it is checked, in a sentence.
 */
reason: string, 
/**
 * Whether it holds, found something, or why neither is known.
 */
state: RuleState, 
/**
 * Findings that it has in the present period.
 */
findings: number, 
/**
 * For a rule that is not measurable: the titles of the empty tables.
 */
empty: Array<string>, };

export type RuleStates = { 
/**
 * How many rules are in each state.
 */
counts: RuleCounts, 
/**
 * All rules, by table in printed order.
 */
rules: Array<RuleStateView>, 
/**
 * Fields that clerks fill.
 */
fields: number, 
/**
 * Of these, fields that no rule looks at, in printed order.
 */
plain: Array<PlainField>, };

export type RuleView = { 
/**
 * Id, `TABLE.name`.
 */
id: string, 
/**
 * Table whose records it finds.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string, 
/**
 * Columns it reads; findings stand on the first.
 */
columns: Array<RuleColumn>, 
/**
 * How serious it is.
 */
level: Level, 
/**
 * What it looks at.
 */
kind: RuleKind, 
/**
 * The expression or the query.
 */
sql: string, 
/**
 * What is wrong, with `{value}`, `{COLUMN}` and names of the query in braces.
 */
message: string, 
/**
 * The same as a sentence about columns, without braces.
 */
sentence: string, 
/**
 * Why this is checked.
 */
reason: string, 
/**
 * Where the standard itself says so; absent: it is the program's own.
 */
basis: string | null, 
/**
 * Cases in which it finds nothing.
 */
pass: Array<RuleCase>, 
/**
 * Cases in which it finds something.
 */
fail: Array<RuleCase>, 
/**
 * Added by the college.
 */
own: boolean, };

export type RulesPage = { 
/**
 * How many match.
 */
total: number, 
/**
 * The page, in the order of the rule files.
 */
rules: Array<RuleView>, };

export type RulesQuality = { 
/**
 * Day of the measurement, `YYYY-MM-DD`.
 */
measured: string, 
/**
 * Seed from which records and places were drawn.
 */
seed: number, 
/**
 * Damages that were wanted of each kind.
 */
wanted: number, 
/**
 * The share, from 0 to 1, that has to be noticed for a kind to count as found.
 */
goal: number, 
/**
 * The figures; absent for an edition that is not built in.
 */
figures: EditionQuality | null, };

export type RulesQuery = { 
/**
 * Edition id; absent: that of the open book.
 */
edition: string | null, 
/**
 * Only the rules of this table.
 */
table: string | null, 
/**
 * Only the rule of this id, or those whose words hold this; empty for all.
 */
find: string, 
/**
 * First rule.
 */
offset: number, 
/**
 * The largest number to return; all if absent.
 */
limit: number | null, };

export type RunCheck = { 
/**
 * Tables; empty: all that have records.
 */
tables: Array<string>, 
/**
 * Job number for progress and cancelling.
 */
job: number, };

export type RunMigration = { 
/**
 * Edition to move to.
 */
to: string, 
/**
 * Job number for progress.
 */
job: number, };

export type RunSchedule = { 
/**
 * Only this entry, now; absent: all that are due.
 */
name: string | null, 
/**
 * Job number.
 */
job: number, };

export type RunSource = { 
/**
 * Name of the source.
 */
name: string, 
/**
 * See [`super::Preview::once`].
 */
once: boolean, 
/**
 * Job number.
 */
job: number, };

export type SaveConnection = { 
/**
 * All but the secrets.
 */
connection: ConnectionView, 
/**
 * New password.
 */
password: string | null, 
/**
 * New app_key.
 */
app_key: string | null, 
/**
 * New app_secret.
 */
app_secret: string | null, };

export type SaveRobot = { 
/**
 * All but the secrets.
 */
robot: RobotView, 
/**
 * The address that the settings of the group show.
 */
url: string | null, 
/**
 * The secret for signatures; empty: none.
 */
secret: string | null, };

export type SaveScheduleEntry = { 
/**
 * As it is to be from now on.
 */
entry: ScheduleEntry, 
/**
 * The name that it had; absent: it is new, or keeps its name.
 */
was: string | null, };

export type SaveSource = { 
/**
 * All but the password.
 */
source: Source, 
/**
 * Name that it had; absent for a new one.
 */
was: string | null, 
/**
 * New password; absent: it stays as it is.
 */
password: string | null, };

export type ScheduleEntry = { 
/**
 * Name that the college gave to it.
 */
name: string, 
/**
 * Tables; empty: all tables of `department`, or all of the edition.
 */
tables: Array<string>, 
/**
 * Department whose tables go; empty: whatever `tables` says.
 */
department: string, 
/**
 * A saved source that is imported first; empty: none.
 */
source: string, 
/**
 * The connection; empty: the one that the settings name.
 */
connection: string, 
/**
 * Time of the day in national time (`HH:MM`); empty: no time, only after an import.
 */
at: string, 
/**
 * Days of the week, 1 Monday to 7 Sunday.
 */
weekdays: Array<number>, 
/**
 * Days of the month, 1 to 31; -1 is the last day.
 */
days: Array<number>, 
/**
 * Days of the term: 1 is its first day, -1 its last one.
 */
term_days: Array<number>, 
/**
 * It also goes once an import has changed one of its tables.
 */
after_import: boolean, 
/**
 * Only tables whose due day has come.
 */
due: boolean, 
/**
 * A table does not go while one of its records stays behind for a finding. Otherwise the other records go.
 */
whole: boolean, 
/**
 * It is switched off for the time being.
 */
off: boolean, };

export type ScheduleOutcome = { 
/**
 * When it ran (RFC 3339).
 */
at: string, 
/**
 * The moment that it was due (RFC 3339); later than that by as long as the PC was off.
 */
due_at: string, 
/**
 * Batches that it froze or continued.
 */
batches: Array<number>, 
/**
 * Records in them.
 */
rows: number, 
/**
 * Records that the source brought: new and changed ones.
 */
imported: number, 
/**
 * What a person has to look at, and what stayed behind for it.
 */
told: Array<CallError>, 
/**
 * Why it ended early; it is tried again.
 */
error: CallError | null, };

export type ScheduleRef = { 
/**
 * Name of the entry.
 */
name: string, };

export type ScheduleRun = { 
/**
 * Entries that ran, in their order.
 */
entries: Array<EntryRun>, 
/**
 * Whether the book has entries at all.
 */
has_entries: boolean, };

export type ScheduleSetting = "schedule" | "robots";

export type ScheduleView = { 
/**
 * In the order in which they were made.
 */
entries: Array<ScheduledEntry>, 
/**
 * The entry in the scheduler of this PC.
 */
system: SystemEntry, };

export type ScheduledEntry = { 
/**
 * As it was saved.
 */
entry: ScheduleEntry, 
/**
 * When it is due next (RFC 3339); absent: it has no time, or is switched off.
 */
next: string | null, 
/**
 * It is due now, because the program was not running at its moment.
 */
missed: boolean, 
/**
 * What came of the last run.
 */
last: ScheduleOutcome | null, };

export type SchedulerKind = "task-scheduler" | "systemd" | "cron";

export type SearchHit = { 
/**
 * What was found.
 */
kind: HitKind, 
/**
 * Table, of a table, a field or a rule.
 */
table: string | null, 
/**
 * Column, of a field.
 */
column: string | null, 
/**
 * List, of a list or a code.
 */
list: string | null, 
/**
 * The code, where one was found.
 */
code: string | null, 
/**
 * Id of the rule, where one was found.
 */
rule: string | null, 
/**
 * Title, name, or words with placeholders.
 */
title: string, 
/**
 * Where it belongs, and its physical name.
 */
detail: string, };

export type SearchKind = { 
/**
 * What was found.
 */
kind: HitKind, 
/**
 * How many match.
 */
total: number, };

export type SearchQuery = { 
/**
 * Edition id; absent: that of the open book.
 */
edition: string | null, 
/**
 * Name, pinyin, initials, physical name, column, id or code.
 */
find: string, 
/**
 * The largest number of each kind to return.
 */
limit: number, };

export type SearchResult = { 
/**
 * How many match in all.
 */
total: number, 
/**
 * Kinds with a match, the kind with the best match first.
 */
kinds: Array<SearchKind>, 
/**
 * The best matches, kind by kind, best first.
 */
hits: Array<SearchHit>, };

export type Selection = { 
/**
 * Names of tables, such as those of one department; empty for all.
 */
tables: Array<string>, 
/**
 * Name of the column; the empty text stands for findings about whole records or tables.
 */
column: string | null, 
/**
 * Rule, such as `required` or `ODS_SXJCSJ.end-not-before-start`.
 */
rule: string | null, 
/**
 * Code of the message, which distinguishes causes of one rule; empty where a rule has words of its own.
 */
code: string | null, 
/**
 * The value, as it stands in the cells.
 */
value: string | null, 
/**
 * How serious they are.
 */
level: Level | null, 
/**
 * The last import that wrote their records, by the number of its step; 0 for records that no import wrote.
 */
step: number | null, 
/**
 * Whether only those count that are still open, which leaves out confirm findings that are explained.
 */
open: boolean, };

export type Send = { 
/**
 * The connection that is submitted to.
 */
target: Target, 
/**
 * Tables; empty: all that have something to send.
 */
tables: Array<string>, 
/**
 * Only tables that are due.
 */
due: boolean, 
/**
 * Only say what would be sent.
 */
dry_run: boolean, 
/**
 * Only what the receiver rejected as a whole, once more and unchanged.
 */
again: boolean, 
/**
 * With `again`: only the records of this batch.
 */
batch: number | null, 
/**
 * Only what is frozen and has not left; nothing new is frozen.
 */
waiting: boolean, 
/**
 * By table the hash (`Leaving::hash`) that was shown: a table whose records have changed since stays behind.
 */
expected: { [key in string]: string }, 
/**
 * Who consents, where the college asks for it; absent: nothing that is not consented to leaves.
 */
sign: Consent | null, 
/**
 * Job number.
 */
job: number, };

export type Sensitivity = "none" | "personal" | "special";

export type Sent = { 
/**
 * Batches frozen or continued, one or more for each table.
 */
batches: Array<BatchView>, 
/**
 * Tables left out, and why.
 */
skipped: Array<Skipped>, 
/**
 * Why sending stopped before its end; what was done is kept and goes on next time.
 */
interrupted: CallError | null, };

export type SetHeading = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Heading as the workbook has it.
 */
heading: string, 
/**
 * Column; empty: the heading is left out; absent: nothing is known about it any more.
 */
column: string | null, };

export type SetReasons = { 
/**
 * The reasons; empty and repeated ones are left out.
 */
reasons: Array<string>, };

export type SetSubmissionRules = { 
/**
 * Whether a second person has to consent.
 */
sign_off: boolean | null, 
/**
 * Adds a signer, or gives one another password.
 */
add: Consent | null, 
/**
 * Takes this signer away.
 */
remove: string | null, 
/**
 * The days of connections, in the place of those that are kept.
 */
expiries: { [key in string]: Expiry } | null, 
/**
 * A signer who allows it.
 */
by: Consent | null, };

export type SetSystemEntry = { 
/**
 * Whether it stands there.
 */
installed: boolean, 
/**
 * The scheduler; absent: the one that this PC has.
 */
kind: SchedulerKind | null, };

export type Settings = { 
/**
 * Name, code and region of the school.
 */
college: College, 
/**
 * Current period.
 */
period: string, 
/**
 * Last day of the current term (`YYYY-MM-DD`); empty: unknown, and tables of the term have no due day.
 */
term_end: string, 
/**
 * Departments and the tables they fill.
 */
departments: Array<Department>, 
/**
 * My department; empty for all.
 */
department: string, 
/**
 * Name of the person at this PC.
 */
person: string, 
/**
 * Connection that submissions go to; empty: none chosen.
 */
connection: string, 
/**
 * Whether personal values are shown without masking.
 */
show_personal: boolean, 
/**
 * Colours of the window.
 */
theme: Theme, 
/**
 * Text size in px, 14 to 20.
 */
text_size: number, 
/**
 * Minutes without a key or the mouse after which a book with a password is locked; 0: never.
 */
lock_after: number, };

export type SheetCorrection = { 
/**
 * Path of the file on this PC.
 */
file: string, 
/**
 * Name of the sheet in its file; empty for CSV.
 */
sheet: string, 
/**
 * Table; absent: leave the sheet out.
 */
table: string | null, 
/**
 * Columns by their heading, as the workbook has it; an empty column leaves the heading out.
 */
columns: { [key in string]: string }, 
/**
 * Lines (from 1) that are records although they were left out.
 */
taken_in: Array<number>, };

export type ShownState = "waiting" | "paused" | "sending" | "broken-off" | "received" | "unknown" | "no-result" | "stored" | "partly-stored" | "rejected" | "rehearsing" | "rehearsed" | "partly-rehearsed" | "rehearsed-rejected";

export type SignOffEntry = { 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * What was done.
 */
what: SignOffKind, 
/**
 * Who consented or allowed it; may be empty.
 */
who: string, 
/**
 * The person at the PC; may be empty.
 */
prepared: string, 
/**
 * The signer that was added or removed.
 */
about: string, 
/**
 * The batch that was consented to.
 */
batch: number | null, 
/**
 * The first twelve digits of the hash over its rows, in groups of four.
 */
fingerprint: string, };

export type SignOffKind = "signed" | "asked" | "not-asked" | "signer-added" | "signer-removed";

export type SignedBatch = { 
/**
 * Who consented.
 */
who: string, 
/**
 * Who prepared it.
 */
prepared: string, 
/**
 * When (RFC 3339).
 */
at: string, };

export type Skipped = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Words under `skipped.` in ui/src/text; the command line prints the words.
 */
reason: string, 
/**
 * How many records it is about.
 */
rows: number, };

export type Sm4Mode = "ecb" | "cbc";

export type Sort = { 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Whether the largest value comes first.
 */
descending: boolean, };

export type Source = { 
/**
 * Name that the college gave to it.
 */
name: string, 
/**
 * What it reads.
 */
kind: SourceKind, 
/**
 * Table that it fills, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Path of the file or folder; for ODBC the connection string without user and password.
 */
path: string, 
/**
 * Name or address of the server.
 */
host: string, 
/**
 * Its port; 0 stands for the default port of the database.
 */
port: number, 
/**
 * Name of the database.
 */
database: string, 
/**
 * Account of the database; it needs only the right to read.
 */
user: string, 
/**
 * How the connection to the server is encrypted.
 */
protection: Encryption, 
/**
 * The query (SQL).
 */
query: string, 
/**
 * The longest time in seconds to wait for the database.
 */
seconds: number, 
/**
 * Column of the source to column of the table; an empty one leaves it out. Columns that are not listed are
 * recognised by their names.
 */
columns: { [key in string]: string }, 
/**
 * 代码对照: by column of the table, the source's own code and the code of the standard.
 */
codes: { [key in string]: { [key in string]: string } }, };

export type SourceFile = { 
/**
 * Name that it gets.
 */
name: string, 
/**
 * Path of the file on this PC.
 */
file: string, };

export type SourceKind = "file" | "folder" | "sqlite" | "postgres" | "mysql" | "odbc";

export type SourceOutcome = { 
/**
 * When it ran (RFC 3339, national time).
 */
at: string, 
/**
 * Files that were read; 1 for a query.
 */
files: number, 
/**
 * Rows read.
 */
rows: number, 
/**
 * Records that it would add or has added.
 */
new: number, 
/**
 * Records that it would change or has changed.
 */
changed: number, 
/**
 * Rows of which something waits for a decision.
 */
undecided: number, 
/**
 * Whether its proposal was imported into the book.
 */
applied: boolean, 
/**
 * Why the run failed; absent if it succeeded.
 */
error: CallError | null, };

export type SourceRef = { 
/**
 * Name that the college gave to it.
 */
name: string, };

export type SourceRun = { 
/**
 * What it would change; absent if there is no new file.
 */
proposal: Proposal | null, 
/**
 * Files of the folder that could not be read. They are offered again.
 */
passed_over: Array<PassedOver>, 
/**
 * Files of the folder that were imported before.
 */
known: number, };

export type SourceView = { 
/**
 * What is saved.
 */
source: Source, 
/**
 * Title of its table; absent where the edition does not have the table.
 */
table_title: string | null, 
/**
 * Whether a password is stored.
 */
has_password: boolean, 
/**
 * The last run; absent before the first.
 */
last: SourceOutcome | null, };

export type Sources = { 
/**
 * By name.
 */
sources: Array<SourceView>, 
/**
 * Whether this program can use ODBC.
 */
has_odbc: boolean, };

export type StartState = { 
/**
 * Editions that are installed.
 */
editions: Array<EditionSummary>, 
/**
 * Books opened before, newest first.
 */
recent: Array<RecentBook>, 
/**
 * Whether this PC's key store answers; if not, a passphrase is needed.
 */
key_store: boolean, 
/**
 * The book that the program was started with and could not open, or that was double-clicked while the program ran.
 */
wanted: WantedBook | null, 
/**
 * Whether the open book is locked: no other call is answered until `book.unlock`.
 */
locked: boolean, 
/**
 * The open book, if one is.
 */
open: BookHead | null, 
/**
 * Folder that new books go to.
 */
folder: string, 
/**
 * Version of the program.
 */
version: string, };

export type StepKind = "edit" | "paste" | "import" | "mend" | "period" | "carry-over" | "tell-apart" | "sample" | "move" | "undo" | "redo" | "other";

export type StepView = { 
/**
 * Number of the step in the change log, from 1.
 */
step: number, 
/**
 * When (RFC 3339).
 */
at: string, 
/**
 * Name of the person at the PC, from the settings; may be empty.
 */
who: string, 
/**
 * What made it.
 */
kind: StepKind, 
/**
 * Tables touched.
 */
tables: Array<string>, 
/**
 * Records touched.
 */
rows: number, 
/**
 * Position of the record in its table, from 1, as the grid counts; only in the answer of an undo or redo of
 * one step that changed cells of one record.
 */
position: number | null, 
/**
 * For an import the file's name; else empty.
 */
note: string, 
/**
 * Whether it has been undone.
 */
undone: boolean, 
/**
 * For a step with few changes, the cells (at most 20).
 */
cells: Array<CellChange>, };

export type Steps = { 
/**
 * How many.
 */
count: number, 
/**
 * Only this step of the log, which need not be the last one; `count` is then ignored.
 */
step: number | null, };

export type SubmissionRules = { 
/**
 * Nothing leaves without the consent of a second person.
 */
sign_off: boolean, 
/**
 * Who may consent.
 */
signers: Array<string>, 
/**
 * When accounts and keys end, by connection.
 */
expiries: { [key in string]: Expiry }, 
/**
 * What was signed and changed, newest first, 100 at most.
 */
log: Array<SignOffEntry>, };

export type SubmissionSums = { 
/**
 * Name of the connection; empty: there is none.
 */
connection: string, 
/**
 * Each day, oldest first.
 */
days: Array<RowsOfDay>, 
/**
 * Tables of which something was sent in these days, in printed order.
 */
tables: Array<RowsOfTable>, };

export type SubsetDifference = { 
/**
 * What happened.
 */
change: ChangeKind, 
/**
 * Code of the subset.
 */
code: string, 
/**
 * Title in the first edition.
 */
before: string | null, 
/**
 * Title in the second edition.
 */
after: string | null, };

export type SuccessionKind = "replaced" | "merged" | "dropped" | "split-off";

export type SuccessionView = { 
/**
 * Whether a table took its place, or none, or one beside it.
 */
kind: SuccessionKind, 
/**
 * The table of the other edition; absent where it was dropped.
 */
table: string | null, 
/**
 * Chinese title, as the edition prints it.
 */
title: string | null, 
/**
 * Our reason for this succession, in Chinese.
 */
note: string, 
/**
 * Whether this is our judgement and not printed in the standard.
 */
judgement: boolean, };

export type SystemEntry = { 
/**
 * The scheduler that this PC has; absent: none that the program knows.
 */
kind: SchedulerKind | null, 
/**
 * Whether the entry of this book stands in it.
 */
installed: boolean, 
/**
 * Its name there.
 */
name: string, 
/**
 * Times of the day (`HH:MM`) at which it runs, or would run.
 */
times: Array<string>, 
/**
 * The command that it runs.
 */
command: string, 
/**
 * Why the command would not work by itself.
 */
problem: CallError | null, };

export type TableCounts = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Records of the current period.
 */
rows: number, 
/**
 * Share of required cells that are filled, 0 to 1; 0 without records.
 */
complete: number, 
/**
 * Findings by level, explained ones not counted.
 */
findings: LevelCounts, 
/**
 * Rules of the table that wait to run again after an edit: their findings may be outdated.
 */
waiting_rules: number, };

export type TableDifference = { 
/**
 * What happened; `moved` where it is in another subset, whatever else is different.
 */
change: ChangeKind, 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title, as the edition prints it.
 */
title: string, 
/**
 * Subset of the second edition where it is there.
 */
subset: string, 
/**
 * Differences of the table itself.
 */
aspects: Array<AspectDifference>, 
/**
 * Fields that differ; of a table that is in both editions.
 */
fields: Array<FieldDifference>, 
/**
 * What took its place, or what it takes the place of; only where that is known.
 */
successions: Array<SuccessionView>, 
/**
 * What a search matches: title, pinyin, initials, name, and the same of its fields.
 */
search: string, };

export type TableFate = "same" | "moved" | "replaced" | "merged" | "aside" | "new";

export type TableFindings = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
title: string, 
/**
 * Responsible department; empty where none is set.
 */
department: string, 
/**
 * How many findings.
 */
count: number, };

export type TableMatter = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * How many records.
 */
rows: number, 
/**
 * How many there were before, where two numbers are compared.
 */
before: number | null, };

export type TableQuality = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
title: string, 
/**
 * Responsible department; empty where none is set.
 */
department: string, 
/**
 * Records of the period.
 */
rows: number, 
/**
 * How many records are expected, where the college says so.
 */
expected: number | null, 
/**
 * From 0 to 100.
 */
score: number | null, 
/**
 * Elements of all indicators that do not meet the demand.
 */
failed: number, };

export type TableRef = { 
/**
 * Edition id; absent: that of the open book.
 */
edition: string | null, 
/**
 * Table name.
 */
table: string, };

export type TableSpec = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title as printed.
 */
title: string, 
/**
 * Title without the ending.
 */
short_title: string, 
/**
 * Title of the subset.
 */
subset: string, 
/**
 * Title of the class.
 */
data_class: string, 
/**
 * How often it is filled.
 */
frequency: Frequency, 
/**
 * Frequency as printed.
 */
frequency_text: string, 
/**
 * Scope as printed.
 */
scope: string, 
/**
 * Whether a school has one record of it: the page shows it as a form.
 */
single: boolean, 
/**
 * Source system as printed.
 */
source_system: string, 
/**
 * Column of the record key.
 */
primary_key: string, 
/**
 * Columns that tell two records apart.
 */
natural_key: Array<string>, 
/**
 * Number of rules.
 */
rules: number, 
/**
 * Related tables as printed.
 */
related: Array<string>, 
/**
 * Fields in printed order.
 */
fields: Array<FieldSpec>, 
/**
 * Added by the college: not submitted.
 */
own: boolean, };

export type TakenBack = { 
/**
 * The book.
 */
path: string, 
/**
 * Id of the edition that the book has again.
 */
edition: string, 
/**
 * The moved book with all later changes, kept beside it.
 */
moved_file: string, };

export type Target = { 
/**
 * Name of a connection; absent: rehearsal.
 */
connection: string | null, };

export type TellApart = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Numbers of records, at least one of those that share a natural key.
 */
rows: Array<number>, 
/**
 * The reason; an empty text takes the statement back.
 */
text: string, };

export type Theme = "light" | "dark" | "system";

export type ToPeriod = { 
/**
 * Name of the table in the standard, such as `ODS_TSJYSJ`.
 */
table: string, 
/**
 * Numbers of the records; empty: all of the current period that have a finding about it.
 */
rows: Array<number>, 
/**
 * Of all that have a finding about it, only those whose date has this value.
 */
value: string | null, };

export type Today = { 
/**
 * Rows sent.
 */
sent: number, 
/**
 * Rows stored.
 */
stored: number, 
/**
 * Rows rejected.
 */
rejected: number, };

export type Tree = { 
/**
 * Edition id.
 */
edition: string, 
/**
 * Subsets in printed order.
 */
subsets: Array<TreeSubset>, };

export type TreeSubset = { 
/**
 * Code of the subset.
 */
code: string, 
/**
 * Title without `数据子集`.
 */
title: string, 
/**
 * Tables in printed order.
 */
tables: Array<TreeTable>, };

export type TreeTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * What a search matches: pinyin, initials and name, lower case.
 */
search: string, 
/**
 * How often it is filled.
 */
frequency: Frequency, 
/**
 * Number of fields.
 */
fields: number, 
/**
 * Number of rules.
 */
rules: number, 
/**
 * Source system, as printed.
 */
source_system: string, 
/**
 * Added by the college: not submitted.
 */
own: boolean, };

export type Trend = { 
/**
 * What the college allows without a question.
 */
limits: DriftLimits, 
/**
 * Tables that have records in one of these periods, or should have some; in printed order.
 */
tables: Array<TrendTable>, };

export type TrendCode = { 
/**
 * As it stands in the cells, such as `01`.
 */
code: string, 
/**
 * Its name in the code list; empty where it is not in it.
 */
name: string, 
/**
 * Cells in each period.
 */
cells: Array<number>, };

export type TrendColumn = { 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Chinese title of the field, as the edition prints it.
 */
title: string, 
/**
 * Filled cells.
 */
filled: Array<number>, 
/**
 * Sums of a column of numbers, as decimals; empty for others.
 */
sums: Array<string>, 
/**
 * Smallest value, median and largest value of numbers and dates; empty for others, and for personal values.
 */
spans: Array<Array<string>>, 
/**
 * Codes by their cells, the most frequent of the present period first; empty for others.
 */
codes: Array<TrendCode>, };

export type TrendDetail = { 
/**
 * Table name.
 */
table: string, 
/**
 * Periods in words, the present one first; only those of which something is known.
 */
periods: Array<string>, 
/**
 * Records of these periods.
 */
rows: Array<number>, 
/**
 * Keys that came and went since the period before, as far as its records are still in the book.
 */
keys: KeyChanges | null, 
/**
 * The columns that a clerk fills, in printed order.
 */
columns: Array<TrendColumn>, };

export type TrendPeriod = { 
/**
 * The period in words, such as `2026-2027学年第一学期`.
 */
name: string, 
/**
 * Records; absent where nothing is known.
 */
rows: number | null, };

export type TrendQuery = { 
/**
 * Table name.
 */
table: string, 
/**
 * Job number for progress and cancelling; 0: neither.
 */
job: number, };

export type TrendTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
title: string, 
/**
 * Responsible department; empty where none is set.
 */
department: string, 
/**
 * Periods of the table, the present one first, then earlier ones without a gap.
 */
periods: Array<TrendPeriod>, 
/**
 * Place of the same period a year before among them; absent where it is the one before.
 */
year_before: number | null, 
/**
 * How many records the college expects; absent where it has not said so.
 */
expected: number | null, 
/**
 * Findings about jumps that are kept since the last check.
 */
jumps: number, };

export type TriedRow = { 
/**
 * Line, from 1; the names of the columns of a query are line 1.
 */
line: number, 
/**
 * Cells as the source has them, one for each column.
 */
cells: Array<string>, 
/**
 * The stored values that they become, by column of the table.
 */
values: { [key in string]: string }, };

export type TriedRule = { 
/**
 * What is wrong with the rule; absent: all of its cases come out as they should.
 */
problem: CallError | null, };

export type TriedSource = { 
/**
 * The file, or the name of the source.
 */
file: string, 
/**
 * Sheet that was read; empty for text and for queries.
 */
sheet: string, 
/**
 * Its columns, from left to right, and what they are read as.
 */
columns: Array<HeadingMap>, 
/**
 * Required columns of the table that it does not have.
 */
missing_columns: Array<string>, 
/**
 * The first rows.
 */
rows: Array<TriedRow>, 
/**
 * Remarks on what was read.
 */
remarks: Array<Remark>, 
/**
 * Codes of the column that was asked for, the most frequent first.
 */
codes: Array<OwnCode>, };

export type TrustPublisher = { 
/**
 * A name for it.
 */
name: string, 
/**
 * The text of its public key.
 */
key: string, };

export type TryRule = { 
/**
 * The rule, saved or not.
 */
rule: OwnRule, };

export type TrySource = { 
/**
 * The source, and the password where it is new.
 */
source: SaveSource, 
/**
 * The largest number of rows to return.
 */
rows: number, 
/**
 * Also reads all rows and counts the codes of this column of the table.
 */
codes_of: string | null, 
/**
 * Job number.
 */
job: number, };

export type Undone = { 
/**
 * Number of the last step that this wrote to the log; absent where nothing was taken back.
 */
step: number | null, 
/**
 * The steps taken back (or done again).
 */
steps: Array<StepView>, 
/**
 * Tables touched.
 */
tables: Array<string>, };

export type UnexplainedKind = "gone" | "differs" | "foreign";

export type Unlock = { 
/**
 * Password of the book, or its recovery key.
 */
passphrase: string, };

export type UnreadableCell = { 
/**
 * Words under `import.unreadable.`.
 */
reason: string, 
/**
 * The text of the cell; may be empty.
 */
shown: string, };

export type Unusual = { 
/**
 * Name for programs, such as `summer-term`.
 */
id: string, 
/**
 * Name in Chinese.
 */
zh: string, 
/**
 * Name in English.
 */
en: string, 
/**
 * What is unusual about them, in Chinese.
 */
what: string, 
/**
 * Why it is right to ask, in Chinese; empty where nothing should be asked.
 */
asked: string, 
/**
 * Records that were changed or added; 0 where the edition has none of the tables.
 */
records: number, 
/**
 * Mandatory findings on any record, which the records without the change do not have.
 */
mandatory: number, 
/**
 * Findings to confirm, counted alike.
 */
confirm: number, 
/**
 * Hints, counted alike.
 */
hint: number, };

export type ValuesQuery = { 
/**
 * The view whose records are counted.
 */
view: View, 
/**
 * Name of the column in the standard, such as `XH`.
 */
column: string, 
/**
 * Only values that contain this text; empty: all.
 */
find: string, 
/**
 * The largest number to return, at most 1,000.
 */
limit: number, 
/**
 * Job number for progress and cancelling, where a whole table has to be read; 0: neither.
 */
job: number, };

export type Verified = { 
/**
 * Every table of the file is what one batch sent, record by record.
 */
same: boolean, 
/**
 * The batch that the first table was sent in, or the one that was compared with it.
 */
batch: number | null, 
/**
 * The fingerprint of that batch.
 */
fingerprint: string | null, 
/**
 * Whether the printed page is genuine; absent where none was given.
 */
receipt: ReceiptVerdict | null, 
/**
 * The tables of the file.
 */
tables: Array<VerifiedTable>, };

export type VerifiedTable = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Title without the ending.
 */
title: string, 
/**
 * Records in the file.
 */
rows: number, 
/**
 * They are the records of `batch`, each with the same values in the columns that the file has.
 */
same: boolean, 
/**
 * The batch; absent: nothing of this table was ever sent.
 */
batch: number | null, 
/**
 * The first twelve digits of the hash of that batch, in groups of four.
 */
fingerprint: string | null, 
/**
 * Name of the connection that it was sent to.
 */
connection: string | null, 
/**
 * When its first delivery was sent (RFC 3339).
 */
sent_at: string | null, 
/**
 * Records of the file that are not in the batch, or not like this.
 */
only_in_file: number, 
/**
 * Records of the batch that are not in the file, or not like this.
 */
only_in_batch: number, };

export type VerifyFile = { 
/**
 * An export of the book: .json, .jsonl, .csv, .xlsx or .ods.
 */
path: string | null, 
/**
 * The table of a file that does not name it.
 */
table: string | null, 
/**
 * A page that [`PrintBatches`] wrote.
 */
receipt: string | null, };

export type View = { 
/**
 * Table name.
 */
table: string, 
/**
 * Column filters, all of which hold.
 */
filters: Array<Filter>, 
/**
 * Order; empty: as entered.
 */
sort: Array<Sort>, 
/**
 * Only records with findings.
 */
only_findings: boolean, 
/**
 * Only records with findings of this rule.
 */
rule: string | null, 
/**
 * Only records with findings of this level.
 */
level: Level | null, 
/**
 * Only records in these states towards the present connection; empty for all.
 */
states: Array<RowState>, 
/**
 * Text that some cell contains; empty for all.
 */
find: string, };

export type WaitingRule = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Chinese title of the table, as the edition prints it.
 */
table_title: string, 
/**
 * Rule, such as `cut-off` or `ODS_SXJCSJ.one-industry-per-company`.
 */
rule: string, 
/**
 * Why the rule is checked, in a sentence; absent for names that were cut off, equal keys and references.
 */
reason: string | null, };

export type WantedBook = { 
/**
 * Path of the book's file.
 */
path: string, 
/**
 * Why it could not be opened; absent where that was not tried, because another book may be open.
 */
error: CallError | null, };

export type Warning = { 
/**
 * Words under `warning.` in ui/src/text.
 */
code: string, 
/**
 * How serious it is.
 */
level: Level, 
/**
 * Parameters of the words.
 */
params: { [key in string]: string }, 
/**
 * Table that it is about.
 */
table: string | null, 
/**
 * Where it is mended; absent: outside the program.
 */
to: WarningPlace | null, };

export type WarningPlace = "table" | "submit" | "reconcile" | "imports" | "college" | "due" | "connections" | "submission" | "schedule" | "backups";

export type Words = string | { 
/**
 * Key in the catalogue, such as `finding.required`.
 */
code: string, 
/**
 * What each placeholder of the catalogue's text stands for.
 */
params: { [key in string]: Words }, } | Array<Words>;

export type WriteAudit = { 
/**
 * File to write (.csv).
 */
path: string, };

export type WriteLeaving = { 
/**
 * The connection that is submitted to.
 */
target: Target, 
/**
 * Tables; empty: all that have something to send.
 */
tables: Array<string>, 
/**
 * File to write; its name ends in `.csv`.
 */
path: string, };

export type WriteQuality = { 
/**
 * Period; absent: that of the book.
 */
period: string | null, 
/**
 * File to write: .html for printing, or .xlsx.
 */
path: string, };

export type WriteSpecification = { 
/**
 * Edition id; absent: that of the open book.
 */
edition: string | null, 
/**
 * Tables, in the order of the sheets; empty for all.
 */
tables: Array<string>, 
/**
 * File to write (.xlsx).
 */
path: string, };

export type WriteSummary = { 
/**
 * File to write: `.html` or `.xlsx`.
 */
path: string, 
/**
 * The day (`YYYY-MM-DD`); absent: today.
 */
day: string | null, 
/**
 * The connection; absent: the one that the settings name.
 */
connection: string | null, };

export type WriteTemplate = { 
/**
 * Tables, in the order of the sheets; empty with a department or `all`.
 */
tables: Array<string>, 
/**
 * All tables of this department.
 */
department: string | null, 
/**
 * A file for each of these departments, beside `path` and named after both.
 */
departments: Array<string>, 
/**
 * All tables of the edition.
 */
all: boolean, 
/**
 * Whether the workbook contains the records of the book.
 */
with_rows: boolean, 
/**
 * File to write (.xlsx).
 */
path: string, 
/**
 * Job number.
 */
job: number, };

export type WrittenEdition = { 
/**
 * Path of the file that was written.
 */
file: string, 
/**
 * Number of its sheets about the edition.
 */
sheets: number, };

export type WrittenLeaving = { 
/**
 * Path of the file.
 */
file: string, 
/**
 * Records on it.
 */
rows: number, };

export type WrittenQuality = { 
/**
 * Path that was asked for.
 */
file: string, 
/**
 * The digest of the data, as the report prints it.
 */
digest: string, };

export type WrittenSheet = { 
/**
 * Name of the table in the standard, such as `ODS_XSHXSJ`.
 */
table: string, 
/**
 * Records in it.
 */
rows: number, };

export type WrittenSummary = { 
/**
 * Path of the file.
 */
file: string, };

export type WrittenTemplate = { 
/**
 * Path that was asked for.
 */
file: string, 
/**
 * Paths of the files that were written.
 */
files: Array<string>, 
/**
 * Sheets that were written, in their order.
 */
sheets: Array<WrittenSheet>, };

export interface Calls {
  "start.state": { request: Nothing; response: StartState };
  "book.create": { request: CreateBook; response: BookHead };
  "book.open": { request: OpenBookFile; response: BookHead };
  "book.lock": { request: Nothing; response: Nothing };
  "book.unlock": { request: Unlock; response: Nothing };
  "book.close": { request: Nothing; response: Nothing };
  "book.head": { request: Nothing; response: BookHead };
  "home.get": { request: Nothing; response: Home };
  "due.list": { request: DueQuery; response: Due };
  "due.settings": { request: Nothing; response: DueSettings };
  "due.set": { request: DueSettings; response: DueSettings };
  "due.read": { request: DueFile; response: DueSettings };
  "home.counts": { request: CountsQuery; response: Array<TableCounts> };
  "standard.editions": { request: Nothing; response: Array<EditionSummary> };
  "standard.tree": { request: EditionRef; response: Tree };
  "standard.table": { request: TableRef; response: TableSpec };
  "standard.code_lists": { request: EditionRef; response: Array<CodeListSummary> };
  "standard.codes": { request: CodesQuery; response: CodesPage };
  "standard.rules": { request: RulesQuery; response: RulesPage };
  "standard.quality": { request: EditionRef; response: RulesQuality };
  "standard.print_rules": { request: PrintRules; response: PrintedRules };
  "standard.specification": { request: WriteSpecification; response: WrittenEdition };
  "standard.search": { request: SearchQuery; response: SearchResult };
  "standard.compare": { request: CompareEditions; response: Comparison };
  "fill.page": { request: PageQuery; response: Page };
  "fill.position": { request: PositionQuery; response: Position };
  "fill.edge": { request: EdgeQuery; response: Position };
  "fill.next_finding": { request: NextFindingQuery; response: NextFinding | null };
  "fill.marks": { request: MarksQuery; response: Array<Mark> };
  "fill.next_hit": { request: NextHitQuery; response: NextHit | null };
  "fill.replace": { request: Replace; response: Replaced };
  "fill.values": { request: ValuesQuery; response: ColumnValues };
  "fill.rows": { request: RowsQuery; response: Rows };
  "fill.record": { request: RecordRef; response: RecordDetail };
  "fill.edit": { request: Edit; response: Edited };
  "fill.paste": { request: Paste; response: Edited };
  "fill.causes": { request: CausesQuery; response: Array<Cause> };
  "fill.mend_cause": { request: MendCause; response: Edited };
  "fill.referred": { request: ReferredQuery; response: Array<ReferredRecord> };
  "fill.earlier": { request: EarlierQuery; response: Array<EarlierPeriod> };
  "fill.carry_over": { request: CarryOver; response: CarriedOver };
  "fill.to_period": { request: ToPeriod; response: Moved };
  "fill.undo": { request: Steps; response: Undone };
  "fill.redo": { request: Steps; response: Undone };
  "fill.cell_history": { request: CellHistoryQuery; response: CellHistory };
  "fill.history": { request: HistoryQuery; response: History };
  "check.run": { request: RunCheck; response: CheckSummary };
  "check.waiting": { request: Nothing; response: Array<WaitingRule> };
  "check.catch_up": { request: CatchUp; response: Array<WaitingRule> };
  "check.findings": { request: FindingsQuery; response: FindingsPage };
  "check.groups": { request: GroupsQuery; response: FindingGroups };
  "check.mend": { request: Mend; response: Edited };
  "check.mend_all": { request: MendAll; response: Mended };
  "check.explain": { request: Explain; response: Nothing };
  "check.explain_all": { request: ExplainAll; response: Explained };
  "check.reasons": { request: Nothing; response: Reasons };
  "check.set_reasons": { request: SetReasons; response: Reasons };
  "check.answer": { request: GiveAnswer; response: Reasons };
  "check.rules": { request: Nothing; response: RuleStates };
  "trend.list": { request: Nothing; response: Trend };
  "trend.table": { request: TrendQuery; response: TrendDetail };
  "trend.limits": { request: Nothing; response: DriftLimits };
  "trend.set_limits": { request: DriftLimits; response: DriftLimits };
  "quality.get": { request: QualityQuery; response: Quality };
  "quality.settings": { request: Nothing; response: QualitySettings };
  "quality.set": { request: QualitySettings; response: QualitySettings };
  "quality.write": { request: WriteQuality; response: WrittenQuality };
  "check.tell_apart": { request: TellApart; response: Nothing };
  "workbook.template": { request: WriteTemplate; response: WrittenTemplate };
  "workbook.preview": { request: Preview; response: Proposal };
  "workbook.proposals": { request: Nothing; response: Array<KeptProposal> };
  "workbook.proposal": { request: ProposalRef; response: Proposal };
  "workbook.preview_rows": { request: ProposalRowsQuery; response: ProposalRows };
  "workbook.decide": { request: Decide; response: Outlook };
  "workbook.apply": { request: ApplyProposal; response: Applied };
  "workbook.headings": { request: Nothing; response: KnownHeadings };
  "workbook.set_heading": { request: SetHeading; response: KnownHeadings };
  "workbook.export_headings": { request: HeadingFile; response: KnownHeadings };
  "workbook.import_headings": { request: HeadingFile; response: KnownHeadingsRead };
  "workbook.drop": { request: ProposalRef; response: Nothing };
  "workbook.export": { request: Export; response: Exported };
  "source.list": { request: Nothing; response: Sources };
  "source.save": { request: SaveSource; response: Sources };
  "source.read": { request: SourceFile; response: Sources };
  "source.remove": { request: SourceRef; response: Sources };
  "source.try": { request: TrySource; response: TriedSource };
  "source.run": { request: RunSource; response: SourceRun };
  "submit.ready": { request: Target; response: Ready };
  "submit.send": { request: Send; response: Sent };
  "submit.check_list": { request: AskCheckList; response: CheckList };
  "submit.leaving": { request: WriteLeaving; response: WrittenLeaving };
  "submit.print": { request: PrintBatches; response: PrintedBatches };
  "submit.verify": { request: VerifyFile; response: Verified };
  "submit.numbers": { request: NumbersQuery; response: SubmissionSums };
  "submit.summary": { request: WriteSummary; response: WrittenSummary };
  "submit.reconcile": { request: Reconcile; response: Reconciliation };
  "submit.reconciled": { request: Nothing; response: Reconciliation | null };
  "submit.requests": { request: RequestsQuery; response: RequestsPage };
  "submit.rules": { request: Nothing; response: SubmissionRules };
  "submit.set_rules": { request: SetSubmissionRules; response: SubmissionRules };
  "submit.pause": { request: Pause; response: Paused };
  "submit.results": { request: AskResults; response: Results };
  "submit.give-up": { request: BatchRef; response: BatchResult };
  "submit.batches": { request: BatchesQuery; response: Batches };
  "submit.batch": { request: BatchRef; response: BatchResult };
  "submit.rejected": { request: RejectedQuery; response: Array<RejectedRow> };
  "schedule.list": { request: Nothing; response: ScheduleView };
  "schedule.save": { request: SaveScheduleEntry; response: ScheduleView };
  "schedule.remove": { request: ScheduleRef; response: ScheduleView };
  "schedule.reset": { request: ResetUnreadable; response: Nothing };
  "schedule.run": { request: RunSchedule; response: ScheduleRun };
  "schedule.install": { request: SetSystemEntry; response: ScheduleView };
  "robot.list": { request: Nothing; response: Robots };
  "robot.save": { request: SaveRobot; response: Robots };
  "robot.remove": { request: RobotRef; response: Robots };
  "robot.test": { request: RobotRef; response: Nothing };
  "connection.list": { request: Nothing; response: Connections };
  "connection.save": { request: SaveConnection; response: Connections };
  "connection.read": { request: ConnectionFile; response: Connections };
  "connection.remove": { request: ConnectionRef; response: Connections };
  "connection.test": { request: ConnectionRef; response: ConnectionTest };
  "start.decline": { request: Nothing; response: Nothing };
  "start.recovery-key": { request: Nothing; response: NewRecoveryKey };
  "settings.get": { request: Nothing; response: Settings };
  "settings.set": { request: Settings; response: Settings };
  "settings.passphrase": { request: ChangePassphrase; response: Nothing };
  "settings.back_up": { request: BackUp; response: CopiedBook };
  "audit.list": { request: AuditQuery; response: AuditPage };
  "audit.write": { request: WriteAudit; response: AuditWritten };
  "backup.list": { request: Nothing; response: BackupList };
  "backup.make": { request: Nothing; response: BackupList };
  "backup.preview": { request: BackupRef; response: RestorePreview };
  "backup.restore": { request: BackupRef; response: Restored };
  "clock.state": { request: Nothing; response: ClockState };
  "clock.trust": { request: Nothing; response: ClockState };
  "log.read": { request: Nothing; response: LogPage };
  "migration.offers": { request: Nothing; response: Array<MigrationOffer> };
  "migration.preview": { request: PreviewMigration; response: MigrationPreview };
  "migration.run": { request: RunMigration; response: MigrationDone };
  "migration.state": { request: Nothing; response: MigrationState };
  "migration.take_back": { request: Nothing; response: TakenBack };
  "migration.aside": { request: AsideQuery; response: AsidePage };
  "migration.export_aside": { request: ExportAside; response: AsideExported };
  "edition.preview_package": { request: EditionFile; response: EditionPreview };
  "edition.install_package": { request: EditionFile; response: EditionSummary };
  "edition.export_definition": { request: ExportDefinition; response: WrittenEdition };
  "edition.preview_definition": { request: EditionFile; response: EditionPreview };
  "edition.install_definition": { request: EditionFile; response: EditionSummary };
  "edition.remove": { request: EditionId; response: Array<EditionSummary> };
  "edition.publishers": { request: Nothing; response: Array<PublisherView> };
  "edition.trust": { request: TrustPublisher; response: Array<PublisherView> };
  "edition.distrust": { request: DistrustPublisher; response: Array<PublisherView> };
  "edition.make_key": { request: MakeKey; response: MadeKey };
  "edition.pack": { request: PackEdition; response: PackedEdition };
  "overlay.get": { request: Nothing; response: Overlay };
  "overlay.save": { request: Overlay; response: Overlay };
  "overlay.problems": { request: Nothing; response: OverlayProblems };
  "overlay.try_rule": { request: TryRule; response: TriedRule };
  "overlay.name": { request: ProposeName; response: ProposedName };
  "overlay.export": { request: OverlayFile; response: Nothing };
  "overlay.import": { request: OverlayFile; response: Overlay };
  "job.cancel": { request: Cancel; response: Nothing };
}

/** What each reading call looks at: its answer is stale once one of these has changed. */
export const READS: Partial<Record<keyof Calls, ReadonlyArray<Changed["what"]>>> = {
  "start.state": ["book"],
  "book.head": ["book"],
  "home.get": ["tables", "batches", "proposals", "book"],
  "due.list": ["tables", "batches", "book"],
  "due.settings": ["book"],
  "home.counts": ["tables", "book"],
  "standard.editions": ["book"],
  "standard.tree": ["book"],
  "standard.table": ["book"],
  "standard.code_lists": ["book"],
  "standard.codes": ["book"],
  "standard.rules": ["book"],
  "standard.quality": ["book"],
  "standard.search": ["book"],
  "standard.compare": ["book"],
  "fill.page": ["tables", "batches", "book"],
  "fill.position": ["tables", "book"],
  "fill.edge": ["tables", "book"],
  "fill.next_finding": ["tables", "batches", "book"],
  "fill.marks": ["tables", "batches", "book"],
  "fill.values": ["tables", "book"],
  "fill.record": ["tables", "batches"],
  "fill.causes": ["tables", "batches", "book"],
  "fill.referred": ["tables", "book"],
  "fill.earlier": ["tables", "book"],
  "fill.cell_history": ["tables", "batches"],
  "fill.history": ["tables"],
  "check.waiting": ["tables", "book"],
  "check.findings": ["tables", "batches", "book"],
  "check.groups": ["tables", "batches", "book"],
  "check.reasons": ["tables", "book"],
  "check.rules": ["tables", "book"],
  "trend.list": ["tables", "book"],
  "trend.table": ["tables", "book"],
  "trend.limits": ["book"],
  "quality.get": ["tables", "batches", "book"],
  "quality.settings": ["book"],
  "workbook.proposals": ["proposals", "book"],
  "workbook.proposal": ["tables", "proposals", "book"],
  "workbook.preview_rows": ["tables", "proposals", "book"],
  "workbook.headings": ["book"],
  "source.list": ["book"],
  "submit.ready": ["tables", "batches", "book"],
  "submit.numbers": ["batches", "book"],
  "submit.reconciled": ["book"],
  "submit.requests": ["batches", "book"],
  "submit.rules": ["batches", "book"],
  "submit.batches": ["batches"],
  "submit.batch": ["batches"],
  "submit.rejected": ["batches"],
  "schedule.list": ["tables", "batches", "book"],
  "robot.list": ["book"],
  "connection.list": ["book"],
  "settings.get": ["book"],
  "audit.list": ["batches", "book"],
  "backup.list": ["book"],
  "clock.state": ["batches", "book"],
  "migration.offers": ["batches", "book"],
  "migration.state": ["tables", "book"],
  "migration.aside": ["tables", "book"],
  "edition.publishers": ["book"],
  "overlay.get": ["book"],
  "overlay.problems": ["book"],
};
