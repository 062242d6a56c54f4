import { beforeEach, expect, test, vi } from "vitest";

import type { CallFailure, Change, Edited, RecordView } from "../ipc";
import { openSheet, type Sheet } from "./sheet";

const NONE = { mandatory: 0, confirm: 0, hint: 0 };

/** A book in memory with the calls of a sheet; its answers come when the test releases them. */
function book(texts: string[]) {
  const records: RecordView[] = texts.map((text, i) => view(i + 1, text));
  const held: (() => void)[] = [];
  let next = records.length + 1;
  let refuse: { code: string } | undefined;

  function edit(changes: Change[]): Edited {
    const touched: RecordView[] = [];
    const added: number[] = [];
    for (const change of changes) {
      if (change.do === "insert") {
        const record = { ...view(next++, ""), cells: change.values };
        const behind = records.findIndex((one) => one.row === change.after);
        records.splice(behind < 0 ? records.length : behind + 1, 0, record);
        added.push(record.row);
        touched.push(record);
      } else {
        const index = records.findIndex((record) => record.row === change.row);
        if (change.do === "delete") records.splice(index, 1);
        else {
          const old = records[index];
          if (!old) throw new Error("no such record");
          const changed = { ...old, cells: { ...old.cells, [change.column]: change.value.toUpperCase() } };
          records[index] = changed;
          touched.push(changed);
        }
      }
    }
    return { step: 1, rows: touched, added, counts: NONE, undo: null };
  }
  const later = <T>(work: () => T) =>
    new Promise<T>((answer, fail) => held.push(() => (refuse ? fail(refuse) : answer(work()))));
  return {
    records,
    backend: () => ({
      page: (offset: number, limit: number) =>
        Promise.resolve({
          total: records.length,
          rows: records.slice(offset, offset + limit),
          order: null,
          places: [],
          counts: NONE,
        }),
      edit: (changes: Change[]) => later(() => edit(changes)),
      paste: () => later(() => edit([])),
    }),
    waiting: () => held.length,
    async letGo() {
      await vi.waitFor(() => expect(held.length).toBeGreaterThan(0), { interval: 1 });
      held.shift()?.();
      for (let i = 0; i < 10; i++) await Promise.resolve();
    },
    refuseWith: (error: { code: string } | undefined) => (refuse = error),
  };
}

function view(row: number, text: string): RecordView {
  return { row, key: "", cells: text === "" ? {} : { A: text }, names: {}, levels: {}, state: "new" };
}

const listeners = {
  saving: async <T>(work: Promise<T>) => await work,
  failed: vi.fn(),
  refused: vi.fn<(error: CallFailure) => void>(),
  gone: vi.fn(),
  made: vi.fn(),
};

let data: ReturnType<typeof book>;
let sheet: Sheet;

beforeEach(async () => {
  vi.clearAllMocks();
  data = book(["one", "two"]);
  sheet = openSheet(data.backend, listeners);
  sheet.ensure(0, 10);
  await vi.waitFor(() => expect(sheet.known()).toBe(true));
});

const record = (index: number) => {
  const found = sheet.at(index);
  if (!found) throw new Error(`no record at ${index}`);
  return found;
};

test("typed text stands at once, and the program's reading of it afterwards", async () => {
  void sheet.set(record(0).row, "A", "typed");
  expect(sheet.typed(1)?.get("A")?.text).toBe("typed");
  await data.letGo();
  expect(sheet.typed(1)).toBeUndefined();
  expect(record(0).cells.A).toBe("TYPED");
});

test("changes go one after the other, and the newest text is the one that stays", async () => {
  void sheet.set(record(0).row, "A", "first");
  void sheet.set(record(0).row, "A", "second");
  await vi.waitFor(() => expect(data.waiting()).toBe(1), { interval: 1 });
  await data.letGo();
  expect(sheet.typed(1)?.get("A")?.text).toBe("second");
  await data.letGo();
  expect(sheet.typed(1)).toBeUndefined();
  expect(record(0).cells.A).toBe("SECOND");
});

test("text that is refused stays with its reason until it is typed again", async () => {
  data.refuseWith({ code: "disk.full" });
  void sheet.set(record(1).row, "A", "kept");
  await data.letGo();
  expect(sheet.typed(2)?.get("A")).toMatchObject({ text: "kept", error: { code: "disk.full" } });
  expect(listeners.failed).toHaveBeenLastCalledWith(1);
  expect(listeners.refused).toHaveBeenCalledOnce();

  data.refuseWith(undefined);
  void sheet.set(record(1).row, "A", "again");
  await data.letGo();
  expect(record(1).cells.A).toBe("AGAIN");
  expect(listeners.failed).toHaveBeenLastCalledWith(0);
});

test("typing on in a new record does not wait for the book", async () => {
  void sheet.addRow("A", "new");
  expect(sheet.total()).toBe(3);
  const temporary = record(2);
  expect(temporary.row).toBeLessThan(0);
  void sheet.set(temporary.row, "B", "more");
  await data.letGo();
  expect(sheet.total()).toBe(3);
  expect(record(2).row).toBe(3);
  // Both texts stood in the record when it went in, so that one change is enough.
  expect(data.waiting()).toBe(0);
  expect(data.records[2]?.cells).toEqual({ A: "new", B: "more" });
  expect(sheet.typed(3)).toBeUndefined();
});

test("a text whose code is still being looked up is saved as that code", async () => {
  let answer: (code: { code: string; name: string } | undefined) => void = () => {};
  void sheet.set(record(0).row, "A", "f", "", new Promise((resolve) => (answer = resolve)));
  void sheet.set(record(1).row, "A", "next");
  expect(sheet.typed(1)?.get("A")?.text).toBe("f");
  expect(data.waiting()).toBe(0);
  answer({ code: "no", name: "No" });
  await vi.waitFor(() => expect(data.waiting()).toBe(1), { interval: 1 });
  expect(sheet.typed(1)?.get("A")).toMatchObject({ text: "no", name: "No" });
  await data.letGo();
  expect(record(0).cells.A).toBe("NO");
  expect(record(1).cells.A).not.toBe("NEXT");
  await data.letGo();
  expect(record(1).cells.A).toBe("NEXT");
});

test("a text that is no code after all is saved as it stands", async () => {
  void sheet.set(record(0).row, "A", "free", "", Promise.reject(new Error("no answer")));
  await vi.waitFor(() => expect(data.waiting()).toBe(1), { interval: 1 });
  await data.letGo();
  expect(record(0).cells.A).toBe("FREE");
});

test("what was refused goes in with the next cell of the same record", async () => {
  data.refuseWith({ code: "disk.full" });
  void sheet.addRow("A", "new");
  await data.letGo();
  expect(listeners.failed).toHaveBeenLastCalledWith(1);
  data.refuseWith(undefined);
  void sheet.set(record(2).row, "B", "more");
  await data.letGo();
  expect(data.records[2]?.cells).toEqual({ A: "new", B: "more" });
  expect(sheet.typed(3)).toBeUndefined();
  expect(listeners.failed).toHaveBeenLastCalledWith(0);
});

test("a new record that is refused stays and can be given up", async () => {
  data.refuseWith({ code: "disk.full" });
  void sheet.addRow("A", "new");
  await data.letGo();
  expect(sheet.total()).toBe(3);
  sheet.dismiss(record(2).row, "A");
  expect(sheet.total()).toBe(2);
});

test("text typed at once into an inserted record goes into that record, and its neighbours stay", async () => {
  const row = sheet.insertAt(1, 1);
  expect(record(1).row).toBe(row);
  expect(record(2).row).toBe(2);
  void sheet.set(row, "A", "quick");
  expect(sheet.typed(row)?.get("A")?.text).toBe("quick");
  await data.letGo();
  expect(data.records.map(({ cells }) => cells.A)).toEqual(["one", "quick", "two"]);
  expect(sheet.indexOf(row)).toBe(1);
  expect(record(1).row).toBe(3);
  expect(sheet.total()).toBe(3);
});

test("what the program could not be reached for is sent again, and what it refused is not", async () => {
  data.refuseWith({ code: "program.unreachable" });
  void sheet.set(record(0).row, "A", "kept");
  await data.letGo();
  data.refuseWith({ code: "book.system-column" });
  void sheet.set(record(1).row, "A", "wrong");
  await data.letGo();
  expect(listeners.failed).toHaveBeenLastCalledWith(2);
  data.refuseWith(undefined);
  sheet.retry();
  await data.letGo();
  expect(record(0).cells.A).toBe("KEPT");
  expect(data.waiting()).toBe(0);
  expect(listeners.failed).toHaveBeenLastCalledWith(1);
});

test("text for a record that was deleted elsewhere is handed over and stands nowhere else", async () => {
  data.refuseWith({ code: "book.no-such-row" });
  void sheet.set(2, "A", "late");
  await data.letGo();
  expect(listeners.gone).toHaveBeenCalledWith(expect.objectContaining({ row: 2 }), "A", "late");
  expect(sheet.typed(2)).toBeUndefined();
  expect(listeners.failed).toHaveBeenLastCalledWith(0);
});
