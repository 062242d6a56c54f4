/**
 * Closing the window: text that is being typed is saved first; where something cannot be saved, or work is going on
 * that closing would interrupt, the clerk is asked whether to close. A browser asks by itself (state/browserKeys).
 */
import { useEffect } from "react";

import { call, onClosing } from "../ipc";
import { dropDrafts, hasDrafts } from "./drafts";
import { isWorking } from "./jobs";
import { forget, isUnsaved } from "./saving";

/** Why closing is asked about. */
export type Why = "unsaved" | "working";

/** Asks whether to close all the same. */
export type Ask = (why: Why) => Promise<boolean>;

/** How long closing waits for changes that are being saved, in ms. */
const PATIENCE_MS = 3000;
/** How often it checks whether they are saved, in ms. */
const LOOK_MS = 50;

/**
 * Whether the window may close: at once when all is saved, after what is on its way has been saved, else as `ask`
 * answers. `unsaved` tells whether something is unsaved now.
 */
export async function mayClose(unsaved: () => boolean, ask: Ask, working = isWorking): Promise<boolean> {
  // A cell or field that is being typed into is committed when it loses the focus.
  (document.activeElement as HTMLElement | null)?.blur();
  for (let waited = 0; unsaved() && waited < PATIENCE_MS; waited += LOOK_MS)
    await new Promise((done) => setTimeout(done, LOOK_MS));
  if ((unsaved() || hasDrafts()) && !(await ask("unsaved"))) return false;
  return !working() || ask("working");
}

/** Asks with `ask` before the window closes with something unsaved. */
export function useClosing(ask: Ask) {
  useEffect(() => onClosing(() => mayClose(isUnsaved, ask)), [ask]);
}

/** Closes the open book as the window is closed: text is saved first, and `ask` decides where it cannot be. */
export async function closeBook(ask: Ask) {
  if (!(await mayClose(isUnsaved, ask))) return;
  if (isUnsaved()) forget();
  dropDrafts();
  await call("book.close", {});
}
