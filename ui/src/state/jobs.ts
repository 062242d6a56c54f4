/** Long work: a number for the job, its progress, and a way to stop it. */
import { useCallback, useEffect, useRef, useState } from "react";

import { call, on, type Progress } from "../ipc";

let last = 0;
let running = 0;

/** Whether some long work is going on, on this screen or another. */
export const isWorking = (): boolean => running > 0;

/** A number for a long call that no other has. */
export const nextJob = (): number => ++last;

export interface Job {
  running: boolean;
  /** Undefined until the first report comes. */
  progress: Progress | undefined;
  /** Runs `work` with a job number; jobs do not queue, so screens disable their buttons while `running`. */
  run<T>(work: (job: number) => Promise<T>): Promise<T>;
  cancel(): void;
}

export function useJob(): Job {
  const [isRunning, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress>();
  const current = useRef(0);

  useEffect(() => on("progress", (report) => report.job === current.current && setProgress(report)), []);

  const run = useCallback(async <T>(work: (job: number) => Promise<T>): Promise<T> => {
    const job = nextJob();
    current.current = job;
    setProgress(undefined);
    setRunning(true);
    running += 1;
    try {
      return await work(job);
    } finally {
      running -= 1;
      if (current.current === job) {
        current.current = 0;
        setRunning(false);
      }
    }
  }, []);

  const cancel = useCallback(() => {
    if (current.current) void call("job.cancel", { job: current.current });
  }, []);

  return { running: isRunning, progress, run, cancel };
}
