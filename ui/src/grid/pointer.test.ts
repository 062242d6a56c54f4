import { describe, expect, test } from "vitest";

import { type Column, NUMBERS } from "./columns";
import { dragged, type Layout, pressed, spotAt } from "./pointer";
import { at } from "./selection";

const columns = [0, 100, 200, 300].map((left) => ({ left, width: 100 }) as Column);
const layout: Layout = {
  sight: { rows: 11, rowHeight: 28, view: 280, scrollTop: 0 },
  columns,
  headHeight: 32,
  frozenWidth: 100,
  scrollLeft: 150,
};
const SIZE = { rows: 11, cols: 4 };
const RECORDS = 10;
const PLAIN = { extend: false, add: false };
const SHIFT = { extend: true, add: false };

describe("what is below the pointer", () => {
  test.each([
    [NUMBERS + 20, 40, { spot: { row: 0, col: 0 }, part: "cells" }],
    [NUMBERS + 110, 70, { spot: { row: 1, col: 2 }, part: "cells" }],
    [10, 90, { spot: { row: 2, col: 0 }, part: "rows" }],
    [NUMBERS + 110, 10, { spot: { row: 0, col: 2 }, part: "columns" }],
    [10, 10, { spot: { row: 0, col: 0 }, part: "corner" }],
    [5000, 5000, { spot: { row: 10, col: 3 }, part: "cells" }],
  ])("%i, %i", (x, y, found) => expect(spotAt(layout, x, y)).toEqual(found));
});

describe("a press", () => {
  const before = at(4, 1);
  test("on a cell chooses it", () =>
    expect(pressed(before, { spot: { row: 6, col: 3 }, part: "cells" }, PLAIN, SIZE, RECORDS)).toEqual(at(6, 3)));
  test("with Shift extends from the active cell", () =>
    expect(pressed(before, { spot: { row: 6, col: 3 }, part: "cells" }, SHIFT, SIZE, RECORDS)).toEqual({
      anchor: { row: 4, col: 1 },
      focus: { row: 6, col: 3 },
    }));
  test("on a number chooses the row, with Shift the rows between", () => {
    const spot = { row: 6, col: 0 };
    expect(pressed(before, { spot, part: "rows" }, PLAIN, SIZE, RECORDS).anchor).toEqual({ row: 6, col: 0 });
    expect(pressed(before, { spot, part: "rows" }, SHIFT, SIZE, RECORDS)).toEqual({
      anchor: { row: 4, col: 0 },
      focus: { row: 6, col: 3 },
    });
  });
  test("on a title chooses the column without the blank row", () =>
    expect(pressed(before, { spot: { row: 0, col: 2 }, part: "columns" }, PLAIN, SIZE, RECORDS)).toEqual({
      anchor: { row: 0, col: 2 },
      focus: { row: 9, col: 2 },
    }));
  test("on the corner chooses everything", () =>
    expect(pressed(before, { spot: { row: 0, col: 0 }, part: "corner" }, PLAIN, SIZE, RECORDS)).toEqual({
      anchor: { row: 0, col: 0 },
      focus: { row: 9, col: 3 },
    }));
});

describe("drawing the pointer", () => {
  const spot = { row: 7, col: 2 };
  test("over cells moves the other corner", () =>
    expect(dragged(at(4, 1), "cells", spot, SIZE, RECORDS).focus).toEqual(spot));
  test("over numbers keeps whole rows", () =>
    expect(dragged(at(4, 0), "rows", spot, SIZE, RECORDS).focus).toEqual({ row: 7, col: 3 }));
  test("over titles keeps whole columns", () =>
    expect(dragged(at(0, 1), "columns", spot, SIZE, RECORDS).focus).toEqual({ row: 9, col: 2 }));
});
