/** Telling the clerk how something ended, in one place of the screen. */
import { App } from "antd";
import { useMemo } from "react";

import { CallFailure } from "../ipc";
import { errorWords } from "../text";

export interface Say {
  done(words: string): void;
  note(words: string): void;
  failed(error: unknown): void;
}

export function useSay(): Say {
  const { message } = App.useApp();
  return useMemo(
    () => ({
      done: (words) => void message.success(words),
      // One note takes the place of the last: who undoes five times need not read five.
      note: (words) => void message.info({ content: words, key: "note", duration: 3 }),
      failed: (error) => {
        const known = error instanceof CallFailure ? error : { code: "program.failed", params: {} };
        // What the clerk stopped is no error.
        if (known.code === "job.cancelled") void message.info(errorWords(known));
        else void message.error({ content: errorWords(known), duration: 6 });
      },
    }),
    [message],
  );
}
