/**
 * Answers of calls, kept by call and request.
 *
 * - One call of an entry is under way at a time. After any number of changes meanwhile it is asked for once
 *   more.
 * - An answer that has become stale is shown until the new one is there, so that nothing flickers.
 * - An answer that was asked for before everything was forgotten (another book was opened) is dropped.
 *
 * What it leaves out: which call becomes stale by which change, and React (state/calls).
 */
import type { CallFailure } from "../ipc";

/** What a screen sees of an entry. A new object for each change, so that it can be compared by identity. */
export interface Shown {
  data: unknown;
  error: CallFailure | undefined;
  /** Whether the call has succeeded or failed at least once. */
  answered: boolean;
}

const NOTHING: Shown = { data: undefined, error: undefined, answered: false };

interface Entry {
  name: string;
  request: unknown;
  shown: Shown;
  /** The call under way; undefined when there is none. */
  asking: symbol | undefined;
  /** Whether something changed since the call under way began. */
  overtaken: boolean;
  /** Whether something changed that is not named by any watcher. */
  stale: boolean;
  /** The functions to call when the entry changes, with the changes that each names; undefined: every change. */
  watchers: Map<() => void, readonly string[] | undefined>;
}

export type Cache = ReturnType<typeof createCache>;

/**
 * `call` fails with a {@link CallFailure} and with nothing else; `most` entries are kept while no screen watches them.
 */
export function createCache(call: (name: string, request: unknown) => Promise<unknown>, most = 120) {
  const entries = new Map<string, Entry>();

  function entryOf(name: string, request: unknown): Entry {
    const key = `${name} ${JSON.stringify(request)}`;
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = {
      name,
      request,
      shown: NOTHING,
      asking: undefined,
      overtaken: false,
      stale: false,
      watchers: new Map(),
    };
    entries.set(key, entry);
    for (const [oldest, { watchers }] of entries) {
      if (entries.size <= most) break;
      if (watchers.size === 0 && oldest !== key) entries.delete(oldest);
    }
    return entry;
  }

  function show(entry: Entry, shown: Shown) {
    entry.shown = shown;
    for (const watcher of entry.watchers.keys()) watcher();
  }

  async function ask(entry: Entry): Promise<void> {
    if (entry.asking) {
      entry.overtaken = true;
      return;
    }
    const turn = Symbol(entry.name);
    entry.asking = turn;
    entry.overtaken = false;
    entry.stale = false;
    const shown = await call(entry.name, entry.request).then(
      (data): Shown => ({ data, error: undefined, answered: true }),
      (error): Shown => ({ data: entry.shown.data, error: error as CallFailure, answered: true }),
    );
    // The entry was dropped meanwhile: the answer is about another book, or another call is under way already.
    if (entry.asking !== turn) return;
    entry.asking = undefined;
    show(entry, shown);
    if (entry.overtaken) await ask(entry);
  }

  return {
    shown: (name: string, request: unknown): Shown => entryOf(name, request).shown,

    /**
     * Keeps an entry until the returned function is called, and asks for it when nothing is known of it. `cares` names
     * the changes that matter to this watcher; without it all do that make the answer stale.
     */
    watch(name: string, request: unknown, changed: () => void, cares?: readonly string[]): () => void {
      const entry = entryOf(name, request);
      entry.watchers.set(changed, cares);
      const known = entry.shown.answered && !(entry.stale && cares === undefined);
      if (!known && !entry.asking) void ask(entry);
      return () => void entry.watchers.delete(changed);
    },

    /** Asks again, also when no screen watches the entry. */
    reload: (name: string, request: unknown) => void ask(entryOf(name, request)),

    /** Stores an answer that came another way, in the place of one that is awaited. */
    take(name: string, request: unknown, data: unknown) {
      const entry = entryOf(name, request);
      entry.asking = undefined;
      show(entry, { data, error: undefined, answered: true });
    },

    /** Asks again for every entry that `changes` make stale and that is watched for them; others are forgotten. */
    refresh(changes: ReadonlySet<string>, reads: (name: string) => readonly string[]) {
      for (const [key, entry] of entries) {
        const stale = reads(entry.name).filter((what) => changes.has(what));
        if (stale.length === 0) continue;
        const cared = [...entry.watchers.values()].some(
          (cares) => !cares || stale.some((what) => cares.includes(what)),
        );
        if (cared) void ask(entry);
        else if (entry.watchers.size > 0) entry.stale = true;
        else entries.delete(key);
      }
    },

    /** Drops all answers except those that `keep` names; with `again`, those that are watched are asked for anew. */
    forget(keep: string, again: boolean) {
      for (const [key, entry] of entries) {
        if (entry.name === keep) continue;
        if (entry.watchers.size === 0) {
          entries.delete(key);
          continue;
        }
        entry.asking = undefined;
        show(entry, NOTHING);
        if (again) void ask(entry);
      }
    },
  };
}
