import { beforeEach, expect, test, vi } from "vitest";

import type { CallFailure, Edited, FieldSpec, RecordView } from "../ipc";
import { clear, type GridContext } from "./actions";
import { copyLater, copyNow } from "./clipboard";
import { openSheet, type Sheet } from "./sheet";

const NONE = { mandatory: 0, confirm: 0, hint: 0 };
const RECORDS: RecordView[] = ["one", "two"].map((text, i) => ({
  row: i + 1,
  key: "",
  cells: { A: text },
  names: {},
  levels: {},
  state: "new",
}));

let sheet: Sheet;
let edits: unknown[];
let broken: boolean;
const listeners = {
  saving: <T>(work: Promise<T>) => work,
  failed: vi.fn(),
  refused: vi.fn<(error: CallFailure) => void>(),
  gone: vi.fn(),
  made: vi.fn(),
};

beforeEach(async () => {
  vi.clearAllMocks();
  edits = [];
  broken = false;
  const answer = (rows: RecordView[]): Edited => ({ step: 1, rows, added: [], counts: NONE, undo: null });
  sheet = openSheet(
    () => ({
      page: (offset, limit) =>
        broken
          ? Promise.reject({ code: "book.damaged", params: {} })
          : Promise.resolve({
              total: RECORDS.length,
              rows: RECORDS.slice(offset, offset + limit),
              order: null,
              places: [],
              counts: NONE,
            }),
      edit: (changes) => {
        edits.push(...changes);
        return changes.some((change) => change.do === "set" && change.value === "refuse")
          ? Promise.reject({ code: "disk.full", params: {} })
          : Promise.resolve(answer([]));
      },
      paste: () => Promise.resolve(answer([])),
    }),
    listeners,
  );
  sheet.ensure(0, 10);
  await vi.waitFor(() => expect(sheet.known()).toBe(true));
});

const context = (): GridContext => ({
  sheet,
  table: "book T",
  seen: sheet.seen(),
  columns: [{ field: { column: "A", title: "A" } as FieldSpec, width: 100, left: 0 }],
  selection: { anchor: { row: 0, col: 0 }, focus: { row: 1, col: 0 } },
  tooMany: vi.fn(),
  refuse: vi.fn(),
});

test("what is copied is what is shown, also where it was refused", async () => {
  const record = sheet.at(0);
  if (!record) throw new Error("no record");
  await sheet.set(record.row, "A", "refuse");
  expect(
    copyNow(context(), (_, text, name) => name || text)
      ?.text.trim()
      .split(/\r?\n/),
  ).toEqual(["refuse", "two"]);
  expect((await copyLater(context(), (_, text, name) => name || text))?.cells).toEqual([["refuse"], ["two"]]);
});

test("nothing is cleared when a part of the cells cannot be read, and the reason is said", async () => {
  broken = true;
  sheet.refresh();
  await clear(context());
  expect(edits).toEqual([]);
  expect(listeners.refused).toHaveBeenCalledWith(expect.objectContaining({ code: "book.damaged" }));
});
