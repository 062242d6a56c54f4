/** All own additions of the open book, and saving them as a whole. */
import { useState } from "react";

import { call, type CallError, CallFailure, type Overlay } from "../../../ipc";
import { type Answer, useCall } from "../../../state/calls";
import { saving } from "../../../state/saving";

export interface Additions {
  answer: Answer<Overlay>;
  /** Parts that have no place in the edition as it is. */
  problems: CallError[];
  busy: boolean;
  /** Saves what `change` makes of the additions; answers with the refusal, if there is one. */
  save(change: (overlay: Overlay) => Overlay): Promise<CallFailure | undefined>;
}

export function useOverlay(): Additions {
  const answer = useCall("overlay.get", {});
  const problems = useCall("overlay.problems", {}).data?.problems ?? [];
  const [busy, setBusy] = useState(false);
  return {
    answer,
    problems,
    busy,
    async save(change) {
      if (!answer.data) return undefined;
      setBusy(true);
      try {
        await saving(call("overlay.save", change(answer.data)));
        return undefined;
      } catch (error) {
        return error instanceof CallFailure ? error : new CallFailure({ code: "program.failed", params: {} });
      } finally {
        setBusy(false);
      }
    },
  };
}
