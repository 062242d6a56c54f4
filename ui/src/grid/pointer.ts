/** What a press or a move of the pointer means: which cell is below it, and what becomes chosen. Pure. */
import { type Column, columnAt, NUMBERS } from "./columns";
import * as select from "./selection";
import type { Selection, Size, Spot } from "./selection";
import { rowAt, type Sight } from "./window";

/** The parts of the grid: cells, row numbers at the left, titles above, and the corner between them. */
export type Part = "cells" | "rows" | "columns" | "corner";

/** How the grid is drawn now. */
export interface Layout {
  sight: Sight;
  columns: Column[];
  headHeight: number;
  frozenWidth: number;
  scrollLeft: number;
}

/** The cell at a place inside the grid's box, whatever is drawn above it. */
export function spotAt(layout: Layout, x: number, y: number): { spot: Spot; part: Part } {
  const { sight, columns, headHeight, frozenWidth, scrollLeft } = layout;
  const below = y - headHeight;
  const inner = x - NUMBERS < frozenWidth ? x - NUMBERS : x - NUMBERS + scrollLeft;
  const spot = { row: rowAt(sight, Math.max(0, below)), col: columnAt(columns, Math.max(0, inner)) };
  const part = below < 0 ? (x < NUMBERS ? "corner" : "columns") : x < NUMBERS ? "rows" : "cells";
  return { spot, part };
}

/** What is chosen by a press; with `extend` (Shift) the corner that stays is kept. `records`: without the blank row. */
export function pressed(
  selection: Selection,
  { spot, part }: { spot: Spot; part: Part },
  extend: boolean,
  size: Size,
  records: number,
): Selection {
  const start = extend ? selection.anchor : spot;
  switch (part) {
    case "corner":
      return select.everything(size, records);
    case "columns":
      return { anchor: { row: 0, col: start.col }, focus: { row: Math.max(0, records - 1), col: spot.col } };
    case "rows":
      return select.wholeRows(start.row, spot.row, size);
    case "cells":
      return extend ? select.extendTo(selection, spot, size) : select.at(spot.row, spot.col);
  }
}

/** What is chosen when the pointer has been drawn to a cell. */
export function dragged(selection: Selection, part: Part, spot: Spot, size: Size, records: number): Selection {
  const focus =
    part === "rows"
      ? { row: spot.row, col: size.cols - 1 }
      : part === "columns"
        ? { row: Math.max(0, records - 1), col: spot.col }
        : spot;
  return { anchor: selection.anchor, focus };
}
