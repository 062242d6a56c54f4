/** A name that follows the title until the clerk writes one: `X_` and the initials. */
import { useEffect, useRef } from "react";

import { call } from "../../../ipc";

/** Pause in typing after which a name is asked for, in ms. */
const PAUSE = 250;

export function useProposed(title: string, name: string, taken: string[], fixed: boolean, put: (name: string) => void) {
  const proposed = useRef(name === "" ? "" : undefined);
  const latest = useRef({ name, taken, put });
  latest.current = { name, taken, put };

  useEffect(() => {
    if (fixed || title.trim() === "" || proposed.current === undefined) return;
    let wanted = true;
    const timer = setTimeout(() => {
      // What the clerk wrote stays.
      if (latest.current.name !== proposed.current) return;
      void call("overlay.name", { title, taken: latest.current.taken }).then(
        (answer) => {
          if (!wanted || latest.current.name !== proposed.current) return;
          proposed.current = answer.name;
          latest.current.put(answer.name);
        },
        () => undefined,
      );
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [title, fixed]);
}
