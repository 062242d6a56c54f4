/** Records that are on their way into the book: where they stand among those that are in it. */
import type { Placed } from "./recordPages";

export interface Coming {
  /** It has a negative number until it is in the book. */
  record: Placed;
  /** Behind this record of the book; null: at the end. */
  after: number | null;
  /** Its place among the records shown; undefined: behind all others. */
  index: number | undefined;
  /** The book did not take it. */
  refused: boolean;
}

export type OnTheirWay = ReturnType<typeof createComing>;

/** `inPages`: how many records of the book are shown. */
export function createComing(inPages: () => number) {
  let all: Coming[] = [];
  let lastNumber = 0;
  const placeOf = (one: Coming, i: number, behind = inPages()) => one.index ?? behind + i;
  const of = (row: number) => all.find(({ record }) => record.row === row);

  /** The record on its way that stands at a place; else the place among the pages. */
  function lookUp(index: number, among = all, behind = inPages()): { coming: Placed } | { page: number } {
    let before = 0;
    for (const [i, one] of among.entries()) {
      const place = placeOf(one, i, behind);
      if (place === index) return { coming: one.record };
      if (place < index) before += 1;
    }
    return { page: index - before };
  }

  return {
    count: () => all.length,
    of,
    lookUp: (index: number) => lookUp(index),
    /** {@link lookUp} as it is now, whatever comes later. */
    snapshot() {
      const [now, behind] = [all, inPages()];
      return (index: number) => lookUp(index, now, behind);
    },
    /** The place of a record on its way. */
    indexOf(row: number): number | undefined {
      const i = all.findIndex(({ record }) => record.row === row);
      const found = all[i];
      return found && placeOf(found, i);
    },
    /** The place on screen of a record that stands at a place among the pages. */
    behindComing: (page: number) => page + all.filter((one, i) => placeOf(one, i) <= page + i).length,
    /** One more record, at a place or at the end; gives its number. */
    arrive(after: number | null, index: number | undefined): number {
      const row = --lastNumber;
      const record: Placed = { row, key: "", cells: {}, names: {}, levels: {}, state: "new" };
      const moved = all.map((one) =>
        index !== undefined && one.index !== undefined && one.index >= index ? { ...one, index: one.index + 1 } : one,
      );
      const added = { record, after, index, refused: false };
      all = [...moved, added].sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity));
      return row;
    },
    refuse(row: number) {
      all = all.map((one) => (one.record.row === row ? { ...one, refused: true } : one));
    },
    remove(row: number) {
      all = all.filter(({ record }) => record.row !== row);
    },
  };
}
