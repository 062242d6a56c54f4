/** The decisions about rows and cells of an import, and which columns are shown. */
import type { CellKind, Choice, ColumnCells, Decide, ProposalRow, ProposalSheet, RowKind } from "../../ipc";

/** The kinds of rows of an import; those that need a decision come first. */
export const KINDS: RowKind[] = [
  "conflict",
  "changed",
  "new",
  "cleared",
  "missing",
  "unreadable",
  "doubled",
  "left-out",
  "unchanged",
];

/** Kinds that the clerk decides about. */
export const DECIDABLE: RowKind[] = ["conflict", "changed", "new", "cleared", "missing"];

/** How many rows of a sheet are of a kind. */
export function countOf(sheet: ProposalSheet, kind: RowKind): number {
  switch (kind) {
    case "conflict":
      return sheet.conflicts;
    case "left-out":
      return sheet.left_out;
    default:
      return sheet[kind];
  }
}

/** What is decided, and what happens where nothing is: new and changed values come in, nothing is emptied. */
export type Verdict = Choice | "undecided";

export function rowVerdict(row: ProposalRow): Verdict {
  if (row.choice !== null) return row.choice;
  if (row.conflict !== null) return "undecided";
  if (row.kind === "new") return "theirs";
  if (row.kind === "missing") return "ours";
  const cells = Object.keys(row.changes).map((column) => cellVerdict(row, column));
  if (cells.includes("undecided")) return "undecided";
  return cells.includes("theirs") ? "theirs" : "ours";
}

export function cellVerdict(row: ProposalRow, column: string): Verdict {
  const choice = row.choices[column];
  if (choice) return choice;
  const kind: CellKind | undefined = row.changes[column];
  if (kind === "conflict") return "undecided";
  return kind === "changed" ? "theirs" : "ours";
}

/** Whether some cells of a row come in and others do not. */
export function isMixed(row: ProposalRow): boolean {
  const verdicts = new Set(Object.keys(row.changes).map((column) => cellVerdict(row, column)));
  return row.choice === null && row.conflict === null && verdicts.size > 1;
}

/** How many cells of a column ask for something among rows of a kind. */
export function asksIn(cells: ColumnCells, kind: RowKind): number {
  switch (kind) {
    case "changed":
      return cells.changed;
    case "cleared":
      return cells.cleared;
    case "conflict":
      return cells.conflicts + cells.differs;
    default:
      return 0;
  }
}

/** Columns that stay in sight while the others are scrolled: more would fill a small screen. */
const FROZEN = 2;

/** The columns of a table of rows, and how many of them stay in sight. */
export interface ShownColumns {
  columns: string[];
  frozen: number;
}

/**
 * The columns by which the clerk recognises a record, then those that change; all columns of the file where asked for,
 * or where whole records are added or removed.
 */
export function columnsShown(sheet: ProposalSheet, kind: RowKind, keys: string[], all: boolean): ShownColumns {
  const mapped = sheet.columns.flatMap((one) => (one.column === null ? [] : [one.column]));
  const first = keys.filter((column) => mapped.includes(column)).slice(0, FROZEN);
  const changing = sheet.cells.filter((one) => asksIn(one, kind) > 0).map((one) => one.column);
  const rest = (all || changing.length === 0 ? mapped : changing).filter((column) => !first.includes(column));
  return { columns: [...first, ...rest], frozen: first.length };
}

/** The request that decides about a part of a proposal. */
export function decision(proposal: number, part: Partial<Decide>, choice: Choice | null): Decide {
  return { proposal, sheet: null, row: null, column: null, kind: null, ...part, choice };
}
