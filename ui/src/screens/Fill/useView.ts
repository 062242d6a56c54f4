/** The sheet of a table in one view: which records, in which order. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { call, type Changed, type Filter, type Sort, type View } from "../../ipc";
import { openSheet, type Sheet } from "../../grid/sheet";
import { useSay } from "../../parts/say";
import { useChanges } from "../../state/calls";
import { saving, setFailed } from "../../state/saving";

/** What the clerk chose to see. */
export interface Seen {
  filters: Filter[];
  sort: Sort[];
  only_findings: boolean;
  find: string;
}

export const ALL: Seen = { filters: [], sort: [], only_findings: false, find: "" };

/** Whether records are left out or in another order than entered. */
export function isArranged(seen: Seen): boolean {
  return seen.filters.length > 0 || seen.sort.length > 0 || seen.only_findings || seen.find !== "";
}

export interface ViewOfTable {
  sheet: Sheet;
  seen: Seen;
  see(seen: Partial<Seen>): void;
  /** Shows everything in the order of entry. */
  seeAll(): void;
}

export function useView(table: string): ViewOfTable {
  const say = useSay();
  const [seen, setSeen] = useState<Seen>(ALL);
  const view = useRef<View>({ table, ...ALL });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const sheet = useMemo(
    () =>
      openSheet(
        () => ({
          page: (offset, limit) => call("fill.page", { view: view.current, offset, limit }),
          edit: (changes) => call("fill.edit", { table, changes }),
          paste: (offset, columns, cells) => call("fill.paste", { view: view.current, offset, columns, cells }),
        }),
        { saving, failed: setFailed, refused: say.failed },
      ),
    [table, say],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another sheet begins without refused cells
  useEffect(() => () => setFailed(0), [sheet]);

  const see = useCallback(
    (part: Partial<Seen>) => {
      view.current = { ...view.current, ...part };
      const { filters, sort, only_findings, find } = view.current;
      setSeen({ filters, sort, only_findings, find });
      sheet.restart();
    },
    [sheet],
  );

  const heard = useCallback(
    (changed: Changed) => {
      if (changed.what === "tables" && !changed.tables.includes(table)) return;
      if (changed.what === "book") return;
      // Under a filter or an order, a record that was just typed into must not jump away from the cursor.
      if (sheet.ownEcho() && isArranged(view.current)) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(sheet.refresh, 120);
    },
    [sheet, table],
  );
  useChanges(heard);
  useEffect(() => () => clearTimeout(timer.current), []);

  const seeAll = useCallback(() => {
    if (isArranged(view.current)) see(ALL);
  }, [see]);

  return useMemo(() => ({ sheet, seen, see, seeAll }), [sheet, seen, see, seeAll]);
}
