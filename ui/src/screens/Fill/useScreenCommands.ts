/** Keys that work wherever the focus is on the filling screen. */
import { useEffect, useRef } from "react";

import type { Command } from "../../grid/keys";
import { fromAnywhere } from "./fromAnywhere";
import { walkRegions } from "./regions";

/** What is typed while nothing has the focus goes to the grid; commands of the screen work wherever it is. */
export function useScreenCommands(focus: () => void, onCommand: (command: Command) => void) {
  const latest = useRef(onCommand);
  latest.current = onCommand;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (walkRegions(event)) return event.preventDefault();
      if (document.activeElement === document.body) return focus();
      if (document.activeElement?.closest(".grid, .ant-modal, [role=dialog]")) return;
      const wanted = fromAnywhere(event);
      if (!wanted) return;
      event.preventDefault();
      latest.current(wanted);
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [focus]);
}
