import { expect, test } from "vitest";

import { monthAfter, placesBefore } from "./Calendar";

test("months go on over the end of a year", () => {
  expect(monthAfter("2026-11", 1)).toBe("2026-12");
  expect(monthAfter("2026-12", 1)).toBe("2027-01");
  expect(monthAfter("2027-01", -1)).toBe("2026-12");
});

test("weeks begin on Monday", () => {
  // 1 November 2026 is a Sunday, 1 February 2027 a Monday.
  expect(placesBefore("2026-11-01")).toBe(6);
  expect(placesBefore("2027-02-01")).toBe(0);
});
