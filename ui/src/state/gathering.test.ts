import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createGathering } from "./gathering";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what comes together is answered once, and soon", () => {
  const answers: number[][] = [];
  const gathering = createGathering<number>((all) => answers.push(all));
  gathering.add(1);
  gathering.add(2);
  vi.advanceTimersByTime(60);
  expect(answers).toEqual([[1, 2]]);
});

test("ten in a second are answered at most four times, and none is lost", () => {
  const answers: number[][] = [];
  const gathering = createGathering<number>((all) => answers.push(all));
  for (let i = 0; i < 10; i++) {
    gathering.add(i);
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(1000);
  expect(answers.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(answers.length).toBeLessThanOrEqual(4);
});

test("nothing is answered after the end", () => {
  const answers: number[][] = [];
  const gathering = createGathering<number>((all) => answers.push(all));
  gathering.add(1);
  gathering.end();
  vi.advanceTimersByTime(1000);
  expect(answers).toEqual([]);
});
