import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { Column } from "./columns";
import {
  columnsInSight,
  rowAt,
  rowsInSight,
  scrollToColumn,
  scrollToRow,
  type Sight,
  spaceHeight,
  TALLEST,
} from "./window";

const sight = (rows: number, scrollTop: number): Sight => ({ rows, rowHeight: 28, view: 560, scrollTop });

describe("a sheet of usual height", () => {
  test("is as tall as its rows", () => expect(spaceHeight(2000, 28)).toBe(56_000));
  test("draws what is in sight and a few more", () => {
    expect(rowsInSight(sight(2000, 0), 2)).toEqual({ first: 0, last: 22, origin: 0 });
    expect(rowsInSight(sight(2000, 2800), 2)).toEqual({ first: 98, last: 122, origin: 0 });
    expect(rowsInSight(sight(5, 0), 2)).toEqual({ first: 0, last: 4, origin: 0 });
    expect(rowsInSight(sight(0, 0))).toEqual({ first: 0, last: -1, origin: 0 });
  });
  test("scrolls no further than it must", () => {
    expect(scrollToRow(sight(2000, 2800), 105)).toBe(2800);
    expect(scrollToRow(sight(2000, 2800), 99)).toBe(99 * 28);
    expect(scrollToRow(sight(2000, 2800), 130)).toBe(131 * 28 - 560);
  });
});

describe("a sheet too tall for a browser", () => {
  const rows = 1_000_000;
  test("is cut", () => expect(spaceHeight(rows, 28)).toBe(TALLEST));
  test("begins with its first and ends with its last row", () => {
    expect(rowsInSight(sight(rows, 0), 0).first).toBe(0);
    expect(rowsInSight(sight(rows, TALLEST - 560), 0).last).toBe(rows - 1);
  });
});

const anySheet = fc.record({
  rows: fc.integer({ min: 1, max: 3_000_000 }),
  row: fc.double({ min: 0, max: 0.999999, noNaN: true }),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
});

test("from anywhere, any row can be brought into sight and is drawn where it is found", () => {
  fc.assert(
    fc.property(anySheet, ({ rows, row: share, place }) => {
      const row = Math.floor(share * rows);
      const most = Math.max(0, spaceHeight(rows, 28) - 560);
      const scrollTop = scrollToRow(sight(rows, place * most), row);
      const now = sight(rows, scrollTop);
      const { first, last, origin } = rowsInSight(now, 0);
      expect(row).toBeGreaterThanOrEqual(first);
      expect(row).toBeLessThanOrEqual(last);
      const y = origin + row * 28 - scrollTop;
      expect(y).toBeGreaterThan(-1);
      expect(y + 28).toBeLessThan(562);
      expect(rowAt(now, y + 14)).toBe(row);
    }),
  );
});

const columns = [
  { left: 0, width: 100 },
  { left: 100, width: 80 },
  { left: 180, width: 120 },
  { left: 300, width: 60 },
  { left: 360, width: 300 },
] as Column[];

test("the columns in sight are drawn, and one more at each end", () => {
  expect(columnsInSight(columns, 0, 0, 248)).toEqual({ from: 0, to: 3 });
  expect(columnsInSight(columns, 100, 100, 248)).toEqual({ from: 1, to: 4 });
  expect(columnsInSight(columns, 100, 5000, 248)).toEqual({ from: 3, to: 4 });
});

test("a column is brought into sight behind the frozen ones, with the least movement", () => {
  const [, second, third, , wide] = columns;
  if (!second || !third || !wide) throw new Error("no columns");
  expect(scrollToColumn(second, 100, 50, 200)).toBe(0);
  expect(scrollToColumn(third, 100, 0, 200)).toBe(0);
  expect(scrollToColumn(third, 100, 0, 150)).toBe(50);
  expect(scrollToColumn(wide, 100, 0, 200)).toBe(260);
});
