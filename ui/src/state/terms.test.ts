import { describe, expect, test } from "vitest";

import { currentTerm, schoolYears, splitTerm } from "./terms";

describe("the term of a day", () => {
  test.each([
    [2026, 8, "2026-2027-1"],
    [2026, 12, "2026-2027-1"],
    [2027, 1, "2026-2027-1"],
    [2027, 2, "2026-2027-2"],
    [2027, 7, "2026-2027-2"],
  ])("%i-%i: %s", (year, month, term) => expect(currentTerm(new Date(Date.UTC(year, month - 1, 15)))).toBe(term));
});

test("a term in its parts, and what is no term", () => {
  expect(splitTerm("2026-2027-1")).toEqual({ year: "2026-2027", term: "1" });
  expect(splitTerm("2026")).toEqual({ year: "", term: "" });
});

test("the present school year can be chosen", () => {
  expect(schoolYears(new Date(Date.UTC(2026, 10, 1)))).toContain("2026-2027");
});

test("a term begins when the day begins in national time, wherever this PC is", () => {
  expect(currentTerm(new Date("2026-07-31T15:59:00Z"))).toBe("2025-2026-2");
  expect(currentTerm(new Date("2026-07-31T16:00:00Z"))).toBe("2026-2027-1");
});
