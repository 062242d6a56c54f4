/** What lies over the grid: marks at its scroll bar, the progress of long reading, and why it is empty. */
import { useSyncExternalStore } from "react";

import type { View } from "../../ipc";
import { Marks } from "./Marks";
import { NoMatch } from "./NoMatch";
import { ReadingBar } from "./ReadingBar";
import { isArranged, type ViewOfTable } from "./useTable";

export function OverGrid({ shown, view, goTo }: { shown: ViewOfTable; view: View; goTo(row: number): void }) {
  const { sheet, readings, arrangement } = shown;
  useSyncExternalStore(sheet.subscribe, sheet.version);
  return (
    <>
      <Marks view={view} sheet={sheet} goTo={goTo} />
      <ReadingBar readings={readings} />
      {sheet.known() && sheet.total() === 0 && isArranged(arrangement) && <NoMatch table={view.table} />}
    </>
  );
}
