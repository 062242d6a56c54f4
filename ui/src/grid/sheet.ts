/**
 * One table as the grid shows it: the records of the book, and over them what has been typed and is not saved yet.
 *
 * Typed text is shown in its cell at once. Changes are sent to the program one after the other, in the order of typing.
 * A change that is refused stays visible with the reason until the cell is typed again; one that did not reach the
 * program is sent again later. Left out: where the cells are drawn, and any rule about what a value may be.
 */
import type { CallFailure, Change, Edited, LevelCounts, Page, RecordView } from "../ipc";
import { type Placed, recordPages } from "./recordPages";
import { createUnsaved, type Typed } from "./unsaved";

export type { Placed } from "./recordPages";
export type { Typed } from "./unsaved";

/** The calls behind a sheet. */
export interface Backend {
  /** `order` is that of the pages before, which this one is to fit. */
  page(offset: number, limit: number, order: number | null): Promise<Page>;
  edit(changes: Change[]): Promise<Edited>;
  /** For each row of cells the record that takes it; `null` for a new one. */
  paste(rows: (number | null)[], columns: string[], cells: string[][]): Promise<Edited>;
}

/** The code that a typed text stands for. */
export interface FoundCode {
  code: string;
  name: string;
}

export interface SheetListeners {
  /** Called with every change while it is being sent. */
  saving<T>(work: Promise<T>): Promise<T>;
  /** Called with the number of refused cells. */
  failed(cells: number): void;
  refused(error: CallFailure): void;
  /** Called with text for a record that was deleted meanwhile; `record` is as it was shown last. */
  gone(record: RecordView | undefined, column: string, text: string): void;
  /** Called with every step of the log that was made by this sheet. */
  made(step: number): void;
}

/** A record that is being added to the book; it has a negative number until it is there. */
interface Coming {
  record: Placed;
  /** Behind this record of the book; null: at the end. */
  after: number | null;
  /** Its place among the records shown; undefined: behind all others. */
  index: number | undefined;
}

export type Sheet = ReturnType<typeof openSheet>;

const NO_COUNTS: LevelCounts = { mandatory: 0, confirm: 0, hint: 0 };

/** Error codes after which a change is sent again unchanged, because their cause may pass. */
const PASSING = new Set(["program.unreachable", "disk.full", "disk.failed", "book.none-open", "book.busy"]);

export function openSheet(backend: () => Backend, listeners: SheetListeners) {
  const watchers = new Set<() => void>();
  const unsaved = createUnsaved();
  let coming: Coming[] = [];
  const numbers = new Map<number, number>();
  // Texts that went into the book with their new record.
  const inBook = new WeakSet<Typed>();
  let lastTemporary = 0;
  let counts = NO_COUNTS;
  let version = 0;
  let queue: Promise<unknown> = Promise.resolve();
  // Steps of the log that were made here, the newest ones.
  const ownSteps = new Set<number>();

  function changed() {
    version += 1;
    for (const watcher of watchers) watcher();
  }

  const pages = recordPages(
    (offset, limit, order) => backend().page(offset, limit, order),
    (now) => {
      counts = now;
    },
    changed,
  );

  function made(step: number | null) {
    if (step === null) return;
    listeners.made(step);
    ownSteps.add(step);
    for (const oldest of ownSteps) {
      if (ownSteps.size <= 200) break;
      ownSteps.delete(oldest);
    }
  }

  /** Runs after all that was typed before. */
  function enqueue(work: () => Promise<Edited | undefined>): Promise<Edited | undefined> {
    const result = queue.then(work).then((edited) => {
      if (edited) made(edited.step);
      return edited;
    });
    queue = result.catch(() => {});
    return listeners.saving(result);
  }

  function settle(edited: Edited | undefined) {
    if (!edited) return;
    counts = edited.counts;
    for (const record of edited.rows)
      pages.replace(
        (kept) => kept.row === record.row,
        (kept) => ({ ...record, place: kept.place }),
      );
  }

  function overlay(row: number, column: string, cell: Typed | undefined) {
    unsaved.set(row, column, cell);
    listeners.failed(unsaved.failures());
    changed();
  }

  /** Removes the typed text when the record itself has it, unless something newer was typed meanwhile. */
  function saved(row: number, column: string, cell: Typed) {
    const now = real(row);
    if (unsaved.get(now, column) === cell) overlay(now, column, undefined);
  }

  /** The record's number in the book, also when it was typed into before it had one. */
  const real = (row: number) => numbers.get(row) ?? row;

  const total = () => pages.total() + coming.length;
  const placeOf = (one: Coming, i: number) => one.index ?? pages.total() + i;

  /** The record that is being added at an index, or the index in the pages. */
  function lookUp(index: number): { coming: Placed } | { page: number } {
    let before = 0;
    for (const [i, one] of coming.entries()) {
      const place = placeOf(one, i);
      if (place === index) return { coming: one.record };
      if (place < index) before += 1;
    }
    return { page: index - before };
  }

  function at(index: number): Placed | undefined {
    const found = lookUp(index);
    return "coming" in found ? found.coming : found.page < pages.total() ? pages.at(found.page) : undefined;
  }

  function indexOf(row: number): number | undefined {
    const now = real(row);
    const own = coming.findIndex(({ record }) => record.row === now);
    const found = coming[own];
    if (found) return placeOf(found, own);
    const page = pages.indexOf((record) => record.row === now);
    if (page === undefined) return undefined;
    const before = coming.filter((one, i) => placeOf(one, i) <= page + i).length;
    return page + before;
  }

  function find(row: number): Placed | undefined {
    const index = indexOf(row);
    return index === undefined ? undefined : at(index);
  }

  async function range(first: number, last: number): Promise<Placed[]> {
    const found = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => lookUp(first + i));
    const inPages = found.flatMap((one) => ("page" in one && one.page < pages.total() ? [one.page] : []));
    const from = inPages[0];
    const rows = from === undefined ? [] : await pages.range(from, inPages.at(-1) ?? from);
    return found.flatMap((one) => {
      const record = "coming" in one ? one.coming : rows[one.page - (from ?? 0)];
      return record ? [record] : [];
    });
  }

  /** Numbers of the records at these places of the screen; undefined behind the last one. */
  async function shown(first: number, count: number): Promise<(number | undefined)[]> {
    const rows = Array.from({ length: count }, (_, i) => at(first + i)?.row);
    const missing = rows.slice(0, Math.max(0, total() - first)).indexOf(undefined);
    if (missing >= 0) {
      const read = await range(first + missing, Math.min(total() - 1, first + count - 1));
      read.forEach((record, i) => {
        rows[missing + i] ??= record.row;
      });
    }
    return rows;
  }

  /**
   * Writes one cell. A record that is not in the book yet goes in with all that was typed into it so far, also with
   * what was refused before.
   */
  async function write(row: number, column: string, value: string): Promise<Edited> {
    const known = real(row);
    if (known > 0) return backend().edit([{ do: "set", row: known, column, value }]);
    return insert(row);
  }

  async function insert(temporary: number): Promise<Edited> {
    const waiting = [...(unsaved.of(temporary) ?? [])].filter(([, cell]) => cell.text !== "");
    const values = Object.fromEntries(waiting.map(([name, cell]) => [name, cell.text]));
    const after = coming.find(({ record }) => record.row === temporary)?.after ?? null;
    const edited = await backend().edit([{ do: "insert", values, after: after === null ? null : real(after) }]);
    // This must be done before the next change in the queue, which may be for this record.
    takeNumber(temporary, edited, new Map(waiting));
    return edited;
  }

  /** Moves a record that got its number to the pages, with the text that is not saved yet. */
  function takeNumber(temporary: number, edited: Edited, sent: Map<string, Typed>) {
    const record = edited.rows.find((one) => one.row === edited.added[0]);
    const index = indexOf(temporary);
    if (!record || index === undefined) return;
    numbers.set(temporary, record.row);
    for (const cell of sent.values()) inBook.add(cell);
    coming = coming.filter((one) => one.record.row !== temporary);
    unsaved.rename(temporary, record.row, (column, cell) => sent.get(column) !== cell);
    listeners.failed(unsaved.failures());
    const found = lookUp(index);
    pages.insert("page" in found ? Math.min(found.page, pages.total()) : pages.total(), record);
  }

  /** Shows a text and saves it, or the code that it turns out to stand for. */
  async function put(
    row: number,
    column: string,
    text: string,
    name: string,
    found?: Promise<FoundCode | undefined>,
    seen?: RecordView,
  ) {
    let cell: Typed = { text, name, error: undefined };
    overlay(row, column, cell);
    try {
      const edited = await enqueue(async () => {
        const code = await found?.catch(() => undefined);
        if (code) cell = known(row, column, cell, code);
        // Text that was sent with its new record is not written again.
        return inBook.has(cell) ? undefined : write(row, column, cell.text);
      });
      settle(edited);
      saved(row, column, cell);
    } catch (error) {
      refuse(row, column, cell, error as CallFailure, seen);
    }
  }

  function known(row: number, column: string, cell: Typed, { code, name }: FoundCode): Typed {
    const now = real(row);
    const sure = { ...cell, text: code, name };
    if (unsaved.get(now, column) === cell) overlay(now, column, sure);
    return sure;
  }

  function refuse(row: number, column: string, cell: Typed, error: CallFailure, seen?: RecordView) {
    const now = real(row);
    if (error.code === "book.no-such-row" && now > 0) {
      const record = seen ?? find(now);
      overlay(now, column, undefined);
      return listeners.gone(record, column, cell.text);
    }
    if (unsaved.get(now, column) === cell) overlay(now, column, { ...cell, error });
    listeners.refused(error);
  }

  function arrive(after: number | null, index: number | undefined): number {
    const row = --lastTemporary;
    const record: Placed = { row, key: "", cells: {}, names: {}, levels: {}, state: "new" };
    for (const one of coming) if (index !== undefined && one.index !== undefined && one.index >= index) one.index += 1;
    coming = [...coming, { record, after, index }].sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity));
    return row;
  }

  /** Changes that need no text shown beforehand. */
  async function apply(changes: Change[]): Promise<Edited | undefined> {
    return attempt(() => backend().edit(changes));
  }

  async function attempt(work: () => Promise<Edited | undefined>): Promise<Edited | undefined> {
    try {
      const edited = await enqueue(work);
      settle(edited);
      pages.refresh();
      return edited;
    } catch (error) {
      listeners.refused(error as CallFailure);
      return undefined;
    }
  }

  return {
    subscribe(watcher: () => void) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    version: () => version,
    /** How many views have been shown; another number means that all places may hold other records. */
    generation: pages.shown,
    counts: () => counts,
    known: pages.known,
    /** Records, the ones on their way into the book included; the blank row not. */
    total,
    at,
    real,
    /** A number that does not change: for a record that was added here, the one it had before it was in the book. */
    identity: (row: number) => [...numbers].find(([, now]) => now === row)?.[0] ?? row,
    indexOf,
    find,
    /** Where the record at an index stands in its table, from 1. */
    place: (index: number) => at(index)?.place ?? index + 1,
    typed: unsaved.of,
    unsaved: unsaved.all,
    ensure(first: number, last: number) {
      pages.ensure(Math.max(0, first - coming.length), last);
    },

    /** All records between two positions; undefined when some could not be read, which is reported to the listeners. */
    async range(first: number, last: number): Promise<Placed[] | undefined> {
      try {
        return await range(first, last);
      } catch (error) {
        listeners.refused(error as CallFailure);
        return undefined;
      }
    },

    /**
     * Text typed into a cell; `found` is the code it stands for, where that is still being looked up, and `seen` the
     * record as it was when typing began.
     */
    set(
      row: number,
      column: string,
      text: string,
      name = "",
      found?: Promise<FoundCode | undefined>,
      seen?: RecordView,
    ): Promise<void> {
      return put(real(row), column, text, name, found, seen);
    },

    /** Text typed into the blank row: a new record at the end. Returns its number. */
    addRow(column: string, text: string, name = "", found?: Promise<FoundCode | undefined>): number {
      const row = arrive(null, undefined);
      void put(row, column, text, name, found);
      return row;
    },

    /** A new empty record, shown at an index at once; it is in the book a moment later. Returns its number. */
    insertAt(index: number, after: number | null): number {
      const row = arrive(after, Math.min(index, total()));
      changed();
      void enqueue(() => (real(row) > 0 ? Promise.resolve(undefined) : insert(row))).then(settle, (error) => {
        if (!unsaved.of(row)) coming = coming.filter(({ record }) => record.row !== row);
        listeners.refused(error as CallFailure);
        changed();
      });
      return row;
    },

    apply,

    /** Writes a block; rows behind the last record become records. With `fresh` every row becomes a new record. */
    async paste(offset: number, columns: string[], cells: string[][], fresh = false): Promise<Edited | undefined> {
      // The records as shown: a view that an edit changed is not read again at once, so a place may hold another one.
      const records = fresh ? [] : await shown(offset, cells.length).catch(() => undefined);
      if (!records) return undefined;
      const number = (row: number | undefined) => (row === undefined || real(row) < 0 ? null : real(row));
      return attempt(() => backend().paste(records.map(number), columns, cells));
    },

    /** Sends what could not be sent before, because the program did not answer or the disk was full. */
    retry() {
      for (const { row, column, text, name, error } of unsaved.all())
        if (error && PASSING.has(error.code)) void put(row, column, text, name);
    },

    /** Another call that changes records, after all that was typed before. */
    attempt,

    /** Waits until everything typed has been answered. */
    settled: () => queue,

    /** Whether a step of the log was made here; certain once everything typed has been answered. */
    isOwn: (step: number | null) => step !== null && ownSteps.has(step),

    refresh: pages.refresh,
    restart: pages.restart,

    /** Forgets text that was refused, in one cell. */
    dismiss(row: number, column: string) {
      if (unsaved.get(row, column)?.error) overlay(row, column, undefined);
      if (row < 0 && !unsaved.of(row)) {
        coming = coming.filter(({ record }) => record.row !== row);
        changed();
      }
    },
  };
}
