/** Taking back a step that is not the newest: all steps after it are taken back, too. */
import { call, type StepView } from "../../ipc";

const PAGE = 200;

/** Whether undo would take this step back. */
const counts = (step: StepView) => !step.undone && step.kind !== "undo" && step.kind !== "redo";

/** How many steps must be taken back to take back `step`, too; undefined where the log does not have it. */
export async function stepsBack(step: number): Promise<number | undefined> {
  let back = 0;
  for (let offset = 0; ; offset += PAGE) {
    const page = await call("fill.history", { table: null, row: null, kind: null, offset, limit: PAGE });
    for (const one of page.steps) {
      if (counts(one)) back += 1;
      if (one.step === step) return counts(one) ? back : undefined;
    }
    if (offset + PAGE >= page.total) return undefined;
  }
}

export async function undoTo(step: number): Promise<void> {
  const count = await stepsBack(step);
  if (count) await call("fill.undo", { count, step: null });
}
