import { expect, test } from "vitest";

import type { FieldSpec } from "../ipc";
import { arrange, columnAt, totalWidth, usualWidth } from "./columns";

const field = (column: string, title: string, kind = "text") => ({ column, title, kind, max_length: 20 }) as FieldSpec;

test("columns stand side by side, and dragged widths win", () => {
  const columns = arrange([field("A", "甲"), field("B", "乙"), field("C", "丙")], { B: 200 }, 14);
  expect(columns.map((column) => column.left)).toEqual([0, columns[0]?.width, (columns[0]?.width ?? 0) + 200]);
  expect(totalWidth(columns)).toBe((columns[2]?.left ?? 0) + (columns[2]?.width ?? 0));
});

test("the column under a place, and the nearest one outside", () => {
  const columns = arrange([field("A", "甲"), field("B", "乙")], { A: 100, B: 100 }, 14);
  expect([-5, 0, 99, 100, 199, 500].map((x) => columnAt(columns, x))).toEqual([0, 0, 0, 1, 1, 1]);
});

test("a title has room, within reason, and more with larger text", () => {
  expect(usualWidth(field("A", "实习企业行业类别码"), 14)).toBeGreaterThan(9 * 13);
  expect(usualWidth(field("A", "很".repeat(60)), 14)).toBe(220);
  expect(usualWidth(field("A", "学号"), 20)).toBeGreaterThan(usualWidth(field("A", "学号"), 14));
});
