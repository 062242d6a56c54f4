import { expect, test } from "vitest";

import { mask } from "./mask";

// The same as crates/standard/src/mask.rs.
test.each([
  ["none", "510203", "510203"],
  ["personal", "", ""],
  ["personal", "王", "＊"],
  ["personal", "王小明", "王＊＊"],
  ["personal", "20240", "2＊＊0"],
  ["personal", "2024030101", "20＊＊01"],
  ["special", "离异", "＊＊"],
  ["special", "家庭经济特别困难", "＊＊＊＊＊＊"],
])("%s %s: %s", (sensitivity, value, shown) => expect(mask(sensitivity, value)).toBe(shown));
