/** Actions on the chosen cells: copy, paste, clear, fill down, add and delete records. */
import type { Change, RecordView } from "../ipc";
import type { Column } from "./columns";
import { block, isSingle, type Selection } from "./selection";
import type { Sheet } from "./sheet";
import { formatTsv, parseTsv, tile } from "./tsv";

/** Most records that one action changes; for more there are workbooks and the check screen. */
const MOST = 20_000;

export interface Copied {
  text: string;
  cells: string[][];
}

/** What was copied last in this grid. Pasted in this grid, codes stay codes and do not become their names. */
let lastCopied: Copied | undefined;

export interface GridContext {
  sheet: Sheet;
  columns: Column[];
  selection: Selection;
  /** Called with the number of records when they are too many for one action. */
  tooMany(rows: number): void;
}

function chosen({ selection, columns }: GridContext) {
  const bounds = block(selection);
  return { ...bounds, columns: columns.slice(bounds.left, bounds.right + 1).map((column) => column.field.column) };
}

async function records(context: GridContext, top: number, bottom: number): Promise<RecordView[] | undefined> {
  const last = Math.min(bottom, context.sheet.total() - 1);
  if (last - top + 1 > MOST) {
    context.tooMany(last - top + 1);
    return undefined;
  }
  await context.sheet.settled();
  return last < top ? [] : context.sheet.range(top, last);
}

/** The chosen cells as clipboard text; undefined while some records are not here yet. */
export function copyNow(context: GridContext): Copied | undefined {
  const { top, bottom } = block(context.selection);
  const found: RecordView[] = [];
  for (let row = top; row <= Math.min(bottom, context.sheet.total() - 1); row++) {
    const record = context.sheet.at(row);
    if (!record) return undefined;
    found.push(record);
  }
  return copied(context, found);
}

export async function copyLater(context: GridContext): Promise<Copied | undefined> {
  const { top, bottom } = block(context.selection);
  const found = await records(context, top, bottom);
  return found && copied(context, found);
}

/** A cell as it stands on screen: what was typed and is not saved yet, or what the book has. */
function shownCell({ sheet }: GridContext, record: RecordView, column: string): { text: string; name: string } {
  const typed = sheet.typed(record.row)?.get(column);
  return typed ?? { text: record.cells[column] ?? "", name: record.names[column] ?? "" };
}

/** Other programs get names, because a code such as 01 would lose its zero there. */
function copied(context: GridContext, found: RecordView[]): Copied {
  const { columns } = chosen(context);
  const rows = found.map((record) => columns.map((column) => shownCell(context, record, column)));
  const cells = rows.map((row) => row.map(({ text }) => text));
  const shown = rows.map((row) => row.map(({ text, name }) => name || text));
  lastCopied = { text: formatTsv(shown), cells };
  return lastCopied;
}

const sameText = (a: string, b: string) =>
  a.replaceAll("\r\n", "\n").trimEnd() === b.replaceAll("\r\n", "\n").trimEnd();

/** Puts clipboard text at the chosen cells and returns the cells that it filled. */
export async function paste(context: GridContext, text: string): Promise<Selection | undefined> {
  if (text === "") return undefined;
  const cells = lastCopied && sameText(lastCopied.text, text) ? lastCopied.cells : parseTsv(text);
  const { top, left, bottom, right } = block(context.selection);
  const filled = isSingle(context.selection) ? cells : tile(cells, bottom - top + 1, right - left + 1);
  const width = Math.max(...filled.map((row) => row.length));
  const columns = context.columns.slice(left, left + width).map((column) => column.field.column);
  const edited = await context.sheet.paste(
    top,
    columns,
    filled.map((row) => row.slice(0, columns.length)),
  );
  if (!edited) return undefined;
  return {
    anchor: { row: top, col: left },
    focus: { row: top + filled.length - 1, col: left + columns.length - 1 },
  };
}

/** Empties the chosen cells. */
export async function clear(context: GridContext): Promise<void> {
  const { top, bottom, columns } = chosen(context);
  const found = await records(context, top, bottom);
  const changes: Change[] = (found ?? []).flatMap((record) =>
    columns
      .filter((column) => record.cells[column])
      .map((column): Change => ({ do: "set", row: record.row, column, value: "" })),
  );
  for (const record of found ?? []) for (const column of columns) context.sheet.dismiss(record.row, column);
  if (changes.length > 0) await context.sheet.apply(changes);
}

/** The first chosen row into the others; with one row chosen, the row above into it. */
export async function fillDown(context: GridContext): Promise<void> {
  const { top, bottom, columns } = chosen(context);
  const source = top === bottom ? top - 1 : top;
  if (source < 0) return;
  const found = await records(context, source, bottom);
  const [first, ...others] = found ?? [];
  const changes = others.flatMap((record) =>
    columns
      .filter((column) => (record.cells[column] ?? "") !== (first?.cells[column] ?? ""))
      .map((column): Change => ({ do: "set", row: record.row, column, value: first?.cells[column] ?? "" })),
  );
  if (changes.length > 0) await context.sheet.apply(changes);
}

/**
 * An empty record behind the active one (or before it), or at the end; gives its number, and where it stands unless a
 * view arranges it.
 */
export async function insertRow(
  context: GridContext,
  where: "after" | "before" | "end",
): Promise<{ row: number; index: number } | undefined> {
  const row = context.selection.anchor.row - (where === "before" ? 1 : 0);
  // There is no record before the first one, so the book adds at the end.
  const record = where === "end" || row < 0 ? undefined : context.sheet.at(row);
  const edited = await context.sheet.apply([{ do: "insert", values: {}, after: record?.row ?? null }]);
  const added = edited?.added[0];
  return added === undefined ? undefined : { row: added, index: record ? row + 1 : context.sheet.total() };
}

/** Deletes the chosen records and returns how many. */
export async function deleteRows(context: GridContext): Promise<number> {
  const { top, bottom } = chosen(context);
  const found = await records(context, top, bottom);
  if (!found?.length) return 0;
  const edited = await context.sheet.apply(found.map((record) => ({ do: "delete", row: record.row })));
  return edited ? found.length : 0;
}

/**
 * Puts text on the clipboard outside of a copying key. Where a webview forbids the clipboard, the old
 * command.
 */
export async function toClipboard(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
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
