/**
 * Records by position, fetched a page at a time and kept as long as there is room. A page that has become stale is
 * shown until its successor is there. What it leaves out: what a record is, and changes that are not saved yet.
 */

export interface Pages<T> {
  /** Records in all; 0 until the first page is there. */
  total(): number;
  /** Whether the first page of this view is there. */
  known(): boolean;
  /** The record at a position, if it is here. */
  at(index: number): T | undefined;
  /** {@link Pages.at} as it is now, whatever comes later. */
  snapshot(): (index: number) => T | undefined;
  /** Fetches what is missing or stale between two positions. */
  ensure(first: number, last: number): void;
  /** All records between two positions, fetched where missing. Fails when a page of them cannot be read. */
  range(first: number, last: number): Promise<T[]>;
  /** Marks all pages as stale, as everything may have changed. */
  refresh(): void;
  /** Begins another view. The old pages stay on screen until the first new page comes. */
  restart(): void;
  /** Puts a changed record in place of the one with the same identity. */
  replace(same: (record: T) => boolean, change: (kept: T) => T): void;
  /** Where a record stands, if it is here. */
  indexOf(same: (record: T) => boolean): number | undefined;
  /** Puts a record between others, as the book has just done. */
  insert(index: number, record: T): void;
  /** How many views have been shown; another number means that all places may hold other records. */
  shown(): number;
}

export interface Fetched<T> {
  total: number;
  rows: T[];
  /** Number of the order that the rows are of, where the view has one of its own. */
  order?: number | null;
}

/** How many pages are fetched at the same time; while the scroll bar is dragged, the newest ones come first. */
const AT_ONCE = 3;

interface Held<T> {
  rows: T[];
  stale: boolean;
}

/**
 * `fetch` reads a page, of the order that the pages before were of; `changed` is called whenever something to show has
 * changed. `ahead` pages are fetched beyond those in sight, in the direction of scrolling.
 */
export function createPages<T>(
  fetch: (offset: number, limit: number, order: number | null) => Promise<Fetched<T>>,
  changed: () => void,
  size = 200,
  most = 40,
  ahead = 0,
): Pages<T> {
  // A Map keeps its order of insertion; the first key is the page unused for longest.
  const held = new Map<number, Held<T>>();
  const coming = new Map<number, Promise<void>>();
  // Pages that could not be read, and why; asked for again only when something has changed.
  const broken = new Map<number, unknown>();
  let total = 0;
  let known = false;
  let view = 0;
  let shown = 0;
  let edition = 0;
  let order: number | null = null;
  // Whether the pages are of an order of their own.
  let arranged = false;
  // Pages that are wanted now, the most urgent one first.
  let wanted: number[] = [];
  let before = 0;

  function pump() {
    // The first page of a view that is arranged brings its order along; others would have it made once more.
    while (coming.size < (shown !== view || (arranged && order === null) ? 1 : AT_ONCE)) {
      const page = wanted.shift();
      if (page === undefined) return;
      if (needs(page) && !broken.has(page)) void load(page);
    }
  }

  /** The pages in sight, and behind them those that scrolling comes to next. */
  function around(first: number, last: number): number[] {
    const pages = [];
    for (let page = pageOf(first); page <= pageOf(Math.max(0, last)); page++) pages.push(page);
    const [down, end] = [first >= before, pageOf(Math.max(0, total - 1))];
    before = first;
    if (!known || shown !== view) return pages;
    const next = [];
    for (let i = 1; i <= ahead; i++) next.push(down ? pageOf(last) + i : pageOf(first) - i);
    if (ahead > 0) next.push(down ? pageOf(first) - 1 : pageOf(last) + 1);
    // A stale page out of sight is read again when it comes into sight.
    return [...pages, ...next.filter((page) => page >= 0 && page <= end && !held.has(page))];
  }

  function hold(page: number, rows: T[]) {
    held.delete(page);
    held.set(page, { rows, stale: false });
    for (const oldest of held.keys()) {
      if (held.size <= most) break;
      held.delete(oldest);
    }
  }

  function load(page: number): Promise<void> {
    const already = coming.get(page);
    if (already) return already;
    const [asked, content] = [view, edition];
    const loading: Promise<void> = fetch(page * size, size, order).then(
      (answer) => {
        if (asked !== view) return;
        coming.delete(page);
        // Pages of another order do not fit this one.
        if (order !== null && (answer.order ?? null) !== order) for (const other of held.keys()) stale(other);
        if (content === edition) order = answer.order ?? null;
        if (shown !== view) {
          held.clear();
          shown = view;
        }
        arranged = (answer.order ?? null) !== null;
        total = answer.total;
        known = true;
        hold(page, answer.rows);
        // Something was changed while the page was requested, so it may be older than what is shown.
        if (content !== edition) stale(page);
        changed();
        pump();
      },
      (error) => {
        if (asked !== view) return;
        coming.delete(page);
        broken.set(page, error);
        changed();
        pump();
      },
    );
    coming.set(page, loading);
    return loading;
  }

  function stale(page: number) {
    const there = held.get(page);
    if (there) there.stale = true;
  }

  function needs(page: number): boolean {
    const there = held.get(page);
    return shown !== view || !there || there.stale;
  }

  const pageOf = (index: number) => Math.floor(index / size);

  return {
    total: () => total,
    known: () => known,
    at(index) {
      const page = pageOf(index);
      const there = held.get(page);
      if (!there) return undefined;
      held.delete(page);
      held.set(page, there);
      return there.rows[index - page * size];
    },
    snapshot() {
      const now = new Map([...held].map(([page, { rows }]) => [page, rows]));
      return (index) => now.get(pageOf(index))?.[index % size];
    },
    ensure(first, last) {
      const end = known && shown === view ? Math.min(last, total - 1) : last;
      wanted = around(Math.max(0, first), end);
      pump();
    },
    async range(first, last) {
      const records: T[] = [];
      for (let page = pageOf(first); page <= pageOf(last); page++) {
        broken.delete(page);
        if (needs(page)) await load(page);
        if (broken.has(page)) throw broken.get(page);
        const rows = held.get(page)?.rows ?? [];
        records.push(...rows.slice(Math.max(0, first - page * size), last - page * size + 1));
      }
      return records;
    },
    refresh() {
      edition += 1;
      order = null;
      broken.clear();
      for (const page of held.keys()) stale(page);
      changed();
    },
    restart() {
      view += 1;
      order = null;
      wanted = [];
      coming.clear();
      broken.clear();
      changed();
    },
    replace(same, change) {
      edition += 1;
      for (const there of held.values()) {
        const index = there.rows.findIndex(same);
        if (index >= 0) there.rows = there.rows.map((kept, i) => (i === index ? change(kept) : kept));
      }
      changed();
    },
    indexOf(same) {
      for (const [page, there] of held) {
        const index = there.rows.findIndex(same);
        if (index >= 0) return page * size + index;
      }
      return undefined;
    },
    insert(index, record) {
      edition += 1;
      let page = pageOf(index);
      let place = index - page * size;
      let carried: T | undefined = record;
      for (; carried !== undefined; page++) {
        const there = held.get(page);
        if (!there && place === 0 && page * size === total) hold(page, []);
        const target = held.get(page);
        if (!target) break;
        const rows: T[] = target.rows.toSpliced(place, 0, carried);
        carried = rows.length > size ? rows.pop() : undefined;
        target.rows = rows;
        place = 0;
      }
      // Behind a page that is not loaded, every record is one place further than its page says.
      if (carried !== undefined) for (const later of [...held.keys()]) if (later >= page) held.delete(later);
      total += 1;
      changed();
    },
    shown: () => shown,
  };
}
