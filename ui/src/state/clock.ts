/** The best known time: this PC's clock may be wrong, and the program knows by how much. */
import type { ClockState } from "../ipc";

/** Best known time minus this PC's clock, in ms. */
let correction = 0;

/** Computes the correction from what the program knows of the time. */
export function learnTime(state: ClockState) {
  const known = Date.parse(state.known) - Date.parse(state.pc);
  // Where the clock is right, the two moments differ only by the time between reading one and the other.
  correction = state.verdict === "right" || Number.isNaN(known) ? 0 : known;
}

/** Now, by the best known time. */
export function knownNow(): Date {
  return new Date(Date.now() + correction);
}
