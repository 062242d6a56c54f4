import { describe, expect, test } from "vitest";

import type { Home, HomeTable } from "../../ipc";
import { isReady } from "../../state/ready";
import { lead, totals } from "./lead";

const NONE = { mandatory: 0, confirm: 0, hint: 0 };
const TODAY = "2026-11-21";

const table = (title: string, part: Partial<HomeTable> = {}): HomeTable => ({
  table: `ODS_${title}`,
  title,
  department: "教务处",
  frequency: "term",
  period_name: "2026-2027学年第一学期",
  own: false,
  rows: 10,
  complete: 1,
  findings: NONE,
  due: null,
  last_submitted: null,
  last_state: null,
  last_shown: null,
  accepted: 10,
  to_send: 0,
  waiting: 0,
  unknown: 0,
  rejected: 0,
  overdue_days: 0,
  ...part,
});

const home = (tables: HomeTable[], stored = 0, rejected = 0): Home => ({
  tables,
  today: { sent: 0, stored: 0, rejected: 0 },
  days: [{ day: TODAY, sent: stored + rejected, stored, rejected }],
  warnings: [],
});

test("a table is ready when it is complete and nothing keeps it back", () => {
  expect(isReady(table("a"))).toBe(true);
  expect(isReady(table("a", { findings: { ...NONE, hint: 3 } }))).toBe(true);
  expect(isReady(table("a", { findings: { ...NONE, confirm: 1 } }))).toBe(false);
  expect(isReady(table("a", { complete: 0.999 }))).toBe(false);
  expect(isReady(table("a", { rows: 0, complete: 0 }))).toBe(false);
});

describe("what is owed", () => {
  test("due today or before, with something to send or nothing filled", () => {
    const owed = totals(
      home([
        table("sent", { due: TODAY }),
        table("late", { due: "2026-11-20", to_send: 1 }),
        table("empty", { due: TODAY, rows: 0, complete: 0 }),
        table("later", { due: "2026-11-22", to_send: 5 }),
      ]),
      TODAY,
    ).dueToday;
    expect(owed.map(({ title }) => title)).toEqual(["late", "empty"]);
  });

  test("nothing of the college's own is", () => {
    const sums = totals(home([table("mine", { own: true, rows: 0, complete: 0 })]), TODAY);
    expect([sums.tables, sums.ready, sums.next]).toEqual([0, 0, undefined]);
  });

  test.each<[number, number, string | null]>([
    [0, 0, null],
    [1997, 3, "99.8"],
    [9999, 1, "99.9"],
    [10, 0, "100"],
  ])("%i stored and %i rejected: %s", (stored, rejected, rate) =>
    expect(totals(home([], stored, rejected), TODAY).rate).toBe(rate),
  );
});

describe("the first line", () => {
  const say = (tables: HomeTable[]) => lead(totals(home(tables), TODAY), new Date("2026-11-21T09:00:00+08:00"));
  test.each<[string, HomeTable[], string, string]>([
    ["no tables", [], "上午好", "先在设置里分配数据表。"],
    ["all sent", [table("排课")], "上午好，今天没有到期的表", "所有表都已就绪并上报"],
    [
      "ready to send",
      [table("排课", { to_send: 7 })],
      "上午好，今天没有到期的表",
      "所有表都已就绪，有 7 条记录可以上报",
    ],
    [
      "owed and wrong",
      [table("排课", { due: TODAY, to_send: 1 }), table("实习基础", { findings: { ...NONE, mandatory: 3 } })],
      "上午好，今天有 1 张表要上报",
      "“排课”今天截止；“实习基础”还有 3 处必须改正",
    ],
    [
      "overdue beside due today",
      [table("请假", { due: "2026-11-20", to_send: 1 }), table("排课", { due: TODAY, to_send: 1 })],
      "上午好，今天有 2 张表要上报",
      "“请假”已逾期；“排课”今天截止；所有表都已就绪，有 2 条记录可以上报",
    ],
    ["empty", [table("课堂互动", { rows: 0, complete: 0 })], "上午好，今天没有到期的表", "“课堂互动”还没有填"],
  ])("%s", (_, tables, greeting, detail) => expect(say(tables)).toEqual({ greeting, detail }));
});
