import { expect, test } from "vitest";

import { formatWords } from "./fieldFacts";

test("a format is said in words, and an expression that no clerk can read is not shown", () => {
  expect(formatWords("YYYYMMDD")).toBe("YYYYMMDD");
  expect(formatWords("^[0-9]{6}$")).toBe("6 位数字");
  expect(formatWords("^[0-9A-Z]{32}$")).toBe("32 位数字或大写字母");
  expect(formatWords("^.{32}$")).toBe("32 个字符");
  expect(formatWords("^https?://.+")).toBeNull();
  expect(formatWords(null)).toBeNull();
});
