import { expect, test } from "vitest";

import type { ProposalRow, Sensitivity } from "../../ipc";
import { cellOf, shownAs } from "./cell";

const sensitivity = (column: string): Sensitivity => (column === "XM" ? "personal" : "none");
const row: ProposalRow = {
  line: 2,
  kind: "changed",
  conflict: null,
  left_out: null,
  cells: { XM: "欧阳小明", BJ: "一班" },
  changes: { XM: "changed" },
  before: { XM: "欧阳大明" },
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
