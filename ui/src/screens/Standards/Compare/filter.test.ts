import { expect, test } from "vitest";

import type { EditionSummary, TableDifference } from "../../../ipc";
import { listsIn, pairOf, subsetsOf, tablesIn, tally } from "./filter";

const edition = (id: string, level: string, issued: string) => ({ id, level, issued }) as EditionSummary;
const OLD = edition("gz-2023", "高职", "2023-06");
const NEW = edition("gz-2024", "高职", "2024-09");
const OTHER = edition("zz-2023", "中职", "2023-06");
const ALL = [NEW, OLD, OTHER];

test("without an address, the book's edition is compared with its neighbour of the same level", () => {
  const none = { column: undefined, edition: undefined };
  expect(pairOf(none, ALL, NEW.id)).toEqual({ from: OLD.id, to: NEW.id });
  expect(pairOf(none, ALL, OLD.id)).toEqual({ from: OLD.id, to: NEW.id });
  expect(pairOf(none, ALL, OTHER.id)).toEqual({ from: OTHER.id, to: NEW.id });
  expect(pairOf(none, ALL, undefined)).toEqual({ from: OLD.id, to: NEW.id });
  expect(pairOf(none, [], undefined)).toBeUndefined();
  expect(pairOf({ column: NEW.id, edition: OLD.id }, ALL, NEW.id)).toEqual({ from: NEW.id, to: OLD.id });
  expect(pairOf({ column: "gone", edition: OLD.id }, ALL, NEW.id)).toEqual({ from: OLD.id, to: NEW.id });
});

const table = (name: string, change: string, subset: string, search: string) =>
  ({ table: name, change, subset, search }) as TableDifference;
const TABLES = [
  table("A", "added", "教学", "实习 shixi sx a xh"),
  table("B", "moved", "学生", "画像 huaxiang hx b"),
  table("C", "changed", "学生", "缺勤 queqin qq c"),
];
const found = (filter: Partial<Parameters<typeof tablesIn>[1]>) =>
  tablesIn(TABLES, { find: "", change: undefined, subset: undefined, ...filter }).map((one) => one.table);

test("differences are filtered by kind, subset, and what is typed", () => {
  expect(found({})).toEqual(["A", "B", "C"]);
  expect(found({ change: "changed" })).toEqual(["B", "C"]);
  expect(found({ change: "moved" })).toEqual(["B"]);
  expect(found({ subset: "学生", find: " QQ " })).toEqual(["C"]);
  expect(found({ find: "xh" })).toEqual(["A"]);
  expect(listsIn([], { find: "x", change: undefined, subset: undefined })).toEqual([]);
});

test("subsets are listed once each, in their order, and changes are counted", () => {
  expect(subsetsOf({ tables: TABLES } as Parameters<typeof subsetsOf>[0])).toEqual([
    { title: "教学", tables: 1 },
    { title: "学生", tables: 2 },
  ]);
  expect(tally([{ change: "added" }, { change: "added" }, { change: "moved" }])).toEqual({ added: 2, moved: 1 });
});
