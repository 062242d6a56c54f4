/** Short messages to the clerk about the end of an action, at one place of the screen. */
import { App } from "antd";
import { useMemo } from "react";

import { CallFailure } from "../ipc";
import { errorWords } from "../text";

export interface Say {
  done(words: string): void;
  /** A note about undoing and redoing replaces the last one of its kind, so that five steps do not show five notes. */
  note(words: string, about?: "step"): void;
  failed(error: unknown): void;
}

export function useSay(): Say {
  const { message } = App.useApp();
  return useMemo(
    () => ({
      done: (words) => void message.success(words),
      // One note at a time; but a note about an undo, which may come late, does not replace the reason of a refusal.
      note: (words, about) => void message.info({ content: words, key: about ?? "note", duration: 3 }),
      failed: (error) => {
        const known = error instanceof CallFailure ? error : { code: "program.failed", params: {} };
        // A job that the clerk stopped has not failed.
        if (known.code === "program.unreachable") return; // The lasting notice of the frame says it.
        if (known.code === "job.cancelled") void message.info(errorWords(known));
        else void message.error({ content: errorWords(known), duration: 6 });
      },
    }),
    [message],
  );
}
