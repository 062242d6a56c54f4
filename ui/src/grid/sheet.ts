/**
 * One table as the grid shows it: the records of the book, and over them what has been typed and is not saved yet.
 *
 * Typed text is shown in its cell at once. Changes are sent to the program one after the other, in the order of typing.
 * A change that is refused stays visible with the reason until the cell is typed again; one that did not reach the
 * program is sent again later. Left out: where the cells are drawn, and any rule about what a value may be.
 */
import type { CallFailure, Change, Edited, LevelCounts, Page, RecordView } from "../ipc";
import { createComing } from "./coming";
import { type Placed, recordPages } from "./recordPages";
import { recordPlaces, type Seen } from "./recordPlaces";
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

export type Sheet = ReturnType<typeof openSheet>;

const NO_COUNTS: LevelCounts = { mandatory: 0, confirm: 0, hint: 0 };

/** Error codes after which a change is sent again unchanged, because their cause may pass. */
const PASSING = new Set(["program.unreachable", "disk.full", "disk.failed", "book.none-open", "book.busy"]);

export function openSheet(backend: () => Backend, listeners: SheetListeners) {
  const watchers = new Set<() => void>();
  const unsaved = createUnsaved();
  // Text for places whose records could not be read.
  let placeless: { index: number; column: string; text: string; name: string }[] = [];
  const numbers = new Map<number, number>();
  // Texts that went into the book with their new record.
  const inBook = new WeakSet<Typed>();
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

  const failed = () => listeners.failed(unsaved.failures() + placeless.length);

  function overlay(row: number, column: string, cell: Typed | undefined) {
    unsaved.set(row, column, cell);
    failed();
    changed();
  }

  /** Removes the typed text when the record itself has it, unless something newer was typed meanwhile. */
  function saved(row: number, column: string, cell: Typed) {
    const now = real(row);
    if (unsaved.get(now, column) === cell) overlay(now, column, undefined);
  }

  /** The record's number in the book, also when it was typed into before it had one. */
  const real = (row: number) => numbers.get(row) ?? row;

  const coming = createComing(() => pages.total());
  const places = recordPlaces(pages, coming, real);
  const { total, at, seen, indexOf, find, shown } = places;

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
    const after = coming.of(temporary)?.after ?? null;
    const changes: Change[] = [{ do: "insert", values, after: after === null ? null : real(after) }];
    const edited = await backend()
      .edit(changes)
      .catch((error) => {
        coming.refuse(temporary);
        throw error;
      });
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
    coming.remove(temporary);
    unsaved.rename(temporary, record.row, (column, cell) => sent.get(column) !== cell);
    failed();
    const found = coming.lookUp(index);
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

  /** Text typed at a place of this view whose record is not here yet: it goes into the record that stands there. */
  async function setAt(
    index: number,
    column: string,
    text: string,
    name = "",
    found?: Promise<FoundCode | undefined>,
  ): Promise<void> {
    const view = pages.shown();
    try {
      const [row] = await listeners.saving(shown(index, 1));
      if (row === undefined || pages.shown() !== view) return listeners.gone(undefined, column, text);
      await put(real(row), column, text, name, found);
    } catch (error) {
      placeless.push({ index, column, text, name });
      failed();
      listeners.refused(error as CallFailure);
    }
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
    /** Whether something typed is not in the book. */
    isUnsaved: () => unsaved.all().length + placeless.length > 0,
    seen,
    shown,
    setAt,
    ensure(first: number, last: number) {
      pages.ensure(Math.max(0, first - coming.count()), last);
    },

    /** All records between two positions; undefined when some could not be read, which is reported to the listeners. */
    async range(first: number, last: number): Promise<Placed[] | undefined> {
      try {
        return await places.range(first, last);
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
      const row = coming.arrive(null, undefined);
      void put(row, column, text, name, found);
      return row;
    },

    /** A new empty record, shown at an index at once; it is in the book a moment later. Returns its number. */
    insertAt(index: number, after: number | null): number {
      const row = coming.arrive(after, Math.min(index, total()));
      changed();
      void enqueue(() => (real(row) > 0 ? Promise.resolve(undefined) : insert(row))).then(settle, (error) => {
        if (!unsaved.of(row)) coming.remove(row);
        listeners.refused(error as CallFailure);
        changed();
      });
      return row;
    },

    apply,

    /**
     * Puts a block in at a place, into the records that were seen there; rows past the end become records. With `fresh`
     * every row becomes a new record.
     */
    async paste(
      offset: number,
      columns: string[],
      cells: string[][],
      { fresh = false, at = seen() }: { fresh?: boolean; at?: Seen } = {},
    ): Promise<Edited | undefined> {
      const records = fresh ? [] : await shown(offset, cells.length, at).catch(() => undefined);
      if (!records) return undefined;
      // A record that was on its way has its number once its turn has come.
      const number = (row: number | undefined) => (row === undefined || real(row) < 0 ? null : real(row));
      return attempt(() => backend().paste(records.map(number), columns, cells));
    },

    /** Sends what could not be sent before, because the program did not answer or the disk was full. */
    retry() {
      for (const { row, column, text, name, error } of unsaved.all())
        if (error && PASSING.has(error.code)) void put(row, column, text, name);
      const again = placeless;
      placeless = [];
      for (const { index, column, text, name } of again) void setAt(index, column, text, name);
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
      // One that is on its way still comes.
      if (coming.of(row)?.refused && !unsaved.of(row)) {
        coming.remove(row);
        changed();
      }
    },
  };
}
