import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  activeOf,
  another,
  at,
  block,
  blocks,
  enter,
  extendTo,
  inside,
  isSingle,
  move,
  nextCorner,
  regionEdge,
  type Selection,
  step,
  toEdge,
  wholeRows,
} from "./selection";

const SIZE = { rows: 10, cols: 4 };

describe("moving", () => {
  test.each<[string, Selection, number, number, Selection]>([
    ["down", at(0, 0), 1, 0, at(1, 0)],
    ["not above the first row", at(0, 2), -1, 0, at(0, 2)],
    ["not beyond the last column", at(5, 3), 0, 1, at(5, 3)],
    ["a page stops at the last row", at(5, 1), 20, 0, at(9, 1)],
    ["from the anchor of a block", { anchor: { row: 1, col: 1 }, focus: { row: 5, col: 3 } }, 1, 0, at(2, 1)],
  ])("%s", (_, from, rows, cols, to) => expect(move(from, rows, cols, SIZE)).toEqual(to));

  test("with Shift only the moving corner moves", () => {
    const first = move(at(2, 1), 1, 0, SIZE, true);
    expect(first).toEqual({ anchor: { row: 2, col: 1 }, focus: { row: 3, col: 1 } });
    expect(block(move(first, -3, 1, SIZE, true))).toEqual({ top: 0, bottom: 2, left: 1, right: 2 });
  });
});

describe("Tab", () => {
  test.each<[Selection, 1 | -1, Selection]>([
    [at(0, 0), 1, at(0, 1)],
    [at(0, 3), 1, at(1, 0)],
    [at(1, 0), -1, at(0, 3)],
    [at(9, 3), 1, at(9, 3)],
    [at(0, 0), -1, at(0, 0)],
  ])("%j by %i", (from, by, to) => expect(step(from, by, SIZE)).toMatchObject(to));

  test("Tab Tab Enter goes back to the column where Tab began", () => {
    const there = step(step(at(2, 1), 1, SIZE), 1, SIZE);
    expect(enter(there, 1, SIZE)).toEqual(at(3, 1));
    expect(enter(at(2, 3), 1, SIZE)).toEqual(at(3, 3));
  });

  test("inside blocks Enter walks down and Tab across, and the blocks stay chosen", () => {
    let now: Selection = { anchor: { row: 1, col: 1 }, focus: { row: 2, col: 2 } };
    const spots = (way: (was: Selection) => Selection, n: number) =>
      Array.from({ length: n }, () => {
        now = way(now);
        const { row, col } = activeOf(now);
        return `${row},${col}`;
      });
    expect(spots((was) => enter(was, 1, SIZE), 4)).toEqual(["2,1", "1,2", "2,2", "1,1"]);
    expect(spots((was) => step(was, 1, SIZE), 4)).toEqual(["1,2", "2,1", "2,2", "1,1"]);
    expect(spots((was) => step(was, -1, SIZE), 1)).toEqual(["2,2"]);
    expect(block(now)).toEqual({ top: 1, bottom: 2, left: 1, right: 2 });
    now = another(now, { row: 5, col: 0 });
    expect(blocks(now)).toHaveLength(2);
    expect(spots((was) => enter(was, 1, SIZE), 2)).toEqual(["1,1", "2,1"]);
    expect(nextCorner(at(1, 1)).active).toEqual({ row: 1, col: 1 });
  });
});

test("whole rows", () => {
  expect(block(wholeRows(3, 1, SIZE))).toEqual({ top: 1, bottom: 3, left: 0, right: 3 });
});

test("edges are those of the records, not of the blank row", () => {
  expect(toEdge(at(4, 2), "end", SIZE, 9, false)).toEqual(at(8, 3));
  expect(toEdge(at(4, 2), "bottom", SIZE, 9, false)).toEqual(at(8, 2));
  expect(toEdge(at(4, 2), "row-start", SIZE, 9, false)).toEqual(at(4, 0));
  expect(toEdge(at(4, 2), "start", SIZE, 9, true)).toEqual({ anchor: { row: 4, col: 2 }, focus: { row: 0, col: 0 } });
  expect(toEdge(at(0, 2), "end", SIZE, 0, false)).toEqual(at(0, 3));
});

test("a selection is cut when the sheet becomes smaller", () => {
  expect(inside({ anchor: { row: 8, col: 3 }, focus: { row: 9, col: 3 } }, { rows: 3, cols: 2 })).toEqual(at(2, 1));
});

test("whatever is pressed, the selection stays inside the sheet", () => {
  const moved = fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -9, max: 9 }), fc.boolean());
  fc.assert(
    fc.property(fc.array(moved, { maxLength: 20 }), (moves) => {
      let selection = at(4, 2);
      for (const [rows, cols, extend] of moves) {
        selection = move(selection, rows, cols, SIZE, extend);
        if (!extend) expect(isSingle(selection)).toBe(true);
        expect(inside(selection, SIZE)).toEqual(selection);
        expect(extendTo(selection, selection.focus, SIZE)).toEqual(selection);
      }
    }),
  );
});

test("Ctrl and an arrow go to the edge of what is filled", () => {
  // Filled: 0 1 2 . . 5 6 .
  const filled = (place: number) => [0, 1, 2, 5, 6].includes(place);
  const edge = (from: number, by: 1 | -1) => regionEdge(from, by, 7, filled);
  expect([edge(0, 1), edge(2, 1), edge(3, 1), edge(5, 1), edge(6, 1), edge(7, 1)]).toEqual([2, 5, 5, 6, 7, 7]);
  expect([edge(7, -1), edge(6, -1), edge(5, -1), edge(2, -1), edge(0, -1)]).toEqual([6, 5, 2, 0, 0]);
  expect(regionEdge(0, 1, 7, (place) => (place > 3 ? undefined : true))).toBeUndefined();
});
