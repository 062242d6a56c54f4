/** Prevents the browser from printing, reloading or searching the page by its own keys, wherever the focus is. */
import { useEffect } from "react";

import { NEVER_THE_BROWSERS } from "../grid/keyTable";
import { nameOf } from "../grid/keys";
import { hasDrafts } from "./drafts";
import { isUnsaved } from "./saving";

/** Calls `onKey` with the name of each such key that no other listener has handled. */
export function useBrowserKeys(onKey: (name: string) => void) {
  useEffect(() => {
    const kept = (event: KeyboardEvent) => {
      const name = nameOf({
        key: event.key,
        ctrl: event.ctrlKey || event.metaKey,
        shift: event.shiftKey,
        alt: event.altKey,
      });
      if (!NEVER_THE_BROWSERS.has(name)) return;
      const answered = event.defaultPrevented;
      event.preventDefault();
      if (!answered) onKey(name);
    };
    const leaving = (event: BeforeUnloadEvent) => {
      if (isUnsaved() || hasDrafts()) event.preventDefault();
    };
    window.addEventListener("keydown", kept);
    window.addEventListener("beforeunload", leaving);
    return () => {
      window.removeEventListener("keydown", kept);
      window.removeEventListener("beforeunload", leaving);
    };
  }, [onKey]);
}
