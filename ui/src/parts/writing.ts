/** Writing a file that the clerk names: asks where, shows that it is busy, and says what was written. */
import { useState } from "react";

import { chooseSave, type FileKind, handOver } from "../ipc";
import { useSay } from "./say";

export function useWriting() {
  const say = useSay();
  const [busy, setBusy] = useState(false);

  /** `make` writes the file and returns the message about it. */
  async function write(name: string, kind: FileKind, make: (path: string) => Promise<string>) {
    const path = await chooseSave(name, [kind]);
    if (!path) return;
    setBusy(true);
    try {
      const words = await make(path);
      handOver(path);
      say.done(words);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  }

  return { busy, write };
}
