// Made from src-tauri/crates/desk/src/api by `cargo test -p tianbao-desk`. Do not edit.

export type Applied = { step: number, new: number, changed: number, tables: Array<string>, };

export type ApplyProposal = { proposal: number, conflicts: string, job: number, };

export type AskResults = { wait: number, job: number, };

export type BackUp = { path: string, };

export type BatchRef = { id: number, };

export type BatchResult = { batch: BatchView, rejected: Array<RejectedRow>, };

export type BatchView = { id: number, table: string, title: string, rows: number, state: string, connection: string, frozen_at: string, sent_at: string | null, result_after: string | null, hash: string, collected: number | null, stored: number | null, receipt: string | null, };

export type Batches = { total: number, batches: Array<BatchView>, };

export type BatchesQuery = { table: string | null, offset: number, limit: number, };

export type BookHead = { path: string, edition: string, edition_name: string, college: College, period: string, period_name: string, department: string, person: string, sample: boolean, };

export type CallError = { code: string, params: { [key in string]: string }, };

export type Cancel = { job: number, };

export type CellChange = { table: string, row: number, column: string, before: string, after: string, };

export type Change = { "do": "set", row: number, column: string, value: string, } | { "do": "insert", values: { [key in string]: string }, after: number | null, } | { "do": "delete", row: number, };

export type ChangePassphrase = { new: string, };

export type Changed = { "what": "tables", tables: Array<string>, } | { "what": "batches",  } | { "what": "book",  };

export type CheckSummary = { rows: number, tables: number, seconds: number, counts: LevelCounts, };

export type CodeListSummary = { id: string, title: string, source: string | null, codes: number, national: boolean, used_by: Array<string>, search: string, };

export type CodeView = { code: string, name: string, parent: string | null, note: string | null, path: Array<string>, };

export type CodesPage = { total: number, codes: Array<CodeView>, };

export type CodesQuery = { edition: string | null, list: string, find: string, parent: string | null, offset: number, limit: number, };

export type College = { code: string, name: string, region: string, };

export type ConnectionRef = { name: string, };

export type ConnectionTest = { ok: boolean, clock_offset_s: number | null, expires_in_s: number | null, error: CallError | null, };

export type ConnectionView = { name: string, address: string, authorise: string, client_id: string, username: string, has_password: boolean, has_app_key: boolean, rsa_public_key: string, rsa_padding: string, rsa_plaintext: string, authorization_prefix: string, sm4_mode: string, sm4_iv: string, sm4_key: string, cipher_text: string, query_body: string, rows_per_call: number, pause_ms: number, empty_value: string, numbers: string, first_query_after_s: number, };

export type Connections = { connections: Array<ConnectionView>, };

export type CreateBook = { edition: string, college: College, period: string, department: string, path: string | null, passphrase: string | null, sample: boolean, job: number, };

export type DayCount = { day: string, sent: number, stored: number, rejected: number, };

export type Department = { name: string, tables: Array<string>, };

export type Edit = { table: string, changes: Array<Change>, };

export type Edited = { step: number, rows: Array<RecordView>, added: Array<number>, counts: LevelCounts, undo: StepView | null, };

export type EditionRef = { edition: string | null, };

export type EditionSummary = { id: string, title: string, issued: string, level: string, tables: number, fields: number, code_lists: number, codes: number, rules: number, };

export type Explain = { group: GroupRef, row: number | null, text: string, };

export type Export = { tables: Array<string>, path: string, findings: boolean, names: boolean, job: number, };

export type Exported = { file: string, rows: number, };

export type FieldSpec = { column: string, title: string, item_id: string, type: string, kind: string, system: boolean, required: boolean, max_length: number | null, precision: number | null, scale: number | null, format: string | null, code_list: string | null, code_list_title: string | null, code_count: number | null, separator: string | null, unit: string | null, example: string | null, description: string | null, required_when: string | null, sensitivity: string, references: Array<string>, doubt: string | null, };

export type Filter = { "op": "contains", column: string, text: string, } | { "op": "one-of", column: string, values: Array<string>, } | { "op": "empty", column: string, } | { "op": "filled", column: string, };

export type FindingGroup = { table: string, table_title: string, department: string, column: string | null, column_title: string | null, rule: string, level: string, value: string, message: string, suggestion: string | null, count: number, first_row: number | null, explained: number, };

export type FindingGroups = { groups: Array<FindingGroup>, total: number, counts: LevelCounts, };

export type FindingView = { id: number, table: string, table_title: string, row: number | null, position: number | null, key: string, column: string | null, column_title: string | null, rule: string, level: string, value: string, message: string, suggestion: string | null, explanation: string | null, };

export type FindingsPage = { total: number, findings: Array<FindingView>, };

export type FindingsQuery = { table: string | null, row: number | null, column: string | null, rule: string | null, level: string | null, value: string | null, offset: number, limit: number, };

export type GroupRef = { table: string, column: string | null, rule: string, value: string, };

export type HeadingMap = { heading: string, column: string | null, title: string | null, };

export type History = { total: number, steps: Array<StepView>, };

export type HistoryQuery = { table: string | null, row: number | null, kind: string | null, offset: number, limit: number, };

export type Home = { tables: Array<HomeTable>, today: Today, days: Array<DayCount>, warnings: Array<Warning>, };

export type HomeTable = { table: string, title: string, department: string, frequency: string, rows: number, complete: number, findings: LevelCounts, due: string | null, last_submitted: string | null, last_state: string | null, accepted: number, to_send: number, };

export type LevelCounts = { mandatory: number, confirm: number, hint: number, };

export type Mend = { group: GroupRef, with: string, };

export type Nothing = Record<string, never>;

export type OpenBook = { path: string, passphrase: string | null, };

export type Page = { total: number, rows: Array<RecordView>, counts: LevelCounts, };

export type PageQuery = { view: View, offset: number, limit: number, };

export type Paste = { view: View, offset: number, columns: Array<string>, cells: Array<Array<string>>, };

export type Preview = { files: Array<string>, table: string | null, corrections: Array<SheetCorrection>, job: number, };

export type Progress = { job: number, step: string, done: number, total: number, };

export type Proposal = { id: number, files: Array<ProposalFile>, };

export type ProposalFile = { file: string, sheets: Array<ProposalSheet>, };

export type ProposalRow = { line: number, kind: string, cells: { [key in string]: string }, before: { [key in string]: string }, unreadable: { [key in string]: string }, };

export type ProposalRows = { total: number, rows: Array<ProposalRow>, };

export type ProposalRowsQuery = { proposal: number, file: string, sheet: string, kind: string | null, offset: number, limit: number, };

export type ProposalSheet = { sheet: string, table: string | null, table_title: string | null, header_row: number | null, rows: number, new: number, changed: number, unchanged: number, conflicts: number, unreadable: number, unmapped_columns: Array<string>, missing_columns: Array<string>, columns: Array<HeadingMap>, findings: number, remarks: Array<Remark>, };

export type Ready = { tables: Array<ReadyTable>, };

export type ReadyTable = { table: string, title: string, department: string, frequency: string, due: string | null, rows: number, to_send: number, blocked: number, unexplained: number, under_way: number, accepted: number, };

export type RecentBook = { path: string, college: string, edition: string, present: boolean, };

export type RecordDetail = { record: RecordView, findings: Array<FindingView>, };

export type RecordRef = { table: string, row: number, };

export type RecordView = { row: number, key: string, cells: { [key in string]: string }, names: { [key in string]: string }, levels: { [key in string]: string }, state: string, };

export type RejectedRow = { row: number | null, key: string, column: string | null, error: string, };

export type Remark = { code: string, params: { [key in string]: string }, };

export type Results = { batches: Array<BatchResult>, next: string | null, };

export type RunCheck = { tables: Array<string>, job: number, };

export type SaveConnection = { connection: ConnectionView, password: string | null, app_key: string | null, };

export type Send = { target: Target, tables: Array<string>, due: boolean, dry_run: boolean, job: number, };

export type Sent = { batches: Array<BatchView>, skipped: Array<Skipped>, };

export type Settings = { college: College, period: string, term_end: string, departments: Array<Department>, department: string, person: string, connection: string, show_personal: boolean, theme: string, text_size: number, };

export type SheetCorrection = { file: string, sheet: string, table: string | null, columns: { [key in string]: string }, };

export type Skipped = { table: string, reason: string, rows: number, };

export type Sort = { column: string, descending: boolean, };

export type StartState = { editions: Array<EditionSummary>, recent: Array<RecentBook>, key_store: boolean, open: BookHead | null, folder: string, version: string, };

export type StepView = { step: number, at: string, who: string, kind: string, tables: Array<string>, rows: number, note: string, undone: boolean, cells: Array<CellChange>, };

export type Steps = { count: number, };

export type TableRef = { edition: string | null, table: string, };

export type TableSpec = { table: string, title: string, short_title: string, subset: string, data_class: string, frequency: string, frequency_text: string, scope: string, source_system: string, primary_key: string, natural_key: Array<string>, related: Array<string>, fields: Array<FieldSpec>, };

export type Target = { connection: string | null, };

export type Today = { sent: number, stored: number, rejected: number, };

export type Tree = { edition: string, subsets: Array<TreeSubset>, };

export type TreeSubset = { code: string, title: string, tables: Array<TreeTable>, };

export type TreeTable = { table: string, title: string, search: string, frequency: string, fields: number, source_system: string, };

export type Undone = { steps: Array<StepView>, tables: Array<string>, };

export type View = { table: string, filters: Array<Filter>, sort: Array<Sort>, only_findings: boolean, find: string, };

export type Warning = { code: string, level: string, params: { [key in string]: string }, table: string | null, };

export type WriteTemplate = { tables: Array<string>, department: string | null, all: boolean, with_rows: boolean, path: string, job: number, };

export type WrittenSheet = { table: string, rows: number, };

export type WrittenTemplate = { file: string, sheets: Array<WrittenSheet>, };

export interface Calls {
  "start.state": { request: Nothing; response: StartState };
  "book.create": { request: CreateBook; response: BookHead };
  "book.open": { request: OpenBook; response: BookHead };
  "book.close": { request: Nothing; response: Nothing };
  "book.head": { request: Nothing; response: BookHead };
  "home.get": { request: Nothing; response: Home };
  "standard.editions": { request: Nothing; response: Array<EditionSummary> };
  "standard.tree": { request: EditionRef; response: Tree };
  "standard.table": { request: TableRef; response: TableSpec };
  "standard.code_lists": { request: EditionRef; response: Array<CodeListSummary> };
  "standard.codes": { request: CodesQuery; response: CodesPage };
  "fill.page": { request: PageQuery; response: Page };
  "fill.record": { request: RecordRef; response: RecordDetail };
  "fill.edit": { request: Edit; response: Edited };
  "fill.paste": { request: Paste; response: Edited };
  "fill.undo": { request: Steps; response: Undone };
  "fill.redo": { request: Steps; response: Undone };
  "fill.history": { request: HistoryQuery; response: History };
  "check.run": { request: RunCheck; response: CheckSummary };
  "check.findings": { request: FindingsQuery; response: FindingsPage };
  "check.groups": { request: Nothing; response: FindingGroups };
  "check.mend": { request: Mend; response: Edited };
  "check.explain": { request: Explain; response: Nothing };
  "workbook.template": { request: WriteTemplate; response: WrittenTemplate };
  "workbook.preview": { request: Preview; response: Proposal };
  "workbook.preview_rows": { request: ProposalRowsQuery; response: ProposalRows };
  "workbook.apply": { request: ApplyProposal; response: Applied };
  "workbook.export": { request: Export; response: Exported };
  "submit.ready": { request: Target; response: Ready };
  "submit.send": { request: Send; response: Sent };
  "submit.results": { request: AskResults; response: Results };
  "submit.batches": { request: BatchesQuery; response: Batches };
  "submit.batch": { request: BatchRef; response: BatchResult };
  "connection.list": { request: Nothing; response: Connections };
  "connection.save": { request: SaveConnection; response: Connections };
  "connection.remove": { request: ConnectionRef; response: Connections };
  "connection.test": { request: ConnectionRef; response: ConnectionTest };
  "settings.get": { request: Nothing; response: Settings };
  "settings.set": { request: Settings; response: Settings };
  "settings.passphrase": { request: ChangePassphrase; response: Nothing };
  "settings.back_up": { request: BackUp; response: Nothing };
  "job.cancel": { request: Cancel; response: Nothing };
}
