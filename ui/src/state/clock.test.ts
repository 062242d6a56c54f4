import { afterEach, expect, test, vi } from "vitest";

import { knownNow, learnTime } from "./clock";

afterEach(() => vi.useRealTimers());

test("the time that the program knows goes on with the clock of this PC", () => {
  vi.useFakeTimers({ now: new Date("2015-01-01T00:00:00Z") });
  const pc = "2015-01-01T08:00:00.000+08:00";
  const known = "2026-11-26T12:00:00.000+08:00";
  learnTime({ pc, known, verdict: "behind", witness: "log", can_trust: true });
  vi.setSystemTime(new Date("2015-01-01T01:00:00Z"));
  expect(knownNow().toISOString()).toBe("2026-11-26T05:00:00.000Z");
  learnTime({ pc, known: "2015-01-01T08:00:00.010+08:00", verdict: "right", witness: null, can_trust: false });
  expect(knownNow().toISOString()).toBe("2015-01-01T01:00:00.000Z");
});
