/**
 * The connection of the page to the program: calls, events, and files chosen by the clerk. The page has no other.
 *
 * In the window it goes through Tauri; in a browser, where the tests run, through the loopback bridge. The rest of the
 * page does not depend on which of the two it is. What it leaves out: words for errors (text/) and keeping answers
 * (state/).
 */
import { bridge } from "./bridge";
import type { Backend, Events, FileKind } from "./backend";
import type { CallError, Calls } from "./types";
import { inWindow, windowBackend } from "./window";

export type { FileKind } from "./backend";
export type * from "./types";
export { READS } from "./types";

export type CallName = keyof Calls;
export type RequestOf<N extends CallName> = Calls[N]["request"];
export type ResponseOf<N extends CallName> = Calls[N]["response"];

/** A call that the program refused, with a code that text/errors.json has words for. */
export class CallFailure extends Error {
  readonly code: string;
  readonly params: Record<string, string | undefined>;

  constructor(error: CallError) {
    super(error.code);
    this.name = "CallFailure";
    this.code = error.code;
    this.params = error.params;
  }
}

const backend: Backend = inWindow() ? windowBackend : bridge;

const reaching = new Set<(reached: boolean) => void>();

/** Tells `listener` after every call whether the program could be reached, until the returned function is called. */
export function onReach(listener: (reached: boolean) => void): () => void {
  reaching.add(listener);
  return () => void reaching.delete(listener);
}

/** Runs one call of the desk. Every failure is a {@link CallFailure}. */
export async function call<N extends CallName>(name: N, request: RequestOf<N>): Promise<ResponseOf<N>> {
  try {
    const answer = (await backend.call(name, request)) as ResponseOf<N>;
    for (const listener of reaching) listener(true);
    return answer;
  } catch (error) {
    const known = failure(error);
    for (const listener of reaching) listener(known.code !== "program.unreachable");
    throw known;
  }
}

function failure(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  if (typeof error === "object" && error !== null && "code" in error) return new CallFailure(error as CallError);
  return new CallFailure({ code: "program.unreachable", params: {} });
}

/** Listens to an event until the returned function is called. */
export function on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void {
  return backend.on(event, listener);
}

/** Lets the clerk choose files; empty when the clerk cancels. */
export function chooseFiles(kinds: FileKind[], many = true): Promise<string[]> {
  return backend.chooseFiles(kinds, many);
}

/** Lets the clerk choose where to write a file; null when the clerk cancels. */
export function chooseSave(name: string, kinds: FileKind[]): Promise<string | null> {
  return backend.chooseSave(name, kinds);
}

/** A file was written to a path from {@link chooseSave}. A browser downloads it; the window needs nothing more. */
export function handOver(path: string): void {
  backend.handOver(path);
}

/** Opens the system's file manager where a file lies; null in a browser, which has none. */
export const showInFolder = backend.showInFolder && ((path: string) => show(path));

async function show(path: string): Promise<void> {
  try {
    await backend.showInFolder?.(path);
  } catch (error) {
    throw failure(error);
  }
}

/** Asks `may` before the window closes, until the returned function is called. */
export function onClosing(may: () => Promise<boolean>): () => void {
  return backend.onClosing(may);
}

/** Files dragged onto the window. */
export function onDrop(over: (inside: boolean) => void, dropped: (files: string[]) => void): () => void {
  return backend.onDrop(over, dropped);
}
