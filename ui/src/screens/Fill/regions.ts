/**
 * F6 goes from one region of the filling screen to the next, Shift+F6 back. In the grid, Tab moves between cells, so
 * there must be another key that leaves it.
 */

/** Where each region begins, and what gets the focus there. */
const REGIONS = [
  { region: ".grid", first: "textarea" },
  { region: ".side, .side-closed", first: "[role=tab][aria-selected=true], button" },
  { region: ".tree", first: "input" },
  { region: ".fill-tools", first: "button" },
];

/** Moves the focus; true when the key was F6 or Shift+F6. */
export function walkRegions(event: KeyboardEvent): boolean {
  if (event.key !== "F6" || event.ctrlKey || event.altKey) return false;
  const here = REGIONS.findIndex(({ region }) => document.activeElement?.closest(region));
  const step = event.shiftKey ? REGIONS.length - 1 : 1;
  const next = REGIONS[(Math.max(0, here) + (here < 0 ? 0 : step)) % REGIONS.length];
  document
    .querySelector(next?.region ?? "")
    ?.querySelector<HTMLElement>(next?.first ?? "")
    ?.focus();
  return true;
}
