import { expect, test } from "vitest";

import type { Damaged } from "../../../ipc";
import { asPercent, noticed, order } from "./figures";

const kind = (id: string, made: number, found: number): Damaged => ({
  id,
  zh: id,
  en: id,
  what: "",
  limit: "",
  made,
  mended: 0,
  found,
  on_cell: 0,
  elsewhere: 0,
  mandatory: 0,
  confirm: 0,
  hint: 0,
});

test("shares are rounded down, so that 100% means all", () => {
  expect([1, 0.9999, 0.95, 0.29].map(asPercent)).toEqual(["100%", "99%", "95%", "29%"]);
  expect(noticed({ ...kind("a", 10, 5), mended: 2, elsewhere: 1 })).toBe(0.8);
});

test("what stays unseen comes first, the least noticed first", () => {
  const { found, unseen } = order([kind("a", 10, 10), kind("b", 10, 5), kind("c", 10, 2), kind("d", 100, 95)], 0.95);
  expect(found.map(({ id }) => id)).toEqual(["a", "d"]);
  expect(unseen.map(({ id }) => id)).toEqual(["c", "b"]);
});
