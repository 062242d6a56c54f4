import { expect, test } from "vitest";

import { chosenRows, followed } from "./held";
import { at, type Selection } from "./selection";

/** Places of records by their numbers, all of them here. */
const places = (rows: number[]) => ({
  at: (index: number) =>
    rows[index] === undefined
      ? undefined
      : { row: rows[index], key: "", cells: {}, names: {}, levels: {}, state: "new" as const },
  total: () => rows.length,
  indexOf: (row: number) => (rows.includes(row) ? rows.indexOf(row) : undefined),
  real: (row: number) => row,
});
const block = (top: number, bottom: number): Selection => ({
  anchor: { row: top, col: 1 },
  focus: { row: bottom, col: 2 },
});
const BEFORE = [10, 20, 30, 40, 50, 60];

test("a block keeps its records when others are deleted inside, before and behind it", () => {
  const rows = chosenRows(places(BEFORE), block(1, 3));
  expect(rows).toEqual([[20, 30, 40]]);
  const after = (now: number[]) => followed(places(now), block(1, 3), rows, 20);
  expect(after([10, 20, 40, 50, 60])).toEqual(block(1, 2));
  expect(after([20, 30, 40, 50, 60])).toEqual(block(0, 2));
  expect(after([10, 20, 30, 50, 60])).toEqual(block(1, 2));
  expect(after([10, 30, 40, 50, 60])).toEqual(block(1, 2));
  expect(after([10, 20, 30, 40, 60])).toBeUndefined();
  expect(after([10, 20, 30, 40, 99, 50, 60])).toBeUndefined();
});

test("a block grows with records that come between its own", () => {
  const rows = chosenRows(places(BEFORE), block(1, 3));
  expect(followed(places([10, 20, 99, 30, 40, 50]), block(1, 3), rows, 20)).toEqual(block(1, 4));
  expect(followed(places([99, 10, 20, 30, 40, 50]), block(1, 3), rows, 20)).toEqual(block(2, 4));
});

test("several blocks move each for itself, and the active cell stays on its record", () => {
  const chosen: Selection = {
    ...block(3, 4),
    active: { row: 4, col: 1 },
    more: [{ top: 0, bottom: 1, left: 0, right: 0 }],
  };
  const rows = chosenRows(places(BEFORE), chosen);
  expect(followed(places([10, 99, 20, 30, 40, 50]), chosen, rows, 50)).toEqual({
    ...block(4, 5),
    active: { row: 5, col: 1 },
    more: [{ top: 0, bottom: 2, left: 0, right: 0 }],
  });
});

test("what is not here is not followed, and one cell goes with its record", () => {
  const rows = chosenRows(places(BEFORE), block(1, 3));
  const gone = { ...places(BEFORE), at: () => undefined };
  expect(followed(gone, block(1, 3), rows, 20)).toBeUndefined();
  expect(followed(places([20]), at(1, 1), chosenRows(places(BEFORE), at(1, 1)), 20)).toBeUndefined();
});
