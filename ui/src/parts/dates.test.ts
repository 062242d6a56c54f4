import { describe, expect, test } from "vitest";

import { dayOf, daysBetween, dayWords, momentWords } from "./dates";

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

describe("moments as people say them, in national time wherever this PC is", () => {
  const now = new Date("2026-11-21T09:05:00+08:00");
  test.each([
    ["2026-11-21T08:02:00+08:00", "今天 08:02"],
    ["2026-11-20T16:40:00+08:00", "昨天 16:40"],
    ["2026-11-20T17:30:00Z", "今天 01:30"],
    ["2026-09-01T07:00:00+08:00", "09-01 07:00"],
    ["2025-11-20T16:40:00+08:00", "2025-11-20 16:40"],
    ["2025-12-31T16:00:00Z", "01-01 00:00"],
    ["not a moment", "not a moment"],
  ])("%s: %s", (text, words) => expect(momentWords(text, now)).toBe(words));
});

test("the day is that of national time", () => {
  expect(dayOf(new Date("2026-11-20T15:59:59Z"))).toBe("2026-11-20");
  expect(dayOf(new Date("2026-11-20T16:00:00Z"))).toBe("2026-11-21");
});
