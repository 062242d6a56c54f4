/**
 * One table as the grid shows it: the records of the book, and over them what has been typed and is not saved yet.
 *
 * Typed text is shown in its cell at once. Changes go to the program one after the other, in the order of typing; a
 * change that is refused stays visible with the reason until it is typed again. What it leaves out: where the cells are
 * drawn, and any rule about what a value may be.
 */
import type { CallFailure, Change, Edited, LevelCounts, Page, RecordView } from "../ipc";
import { createPages } from "./pages";

/** The calls behind a sheet. */
export interface Backend {
  page(offset: number, limit: number): Promise<Page>;
  edit(changes: Change[]): Promise<Edited>;
  /** For each row of cells the record that takes it; `null` for a new one. */
  paste(rows: (number | null)[], columns: string[], cells: string[][]): Promise<Edited>;
}

/** Text in a cell that is not (or could not be) saved. */
export interface Typed {
  text: string;
  /** Name of the code chosen, to show it at once. */
  name: string;
  error: CallFailure | undefined;
}

/** The code that a typed text stands for. */
export interface FoundCode {
  code: string;
  name: string;
}

export type Sheet = ReturnType<typeof openSheet>;

const NO_COUNTS: LevelCounts = { mandatory: 0, confirm: 0, hint: 0 };

/** `saving` is listeners of every change on its way, `failed` of the number of refused cells. */
export function openSheet(
  backend: () => Backend,
  listeners: {
    saving<T>(work: Promise<T>): Promise<T>;
    failed(cells: number): void;
    refused(error: CallFailure): void;
  },
) {
  const watchers = new Set<() => void>();
  const typed = new Map<number, Map<string, Typed>>();
  // Records typed into the blank row and not yet in the book; they have negative numbers until they are.
  let tail: RecordView[] = [];
  const numbers = new Map<number, number>();
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

  const pages = createPages<RecordView>(async (offset, limit) => {
    const page = await backend().page(offset, limit);
    counts = page.counts;
    return page;
  }, changed);

  function made(step: number | null) {
    if (step === null) return;
    ownSteps.add(step);
    for (const oldest of ownSteps) {
      if (ownSteps.size <= 200) break;
      ownSteps.delete(oldest);
    }
  }

  /** Runs after all that was typed before. */
  function enqueue(work: () => Promise<Edited>): Promise<Edited> {
    const result = queue.then(work).then((edited) => {
      made(edited.step);
      return edited;
    });
    queue = result.catch(() => {});
    return listeners.saving(result);
  }

  function settle(edited: Edited) {
    counts = edited.counts;
    for (const record of edited.rows) pages.replace((kept) => kept.row === record.row, record);
  }

  function overlay(row: number, column: string, cell: Typed | undefined) {
    const cells = new Map(typed.get(row));
    if (cell) cells.set(column, cell);
    else cells.delete(column);
    if (cells.size > 0) typed.set(row, cells);
    else typed.delete(row);
    countFailures();
    changed();
  }

  function countFailures() {
    let failures = 0;
    for (const others of typed.values()) for (const one of others.values()) if (one.error) failures += 1;
    listeners.failed(failures);
  }

  /** Removes the typed text when the record itself has it, unless something newer was typed meanwhile. */
  function saved(row: number, column: string, cell: Typed) {
    const now = real(row);
    if (typed.get(now)?.get(column) === cell) overlay(now, column, undefined);
  }

  /** The record's number in the book, also when it was typed into before it had one. */
  const real = (row: number) => numbers.get(row) ?? row;

  function at(index: number): RecordView | undefined {
    return index < pages.total() ? pages.at(index) : tail[index - pages.total()];
  }

  /** Numbers of the records that stand at these places on the screen; undefined past the last one. */
  async function shown(first: number, count: number): Promise<(number | undefined)[]> {
    const rows = Array.from({ length: count }, (_, i) => at(first + i)?.row);
    const inBook = Math.min(count, pages.total() - first);
    const missing = rows.slice(0, Math.max(0, inBook)).indexOf(undefined);
    if (missing >= 0) {
      const found = await pages.range(first + missing, first + inBook - 1);
      found.forEach((record, i) => {
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
    const waiting = [...(typed.get(row) ?? [])].filter(([, cell]) => cell.text !== "");
    const values = Object.fromEntries(waiting.map(([name, cell]) => [name, cell.text]));
    const edited = await backend().edit([{ do: "insert", values, after: null }]);
    // This must be done before the next change in the queue, which may be for this record.
    takeNumber(row, edited, new Map(waiting));
    return edited;
  }

  /** Moves a record that got its number from the tail to the pages, with the text that is not saved yet. */
  function takeNumber(temporary: number, edited: Edited, sent: Map<string, Typed>) {
    const record = edited.rows.find((one) => one.row === edited.added[0]);
    if (!record) return;
    numbers.set(temporary, record.row);
    tail = tail.filter((one) => one.row !== temporary);
    const newer = [...(typed.get(temporary) ?? [])].filter(([column, cell]) => sent.get(column) !== cell);
    typed.delete(temporary);
    if (newer.length > 0) typed.set(record.row, new Map(newer));
    pages.append(record);
  }

  /** Shows a text and saves it, or the code that it turns out to stand for. */
  async function put(row: number, column: string, text: string, name: string, found?: Promise<FoundCode | undefined>) {
    let cell: Typed = { text, name, error: undefined };
    overlay(row, column, cell);
    try {
      const edited = await enqueue(async () => {
        const code = await found?.catch(() => undefined);
        if (code) cell = known(row, column, cell, code);
        return write(row, column, cell.text);
      });
      settle(edited);
      saved(row, column, cell);
    } catch (error) {
      refuse(row, column, cell, error as CallFailure);
    }
    countFailures();
  }

  function known(row: number, column: string, cell: Typed, { code, name }: FoundCode): Typed {
    const now = real(row);
    const sure = { ...cell, text: code, name };
    if (typed.get(now)?.get(column) === cell) overlay(now, column, sure);
    return sure;
  }

  /** Text typed into a cell; `found` is the code it stands for, where that is still being looked up. */
  function set(
    record: RecordView,
    column: string,
    text: string,
    name = "",
    found?: Promise<FoundCode | undefined>,
  ): Promise<void> {
    return put(real(record.row), column, text, name, found);
  }

  function refuse(row: number, column: string, cell: Typed, error: CallFailure) {
    const now = real(row);
    if (typed.get(now)?.get(column) === cell) overlay(now, column, { ...cell, error });
    listeners.refused(error);
  }

  /** Text typed into the blank row: a new record at the end. */
  function addRow(column: string, text: string, name = "", found?: Promise<FoundCode | undefined>): Promise<void> {
    const temporary = --lastTemporary;
    tail = [...tail, { row: temporary, key: "", cells: {}, names: {}, levels: {}, state: "new" }];
    return put(temporary, column, text, name, found);
  }

  /** Changes that need no text shown beforehand. */
  async function apply(changes: Change[]): Promise<Edited | undefined> {
    try {
      const edited = await enqueue(() => backend().edit(changes));
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
    counts: () => counts,
    known: pages.known,
    /** Records, the ones on their way into the book included; the blank row not. */
    total: () => pages.total() + tail.length,
    at,
    typed: (row: number) => typed.get(row),
    ensure: pages.ensure,

    /** All records between two positions; undefined when some could not be read, which is reported to the listeners. */
    async range(first: number, last: number): Promise<RecordView[] | undefined> {
      try {
        return await pages.range(first, last);
      } catch (error) {
        listeners.refused(error as CallFailure);
        return undefined;
      }
    },

    set,
    addRow,
    apply,

    /** Puts a block in; rows past the end become records. */
    async paste(offset: number, columns: string[], cells: string[][]): Promise<Edited | undefined> {
      try {
        // The records as shown: a view that an edit changed is not read again at once, so a place may hold another one.
        const records = await shown(offset, cells.length);
        const number = (row: number | undefined) => (row === undefined || real(row) < 0 ? null : real(row));
        const edited = await enqueue(() => backend().paste(records.map(number), columns, cells));
        settle(edited);
        pages.refresh();
        return edited;
      } catch (error) {
        listeners.refused(error as CallFailure);
        return undefined;
      }
    },

    /** Waits until everything typed has been answered. */
    settled: () => queue,

    /** Whether a step of the log was made here; certain once everything typed has been answered. */
    isOwn: (step: number | null) => step !== null && ownSteps.has(step),

    refresh: pages.refresh,
    restart: pages.restart,

    /** Forgets text that was refused, in one cell. */
    dismiss(row: number, column: string) {
      if (typed.get(row)?.get(column)?.error) overlay(row, column, undefined);
      if (row < 0 && !typed.has(row)) {
        tail = tail.filter((record) => record.row !== row);
        changed();
      }
    },
  };
}
