import { beforeAll, expect, test, vi } from "vitest";

import type { HitKind, SearchHit, SearchResult } from "../../../ipc";

let made: typeof import("./groups");

beforeAll(async () => {
  vi.stubGlobal("location", { hash: "" });
  made = await import("./groups");
});

const hit = (kind: HitKind, more: Partial<SearchHit> = {}): SearchHit => ({
  kind,
  table: null,
  column: null,
  list: null,
  code: null,
  rule: null,
  title: "",
  detail: "",
  ...more,
});

test("answers stand under their kind, in the program's order", () => {
  const result: SearchResult = {
    total: 12,
    kinds: [
      { kind: "field", total: 10 },
      { kind: "table", total: 2 },
    ],
    hits: [hit("field"), hit("field"), hit("table")],
  };
  expect(made.groups(result, undefined).map(({ kind, total, hits }) => [kind, total, hits.length])).toEqual([
    ["field", 10, 2],
    ["table", 2, 1],
  ]);
  expect(made.groups(result, "table").map(({ kind }) => kind)).toEqual(["table"]);
});

test("each answer leads to its place, in the edition that was searched", () => {
  const places: [SearchHit, string][] = [
    [hit("table", { table: "T" }), "#/standards/T///e"],
    [hit("field", { table: "T", column: "C" }), "#/standards/T//C/e"],
    [hit("rule", { table: "T", rule: "T.r" }), "#/standards/T//T.r/e/rules"],
    [hit("list", { list: "L" }), "#/standards/codes//L/e"],
    [hit("code", { list: "L", code: "01" }), "#/standards/codes//L/e/%3D01"],
  ];
  for (const [one, address] of places) expect(made.addressOf(one, "e")).toBe(address);
});

test("arrows go round", () => {
  expect([
    made.stepped(-1, 1, 3),
    made.stepped(2, 1, 3),
    made.stepped(0, -1, 3),
    made.stepped(-1, -1, 3),
    made.stepped(-1, 1, 0),
  ]).toEqual([0, 0, 2, 2, -1]);
});
