/** The sheet of a table in one view: which records, in which order. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { call, type Changed, type Filter, type Sort, type View } from "../../ipc";
import { openSheet, type Sheet } from "../../grid/sheet";
import { useSay } from "../../parts/say";
import { useChanges } from "../../state/calls";
import { saving, setFailed } from "../../state/saving";

/** How long changes by others wait for more of them before the records are read again, in ms. */
const REFRESH_MS = 120;

/** What the clerk chose to see. */
export interface Arrangement {
  filters: Filter[];
  sort: Sort[];
  only_findings: boolean;
  find: string;
}

export const ALL: Arrangement = { filters: [], sort: [], only_findings: false, find: "" };

/** Whether records are left out or in another order than entered. */
export function isArranged(arrangement: Arrangement): boolean {
  return (
    arrangement.filters.length > 0 ||
    arrangement.sort.length > 0 ||
    arrangement.only_findings ||
    arrangement.find !== ""
  );
}

export interface ViewOfTable {
  sheet: Sheet;
  arrangement: Arrangement;
  arrange(arrangement: Partial<Arrangement>): void;
  /** Shows everything in the order of entry. */
  showAll(): void;
}

export function useView(table: string): ViewOfTable {
  const say = useSay();
  const [arrangement, setArrangement] = useState<Arrangement>(ALL);
  const view = useRef<View>({ table, ...ALL });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const sheet = useMemo(
    () =>
      openSheet(
        () => ({
          page: (offset, limit) => call("fill.page", { view: view.current, offset, limit }),
          edit: (changes) => call("fill.edit", { table, changes }),
          paste: (rows, columns, cells) => call("fill.paste", { table, rows, columns, cells }),
        }),
        { saving, failed: setFailed, refused: say.failed },
      ),
    [table, say],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another sheet begins without refused cells
  useEffect(() => () => setFailed(0), [sheet]);

  const arrange = useCallback(
    (part: Partial<Arrangement>) => {
      view.current = { ...view.current, ...part };
      const { filters, sort, only_findings, find } = view.current;
      setArrangement({ filters, sort, only_findings, find });
      sheet.restart();
    },
    [sheet],
  );

  const onChange = useCallback(
    (changed: Changed) => {
      if (changed.what === "tables" && !changed.tables.includes(table)) return;
      if (changed.what === "book") return;
      // The event may come before the answer of the call that caused it.
      void sheet.settled().then(() => {
        // Under a filter or an order, a record that was just typed into must not jump away from the cursor.
        if (changed.what === "tables" && sheet.isOwn(changed.step) && isArranged(view.current)) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(sheet.refresh, REFRESH_MS);
      });
    },
    [sheet, table],
  );
  useChanges(onChange);
  useEffect(() => () => clearTimeout(timer.current), []);

  const showAll = useCallback(() => {
    if (isArranged(view.current)) arrange(ALL);
  }, [arrange]);

  return useMemo(() => ({ sheet, arrangement, arrange, showAll }), [sheet, arrangement, arrange, showAll]);
}
