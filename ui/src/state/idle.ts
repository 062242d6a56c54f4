/** Locks the open book while nobody uses the page: no key, no mouse, no wheel for some minutes. */
import { useEffect } from "react";

import { call } from "../ipc";
import { isUnsaved } from "./saving";

/** How often the page looks, in ms. */
const LOOK_MS = 5000;
/** How long locking waits for changes that are being saved, in ms. */
const PATIENCE_MS = 3000;
/** How often it checks whether they are saved, in ms. */
const PAUSE_MS = 50;

const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/** Whether nobody has used the page for so many minutes; 0: never. Times are in ms. */
export const isIdle = (last: number, now: number, minutes: number): boolean =>
  minutes > 0 && now - last >= minutes * 60_000;

/** Commits what is being typed, waits until it is saved, and locks the book. */
export async function lockBook(): Promise<void> {
  (document.activeElement as HTMLElement | null)?.blur();
  for (let waited = 0; isUnsaved() && waited < PATIENCE_MS; waited += PAUSE_MS)
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  await call("book.lock", {});
}

/** Calls `lock` when nobody has used the page for so many minutes; 0: never. */
export function useIdle(minutes: number, lock: () => void) {
  useEffect(() => {
    if (minutes === 0) return;
    let last = Date.now();
    // After the PC has slept, the first sign of a person comes before the next look.
    const look = () => {
      const idle = isIdle(last, Date.now(), minutes);
      if (idle) {
        last = Date.now();
        lock();
      }
      return idle;
    };
    const onSign = () => {
      if (!look()) last = Date.now();
    };
    const timer = setInterval(look, LOOK_MS);
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, onSign, { capture: true });
    };
  }, [minutes, lock]);
}
