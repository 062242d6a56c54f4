/** Scrolling: which rows and columns are in sight, and bringing the moving corner of the selection into it. */
import { type RefObject, type UIEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { type Column, NUMBERS } from "./columns";
import type { Spot } from "./selection";
import type { Sheet } from "./sheet";
import { columnsInSight, rowsInSight, type Sight, scrollToColumn, scrollToRow } from "./window";

export interface Scrolling {
  scroller: RefObject<HTMLDivElement | null>;
  onScroll(event: UIEvent<HTMLElement>): void;
  /** Rows in sight, for {@link rowAt}. */
  sight: Sight;
  /** First and last row to draw, and where row 0 would be drawn. */
  first: number;
  last: number;
  origin: number;
  /** First and last column in sight behind the frozen ones. */
  from: number;
  to: number;
  scrollLeft: number;
  /** Width of the part in sight, in px. */
  viewWidth: number;
  headHeight: number;
  /** Width of the frozen columns, without the row numbers. */
  frozenWidth: number;
  /** The next move of the corner does not scroll: for choosing whole rows, columns and everything. */
  stay(): void;
  /** Brings the corner into sight now. */
  show(): void;
}

interface ScrollingProps {
  sheet: Sheet;
  columns: Column[];
  frozen: number;
  rowHeight: number;
  rows: number;
  /** The moving corner of the selection. */
  corner: Spot;
}

export function useScrolling({ sheet, columns, frozen, rowHeight, rows, corner }: ScrollingProps): Scrolling {
  const scroller = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, left: 0 });
  const [view, setView] = useState({ width: 800, height: 500 });
  const staying = useRef(false);

  const headHeight = rowHeight + 4;
  const frozenWidth = columns.slice(0, frozen).reduce((sum, column) => sum + column.width, 0);
  const sight: Sight = { rows, rowHeight, view: Math.max(rowHeight, view.height - headHeight), scrollTop: scroll.top };
  const { first, last, origin } = rowsInSight(sight);
  const { from, to } = columnsInSight(columns, frozenWidth, scroll.left, view.width);

  useEffect(() => sheet.ensure(first, last));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measured = new ResizeObserver(() => setView({ width: element.clientWidth, height: element.clientHeight }));
    measured.observe(element);
    return () => measured.disconnect();
  }, []);

  function show() {
    const element = scroller.current;
    const target = columns[corner.col];
    if (!element || !target) return;
    const top = scrollToRow({ ...sight, scrollTop: element.scrollTop }, Math.min(corner.row, rows - 1));
    if (top !== element.scrollTop && rows > 0) element.scrollTop = top;
    // A frozen column is always visible; at the first column the others are scrolled to their beginning, too.
    if (corner.col === 0) element.scrollLeft = 0;
    if (corner.col < frozen) return;
    const space = element.clientWidth - NUMBERS - frozenWidth;
    const left = scrollToColumn(target, frozenWidth, element.scrollLeft, space);
    if (left !== element.scrollLeft) element.scrollLeft = left;
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move of the corner scrolls
  useLayoutEffect(() => {
    if (!staying.current) show();
  }, [corner.row, corner.col, sheet]);
  useLayoutEffect(() => {
    staying.current = false;
  });

  return {
    scroller,
    // At once, so that the rows of the new place are in the same frame as the scrolling and none is seen blank.
    onScroll: ({ currentTarget }) =>
      flushSync(() => setScroll({ top: currentTarget.scrollTop, left: currentTarget.scrollLeft })),
    sight,
    first,
    last,
    origin,
    from,
    to,
    scrollLeft: scroll.left,
    viewWidth: view.width,
    headHeight,
    frozenWidth,
    show,
    stay: () => {
      staying.current = true;
    },
  };
}
