/** The interface of the connection to the program: calls, events, and files chosen by the clerk. */
import type { Changed, Progress } from "./types";

/** Events that the program sends by itself. */
export interface Events {
  progress: Progress;
  changed: Changed;
}

/** A kind of file to choose from, such as workbooks. */
export interface FileKind {
  name: string;
  extensions: string[];
}

/** Implemented for the window and for the bridge. */
export interface Backend {
  call(name: string, request: unknown): Promise<unknown>;
  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void;
  chooseFiles(kinds: FileKind[], many: boolean): Promise<string[]>;
  chooseSave(name: string, kinds: FileKind[]): Promise<string | null>;
  handOver(path: string): void;
  /** Opens the system's file manager where a file lies; a browser has none. */
  showInFolder: ((path: string) => Promise<void>) | null;
  /** Asks `may` before the window closes; a browser asks by itself. */
  onClosing(may: () => Promise<boolean>): () => void;
  onDrop(over: (inside: boolean) => void, dropped: (files: string[]) => void): () => void;
}
