import { expect, test } from "vitest";

import type { ProposalRow, Sensitivity } from "../../ipc";
import { cellOf, shownAs } from "./cell";

const sensitivity = (column: string): Sensitivity => (column === "XM" ? "personal" : "none");
const row: ProposalRow = {
  no: 0,
  line: 2,
  record: 1,
  kind: "changed",
  conflict: null,
  left_out: null,
  cells: { XM: "欧阳小明", BJ: "一班" },
  changes: { XM: "changed" },
  before: { XM: "欧阳大明" },
  base: {},
  names: {},
  choice: null,
  choices: {},
  unreadable: {},
};

test("each text of a personal column is masked, an unreadable one, too", () => {
  const show = shownAs(sensitivity, true);
  expect(cellOf(row, "XM", show)).toMatchObject({ state: "changed", value: "欧＊＊＊", before: "欧＊＊＊" });
  expect(cellOf(row, "BJ", show)).toMatchObject({ state: "same", value: "一班", before: "" });
  const cell = { reason: "error-value", shown: "张三 李四" };
  const unreadable: ProposalRow = { ...row, kind: "unreadable", cells: {}, before: {}, unreadable: { XM: cell } };
  expect(cellOf(unreadable, "XM", show)).toMatchObject({ state: "unreadable", value: expect.stringContaining("＊") });
  expect(cellOf(unreadable, "XM", show).value).not.toContain("三");
});

test("nothing is masked where the clerk has asked to see it", () => {
  const show = shownAs(sensitivity, false);
  expect(cellOf({ ...row, kind: "conflict", changes: { XM: "conflict" } }, "XM", show)).toMatchObject({
    state: "conflict",
    value: "欧阳小明",
    before: "欧阳大明",
  });
});

test("masks that are alike say that the values differ, and codes have their names", () => {
  const show = shownAs(sensitivity, true);
  const alike: ProposalRow = { ...row, cells: { XM: "王小明" }, before: { XM: "王大明" }, base: { XM: "王明明" } };
  expect(cellOf(alike, "XM", show)).toMatchObject({ value: "王＊＊", before: "王＊＊", base: "王＊＊", veiled: true });
  const coded: ProposalRow = {
    ...row,
    cells: { XZ: "3" },
    before: { XZ: "5" },
    changes: { XZ: "changed" },
    names: { XZ: { "3": "三年制" } },
  };
  expect(cellOf(coded, "XZ", show)).toMatchObject({ value: "3 三年制", before: "5", veiled: false });
});
