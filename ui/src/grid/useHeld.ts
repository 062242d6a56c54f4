/**
 * The cursor belongs to a record, not to a row number: when records move (because of a sort, a filter, a deletion in
 * another window or an undo), it moves with its record, and so does what is being typed.
 */
import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from "react";

import { activeOf, at, type Selection } from "./selection";
import type { Sheet } from "./sheet";

interface Held {
  selection: Selection;
  /** The record of the active cell; undefined on the blank row, or if it is not loaded. */
  row: number | undefined;
  generation: number;
  looking: boolean;
}

/**
 * `locate` finds the position of a record that is not loaded. Returns the record that the active cell belongs to, also
 * while records are moving.
 */
export function useHeld(
  sheet: Sheet,
  selection: Selection,
  setSelection: (selection: Selection) => void,
  locate: (row: number) => Promise<number | undefined>,
): () => number | undefined {
  const version = useSyncExternalStore(sheet.subscribe, sheet.version);
  const held = useRef<Held>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of the sheet may have moved the record
  useLayoutEffect(() => {
    const index = activeOf(selection).row;
    const here = sheet.at(index)?.row;
    const generation = sheet.generation();
    const was = held.current;
    if (!was || was.selection !== selection) {
      held.current = { selection, row: here, generation, looking: false };
      return;
    }
    if (was.row === undefined) {
      was.row = here;
      was.generation = generation;
      return;
    }
    const row = sheet.real(was.row);
    if (here === row) {
      was.row = row;
      was.generation = generation;
      return;
    }
    // Only its page was dropped from memory: its place is still right.
    if (here === undefined && generation === was.generation && index < sheet.total()) return;
    const goTo = (found: number) => {
      // Insertions and deletions move a block as a whole; another order spreads its cells, so one cell stays chosen.
      const next =
        generation === was.generation ? shifted(selection, found - index) : at(found, activeOf(selection).col);
      held.current = { selection: next, row, generation, looking: false };
      setSelection(next);
    };
    const near = sheet.indexOf(row);
    if (near !== undefined) return goTo(near);
    if (was.looking) return;
    was.looking = true;
    void locate(row).then(
      (found) => {
        if (held.current !== was) return;
        was.looking = false;
        if (found !== undefined) return goTo(found);
        // The record was deleted or is not in this view: the cursor stays at its place, on the record that is there now.
        const last = Math.max(0, sheet.total() - 1);
        was.row = sheet.at(Math.min(index, last))?.row;
        was.generation = generation;
        if (index > last) setSelection(at(last, activeOf(selection).col));
      },
      () => {
        was.looking = false;
      },
    );
  }, [version, selection, sheet]);

  return useCallback(() => {
    const row = held.current?.row;
    return row === undefined ? undefined : sheet.real(row);
  }, [sheet]);
}

function shifted(selection: Selection, by: number): Selection {
  const spot = ({ row, col }: { row: number; col: number }) => ({ row: Math.max(0, row + by), col });
  const { anchor, focus, active, more, ...others } = selection;
  return {
    ...others,
    anchor: spot(anchor),
    focus: spot(focus),
    ...(active ? { active: spot(active) } : {}),
    ...(more ? { more: more.map((one) => ({ ...one, top: one.top + by, bottom: one.bottom + by })) } : {}),
  };
}
