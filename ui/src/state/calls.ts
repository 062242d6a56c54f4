/**
 * Answers of calls, kept while a screen shows them and asked for again when the program says that something changed.
 *
 * A small cache keyed by call and request. An answer that has become stale stays on screen until the new one is there,
 * so nothing flickers. What it leaves out: pages of the grid (grid/pages) and anything that changes data.
 */
import { useCallback, useEffect, useSyncExternalStore } from "react";

import {
  call,
  type CallFailure,
  type CallName,
  type Changed,
  on,
  type RequestOf,
  type ResponseOf,
  type StartState,
} from "../ipc";

/** What each reading call depends on; calls that are not listed never become stale by themselves. */
const DEPENDS: Partial<Record<CallName, ReadonlyArray<Changed["what"]>>> = {
  "book.head": ["book"],
  "home.get": ["tables", "batches", "book"],
  "fill.record": ["tables", "batches"],
  "fill.history": ["tables"],
  "check.findings": ["tables", "batches"],
  "check.groups": ["tables", "batches", "book"],
  "submit.ready": ["tables", "batches", "book"],
  "submit.batches": ["batches"],
  "submit.batch": ["batches"],
  "connection.list": ["book"],
  "settings.get": ["book"],
  // Editions come and go, a book moves to another one, and a college's own additions change what it has.
  "standard.editions": ["book"],
  "standard.tree": ["book"],
  "standard.table": ["book"],
  "standard.code_lists": ["book"],
  "standard.rules": ["book"],
  "standard.search": ["book"],
  "standard.codes": ["book"],
  "overlay.get": ["book"],
  "overlay.problems": ["book"],
  "edition.publishers": ["book"],
  "migration.offers": ["book", "batches"],
  "migration.state": ["book", "tables"],
  "migration.aside": ["book", "tables"],
};

interface Entry {
  name: CallName;
  request: unknown;
  data: unknown;
  /** Counts questions; only the newest answer is taken. */
  asked: number;
  /** Whether an answer is there or on its way. */
  known: boolean;
  watchers: Set<() => void>;
  /** What useSyncExternalStore compares. */
  shown: { data: unknown; error: CallFailure | undefined; answered: boolean };
}

const entries = new Map<string, Entry>();
const KEPT = 120;

function entryOf(name: CallName, request: unknown): Entry {
  const key = `${name} ${JSON.stringify(request)}`;
  let entry = entries.get(key);
  if (!entry) {
    const shown = { data: undefined, error: undefined, answered: false };
    entry = { name, request, data: undefined, asked: 0, known: false, watchers: new Set(), shown };
    entries.set(key, entry);
    if (entries.size > KEPT) forgetUnwatched();
  }
  return entry;
}

function forgetUnwatched() {
  for (const [key, entry] of entries) {
    if (entries.size <= KEPT) return;
    if (entry.watchers.size === 0) entries.delete(key);
  }
}

async function ask(entry: Entry): Promise<void> {
  const turn = ++entry.asked;
  entry.known = true;
  let data: unknown;
  let error: CallFailure | undefined;
  try {
    data = await call(entry.name, entry.request as never);
  } catch (failed) {
    error = failed as CallFailure;
  }
  if (turn === entry.asked) give(entry, error ? entry.data : data, error);
}

function give(entry: Entry, data: unknown, error?: CallFailure) {
  entry.data = data;
  entry.shown = { data, error, answered: true };
  for (const watcher of entry.watchers) watcher();
}

/** Asks again for everything that `changed` concerns and somebody looks at; the rest is forgotten. */
export function stale(changed: Changed) {
  for (const [key, entry] of entries) {
    if (!DEPENDS[entry.name]?.includes(changed.what)) continue;
    if (entry.watchers.size > 0) void ask(entry);
    else entries.delete(key);
  }
}

/** Another book, or none: nothing known holds any more. */
function forget(again: boolean) {
  for (const [key, entry] of entries) {
    if (entry.name === "start.state") continue;
    if (entry.watchers.size === 0) {
      entries.delete(key);
      continue;
    }
    entry.asked += 1;
    entry.known = false;
    entry.data = undefined;
    entry.shown = { data: undefined, error: undefined, answered: false };
    for (const watcher of entry.watchers) watcher();
    if (again) void ask(entry);
  }
}

let pending: Changed[] = [];

/** Begins to listen. Changes that come close together are answered once. */
export function listenForChanges(): () => void {
  return on("changed", (changed) => {
    if (pending.length === 0) setTimeout(() => void settle(), 60);
    pending.push(changed);
  });
}

async function settle() {
  const kinds = new Map(pending.map((changed) => [changed.what, changed]));
  pending = [];
  if (kinds.has("book") && (await anotherBook())) return;
  for (const changed of kinds.values()) stale(changed);
}

/** A book in one edition: the same file is another book once it was moved to another edition. */
function which(state: StartState | undefined): string | undefined {
  return state?.open ? `${state.open.edition} ${state.open.path}` : undefined;
}

/** Looks which book is open now. Old answers go before any screen hears of it. */
async function anotherBook(): Promise<boolean> {
  const start = entryOf("start.state", {});
  const before = which(start.data as StartState | undefined);
  let state: StartState;
  try {
    state = await call("start.state", {});
  } catch {
    return false;
  }
  const another = which(state) !== before;
  if (another) forget(state.open !== null);
  give(start, state);
  return another;
}

/** An answer as a screen sees it. */
export interface Answer<T> {
  data: T | undefined;
  error: CallFailure | undefined;
  /** No answer yet, neither good nor bad. */
  waiting: boolean;
  reload(): void;
}

/** The answer to a call; `null` as request asks nothing yet. */
export function useCall<N extends CallName>(name: N, request: RequestOf<N> | null): Answer<ResponseOf<N>> {
  const key = request === null ? null : JSON.stringify(request);
  const entry = key === null ? undefined : entryOf(name, request);

  const watch = useCallback(
    (changed: () => void) => {
      if (key === null) return () => {};
      const watched = entryOf(name, JSON.parse(key));
      watched.watchers.add(changed);
      if (!watched.known) void ask(watched);
      return () => void watched.watchers.delete(changed);
    },
    [name, key],
  );
  const shown = useSyncExternalStore(watch, () => (entries.get(`${name} ${key}`) ?? entry)?.shown);
  const reload = useCallback(() => {
    if (key !== null) void ask(entryOf(name, JSON.parse(key)));
  }, [name, key]);

  return {
    data: shown?.data as ResponseOf<N> | undefined,
    error: shown?.error,
    waiting: request !== null && !shown?.answered,
    reload,
  };
}

/** Hears every change, for what is not kept here. */
export function useChanges(heard: (changed: Changed) => void) {
  useEffect(() => on("changed", heard), [heard]);
}
