/** Text that was typed and is not in the book: its cell, and why it could not be saved. */
import type { CallFailure } from "../ipc";

/** Text in a cell that is not (or could not be) saved. */
export interface Typed {
  text: string;
  /** Name of the code chosen, to show it at once. */
  name: string;
  error: CallFailure | undefined;
}

/** A typed text with the place it belongs to. */
export interface TypedCell extends Typed {
  row: number;
  column: string;
}

export interface Unsaved {
  of(row: number): ReadonlyMap<string, Typed> | undefined;
  get(row: number, column: string): Typed | undefined;
  set(row: number, column: string, cell: Typed | undefined): void;
  /** Gives the text of one record to another number. */
  rename(from: number, to: number, kept: (column: string, cell: Typed) => boolean): void;
  all(): TypedCell[];
  /** Cells that were refused. */
  failures(): number;
}

export function createUnsaved(): Unsaved {
  const typed = new Map<number, Map<string, Typed>>();
  const all = (): TypedCell[] =>
    [...typed].flatMap(([row, cells]) => [...cells].map(([column, cell]) => ({ ...cell, row, column })));
  return {
    of: (row) => typed.get(row),
    get: (row, column) => typed.get(row)?.get(column),
    set(row, column, cell) {
      // A new map each time, so that a row can be compared by identity.
      const cells = new Map(typed.get(row));
      if (cell) cells.set(column, cell);
      else cells.delete(column);
      if (cells.size > 0) typed.set(row, cells);
      else typed.delete(row);
    },
    rename(from, to, kept) {
      const moving = [...(typed.get(from) ?? [])].filter(([column, cell]) => kept(column, cell));
      typed.delete(from);
      if (moving.length > 0) typed.set(to, new Map(moving));
    },
    all,
    failures: () => all().filter(({ error }) => error).length,
  };
}
