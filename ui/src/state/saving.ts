/** Whether everything typed is on disk, as the top bar shows at its right. */
import { useSyncExternalStore } from "react";

export interface Saving {
  /** Changes on their way. */
  pending: number;
  /** Changes that the program refused; their text still stands in the cells. */
  failed: number;
}

let now: Saving = { pending: 0, failed: 0 };
const watchers = new Set<() => void>();

function change(next: Saving) {
  now = next;
  for (const watcher of watchers) watcher();
}

/** Counts a change as on its way until it is settled. */
export async function saving<T>(change_: Promise<T>): Promise<T> {
  change({ ...now, pending: now.pending + 1 });
  try {
    return await change_;
  } finally {
    change({ ...now, pending: now.pending - 1 });
  }
}

/** Sets how many cells hold text that could not be saved. */
export function setFailed(failed: number) {
  if (failed !== now.failed) change({ ...now, failed });
}

export function useSaving(): Saving {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => now,
  );
}
