/**
 * The steps of the log that were made in this window since it was opened, table by table: what Ctrl+Z takes back and
 * Ctrl+Y makes again. Older steps and those of others are taken back from the history.
 */
import type { BookHead } from "../ipc";

interface Walk {
  done: number[];
  undone: number[];
}

const walks = new Map<string, Walk>();

function of(table: string): Walk {
  const known = walks.get(table);
  if (known) return known;
  const walk = { done: [], undone: [] };
  walks.set(table, walk);
  return walk;
}

/** A book as one name: the same file in another edition is another book. */
export const bookName = ({ edition, path }: BookHead): string => `${edition} ${path}`;

/** A table of a book as one name. */
export const tableName = (book: string, table: string): string => `${book} ${table}`;

/** A step was made in a table. What was taken back before can no longer be made again. `table` names the book, too. */
export function made(table: string, step: number) {
  const walk = of(table);
  walk.done.push(step);
  // After a new step nothing can be made again in any table, because all tables share one log.
  for (const one of walks.values()) one.undone = [];
}

export const lastDone = (table: string): number | undefined => of(table).done.at(-1);

export const lastUndone = (table: string): number | undefined => of(table).undone.at(-1);

/** A step was taken back, or turned out to be one that can no longer be. */
export function tookBack(table: string, step: number, again: boolean) {
  const walk = of(table);
  walk.done = walk.done.filter((one) => one !== step);
  if (again) walk.undone.push(step);
}

/** A step was made again, or turned out to be one that can no longer be. */
export function madeAgain(table: string, step: number, done: boolean) {
  const walk = of(table);
  walk.undone = walk.undone.filter((one) => one !== step);
  if (done) walk.done.push(step);
}
