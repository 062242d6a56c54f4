/** The sheet of a table in one view: which records, in which order. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { Changed, View } from "../../ipc";
import type { Sheet } from "../../grid/sheet";
import { useChanges } from "../../state/calls";
import type { Readings } from "../../state/reading";
import { type Hearing, sheetOf, show } from "./sheets";

/** The time in ms in which changes by others are collected before the records are read again. */
const REFRESH_MS = 120;

/** What the clerk chose to see. */
export type Arrangement = Pick<View, "filters" | "sort" | "only_findings" | "rule" | "level" | "states">;

export const ALL: Arrangement = { filters: [], sort: [], only_findings: false, rule: null, level: null, states: [] };

/** All records of a table in the order of entry. */
export const allOf = (table: string): View => ({ table, ...ALL, find: "" });

/** Whether records are left out. */
export function leavesOut({ filters, only_findings, rule, level, states }: Arrangement): boolean {
  return filters.length > 0 || only_findings || rule !== null || level !== null || states.length > 0;
}

/** Whether records are left out or in another order than entered. */
export function isArranged(arrangement: Arrangement): boolean {
  return arrangement.sort.length > 0 || leavesOut(arrangement);
}

export interface ViewOfTable {
  sheet: Sheet;
  readings: Readings;
  arrangement: Arrangement;
  arrange(arrangement: Partial<Arrangement>): void;
  /** Shows everything in the order of entry. */
  showAll(): void;
}

export function useTable(book: string, table: string, hearing: Hearing): ViewOfTable {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const entry = useMemo(() => sheetOf(book, table, allOf(table), hearing), [book, table, hearing]);
  const { sheet } = entry;
  const [arrangement, setArrangement] = useState<Arrangement>(() => partOf(entry.view));

  useEffect(() => {
    entry.hearing = hearing;
    return show(book, table, entry);
  }, [book, table, entry, hearing]);

  const arrange = useCallback(
    (part: Partial<Arrangement>) => {
      entry.before = entry.view;
      entry.view = { ...entry.view, ...part };
      setArrangement(partOf(entry.view));
      sheet.restart();
    },
    [entry, sheet],
  );

  // Sorting or filtering that the clerk ended: what was shown before is shown again.
  entry.cancelled = () => {
    const { before } = entry;
    entry.view = before;
    setArrangement(partOf(before));
    sheet.restart();
  };

  const onChange = useCallback(
    (changed: Changed) => {
      if (changed.what === "tables" && !changed.tables.includes(table)) return;
      if (changed.what === "book") return;
      // The event may come before the answer of the call that caused it.
      void sheet.settled().then(() => {
        // Under a filter or an order, a record that was just typed into must not jump away from the cursor.
        if (changed.what === "tables" && sheet.isOwn(changed.step) && isArranged(partOf(entry.view))) return;
        clearTimeout(timer.current);
        timer.current = setTimeout(sheet.refresh, REFRESH_MS);
      });
    },
    [sheet, table, entry],
  );
  useChanges(onChange);
  useEffect(() => () => clearTimeout(timer.current), []);

  const showAll = useCallback(() => {
    if (isArranged(partOf(entry.view))) arrange(ALL);
  }, [arrange, entry]);

  const { readings } = entry;
  return useMemo(
    () => ({ sheet, readings, arrangement, arrange, showAll }),
    [sheet, readings, arrangement, arrange, showAll],
  );
}

const partOf = ({ filters, sort, only_findings, rule, level, states }: View): Arrangement => ({
  filters,
  sort,
  only_findings,
  rule,
  level,
  states,
});
