/** Which cells are chosen: a corner that stays, a corner that moves, and the rectangle between them. */

export interface Spot {
  row: number;
  col: number;
}

export interface Selection {
  /** The corner where choosing began, which is the active cell. */
  anchor: Spot;
  /** The corner that moves. */
  focus: Spot;
}

/** The block between the corners, all bounds included. */
export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Size of the sheet: rows (the blank one at the end included) and columns. */
export interface Size {
  rows: number;
  cols: number;
}

export const at = (row: number, col: number): Selection => ({ anchor: { row, col }, focus: { row, col } });

export function block({ anchor, focus }: Selection): Block {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.col, focus.col),
    right: Math.max(anchor.col, focus.col),
  };
}

export function contains({ top, bottom, left, right }: Block, { row, col }: Spot): boolean {
  return row >= top && row <= bottom && col >= left && col <= right;
}

export function isSingle({ anchor, focus }: Selection): boolean {
  return anchor.row === focus.row && anchor.col === focus.col;
}

const between = (value: number, most: number) => Math.max(0, Math.min(value, most));

function clamp(spot: Spot, size: Size): Spot {
  return { row: between(spot.row, size.rows - 1), col: between(spot.col, size.cols - 1) };
}

/** Keeps a selection inside a sheet that has become smaller. */
export function inside(selection: Selection, size: Size): Selection {
  return { anchor: clamp(selection.anchor, size), focus: clamp(selection.focus, size) };
}

/** One step (or a page) in a direction. With `extend` only the moving corner moves. */
export function move(selection: Selection, rows: number, cols: number, size: Size, extend = false): Selection {
  const from = extend ? selection.focus : selection.anchor;
  const focus = clamp({ row: from.row + rows, col: from.col + cols }, size);
  return extend ? { anchor: selection.anchor, focus } : { anchor: focus, focus };
}

/** Tab: to the right, at the end of a row to the beginning of the next; backwards likewise. */
export function step(selection: Selection, by: 1 | -1, size: Size): Selection {
  const { row, col } = selection.anchor;
  const next = row * size.cols + col + by;
  if (next < 0 || next >= size.rows * size.cols) return selection;
  return at(Math.floor(next / size.cols), next % size.cols);
}

export function extendTo(selection: Selection, focus: Spot, size: Size): Selection {
  return { anchor: selection.anchor, focus: clamp(focus, size) };
}

export function wholeRows(from: number, to: number, size: Size): Selection {
  return { anchor: { row: from, col: 0 }, focus: { row: to, col: size.cols - 1 } };
}

/** All records; the blank row behind them is not one. */
export function everything(size: Size, records: number): Selection {
  return { anchor: { row: 0, col: 0 }, focus: { row: Math.max(0, records - 1), col: size.cols - 1 } };
}

export type Edge = "row-start" | "row-end" | "start" | "end" | "top" | "bottom";

/** To an edge of the records; the blank row behind them is not one. */
export function toEdge(selection: Selection, edge: Edge, size: Size, records: number, extend: boolean): Selection {
  const from = extend ? selection.focus : selection.anchor;
  const [lastRow, lastCol] = [Math.max(0, records - 1), size.cols - 1];
  const spot: Record<Edge, Spot> = {
    "row-start": { row: from.row, col: 0 },
    "row-end": { row: from.row, col: lastCol },
    start: { row: 0, col: 0 },
    end: { row: lastRow, col: lastCol },
    top: { row: 0, col: from.col },
    bottom: { row: lastRow, col: from.col },
  };
  return extend ? extendTo(selection, spot[edge], size) : at(spot[edge].row, spot[edge].col);
}
