import { expect, test } from "vitest";

import type { ColumnFate, MigrationColumn, MigrationCounts, MigrationTable, TableFate } from "../../../ipc";
import { tablesOf, tellingColumns } from "./filter";

const NONE: MigrationCounts = { records: 0, cells: 0, kept: 0, converted: 0, moved: 0, aside: 0, hand: 0, filled: 0 };

const column = (kind: ColumnFate): MigrationColumn => ({
  column: kind,
  title: kind,
  to: null,
  to_title: null,
  to_table: null,
  kind,
  what: null,
  cells: 1,
  examples: [],
});

const table = (
  name: string,
  kind: TableFate,
  counts: Partial<MigrationCounts>,
  kinds: ColumnFate[] = [],
): MigrationTable => ({
  table: name,
  title: `${name}的数据`,
  to: null,
  to_title: null,
  kind,
  basis: null,
  counts: { ...NONE, ...counts },
  columns: kinds.map(column),
});

const TABLES = [
  table("EMPTY", "same", {}),
  table("PLAIN", "same", { records: 3, kept: 9 }),
  table("WORK", "same", { records: 2, hand: 1, aside: 4 }, ["hand", "aside", "same"]),
  table("FRESH", "new", {}),
];

const names = (tables: MigrationTable[]) => tables.map((one) => one.table);

test("what needs a hand comes first, then what holds records", () => {
  expect(names(tablesOf(TABLES, "all", ""))).toEqual(["WORK", "PLAIN", "EMPTY", "FRESH"]);
});

test("each interest shows the tables that it is about", () => {
  expect(names(tablesOf(TABLES, "aside", ""))).toEqual(["WORK"]);
  expect(names(tablesOf(TABLES, "new", ""))).toEqual(["FRESH"]);
  expect(names(tablesOf(TABLES, "converted", ""))).toEqual([]);
});

test("tables are found by name and title", () => {
  expect(names(tablesOf(TABLES, "all", "plain"))).toEqual(["PLAIN"]);
  expect(names(tablesOf(TABLES, "all", "EMPTY的"))).toEqual(["EMPTY"]);
});

test("columns that stay as they are need no line", () => {
  const work = TABLES[2] as MigrationTable;
  expect(tellingColumns(work, "all").map(({ kind }) => kind)).toEqual(["hand", "aside"]);
  expect(tellingColumns(work, "aside").map(({ kind }) => kind)).toEqual(["aside"]);
});

test("what is kept aside because it needs a hand is listed once", () => {
  const unit = (kind: ColumnFate): MigrationColumn => ({
    ...column(kind),
    column: "SSDWH",
    what: { code: "moving.by-hand", params: {} },
  });
  const both: MigrationTable = {
    ...table("UNIT", "same", {}),
    columns: [unit("hand"), unit("aside"), column("aside")],
  };
  expect(tellingColumns(both, "all").map((one) => `${one.column} ${one.kind}`)).toEqual(["SSDWH hand", "aside aside"]);
  expect(tellingColumns(both, "aside")).toHaveLength(2);
});
