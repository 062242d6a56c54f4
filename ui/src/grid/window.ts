/**
 * Which rows are in sight. Rows are equally high, so a division finds them; no list of heights is kept. Browsers cut
 * elements above some 16.7 million px, so a taller sheet is scrolled in proportion: the first pixel is its first row
 * and the last its last, and in between one pixel of the scroll bar is more than one of the sheet.
 */
import { type Column, columnAt, NUMBERS } from "./columns";

/** The largest height in px of the element that scrolls; every browser draws elements of this height. */
export const TALLEST = 8_000_000;

export interface Sight {
  rows: number;
  rowHeight: number;
  /** Height of the visible part, in px. */
  view: number;
  scrollTop: number;
}

/** Height in px of the element that scrolls. */
export function spaceHeight(rows: number, rowHeight: number): number {
  return Math.min(rows * rowHeight, TALLEST);
}

/** How many px of the sheet are above the part in sight. */
function above({ rows, rowHeight, view, scrollTop }: Sight): number {
  const full = rows * rowHeight;
  if (full <= TALLEST) return scrollTop;
  return (Math.min(scrollTop, TALLEST - view) * (full - view)) / (TALLEST - view);
}

/** First and last row to draw (`spare` more at each end), and where row 0 would be drawn. */
export function rowsInSight(sight: Sight, spare = 6): { first: number; last: number; origin: number } {
  const over = above(sight);
  return {
    first: Math.max(0, Math.floor(over / sight.rowHeight) - spare),
    last: Math.min(sight.rows - 1, Math.ceil((over + sight.view) / sight.rowHeight) + spare),
    origin: sight.scrollTop - over,
  };
}

/** The row at a height below the top of the part in sight. */
export function rowAt(sight: Sight, y: number): number {
  return Math.max(0, Math.min(sight.rows - 1, Math.floor((above(sight) + y) / sight.rowHeight)));
}

/** The scroll position that brings a row into sight with the least movement; unchanged if the row is visible. */
export function scrollToRow(sight: Sight, row: number): number {
  const { rowHeight, rows, view } = sight;
  const over = above(sight);
  const top = row * rowHeight;
  const wanted = top < over ? top : top + rowHeight > over + view ? top + rowHeight - view : over;
  if (wanted === over) return sight.scrollTop;
  const full = rows * rowHeight;
  if (full <= TALLEST) return wanted;
  return (wanted * (TALLEST - view)) / (full - view);
}

/** First and last column to draw behind the frozen ones, one more at each end. */
export function columnsInSight(columns: Column[], frozenWidth: number, left: number, width: number) {
  return {
    from: Math.max(0, columnAt(columns, left + frozenWidth) - 1),
    to: Math.min(columns.length - 1, columnAt(columns, left + width - NUMBERS) + 1),
  };
}

/**
 * The scroll position that brings a column into sight with the least movement; `space` is what is left beside the row
 * numbers and the frozen columns. Of a column wider than that the left end is shown.
 */
export function scrollToColumn(column: Column, frozenWidth: number, scrollLeft: number, space: number): number {
  const left = column.left - frozenWidth;
  if (left < scrollLeft) return left;
  if (left + column.width > scrollLeft + space) return Math.min(left, left + column.width - space);
  return scrollLeft;
}
