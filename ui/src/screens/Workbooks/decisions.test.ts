import { expect, test } from "vitest";

import type { ProposalRow, ProposalSheet } from "../../ipc";
import { cellVerdict, columnsShown, isMixed, rowVerdict } from "./decisions";

const row: ProposalRow = {
  no: 0,
  line: 2,
  record: 1,
  kind: "conflict",
  conflict: null,
  left_out: null,
  cells: {},
  changes: { A: "changed", B: "cleared", C: "conflict" },
  before: {},
  base: {},
  names: {},
  choice: null,
  choices: {},
  unreadable: {},
};

test("without a word a change comes in, nothing is emptied, and a conflict waits", () => {
  expect(["A", "B", "C"].map((column) => cellVerdict(row, column))).toEqual(["theirs", "ours", "undecided"]);
  expect(rowVerdict(row)).toBe("undecided");
  const decided: ProposalRow = { ...row, choices: { A: "ours", B: "theirs", C: "ours" } };
  expect(["A", "B", "C"].map((column) => cellVerdict(decided, column))).toEqual(["ours", "theirs", "ours"]);
  expect([rowVerdict(decided), isMixed(decided)]).toEqual(["theirs", true]);
});

test("a whole record comes in, stays, or waits", () => {
  const whole = (kind: ProposalRow["kind"], conflict: ProposalRow["conflict"] = null): ProposalRow => ({
    ...row,
    kind,
    conflict,
    changes: {},
  });
  expect(rowVerdict(whole("new"))).toBe("theirs");
  expect(rowVerdict(whole("missing"))).toBe("ours");
  expect(rowVerdict(whole("conflict", "deleted"))).toBe("undecided");
  expect(rowVerdict({ ...whole("conflict", "other-key"), choice: "add" })).toBe("add");
});

test("only the columns that change are shown, those that tell records apart first", () => {
  const heading = (column: string | null) => ({ heading: column ?? "?", column, title: column, proposed: null });
  const cells = {
    changed: 0,
    changed_refused: 0,
    cleared: 0,
    cleared_asked: 0,
    conflicts: 0,
    undecided: 0,
    differs: 0,
  };
  const sheet = {
    columns: ["NAME", "KEY", "A", "B", null].map(heading),
    cells: [
      { ...cells, column: "A", changed: 2 },
      { ...cells, column: "B", conflicts: 1 },
    ],
  } as unknown as ProposalSheet;
  expect(columnsShown(sheet, "changed", ["KEY"], false)).toEqual({ columns: ["KEY", "A"], frozen: 1 });
  expect(columnsShown(sheet, "conflict", ["KEY"], false)).toEqual({ columns: ["KEY", "B"], frozen: 1 });
  expect(columnsShown(sheet, "new", ["KEY"], false)).toEqual({ columns: ["KEY", "NAME", "A", "B"], frozen: 1 });
  expect(columnsShown(sheet, "changed", ["KEY"], true)).toEqual({ columns: ["KEY", "NAME", "A", "B"], frozen: 1 });
});
