/** The one request for the quality of the data that all parts of the view share, and how far its answer is. */
import { useEffect, useState } from "react";

import { call, on, type Progress } from "../../ipc";
import { nextJob } from "../../state/jobs";

/** Every record is read for it, so that it has a job number. */
export const QUALITY = { period: null, department: null, digest: false, job: nextJob() };

export const endMeasuring = () => void call("job.cancel", { job: QUALITY.job }).catch(() => {});

/** How far the reading is; undefined before the first report. */
export function useMeasuring(): Progress | undefined {
  const [progress, setProgress] = useState<Progress>();
  useEffect(() => on("progress", (report) => report.job === QUALITY.job && setProgress(report)), []);
  return progress;
}
