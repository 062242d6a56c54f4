/** Whether everything typed is on disk, as the top bar shows at its right. */
import { useSyncExternalStore } from "react";

export interface Saving {
  /** Number of changes that are being saved. */
  pending: number;
  /** Number of changes that the program refused; their text is still shown in the cells. */
  failed: number;
}

let now: Saving = { pending: 0, failed: 0 };
const watchers = new Set<() => void>();
// Refused cells of each table: a table that is not on screen keeps its own.
const failures = new Map<string, number>();
let writing = false;

function change(next: Saving) {
  now = next;
  for (const watcher of watchers) watcher();
}

/** Counts a change as pending until it has succeeded or failed. */
export async function saving<T>(change_: Promise<T>): Promise<T> {
  change({ ...now, pending: now.pending + 1 });
  try {
    return await change_;
  } finally {
    change({ ...now, pending: now.pending - 1 });
  }
}

/** Sets how many cells of a table hold text that could not be saved. */
export function setFailed(table: string, cells: number) {
  if (cells > 0) failures.set(table, cells);
  else failures.delete(table);
  const failed = [...failures.values()].reduce((sum, one) => sum + one, 0);
  if (failed !== now.failed) change({ ...now, failed });
}

/** Sets whether a text is being typed. */
export function setWriting(on: boolean) {
  writing = on;
}

const forgetters = new Set<() => void>();

/** Hears that the clerk gave up what could not be saved. */
export function onForget(forget: () => void) {
  forgetters.add(forget);
}

/** Gives up all text that could not be saved, as the clerk has agreed to. */
export function forget() {
  for (const one of forgetters) one();
  failures.clear();
  change({ ...now, failed: 0 });
}

/** Whether something would be lost if the page went away now. */
export const isUnsaved = (): boolean => writing || now.pending > 0 || now.failed > 0;

export function useSaving(): Saving {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => now,
  );
}
