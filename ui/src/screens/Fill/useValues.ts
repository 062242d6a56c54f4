/** The values of a column with how often each stands there. Reading them may take long: its progress is shown over the
 * grid, and it ends when the clerk cancels it, asks for others, or closes the menu. */
import { useEffect, useState } from "react";

import { call, type ColumnValue, type RequestOf } from "../../ipc";
import { isCancelled, type Readings } from "../../state/reading";

export interface Values {
  /** Undefined while nothing was read yet. */
  found: ColumnValue[] | undefined;
  /** Whether the clerk ended the reading. */
  ended: boolean;
}

export function useValues(
  readings: Readings,
  request: Omit<RequestOf<"fill.values">, "job">,
  failed: (error: unknown) => void,
): Values {
  const [values, setValues] = useState<Values>({ found: undefined, ended: false });
  const key = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: how a failure is told does not change what is read
  useEffect(() => {
    let running: number | undefined;
    let left = false;
    const read = (job: number) => {
      running = job;
      return call("fill.values", { ...(JSON.parse(key) as typeof request), job });
    };
    readings
      .run(read)
      .then(
        (answer) => left || setValues({ found: answer.values, ended: false }),
        (error: unknown) => {
          if (left) return;
          if (isCancelled(error)) setValues({ found: undefined, ended: true });
          else failed(error);
        },
      )
      .finally(() => {
        running = undefined;
      });
    return () => {
      left = true;
      if (running !== undefined) void call("job.cancel", { job: running }).catch(() => {});
    };
  }, [readings, key]);
  return values;
}
