/**
 * The cursor stands on a record, not on a row number: when records move (sorted, filtered, found, deleted by another
 * window, put back), it goes with its record, and so do what is being typed and the blocks that are chosen.
 */
import { useCallback, useLayoutEffect, useRef, useSyncExternalStore } from "react";

import { chosenRows, followed } from "./held";
import { activeOf, at, type Selection } from "./selection";
import type { Sheet } from "./sheet";

interface Held {
  selection: Selection;
  /** The record of the active cell; undefined on the blank row, or if it is not loaded. */
  row: number | undefined;
  /** The records of each block. */
  rows: (number[] | undefined)[];
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
    const hold = (chosen: Selection, row: number | undefined) => {
      held.current = { selection: chosen, row, rows: chosenRows(sheet, chosen), generation, looking: false };
    };
    if (!was || was.selection !== selection) return hold(selection, here);
    // Records that another window puts between the chosen ones, or takes away, must not let a block end elsewhere.
    const same = generation === was.generation;
    const next = same ? followed(sheet, selection, was.rows, was.row) : undefined;
    if (next) {
      hold(next, sheet.at(activeOf(next).row)?.row);
      return setSelection(next);
    }
    if (was.row === undefined) return hold(selection, here);
    const row = sheet.real(was.row);
    if (here === row) {
      const rows = same && was.rows.every((one) => one) ? was.rows : chosenRows(sheet, selection);
      held.current = { ...was, row, rows, generation };
      return;
    }
    // Its page has only been let go: the place still counts.
    if (here === undefined && same && index < sheet.total()) return;
    const goTo = (found: number) => {
      // A block moves along with insertions and deletions; after another order its other cells are somewhere else.
      const moved = same ? shifted(selection, found - index) : at(found, activeOf(selection).col);
      hold(moved, row);
      setSelection(moved);
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
        // The record was deleted or is not in this view: the cursor stays at its place.
        const last = Math.max(0, sheet.total() - 1);
        hold(selection, sheet.at(Math.min(index, last))?.row);
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
