/**
 * Whether the program behind the page can be reached. While it cannot, the page asks again by itself; when it is back,
 * the book that was open is opened again where that needs no password, and the listeners of `onBack` send the changes
 * that could not be saved meanwhile.
 */
import { useSyncExternalStore } from "react";

import { call, onReach } from "../ipc";
import { refreshAll } from "./calls";

/** How often the page asks whether the program is back, in ms. */
const AGAIN_MS = 2000;

let away = false;
let path: string | undefined;
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();
const waiting = new Set<() => void>();

function set(next: boolean) {
  away = next;
  for (const watcher of watchers) watcher();
}

/** Remembers which book is open. */
export function openBook(now: string | undefined) {
  if (now !== undefined) path = now;
}

/** Calls `listener` each time the program is back, until the returned function is called. */
export function onBack(listener: () => void): () => void {
  waiting.add(listener);
  return () => void waiting.delete(listener);
}

/** Asks at once whether the program is back. */
export async function tryAgain(): Promise<void> {
  try {
    const state = await call("start.state", {});
    if (!state.open && path !== undefined) await call("book.open", { path, passphrase: null }).catch(() => {});
  } catch {
    return;
  }
  if (!away) return;
  clearInterval(timer);
  timer = undefined;
  set(false);
  refreshAll();
  for (const listener of waiting) listener();
}

/** Begins to watch the calls. */
export function watchProgram(): () => void {
  return onReach((reached) => {
    if (reached || away) return;
    set(true);
    timer ??= setInterval(() => void tryAgain(), AGAIN_MS);
  });
}

export function useAway(): boolean {
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => away,
  );
}
