import { expect, test, vi } from "vitest";

import type { Changed } from "../ipc";
import { kindsOf, listenForChanges } from "./calls";

const ipc = vi.hoisted(() => ({
  listeners: [] as Array<(changed: Changed) => void>,
  call: vi.fn(() => Promise.resolve({ open: null })),
}));

vi.mock("../ipc", async () => ({
  READS: (await vi.importActual<typeof import("../ipc/types")>("../ipc/types")).READS,
  call: ipc.call,
  on: (_: string, listener: (changed: Changed) => void) => {
    ipc.listeners.push(listener);
    return () => {};
  },
}));

test("lost events make every answer stale", () => {
  expect([...kindsOf([{ what: "batches" }])]).toEqual(["batches"]);
  expect([...kindsOf([{ what: "everything" }])].sort()).toEqual(["batches", "book", "proposals", "tables"]);
});

test("lost events ask which book is open", async () => {
  vi.useFakeTimers();
  const end = listenForChanges();
  for (const listener of ipc.listeners) listener({ what: "everything" });
  await vi.advanceTimersByTimeAsync(1000);
  expect(ipc.call).toHaveBeenCalledWith("start.state", {});
  end();
  vi.useRealTimers();
});
