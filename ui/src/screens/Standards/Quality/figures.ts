/** Shares of what was damaged, as they are shown. */
import type { Damaged } from "../../../ipc";

/** The share of damages that is found or corrected, from 0 to 1. */
export function noticed(kind: Damaged): number {
  return (kind.mended + kind.found + kind.elsewhere) / kind.made;
}

/** A share as percent, rounded down: 100% means all. */
export function asPercent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)}%`;
}

/** Kinds that reach the goal, and those that do not, the least noticed first. */
export function order(kinds: Damaged[], goal: number): { found: Damaged[]; unseen: Damaged[] } {
  const unseen = kinds.filter((kind) => noticed(kind) < goal);
  return {
    found: kinds.filter((kind) => noticed(kind) >= goal),
    unseen: unseen.sort((one, other) => noticed(one) - noticed(other)),
  };
}
