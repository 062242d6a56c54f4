import fc from "fast-check";
import { expect, test, vi } from "vitest";

import { createPages, type Fetched } from "./pages";

interface One {
  id: number;
  text: string;
}

/** A book of `rows` records whose answers wait until the test releases them. */
function setting(rows: number, size = 10, most = 3) {
  const book: One[] = Array.from({ length: rows }, (_, id) => ({ id, text: `t${id}` }));
  const waiting: (() => void)[] = [];
  const asked: number[] = [];
  let broken = false;
  const changed = vi.fn();
  const fetch = (offset: number, limit: number) =>
    new Promise<Fetched<One>>((answer, refuse) => {
      asked.push(offset / size);
      const rowsNow = book.slice(offset, offset + limit);
      waiting.push(() => (broken ? refuse(new Error("no")) : answer({ total: book.length, rows: rowsNow })));
    });
  const pages = createPages<One>(fetch, changed, size, most);
  const settle = async () => {
    while (waiting.length > 0) {
      for (const answer of waiting.splice(0)) answer();
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { pages, book, asked, settle, changed, breakIt: (is: boolean) => (broken = is) };
}

test("asks for what is in sight, once", async () => {
  const { pages, asked, settle } = setting(35);
  pages.ensure(0, 12);
  pages.ensure(0, 12);
  expect(asked).toEqual([0, 1]);
  await settle();
  expect(pages.total()).toBe(35);
  expect(pages.at(11)?.id).toBe(11);
  expect(pages.at(20)).toBeUndefined();
  pages.ensure(0, 12);
  expect(asked).toEqual([0, 1]);
});

test("keeps no more pages than it may, and those used last", async () => {
  const { pages, asked, settle } = setting(100);
  for (const first of [0, 10, 20]) {
    pages.ensure(first, first + 9);
    await settle();
  }
  pages.at(0);
  pages.ensure(30, 39);
  await settle();
  expect(pages.at(0)?.id).toBe(0);
  expect(pages.at(10)).toBeUndefined();
  pages.ensure(10, 19);
  expect(asked).toEqual([0, 1, 2, 3, 1]);
});

test("shows the old page until the new one is there", async () => {
  const { pages, book, settle } = setting(5);
  pages.ensure(0, 4);
  await settle();
  book[2] = { id: 2, text: "new" };
  pages.refresh();
  expect(pages.at(2)?.text).toBe("t2");
  pages.ensure(0, 4);
  await settle();
  expect(pages.at(2)?.text).toBe("new");
});

test("a page that was on its way during a change is asked for again", async () => {
  const { pages, asked, settle } = setting(5);
  pages.ensure(0, 4);
  await settle();
  pages.refresh();
  pages.ensure(0, 4);
  pages.replace(
    (one) => one.id === 1,
    () => ({ id: 1, text: "typed" }),
  );
  await settle();
  pages.ensure(0, 4);
  expect(asked).toEqual([0, 0, 0]);
});

test("another view replaces everything at once, and late answers of the old one are dropped", async () => {
  const { pages, book, settle } = setting(30);
  pages.ensure(0, 19);
  await settle();
  pages.refresh();
  pages.ensure(10, 19);
  book.splice(0, 30, { id: 77, text: "only" });
  pages.restart();
  expect(pages.at(0)?.id).toBe(0);
  pages.ensure(0, 19);
  await settle();
  expect(pages.total()).toBe(1);
  expect(pages.at(0)?.id).toBe(77);
  expect(pages.at(12)).toBeUndefined();
});

test("a page that cannot be read is asked for again only after a change", async () => {
  const { pages, asked, settle, breakIt } = setting(5);
  breakIt(true);
  pages.ensure(0, 4);
  await settle();
  pages.ensure(0, 4);
  expect(asked).toEqual([0]);
  breakIt(false);
  pages.refresh();
  pages.ensure(0, 4);
  await settle();
  expect(pages.at(4)?.id).toBe(4);
});

test("records are put in place and added at the end", async () => {
  const { pages, settle } = setting(10);
  pages.ensure(0, 9);
  await settle();
  pages.replace(
    (one) => one.id === 3,
    () => ({ id: 3, text: "changed" }),
  );
  pages.insert(pages.total(), { id: 99, text: "last" });
  expect(pages.at(3)?.text).toBe("changed");
  expect(pages.total()).toBe(11);
  expect(pages.at(10)?.id).toBe(99);
});

test("a range is complete, wherever it begins and ends", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 }), async (a, b) => {
      const { pages, settle } = setting(100);
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      const reading = pages.range(first, last);
      let done = false;
      void reading.then(() => (done = true));
      while (!done) {
        await settle();
        await Promise.resolve();
      }
      expect((await reading).map((one) => one.id)).toEqual(
        Array.from({ length: last - first + 1 }, (_, i) => first + i),
      );
    }),
  );
});

test("a range fails when one of its pages cannot be read", async () => {
  const { pages, settle, breakIt } = setting(30);
  pages.ensure(0, 9);
  await settle();
  breakIt(true);
  const reading = pages.range(0, 29);
  reading.catch(() => {});
  await settle();
  await expect(reading).rejects.toBeDefined();
});

test("a page that is read again and fails is not taken for the one from before", async () => {
  const { pages, settle, breakIt } = setting(10);
  pages.ensure(0, 9);
  await settle();
  pages.refresh();
  breakIt(true);
  const reading = pages.range(0, 9);
  reading.catch(() => {});
  await settle();
  await expect(reading).rejects.toBeDefined();
});

test("what scrolling comes to next is there before it is in sight", async () => {
  const asked: number[] = [];
  const pages = createPages<number>(
    (offset, limit) => {
      asked.push(offset / 10);
      return Promise.resolve({ total: 1000, rows: Array.from({ length: limit }, (_, i) => offset + i) });
    },
    () => {},
    10,
    40,
    2,
  );
  const settled = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  pages.ensure(0, 8);
  await settled();
  expect(asked).toEqual([0]);
  pages.ensure(1, 9);
  await settled();
  expect(asked).toEqual([0, 1, 2]);
  // Upwards, what is above comes first.
  pages.ensure(500, 508);
  await settled();
  pages.ensure(480, 488);
  await settled();
  expect(asked.slice(3)).toEqual([50, 51, 52, 49, 48, 47, 46]);
  // After a change only what is in sight is read again.
  asked.length = 0;
  pages.refresh();
  pages.ensure(480, 488);
  await settled();
  expect(asked).toEqual([48]);
});

test("pages of one view are of one order, and of a new one after a change", async () => {
  const orders: (number | null)[] = [];
  let now = 7;
  const pages = createPages<number>(
    (_, limit, order) => {
      orders.push(order);
      return Promise.resolve({ total: 100, rows: new Array(limit).fill(0), order: order ?? now });
    },
    () => {},
    10,
  );
  await pages.range(0, 9);
  await pages.range(10, 19);
  expect(orders).toEqual([null, 7]);
  now = 8;
  pages.refresh();
  await pages.range(0, 9);
  await pages.range(10, 19);
  expect(orders).toEqual([null, 7, null, 8]);
});
