/**
 * Which cells are chosen: a corner that stays, a corner that moves, and the rectangle between them; further blocks that
 * were chosen before with Ctrl; and the active cell, which moves inside the blocks with Enter and Tab.
 */

export interface Spot {
  row: number;
  col: number;
}

/** The block between two corners, all bounds included. */
export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Selection {
  /** The corner where choosing began. */
  anchor: Spot;
  /** The corner that moves. */
  focus: Spot;
  /** The active cell, if it is another one than the anchor. */
  active?: Spot;
  /** Blocks chosen before this one, with Ctrl. */
  more?: Block[];
  /** The column where a run of Tab began: Enter goes back to it. */
  tabFrom?: number;
}

/** Size of the sheet: rows (the blank one at the end included) and columns. */
export interface Size {
  rows: number;
  cols: number;
}

export const at = (row: number, col: number): Selection => ({ anchor: { row, col }, focus: { row, col } });

export const activeOf = ({ anchor, active }: Selection): Spot => active ?? anchor;

export function block({ anchor, focus }: Pick<Selection, "anchor" | "focus">): Block {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.col, focus.col),
    right: Math.max(anchor.col, focus.col),
  };
}

/** All blocks, the newest last. */
export const blocks = (selection: Selection): Block[] => [...(selection.more ?? []), block(selection)];

export function contains({ top, bottom, left, right }: Block, { row, col }: Spot): boolean {
  return row >= top && row <= bottom && col >= left && col <= right;
}

export function isSingle({ anchor, focus, more }: Selection): boolean {
  return anchor.row === focus.row && anchor.col === focus.col && !more?.length;
}

const between = (value: number, most: number) => Math.max(0, Math.min(value, most));

function clamp(spot: Spot, size: Size): Spot {
  return { row: between(spot.row, size.rows - 1), col: between(spot.col, size.cols - 1) };
}

/** Keeps a selection inside a sheet that has become smaller. */
export function inside(selection: Selection, size: Size): Selection {
  const { active, more } = selection;
  return {
    ...selection,
    anchor: clamp(selection.anchor, size),
    focus: clamp(selection.focus, size),
    ...(active ? { active: clamp(active, size) } : {}),
    ...(more
      ? {
          more: more.map(({ top, bottom, left, right }) => ({
            top: between(top, size.rows - 1),
            bottom: between(bottom, size.rows - 1),
            left: between(left, size.cols - 1),
            right: between(right, size.cols - 1),
          })),
        }
      : {}),
  };
}

/** One step (or a page) in a direction. With `extend` only the moving corner moves. */
export function move(selection: Selection, rows: number, cols: number, size: Size, extend = false): Selection {
  const from = extend ? selection.focus : activeOf(selection);
  return to(selection, { row: from.row + rows, col: from.col + cols }, size, extend);
}

/** To a cell; with `extend` the block grows to it. */
export function to(selection: Selection, spot: Spot, size: Size, extend: boolean): Selection {
  return extend ? extendTo(selection, spot, size) : at(clamp(spot, size).row, clamp(spot, size).col);
}

export function extendTo(selection: Selection, focus: Spot, size: Size): Selection {
  const { more } = selection;
  return { anchor: selection.anchor, focus: clamp(focus, size), ...(more ? { more } : {}) };
}

/** Tab: inside a block to its next cell; else to the right, at the end of a row to the beginning of the next. */
export function step(selection: Selection, by: 1 | -1, size: Size): Selection {
  if (!isSingle(selection)) return walk(selection, by, false);
  const { row, col } = activeOf(selection);
  const next = row * size.cols + col + by;
  if (next < 0 || next >= size.rows * size.cols) return selection;
  return { ...at(Math.floor(next / size.cols), next % size.cols), tabFrom: selection.tabFrom ?? col };
}

/** Enter: inside a block to the cell below; after a run of Tab to the column where it began; else one row down. */
export function enter(selection: Selection, rows: number, size: Size): Selection {
  if (!isSingle(selection)) return walk(selection, rows < 0 ? -1 : 1, true);
  const { row, col } = activeOf(selection);
  const spot = clamp({ row: row + rows, col: rows > 0 ? (selection.tabFrom ?? col) : col }, size);
  return at(spot.row, spot.col);
}

const area = ({ top, bottom, left, right }: Block) => (bottom - top + 1) * (right - left + 1);

/** The next cell inside the blocks, row by row or column by column; after the last cell the first one. */
function walk(selection: Selection, by: 1 | -1, down: boolean): Selection {
  const all = blocks(selection);
  const active = activeOf(selection);
  const here = Math.max(
    0,
    all.findLastIndex((one) => contains(one, active)),
  );
  const before = all.slice(0, here).reduce((sum, one) => sum + area(one), 0);
  const total = all.reduce((sum, one) => sum + area(one), 0);
  const { top, bottom, left, right } = all[here] ?? block(selection);
  const [height, width] = [bottom - top + 1, right - left + 1];
  const inBlock = down
    ? (active.col - left) * height + active.row - top
    : (active.row - top) * width + active.col - left;
  let next = (before + inBlock + by + total) % total;
  for (const one of all) {
    if (next < area(one)) {
      const [rows, cols] = [one.bottom - one.top + 1, one.right - one.left + 1];
      const spot = down
        ? { row: one.top + (next % rows), col: one.left + Math.floor(next / rows) }
        : { row: one.top + Math.floor(next / cols), col: one.left + (next % cols) };
      return { ...selection, active: spot };
    }
    next -= area(one);
  }
  return selection;
}

/** Ctrl and a press: the blocks so far stay, and another one begins. */
export function another(selection: Selection, spot: Spot): Selection {
  return { ...at(spot.row, spot.col), more: blocks(selection) };
}

/** The active cell goes to the next corner of its block, clockwise. */
export function nextCorner(selection: Selection): Selection {
  const { top, bottom, left, right } = block(selection);
  const corners = [
    { row: top, col: left },
    { row: top, col: right },
    { row: bottom, col: right },
    { row: bottom, col: left },
  ];
  const { row, col } = activeOf(selection);
  // A block of one row or column has its corners twice: the last one that is the active cell counts.
  const here = corners.findLastIndex((corner) => corner.row === row && corner.col === col);
  const next = corners.find((corner, i) => i > here && (corner.row !== row || corner.col !== col));
  return { ...selection, active: next ?? { row: top, col: left } };
}

export function wholeRows(from: number, to: number, size: Size): Selection {
  return { anchor: { row: from, col: 0 }, focus: { row: to, col: size.cols - 1 } };
}

/** The columns of a block from the first to the last record. */
export function wholeColumns(selection: Selection, records: number): Selection {
  const { left, right } = block(selection);
  const last = Math.max(0, records - 1);
  return { anchor: { row: 0, col: left }, focus: { row: last, col: right }, active: activeOf(selection) };
}

/** The rows of a block from the first to the last column. */
export function rowsOf(selection: Selection, size: Size): Selection {
  const { top, bottom } = block(selection);
  return { ...wholeRows(top, bottom, size), active: activeOf(selection) };
}

/** All records; the blank row behind them is not one. */
export function everything(size: Size, records: number): Selection {
  return { anchor: { row: 0, col: 0 }, focus: { row: Math.max(0, records - 1), col: size.cols - 1 } };
}

export type Edge = "row-start" | "row-end" | "start" | "end" | "top" | "bottom";

/** To an edge of the records; the blank row behind them is not one. */
export function toEdge(selection: Selection, edge: Edge, size: Size, records: number, extend: boolean): Selection {
  const from = extend ? selection.focus : activeOf(selection);
  const [lastRow, lastCol] = [Math.max(0, records - 1), size.cols - 1];
  const spot: Record<Edge, Spot> = {
    "row-start": { row: from.row, col: 0 },
    "row-end": { row: from.row, col: lastCol },
    start: { row: 0, col: 0 },
    end: { row: lastRow, col: lastCol },
    top: { row: 0, col: from.col },
    bottom: { row: lastRow, col: from.col },
  };
  return to(selection, spot[edge], size, extend);
}

/**
 * Along a line of cells to the edge of what is filled, as Ctrl and an arrow go: inside filled cells to the last one,
 * else to the next filled one, else to the end. `filled` returns undefined if the cell is not loaded.
 */
export function regionEdge(
  from: number,
  by: 1 | -1,
  last: number,
  filled: (place: number) => boolean | undefined,
): number | undefined {
  const end = by > 0 ? last : 0;
  if (from === end || from > last) return by > 0 ? last : Math.min(from, last);
  const [here, next] = [filled(from), filled(from + by)];
  if (here === undefined || next === undefined) return undefined;
  const inside = here && next;
  for (let place = from + by; ; place += by) {
    const now = filled(place);
    if (now === undefined) return undefined;
    if (inside && !now) return place - by;
    if (!inside && now) return place;
    if (place === end) return end;
  }
}
