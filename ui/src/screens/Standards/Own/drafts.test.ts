import { expect, test } from "vitest";

import type { Overlay, OwnRule } from "../../../ipc";
import { heading, inForm, newColumn, newRule, ofKind, ruleName, settled, tablesWithDuties, trimmed } from "./drafts";
import { controlOf, partOf } from "./refusal";

test("a column of another kind keeps only what that kind can have", () => {
  const full = { ...newColumn(), code_list: "XB", max_length: 20, precision: 5, scale: 2, values: ["甲"], unit: "元" };
  expect(ofKind(full, "date")).toMatchObject({
    code_list: null,
    max_length: null,
    precision: null,
    scale: null,
    values: [],
    unit: null,
  });
  expect(ofKind(full, "decimal")).toMatchObject({ precision: 5, scale: 2, unit: "元", values: [] });
  expect(ofKind(full, "code")).toMatchObject({ code_list: "XB", max_length: null });
  expect(ofKind(full, "text")).toMatchObject({ max_length: 20, values: ["甲"], unit: null });
});

test("blanks around what was written are taken off", () => {
  expect(trimmed({ ...newColumn(), title: " 备注 ", unit: " ", description: "" })).toMatchObject({
    title: "备注",
    unit: null,
    description: null,
  });
});

test("a rule gets a name that is free, and cases without an entry are left out", () => {
  const rule: OwnRule = {
    ...newRule(),
    table: "ODS_A",
    expect: " X_A > 1 ",
    pass: [{ X_A: "2", X_B: "" }, {}],
    fail: [{ X_A: "" }],
  };
  const others = [{ ...rule, id: "ODS_A.own-1" }];
  expect(ruleName("ODS_A", others)).toBe("ODS_A.own-2");
  expect(settled(rule, others)).toMatchObject({ id: "ODS_A.own-2", expect: "X_A > 1", pass: [{ X_A: "2" }], fail: [] });
});

test("rules over several records are not for the form", () => {
  expect(inForm(newRule())).toBe(true);
  expect(inForm({ ...newRule(), pass: [{ ODS_A: [{ X: "1" }] }] })).toBe(false);
  const { expect: _, ...rest } = newRule();
  expect(inForm({ ...rest, select: "SELECT _row FROM ODS_A" })).toBe(false);
});

test("a heading leaves open what changes", () => {
  expect(heading({ ...newRule(), message: "备注“{value}”太短，见{X_BZ}" })).toBe("备注…太短，见…");
});

test("tables with duties stand once", () => {
  const overlay: Overlay = {
    fields: [],
    tables: [],
    rules: [],
    frequencies: { B: "day", A: "day" },
    departments: { A: "教务处" },
  };
  expect(tablesWithDuties(overlay)).toEqual(["A", "B"]);
});

test.each([
  ["overlay.name", { part: "T.X", found: "x" }, "name"],
  ["overlay.twice", { part: "T.X", found: "备注" }, "title"],
  ["overlay.twice", { part: "T.X", found: "X_BZ" }, "name"],
  ["rule.sql", { rule: "T.own-1", found: "x" }, "condition"],
  ["rule.case-nothing", { rule: "T.own-1", number: "1" }, "cases"],
  ["overlay.rule", { part: "T.own-1", found: "fail\uFF1Ano case" }, "cases"],
  ["overlay.rule", { part: "T.own-1", found: "columns/1\uFF1AX_A" }, "columns"],
  ["book.damaged", { file: "x" }, "whole"],
])("%s belongs to its control", (code, params, control) => {
  expect(controlOf({ code, params }, "备注")).toBe(control);
});

test("a refusal names its part", () => {
  expect(partOf({ code: "overlay.name", params: { part: "T.X" } })).toBe("T.X");
  expect(partOf({ code: "rule.sql", params: { rule: "T.own-1" } })).toBe("T.own-1");
});
