/** Actions on the chosen cells: clear, fill, add, repeat and delete records. Copying and pasting: clipboard.ts. */
import type { Change, Edited, RecordView } from "../ipc";
import type { Column } from "./columns";
import { activeOf, type Block, block, blocks, type Selection } from "./selection";
import { goOn } from "./series";
import type { Seen } from "./recordPlaces";
import type { Sheet } from "./sheet";

/** The largest number of records that one action changes; for more there are workbooks and the check screen. */
export const MOST = 20_000;

/** Rows before and behind that are looked through for records that have moved. */
const AROUND = 200;

/** Why an action does nothing, with the words `grid.refused-REASON`. */
export type Refusal = "check-digit" | "several-blocks" | "no-records" | "not-here" | "masked" | "moved";

export interface GridContext {
  sheet: Sheet;
  /** Book and table: what is copied in one table is not moved in another. */
  table: string;
  /** The records that the clerk saw when the action began. */
  seen: Seen;
  columns: Column[];
  selection: Selection;
  /** Called with the number of records when they are too many for one action. */
  tooMany(rows: number): void;
  refuse(reason: Refusal): void;
}

export const columnsOf = ({ columns }: GridContext, { left, right }: Block): string[] =>
  columns.slice(left, right + 1).map((column) => column.field.column);

/**
 * The records of some rows, once everything typed is in the book; undefined when they cannot be had. They are those
 * that the clerk saw there, whatever another window has moved since; where one of them is gone, nothing is done.
 */
export async function records(context: GridContext, top: number, bottom: number): Promise<RecordView[] | undefined> {
  const { sheet, seen } = context;
  const last = Math.min(bottom, sheet.total() - 1);
  if (last - top + 1 > MOST) {
    context.tooMany(last - top + 1);
    return undefined;
  }
  await sheet.settled();
  if (last < top) return [];
  const found = await sheet.range(top, last);
  const wanted = Array.from({ length: last - top + 1 }, (_, i) => seen(top + i));
  const same = (i: number) => wanted[i] === undefined || found?.[i]?.row === sheet.real(wanted[i]);
  if (!found || wanted.every((_, i) => same(i))) return found;
  const around = await sheet.range(Math.max(0, top - AROUND), Math.min(sheet.total() - 1, last + AROUND));
  if (!around) return undefined;
  const byNumber = new Map(around.map((record) => [record.row, record]));
  const moved = wanted.map((row, i) => (row === undefined ? found[i] : byNumber.get(sheet.real(row))));
  if (moved.every((record) => record !== undefined)) return moved;
  context.refuse("moved");
  return undefined;
}

/** A change for each cell that would hold another value; a record without a number yet is left out. */
export function changesOf(record: RecordView, values: Record<string, string>, sheet: Sheet): Change[] {
  const row = sheet.real(record.row);
  return Object.entries(values)
    .filter(([column, value]) => row > 0 && (record.cells[column] ?? "") !== value)
    .map(([column, value]): Change => ({ do: "set", row, column, value }));
}

const same = (columns: string[], value: string) => Object.fromEntries(columns.map((column) => [column, value]));

/** Applies changes of records, where there are any. */
async function put(context: GridContext, changes: Change[]): Promise<Edited | undefined> {
  return changes.length > 0 ? context.sheet.apply(changes) : undefined;
}

/** Empties the chosen cells. */
export async function clear(context: GridContext): Promise<void> {
  const changes: Change[] = [];
  for (const one of blocks(context.selection)) {
    const found = await records(context, one.top, one.bottom);
    const empty = same(columnsOf(context, one), "");
    for (const record of found ?? []) changes.push(...changesOf(record, empty, context.sheet));
  }
  await put(context, changes);
}

/** Puts one text into all chosen cells; the blank row becomes a record where it is chosen alone or among others. */
export async function fillBlock(context: GridContext, text: string): Promise<void> {
  const changes: Change[] = [];
  for (const one of blocks(context.selection)) {
    const values = same(columnsOf(context, one), text);
    for (const record of (await records(context, one.top, one.bottom)) ?? [])
      changes.push(...changesOf(record, values, context.sheet));
    if (one.bottom >= context.sheet.total()) changes.push({ do: "insert", values, after: null });
  }
  await put(context, changes);
}

/** Puts the first row of each block into the rows below it, or the row above into a row chosen alone. */
export async function fillDown(context: GridContext): Promise<void> {
  const changes: Change[] = [];
  for (const one of blocks(context.selection)) {
    const source = one.top === one.bottom ? one.top - 1 : one.top;
    if (source < 0) continue;
    const [first, ...others] = (await records(context, source, one.bottom)) ?? [];
    if (!first) continue;
    const values = valuesOf(first, columnsOf(context, one));
    for (const record of others) changes.push(...changesOf(record, values, context.sheet));
    if (one.bottom >= context.sheet.total() && others.length === 0) changes.push({ do: "insert", values, after: null });
  }
  await put(context, changes);
}

/** Puts the first column of each block into those at its right, or the column at the left into one chosen alone. */
export async function fillRight(context: GridContext): Promise<void> {
  const changes: Change[] = [];
  for (const one of blocks(context.selection)) {
    const source = context.columns[one.left === one.right ? one.left - 1 : one.left]?.field.column;
    if (source === undefined) continue;
    const columns = columnsOf(context, one).filter((column) => column !== source);
    for (const record of (await records(context, one.top, one.bottom)) ?? [])
      changes.push(...changesOf(record, same(columns, record.cells[source] ?? ""), context.sheet));
  }
  await put(context, changes);
}

export const valuesOf = (record: RecordView, columns: string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column) => [column, record.cells[column] ?? ""]));

/**
 * Continues the cells of a block in a larger block, as the fill handle does: down, up, to the right or to the left.
 * Rows behind the last record become records. `plain`: copies the values instead of continuing a series.
 */
export async function goOnInto(
  context: GridContext,
  source: Block,
  target: Block,
  plain = false,
): Promise<Selection | undefined> {
  const filled: Selection = {
    anchor: { row: source.top, col: source.left },
    focus: { row: target.bottom, col: target.right },
  };
  const all: Selection =
    target.top < source.top || target.left < source.left
      ? { anchor: { row: target.top, col: target.left }, focus: { row: source.bottom, col: source.right } }
      : filled;
  const changes =
    target.left === source.left && target.right === source.right
      ? await alongRows(context, source, target, plain)
      : await alongColumns(context, source, target, plain);
  if (!changes) return undefined;
  await put(context, changes);
  return all;
}

async function alongRows(context: GridContext, source: Block, target: Block, plain: boolean) {
  const { sheet } = context;
  const given = await records(context, source.top, source.bottom);
  if (!given?.length) return undefined;
  const back = target.top < source.top;
  const [from, to] = back ? [target.top, source.top - 1] : [source.bottom + 1, target.bottom];
  const taking = await records(context, from, to);
  if (!taking) return undefined;
  const wanted = to - from + 1;
  const rows: Record<string, string>[] = Array.from({ length: wanted }, () => ({}));
  for (const { field } of context.columns.slice(source.left, source.right + 1)) {
    const values = given.map((record) => record.cells[field.column] ?? "");
    const series = goOn(field, values, wanted, back, plain);
    if ("refused" in series) {
      context.refuse(series.refused);
      return undefined;
    }
    series.values.forEach((value, i) => {
      const row = rows[back ? wanted - 1 - i : i];
      if (row) row[field.column] = value;
    });
  }
  return rows.flatMap((values, i): Change[] => {
    const record = taking[i];
    return record ? changesOf(record, values, sheet) : [{ do: "insert", values, after: null }];
  });
}

async function alongColumns(context: GridContext, source: Block, target: Block, plain: boolean) {
  const back = target.left < source.left;
  const [from, to] = back ? [target.left, source.left - 1] : [source.right + 1, target.right];
  const taking = context.columns.slice(from, to + 1).map(({ field }) => field);
  const given = columnsOf(context, source);
  const found = await records(context, source.top, source.bottom);
  if (!found) return undefined;
  const changes: Change[] = [];
  for (const record of found) {
    // The cells of a record belong to different fields; the first cell decides how the series continues.
    const first = context.columns[source.left]?.field;
    const values = given.map((column) => record.cells[column] ?? "");
    const series = goOn(first, values, taking.length, back, plain);
    if ("refused" in series) {
      context.refuse(series.refused);
      return undefined;
    }
    const row: Record<string, string> = {};
    series.values.forEach((value, i) => {
      const field = taking[back ? taking.length - 1 - i : i];
      if (field) row[field.column] = value;
    });
    changes.push(...changesOf(record, row, context.sheet));
  }
  return changes;
}

/** The last row that a double click on the handle fills: down to where the next column is filled without a gap. */
export async function neighbourEnd(context: GridContext): Promise<number | undefined> {
  const { bottom, left, right } = block(context.selection);
  const beside = [context.columns[left - 1], context.columns[right + 1]].flatMap((one) => (one ? [one] : []));
  const last = Math.min(context.sheet.total() - 1, bottom + MOST);
  const found = await records(context, bottom, last);
  for (const { field } of beside) {
    const filled = (found ?? []).map((record) => (record.cells[field.column] ?? "") !== "");
    const gap = filled.indexOf(false, 1);
    const end = gap < 0 ? filled.length - 1 : gap - 1;
    if (end > 0) return bottom + end;
  }
  return undefined;
}

/**
 * Continues the values at the beginning of a chosen block through it, without the mouse. The source is its first rows,
 * as far as the first column is filled.
 */
export async function fillSeries(context: GridContext): Promise<void> {
  const whole = block(context.selection);
  const found = await records(context, whole.top, whole.bottom);
  const column = context.columns[whole.left]?.field.column ?? "";
  const gap = (found ?? []).findIndex((record) => !record.cells[column]);
  // A block that is already filled is continued from its first two rows.
  const source = gap > 0 ? gap : Math.min(2, Math.max(1, (found?.length ?? 1) - 1));
  const end = { ...whole, bottom: whole.top + source - 1 };
  if (end.bottom >= whole.bottom) return context.refuse("no-records");
  await goOnInto(context, end, whole);
}

/** Adds copies of the chosen records at the end. */
export async function duplicate(context: GridContext): Promise<Edited | undefined> {
  const { top, bottom } = block(context.selection);
  const found = await records(context, top, bottom);
  if (!found?.length) return undefined;
  const last = found.at(-1);
  // The copies come at the end, in the order of the originals.
  const changes = found
    .toReversed()
    .map(
      (record): Change => ({ do: "insert", values: record.cells, after: last ? context.sheet.real(last.row) : null }),
    );
  return context.sheet.apply(changes);
}

/** Adds an empty record behind the active one, before it, or at the end; shown at once. Returns its place. */
export function insertRow(context: GridContext, where: "after" | "before" | "end"): number {
  const { sheet, selection } = context;
  const row = Math.min(activeOf(selection).row, sheet.total()) - (where === "before" ? 1 : 0);
  const record = where === "end" ? undefined : sheet.at(row);
  // There is no record before the first one, so the book adds at the end; the grid shows it there, too.
  const index = record ? row + 1 : sheet.total();
  sheet.insertAt(index, record ? sheet.real(record.row) : null);
  return index;
}

/** Deletes the chosen records and returns how many. */
export async function deleteRows(context: GridContext): Promise<number> {
  const rows = new Set<number>();
  for (const { top, bottom } of blocks(context.selection))
    for (const record of (await records(context, top, bottom)) ?? []) rows.add(context.sheet.real(record.row));
  const changes = [...rows].filter((row) => row > 0).map((row): Change => ({ do: "delete", row }));
  if (changes.length === 0) return 0;
  return (await context.sheet.apply(changes)) ? changes.length : 0;
}
