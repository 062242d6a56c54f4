/**
 * The only door to the program behind the page: calls, events, and files chosen by the clerk.
 *
 * In the window the door is Tauri's; in a browser it is the loopback bridge that the tests drive. Nothing else in the
 * interface knows which of the two is there. What it leaves out: words for errors (text/) and keeping answers (state/).
 */
import { bridge } from "./bridge";
import type { Door, Events, FileKind } from "./door";
import type { CallError, Calls } from "./types";
import { inWindow, tauriDoor } from "./window";

export type { FileKind } from "./door";
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

const door: Door = inWindow() ? tauriDoor : bridge;

/** Runs one call of the desk. Fails with {@link CallFailure}, never with anything else. */
export async function call<N extends CallName>(name: N, request: RequestOf<N>): Promise<ResponseOf<N>> {
  try {
    return (await door.call(name, request)) as ResponseOf<N>;
  } catch (error) {
    throw failure(error);
  }
}

function failure(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  if (typeof error === "object" && error !== null && "code" in error) return new CallFailure(error as CallError);
  return new CallFailure({ code: "program.unreachable", params: {} });
}

/** Listens to an event until the returned function is called. */
export function on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void {
  return door.on(event, listener);
}

/** Lets the clerk choose files; empty when the clerk cancels. */
export function chooseFiles(kinds: FileKind[], many = true): Promise<string[]> {
  return door.chooseFiles(kinds, many);
}

/** Lets the clerk choose where to write a file; null when the clerk cancels. */
export function chooseSave(name: string, kinds: FileKind[]): Promise<string | null> {
  return door.chooseSave(name, kinds);
}

/** A file has been written to a path from {@link chooseSave}. The window need do nothing; a browser downloads it. */
export function handOver(path: string): void {
  door.handOver(path);
}

/** Files dragged onto the window. */
export function onDrop(over: (inside: boolean) => void, dropped: (files: string[]) => void): () => void {
  return door.onDrop(over, dropped);
}
