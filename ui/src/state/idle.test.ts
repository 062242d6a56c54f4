import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { isIdle, lockBook } from "./idle";

const { call } = vi.hoisted(() => ({ call: vi.fn(() => Promise.resolve({})) }));
vi.mock("../ipc", () => ({ call }));

beforeEach(() => {
  vi.useFakeTimers();
  call.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a page is idle after the minutes that are set, and never with 0", () => {
  const minutes = (n: number) => n * 60_000;
  expect(isIdle(0, minutes(15) - 1, 15)).toBe(false);
  expect(isIdle(0, minutes(15), 15)).toBe(true);
  expect(isIdle(0, minutes(999), 0)).toBe(false);
  expect(isIdle(minutes(20), 0, 15)).toBe(false);
});

test("what is being typed is committed before the book is locked", async () => {
  const blur = vi.fn(() => expect(call).not.toHaveBeenCalled());
  vi.stubGlobal("document", { activeElement: { blur } });
  await lockBook();
  expect(blur).toHaveBeenCalledOnce();
  expect(call).toHaveBeenCalledWith("book.lock", {});
});
