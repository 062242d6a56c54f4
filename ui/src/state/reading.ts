/** Calls that may have to look at every record of a table: their progress, and the way to cancel them. */
import { useSyncExternalStore } from "react";

import { call, on, type Progress } from "../ipc";
import { nextJob } from "./jobs";

export interface Reading {
  progress: Progress;
  cancel(): void;
}

/** Where the calls of one table report to; of several the newest one is shown. */
export type Readings = ReturnType<typeof createReadings>;

export function createReadings() {
  const watchers = new Set<() => void>();
  const running = new Map<number, Reading | undefined>();
  let shown: Reading | undefined;

  function changed() {
    shown = [...running.values()].findLast((one) => one !== undefined);
    for (const watcher of watchers) watcher();
  }

  return {
    subscribe(watcher: () => void) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    now: () => shown,
    /** Runs a call with a job number; `cancelled` is called where the clerk ends it. */
    async run<T>(work: (job: number) => Promise<T>, cancelled: () => void = () => {}): Promise<T> {
      const job = nextJob();
      const cancel = () => {
        void call("job.cancel", { job }).catch(() => {});
        cancelled();
      };
      running.set(job, undefined);
      const end = on("progress", (progress) => {
        if (progress.job !== job || !running.has(job)) return;
        running.set(job, { progress, cancel });
        changed();
      });
      try {
        return await work(job);
      } finally {
        end();
        running.delete(job);
        changed();
      }
    },
  };
}

export const useReading = (readings: Readings): Reading | undefined =>
  useSyncExternalStore(readings.subscribe, readings.now);

/** Whether a call failed because the clerk ended it, which needs no words. */
export const isCancelled = (error: unknown): boolean =>
  (error as { code?: string } | undefined)?.code === "job.cancelled";
