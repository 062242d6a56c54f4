import { describe, expect, test } from "vitest";

import { daysBetween, dayWords, momentWords } from "./dates";

describe("days as people say them", () => {
  test.each([
    ["2026-11-21", "今天"],
    ["2026-11-22", "明天"],
    ["2026-11-20", "昨天"],
    ["2026-12-15", "12 月 15 日"],
    ["2026-01-05", "1 月 5 日"],
    ["2027-01-31", "2027-01-31"],
  ])("%s: %s", (day, words) => expect(dayWords(day, "2026-11-21")).toBe(words));
});

test("days are counted over the end of a month, a leap day and a change of clocks", () => {
  expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
  expect(daysBetween("2026-12-31", "2026-12-01")).toBe(-30);
});

describe("moments as people say them", () => {
  const now = new Date(2026, 10, 21, 9, 5);
  const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();
  test.each([
    [at(2026, 10, 21, 8, 2), "今天 08:02"],
    [at(2026, 10, 20, 16, 40), "昨天 16:40"],
    [at(2026, 8, 1, 7, 0), "09-01 07:00"],
    [at(2025, 10, 20, 16, 40), "2025-11-20 16:40"],
    ["not a moment", "not a moment"],
  ])("%s: %s", (text, words) => expect(momentWords(text, now)).toBe(words));
});
