/** Copying, cutting and pasting of the chosen cells, with text for every program and a table for Excel and WPS. */
import type { Change, RecordView } from "../ipc";
import { changesOf, columnsOf, type GridContext, records } from "./actions";
import type { Column } from "./columns";
import { type Block, block, isSingle, type Selection } from "./selection";
import { formatHtml, formatTsv, parseTsv, tile } from "./tsv";

export interface Copied {
  /** The text for other programs: names of codes, and personal values masked if they are masked on screen. */
  text: string;
  html: string;
  /** What the cells hold. */
  cells: string[][];
  /** Where it was taken from, for a move. */
  rows: number[];
  columns: string[];
  block: Block;
  cut: boolean;
  /** Book and table that it was taken from. */
  table: string;
  /** Names of the codes, and the code list of each column: in a column of another list a code means something else. */
  names: string[][];
  lists: (string | null)[];
}

/** What was copied last in this grid. Pasting it here keeps codes, and the full values behind masked ones. */
let lastCopied: Copied | undefined;

/**
 * Removes the outline of what was copied or cut, as Esc and typing do: what was cut is no longer moved. The cells
 * themselves are kept, because the clipboard has masked values only.
 */
export function endCopying() {
  if (lastCopied) lastCopied = { ...lastCopied, cut: false };
}

/** Questions to the clerk before a paste, and a message after it. */
export interface PasteQuestions {
  /** More columns than are left: take only as many, begin further left, or give up. */
  wider(given: number, left: number): Promise<"cut" | "shift" | undefined>;
  /** Called after headings were recognised, with the number of their columns. */
  headings(columns: number): void;
  /** Said after what was cut in another table was copied. */
  onlyCopied(): void;
}

/** The text of a cell for other programs: masked if the screen masks it. */
export type Show = (column: string, text: string, name: string) => string;

/** The chosen cells for the clipboard; undefined while some of their records are not loaded. */
export function copyNow(context: GridContext, show: Show, cut = false): Copied | undefined {
  const { top, bottom } = block(context.selection);
  const found: RecordView[] = [];
  for (let row = top; row <= Math.min(bottom, context.sheet.total() - 1); row++) {
    const record = context.sheet.at(row);
    if (!record) return undefined;
    found.push(record);
  }
  return copied(context, found, show, cut);
}

export async function copyLater(context: GridContext, show: Show, cut = false): Promise<Copied | undefined> {
  const { top, bottom } = block(context.selection);
  const found = await records(context, top, bottom);
  return found && copied(context, found, show, cut);
}

/** Other programs get names of codes, because a code such as 01 would lose its zero there. */
function copied(context: GridContext, found: RecordView[], show: Show, cut: boolean): Copied {
  const bounds = block(context.selection);
  const columns = columnsOf(context, bounds);
  const rows = found.map((record) =>
    columns.map((column) => {
      const typed = context.sheet.typed(record.row)?.get(column);
      return typed ?? { text: record.cells[column] ?? "", name: record.names[column] ?? "" };
    }),
  );
  const shown = rows.map((row) => row.map(({ text, name }, i) => show(columns[i] ?? "", text, name)));
  lastCopied = {
    text: formatTsv(shown),
    html: formatHtml(shown),
    cells: rows.map((row) => row.map(({ text }) => text)),
    rows: found.map((record) => record.row),
    columns,
    block: bounds,
    cut,
    table: context.table,
    names: rows.map((row) => row.map(({ name }) => name)),
    lists: context.columns.slice(bounds.left, bounds.right + 1).map(({ field }) => field.code_list),
  };
  return lastCopied;
}

const sameText = (a: string, b: string) =>
  a.replaceAll("\r\n", "\n").trimEnd() === b.replaceAll("\r\n", "\n").trimEnd();

/** The column of each cell, if all cells of the first row are titles or names of columns; otherwise undefined. */
function headings(context: GridContext, cells: string[][]): string[] | undefined {
  const [first] = cells;
  if (!first || cells.length < 2 || first.length < 2) return undefined;
  const bare = (text: string) => text.replace(/[\s*＊]/g, "");
  const found = first.map(
    (cell) =>
      context.columns.find(({ field }) => bare(field.title) === bare(cell) || field.column === bare(cell))?.field
        .column,
  );
  const all = found.every((column) => column !== undefined) && new Set(found).size === found.length;
  return all ? (found as string[]) : undefined;
}

/** Puts clipboard text at the chosen cells and returns the cells that it filled. */
export async function paste(
  context: GridContext,
  text: string,
  questions: PasteQuestions,
  fresh = false,
): Promise<Selection | undefined> {
  if (text === "") return undefined;
  const own = lastCopied && sameText(lastCopied.text, text) ? lastCopied : undefined;
  // What was cut in another table is copied: one step of the log belongs to one table.
  const moving = own?.cut && !fresh && own.table === context.table;
  const given = own?.cells ?? parseTsv(text);
  if (!own && isMasked(context, given)) {
    context.refuse("masked");
    return undefined;
  }
  const named = own ? undefined : headings(context, given);
  const { top, left, bottom, right } = block(context.selection);
  const begin = fresh ? context.sheet.total() : top;
  if (named) {
    const done = await context.sheet.paste(begin, named, given.slice(1), { fresh, at: context.seen });
    if (!done) return undefined;
    questions.headings(named.length);
    return selected(begin, 0, given.length - 1, context.columns.length);
  }
  const whole = fresh || isSingle(context.selection) || moving;
  const filled = whole ? given : tile(given, bottom - top + 1, right - left + 1);
  const width = Math.max(...filled.map((row) => row.length));
  // Whole records are pasted into the columns from which they were copied.
  let first = fresh && own ? own.block.left : fresh ? 0 : left;
  if (first + width > context.columns.length) {
    const way = await questions.wider(width, context.columns.length - first);
    if (!way) return undefined;
    if (way === "shift") first = Math.max(0, context.columns.length - width);
  }
  const columns = context.columns.slice(first, first + width).map((column) => column.field.column);
  const meant = own ? asMeant(own, context.columns.slice(first, first + width), filled) : filled;
  const cells = meant.map((row) => row.slice(0, columns.length));
  const done = moving
    ? await moveCells(context, own, begin, columns, cells)
    : await context.sheet.paste(begin, columns, cells, { fresh, at: context.seen });
  if (!done) return undefined;
  if (own?.cut && !moving && !fresh) questions.onlyCopied();
  endCopying();
  return selected(begin, first, cells.length, columns.length);
}

/** Codes that come to a column of another list become their names, as they do in any other program. */
function asMeant({ lists, cells, names }: Copied, to: Column[], filled: string[][]): string[][] {
  const [rows, width] = [cells.length, lists.length];
  return filled.map((row, r) =>
    row.map((text, c) => {
      const list = lists[c % width] ?? null;
      const other = list !== null && (to[c]?.field.code_list ?? null) !== list;
      return (other && names[r % rows]?.[c % width]) || text;
    }),
  );
}

/** Whether a text is one that was masked when it was copied, which must not take the place of what it stands for. */
const isMasked = ({ columns }: GridContext, cells: string[][]): boolean =>
  columns.some(({ field }) => field.sensitivity !== "none") &&
  cells.some((row) => row.some((text) => text.includes("＊")));

const selected = (row: number, col: number, rows: number, cols: number): Selection => ({
  anchor: { row, col },
  focus: { row: row + rows - 1, col: col + cols - 1 },
});

/** Moves cut cells in one step, which empties the old cells and fills the new ones. */
async function moveCells(context: GridContext, own: Copied, top: number, columns: string[], cells: string[][]) {
  const { sheet } = context;
  const taking = await records(context, top, top + cells.length - 1);
  if (!taking) return undefined;
  const changes: Change[] = [];
  const empty = Object.fromEntries(own.columns.map((column) => [column, ""]));
  for (const row of own.rows) {
    const record = sheet.find(row);
    if (record) changes.push(...changesOf(record, empty, sheet));
    // Out of sight, or left out of the view by now.
    else for (const column of own.columns) changes.push({ do: "set", row: sheet.real(row), column, value: "" });
  }
  for (const [i, row] of cells.entries()) {
    const values = Object.fromEntries(row.map((text, c) => [columns[c] ?? "", text]));
    const record = taking[i];
    if (!record) {
      changes.push({ do: "insert", values, after: null });
      continue;
    }
    // Without comparing: the cell may be one of those that are emptied in this step.
    for (const [column, value] of Object.entries(values))
      changes.push({ do: "set", row: sheet.real(record.row), column, value });
  }
  return sheet.apply(changes);
}

/**
 * Puts text on the clipboard where no copying key was pressed. If a webview refuses that, the older command of the
 * document is used.
 */
export async function toClipboard({ text, html }: Copied): Promise<void> {
  try {
    const kinds = {
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([html], { type: "text/html" }),
    };
    await navigator.clipboard.write([new ClipboardItem(kinds)]);
  } catch {
    const area = document.createElement("textarea");
    const before = document.activeElement;
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
