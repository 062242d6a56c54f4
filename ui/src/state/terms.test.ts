import { describe, expect, test } from "vitest";

import { currentTerm, schoolYears, splitTerm } from "./terms";

describe("the term of a day", () => {
  test.each([
    [2026, 8, "2026-2027-1"],
    [2026, 12, "2026-2027-1"],
    [2027, 1, "2026-2027-1"],
    [2027, 2, "2026-2027-2"],
    [2027, 7, "2026-2027-2"],
  ])("%i-%i: %s", (year, month, term) => expect(currentTerm(new Date(year, month - 1, 15))).toBe(term));
});

test("a term in its parts, and what is no term", () => {
  expect(splitTerm("2026-2027-1")).toEqual({ year: "2026-2027", term: "1" });
  expect(splitTerm("2026")).toEqual({ year: "", term: "" });
});

test("the present school year can be chosen", () => {
  expect(schoolYears(new Date(2026, 10, 1))).toContain("2026-2027");
});
