import { expect, test } from "vitest";

import type { RuleCase } from "../../../ipc";
import { blocks, pieces, plain } from "./words";

const COLUMNS = [
  { column: "SXJSRQ", title: "实习结束日期" },
  { column: "SXKSRQ", title: "实习开始日期" },
];

test("placeholders are told by the title of their column", () => {
  const message = "结束日期“{value}”早于开始日期“{SXKSRQ}”，共 {n} 条";
  expect(
    pieces(message, COLUMNS)
      .filter(({ value }) => value)
      .map(({ text }) => text),
  ).toEqual(["实习结束日期", "实习开始日期", "…"]);
  expect(plain(message, COLUMNS)).toBe("结束日期“实习结束日期”早于开始日期“实习开始日期”，共 … 条");
  expect(plain("{value}")).toBe("…");
});

const row = (table: string, cells: Record<string, string>) => ({
  table,
  table_title: table,
  cells: Object.entries(cells).map(([column, value]) => ({ column, title: column, value })),
});
const one = (today: string | null, ...rows: RuleCase["rows"]): RuleCase => ({ today, period: null, rows });

test("cases of one record stand in one table, unless they are of another day", () => {
  const cases = [
    one(null, row("T", { A: "1" })),
    one(null, row("T", { B: "2" })),
    one("20260301", row("T", { A: "3" })),
  ];
  expect(blocks("row", cases)).toEqual([
    {
      today: null,
      period: null,
      tables: [
        {
          table: "T",
          title: "T",
          columns: [
            { column: "A", title: "A" },
            { column: "B", title: "B" },
          ],
          rows: [
            ["1", undefined],
            [undefined, "2"],
          ],
        },
      ],
    },
    {
      today: "20260301",
      period: null,
      tables: [{ table: "T", title: "T", columns: [{ column: "A", title: "A" }], rows: [["3"]] }],
    },
  ]);
});

test("cases of several records stay apart, table by table", () => {
  const cases = [
    one(null, row("T", { A: "1" }), row("U", { A: "2" }), row("T", { A: "3" })),
    one(null, row("T", { A: "4" })),
  ];
  expect(blocks("select", cases).map(({ tables }) => tables.map(({ table, rows }) => [table, rows.length]))).toEqual([
    [
      ["T", 2],
      ["U", 1],
    ],
    [["T", 1]],
  ]);
});
