/** What a press or a move of the pointer means: which cell is below it, and what is chosen by it. */
import { type Column, columnAt, NUMBERS } from "./columns";
import * as select from "./selection";
import type { Block, Selection, Size, Spot } from "./selection";
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

/**
 * What is chosen by a press; with `extend` (Shift) the corner that stays is kept, with `add` (Ctrl) the blocks so far.
 * `records`: without the blank row.
 */
export function pressed(
  selection: Selection,
  { spot, part }: { spot: Spot; part: Part },
  { extend, add }: { extend: boolean; add: boolean },
  size: Size,
  records: number,
): Selection {
  const start = extend ? selection.anchor : spot;
  const more = add && part !== "corner" ? { more: select.blocks(selection) } : {};
  switch (part) {
    case "corner":
      return select.everything(size, records);
    case "columns":
      return { anchor: { row: 0, col: start.col }, focus: { row: Math.max(0, records - 1), col: spot.col }, ...more };
    case "rows":
      return { ...select.wholeRows(start.row, spot.row, size), ...more };
    case "cells":
      if (add) return select.another(selection, spot);
      return extend ? select.extendTo(selection, spot, size) : select.at(spot.row, spot.col);
  }
}

/** What is chosen when the pointer was dragged to a cell. */
export function dragged(selection: Selection, part: Part, spot: Spot, size: Size, records: number): Selection {
  const focus =
    part === "rows"
      ? { row: spot.row, col: size.cols - 1 }
      : part === "columns"
        ? { row: Math.max(0, records - 1), col: spot.col }
        : spot;
  const { more } = selection;
  return { anchor: selection.anchor, focus, ...(more ? { more } : {}) };
}

/** The block that the handle fills when it is dragged to a cell: down or to the right, whichever is farther. */
export function handleTarget(source: Block, { row, col }: Spot, rows: number): Block | undefined {
  const down = row > source.bottom ? row - source.bottom : row < source.top ? row - source.top : 0;
  const across = col > source.right ? col - source.right : col < source.left ? col - source.left : 0;
  if (down === 0 && across === 0) return undefined;
  if (Math.abs(down) >= Math.abs(across))
    return { ...source, top: Math.min(source.top, row), bottom: Math.min(rows - 1, Math.max(source.bottom, row)) };
  return { ...source, left: Math.min(source.left, col), right: Math.max(source.right, col) };
}

/** How far the view scrolls when the pointer is dragged past its edge, in px a step: the farther, the faster. */
export function pushed(place: number, from: number, to: number): number {
  const past = place < from ? place - from : place > to ? place - to : 0;
  return Math.sign(past) * Math.min(60, Math.ceil(Math.abs(past) / 3));
}
