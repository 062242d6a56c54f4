/** The best known time: this PC's clock may be wrong, and the program knows by how much. */
import type { ClockState } from "../ipc";

/** Best known time minus this PC's clock, in ms. */
let correction = 0;

/** Takes in what the program knows of the time. */
export function learnTime(state: ClockState) {
  const known = Date.parse(state.known) - Date.parse(state.pc);
  // Without a fault the two moments differ by what passed between two looks at the clock.
  correction = state.verdict === "right" || Number.isNaN(known) ? 0 : known;
}

/** Now, by the best known time. */
export function knownNow(): Date {
  return new Date(Date.now() + correction);
}
