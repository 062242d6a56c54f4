import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { mayClose } from "./closing";

vi.mock("../ipc", () => ({ onClosing: () => () => {} }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { activeElement: null });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("nothing is asked when all is saved", async () => {
  const ask = vi.fn();
  expect(await mayClose(() => false, ask)).toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

test("what is being typed is committed, and what is on its way is waited for", async () => {
  const blur = vi.fn();
  vi.stubGlobal("document", { activeElement: { blur } });
  let unsaved = true;
  const ask = vi.fn();
  const closing = mayClose(() => unsaved, ask);
  await vi.advanceTimersByTimeAsync(1000);
  unsaved = false;
  await vi.advanceTimersByTimeAsync(100);
  expect(await closing).toBe(true);
  expect(blur).toHaveBeenCalledOnce();
  expect(ask).not.toHaveBeenCalled();
});

test("work that goes on is asked about", async () => {
  const ask = vi.fn(() => Promise.resolve(false));
  const closing = mayClose(
    () => false,
    ask,
    () => true,
  );
  expect(await closing).toBe(false);
  expect(ask).toHaveBeenCalledExactlyOnceWith("working");
});

test("what cannot be saved is asked about", async () => {
  const closing = mayClose(
    () => true,
    () => Promise.resolve(false),
  );
  await vi.advanceTimersByTimeAsync(4000);
  expect(await closing).toBe(false);
});
