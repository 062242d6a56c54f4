/** Long work: a number for the job, its progress, and a way to stop it. */
import { useCallback, useEffect, useRef, useState } from "react";

import { call, on, type Progress } from "../ipc";

let last = 0;

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
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress>();
  const current = useRef(0);

  useEffect(() => on("progress", (report) => report.job === current.current && setProgress(report)), []);

  const run = useCallback(async <T>(work: (job: number) => Promise<T>): Promise<T> => {
    const job = nextJob();
    current.current = job;
    setProgress(undefined);
    setRunning(true);
    try {
      return await work(job);
    } finally {
      if (current.current === job) {
        current.current = 0;
        setRunning(false);
      }
    }
  }, []);

  const cancel = useCallback(() => {
    if (current.current) void call("job.cancel", { job: current.current });
  }, []);

  return { running, progress, run, cancel };
}
