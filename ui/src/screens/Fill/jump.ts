/** Finding the place of a record, and the next cell that has a finding. */
import type { Column } from "../../grid/columns";
import type { Spot } from "../../grid/selection";
import { call, type NextFinding, type View } from "../../ipc";

/** Goes to a cell of a record; the position (from 1) of the record in its table saves looking it up. */
export type Jump = (row: number, column: string | null, position?: number | null) => Promise<void>;

/** Position of a record in a view, from 0; undefined if the view does not contain it. */
export async function locate(view: View, row: number): Promise<number | undefined> {
  return (await call("fill.position", { view, row })).position ?? undefined;
}

/** The finding behind (or before) a cell in a view, in reading order; after the last one the first. */
export function nextFinding(
  view: View,
  columns: Column[],
  from: Spot,
  row: number | undefined,
  back: boolean,
): Promise<NextFinding | null> {
  return call("fill.next_finding", {
    view,
    columns: columns.map(({ field }) => field.column),
    row: row !== undefined && row > 0 ? row : null,
    position: from.row,
    column: columns[from.col]?.field.column ?? null,
    back,
  });
}
