import { describe, expect, test } from "vitest";

import type { FieldSpec } from "../ipc";
import { goOn } from "./series";

const field = (kind: string, more: Partial<FieldSpec> = {}) => ({ kind, code_list: null, ...more }) as FieldSpec;

/** Kind of the field, values that stand there, and the three that follow; backwards where the last column says so. */
const CASES: [string, string[], string[], "back"?][] = [
  ["text", ["甲"], ["甲", "甲", "甲"]],
  ["text", ["甲", "乙"], ["甲", "乙", "甲"]],
  ["text", ["软件2401班"], ["软件2402班", "软件2403班", "软件2404班"]],
  ["text", ["班1", "班3"], ["班5", "班7", "班9"]],
  ["text", ["A009"], ["A010", "A011", "A012"]],
  ["text", ["0099"], ["0100", "0101", "0102"]],
  ["text", ["班3"], ["班2", "班1", "班0"], "back"],
  ["text", ["2024010101", "2024010102"], ["2024010103", "2024010104", "2024010105"]],
  [
    "text",
    ["999999999999999999", "1000000000000000000"],
    ["1000000000000000001", "1000000000000000002", "1000000000000000003"],
  ],
  ["integer", ["5"], ["5", "5", "5"]],
  ["integer", ["1", "2"], ["3", "4", "5"]],
  ["integer", ["10", "8"], ["6", "4", "2"]],
  ["integer", ["4", "5"], ["3", "2", "1"], "back"],
  ["integer", ["1", "2", "4"], ["1", "2", "4"]],
  ["decimal", ["1.50", "1.75"], ["2.00", "2.25", "2.50"]],
  ["date", ["20260930"], ["20261001", "20261002", "20261003"]],
  ["date", ["20260901", "20260908"], ["20260915", "20260922", "20260929"]],
  ["date", ["20260228"], ["20260227", "20260226", "20260225"], "back"],
  // Not a date, so there is no day after it.
  ["date", ["20260231"], ["20260231", "20260231", "20260231"]],
  ["datetime", ["2026-09-30 08:00:00"], ["2026-10-01 08:00:00", "2026-10-02 08:00:00", "2026-10-03 08:00:00"]],
  ["longtext", ["第1周：参观"], ["第1周：参观", "第1周：参观", "第1周：参观"]],
  ["text", ["", ""], ["", "", ""]],
];

describe.each(CASES)("%s %j", (kind, source, expected, way) => {
  test(`${expected}`, () => {
    expect(goOn(field(kind), source, 3, way === "back")).toEqual({ values: expected });
  });
});

test("codes are copied and never count on", () => {
  expect(goOn(field("code", { code_list: "XB" }), ["1", "2"], 3)).toEqual({ values: ["1", "2", "1"] });
});

test("numbers with a check digit are refused", () => {
  expect(goOn(field("text", { check_digit: true }), ["11010519491231002X"], 1)).toEqual({ refused: "check-digit" });
});
