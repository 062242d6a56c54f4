import { beforeEach, describe, expect, test } from "vitest";

import type { CallFailure } from "../ipc";
import { type Cache, createCache } from "./cache";

/** Calls under way; each is answered by the test. */
interface UnderWay {
  name: string;
  answer(data: unknown): Promise<void>;
  fail(code: string): Promise<void>;
}

let calls: UnderWay[];
let asked: number;
let cache: Cache;

const settled = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

beforeEach(() => {
  calls = [];
  asked = 0;
  cache = createCache((name) => {
    asked += 1;
    return new Promise((answer, fail) => {
      const end = async (work: () => void) => {
        calls = calls.filter((one) => one !== call);
        work();
        await settled();
      };
      const call: UnderWay = {
        name,
        answer: (data) => end(() => answer(data)),
        fail: (code) => end(() => fail({ code } as CallFailure)),
      };
      calls.push(call);
    });
  }, 3);
});

const watch = (name: string) => cache.watch(name, {}, () => {});
const data = (name: string) => cache.shown(name, {}).data;
const all = new Set(["tables"]);
const reads = () => ["tables"];
const change = () => cache.refresh(all, reads);

test("two screens that look at one thing ask once", async () => {
  watch("home.get");
  watch("home.get");
  expect(asked).toBe(1);
  await calls[0]?.answer("one");
  expect(data("home.get")).toBe("one");
});

describe("while a call is under way", () => {
  test("any number of changes asks once more, after it", async () => {
    watch("home.get");
    for (let i = 0; i < 10; i++) change();
    expect(asked).toBe(1);
    await calls[0]?.answer("before");
    expect(asked).toBe(2);
    expect(data("home.get")).toBe("before");
    await calls[0]?.answer("after");
    expect(asked).toBe(2);
    expect(data("home.get")).toBe("after");
  });

  test("an answer of the book before is dropped", async () => {
    watch("home.get");
    const [late] = calls;
    cache.forget("start.state", true);
    expect(asked).toBe(2);
    await calls[1]?.answer("this book");
    await late?.answer("the book before");
    expect(data("home.get")).toBe("this book");
  });

  test("an answer that came another way is not overwritten by it", async () => {
    watch("start.state");
    cache.take("start.state", {}, "newer");
    await calls[0]?.answer("older");
    expect(data("start.state")).toBe("newer");
  });
});

test("a stale answer stays until the new one is there, also when that fails", async () => {
  watch("home.get");
  await calls[0]?.answer("one");
  change();
  expect(cache.shown("home.get", {})).toMatchObject({ data: "one", answered: true });
  await calls[0]?.fail("book.damaged");
  expect(cache.shown("home.get", {})).toMatchObject({ data: "one", error: { code: "book.damaged" } });
});

test("a call that failed is not asked again by itself, but by the next change", async () => {
  watch("home.get");
  await calls[0]?.fail("book.damaged");
  watch("home.get");
  expect(asked).toBe(1);
  change();
  expect(asked).toBe(2);
});

test("what nobody watches is forgotten when it is stale, and asked for when it is watched again", async () => {
  const leave = watch("fill.history");
  await calls[0]?.answer("one");
  leave();
  change();
  expect(asked).toBe(1);
  watch("fill.history");
  expect(asked).toBe(2);
});

test("only what a change concerns is asked again", async () => {
  watch("home.get");
  watch("standard.tree");
  for (const call of [...calls]) await call.answer("one");
  cache.refresh(all, (name) => (name === "home.get" ? ["tables"] : ["book"]));
  expect(calls.map(({ name }) => name)).toEqual(["home.get"]);
});

test("more than the most is not kept, but what is watched stays", async () => {
  watch("watched");
  await calls[0]?.answer("kept");
  for (const name of ["a", "b", "c", "d"]) {
    const leave = watch(name);
    await calls[0]?.answer(name);
    leave();
  }
  expect(data("watched")).toBe("kept");
  expect(data("a")).toBeUndefined();
});

describe("a watcher that cares for a part of the changes", () => {
  const both = () => ["tables", "batches"];

  test("is asked for again by those changes only", async () => {
    cache.watch("home.get", {}, () => {}, ["batches"]);
    await calls[0]?.answer("one");
    cache.refresh(new Set(["tables"]), both);
    expect(asked).toBe(1);
    cache.refresh(new Set(["batches"]), both);
    expect(asked).toBe(2);
  });

  test("leaves an answer that the next full watcher asks for again", async () => {
    cache.watch("home.get", {}, () => {}, ["batches"]);
    await calls[0]?.answer("one");
    cache.refresh(new Set(["tables"]), both);
    watch("home.get");
    expect(asked).toBe(2);
  });
});
