/**
 * Answers of calls as screens use them, asked for again when the program says that something changed.
 *
 * Which change makes which answer stale is written in the program's list of calls; READS is generated from it.
 * What it leaves out: keeping answers (state/cache), pages of the grid (grid/pages) and anything that changes data.
 */
import { useCallback, useEffect, useSyncExternalStore } from "react";

import {
  call,
  type CallFailure,
  type CallName,
  type Changed,
  on,
  READS,
  type RequestOf,
  type ResponseOf,
  type StartState,
} from "../ipc";
import { createCache } from "./cache";
import { createGathering } from "./gathering";

const cache = createCache((name, request) => call(name as CallName, request as never));

/** The kinds of these changes. When events were lost, these are all kinds that make any answer stale. */
export function kindsOf(changes: Changed[]): Set<Changed["what"]> {
  const kinds = new Set(changes.map(({ what }) => what));
  return kinds.has("everything") ? new Set(Object.values(READS).flat()) : kinds;
}

/** Begins to listen. Changes that come close together are answered once. */
export function listenForChanges(): () => void {
  const gathering = createGathering<Changed>((changes) => void settle(changes));
  const end = on("changed", gathering.add);
  return () => {
    end();
    gathering.end();
  };
}

/** Asks again for every answer, for example after the program could not be reached for a while. */
export function refreshAll(): void {
  void settle([{ what: "everything" }]);
}

async function settle(changes: Changed[]) {
  const kinds = kindsOf(changes);
  if (kinds.has("book") && (await anotherBook())) return;
  // anotherBook has just answered start.state.
  cache.refresh(kinds, (name) => (name === "start.state" ? [] : (READS[name as CallName] ?? [])));
}

/** A book in one edition: the same file is another book once it was moved to another edition. */
function bookIn(state: StartState | undefined): string | undefined {
  return state?.open ? `${state.open.edition} ${state.open.path}` : undefined;
}

/** Asks which book is open now. Answers about the old book are dropped before a screen is drawn with the new one. */
async function anotherBook(): Promise<boolean> {
  const before = bookIn(cache.shown("start.state", {}).data as StartState | undefined);
  let state: StartState;
  try {
    state = await call("start.state", {});
  } catch {
    return false;
  }
  const another = bookIn(state) !== before;
  if (another) cache.forget("start.state", state.open !== null);
  cache.take("start.state", {}, state);
  return another;
}

/** An answer as a screen sees it. */
export interface Answer<T> {
  data: T | undefined;
  error: CallFailure | undefined;
  /** Whether the call has neither succeeded nor failed yet. */
  waiting: boolean;
  reload(): void;
}

/**
 * The answer to a call; `null` as request asks nothing yet. `cares` (a constant) names the changes that matter here;
 * without it all do that make the answer stale.
 */
export function useCall<N extends CallName>(
  name: N,
  request: RequestOf<N> | null,
  cares?: ReadonlyArray<Changed["what"]>,
): Answer<ResponseOf<N>> {
  const key = request === null ? null : JSON.stringify(request);
  const watch = useCallback(
    (changed: () => void) => (key === null ? () => {} : cache.watch(name, JSON.parse(key), changed, cares)),
    [name, key, cares],
  );
  const shown = useSyncExternalStore(watch, () => (key === null ? undefined : cache.shown(name, JSON.parse(key))));
  const reload = useCallback(() => {
    if (key !== null) cache.reload(name, JSON.parse(key));
  }, [name, key]);

  return {
    data: shown?.data as ResponseOf<N> | undefined,
    error: shown?.error,
    waiting: request !== null && !shown?.answered,
    reload,
  };
}

/** Calls `listener` for every change; for data that is not kept in this cache, such as the pages of the grid. */
export function useChanges(listener: (changed: Changed) => void) {
  useEffect(() => on("changed", listener), [listener]);
}
