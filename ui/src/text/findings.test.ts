import { expect, test } from "vitest";

import { findingWords } from "./findings";

test("a code becomes the words of the language, with the value and all params", () => {
  const offer = { code: "code.offer", params: { names: { code: "join.quoted", params: { it: "三年 (3)" } } } };
  const message = { code: "finding.code.unknown", params: { list: "学制", right: offer } };
  expect(findingWords({ message, value: "三年制" })).toBe("“三年制”不是“学制”里的代码或名称。是不是“三年 (3)”？");
});

test("lists are joined, and what nothing fills is left out", () => {
  const message = { code: "finding.values", params: { values: ["甲", "乙"] } };
  expect(findingWords({ message, value: "$&" })).toBe("“$&”不在允许的范围里。可填：甲、乙。");
  expect(findingWords({ message: { code: "finding.required", params: {} }, value: "" })).toBe("必填，尚未填写。");
});

test("words of rules and of books of earlier builds are a text", () => {
  expect(findingWords({ message: "“{value}”早于今天。", value: "20260101" })).toBe("“20260101”早于今天。");
});
