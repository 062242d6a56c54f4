import { expect, test } from "vitest";

import { clockWords } from "./ClockNotice";

const PC = "2015-01-01T08:00:00.000+08:00";
const KNOWN = "2026-11-26T12:30:00.000+08:00";

test("the words name both times, who knows better, and what to do", () => {
  const behind = clockWords({ pc: PC, known: KNOWN, verdict: "behind", witness: "log", can_trust: true });
  for (const part of ["2015-01-01 08:00", "2026-11-26 12:30", "填报册最近一次修改的时间", "慢了", "调对", "照常"])
    expect(behind).toContain(part);
  const ahead = clockWords({ pc: KNOWN, known: PC, verdict: "ahead", witness: "receiver", can_trust: true });
  expect(ahead).toContain("快了");
  const far = clockWords({
    pc: "2099-01-01T08:00:00.000+08:00",
    known: KNOWN,
    verdict: "ahead",
    witness: "build",
    can_trust: false,
  });
  expect(far).toContain("十年以上");
});
