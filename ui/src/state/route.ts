/** Which screen is open, and on what. Kept in the address after `#`, so that back, forward and reload work. */
import { useSyncExternalStore } from "react";

export const SCREENS = ["home", "fill", "check", "workbooks", "submit", "standards", "settings"] as const;
export type Screen = (typeof SCREENS)[number];

/** A place in the program. */
export interface Place {
  screen: Screen;
  /** Table, code list or part of the screen. */
  what?: string | undefined;
  /** Record to go to. */
  row?: number | undefined;
  /** Column to go to. */
  column?: string | undefined;
  /** Edition of the standard that is looked at; absent: that of the open book. */
  edition?: string | undefined;
  /** Part of what is shown, such as a tab. */
  part?: string | undefined;
}

/** Part of the filling screen: its table is opened on the first cell with a finding. */
export const FIRST_FINDING = "finding";

/** A part of the address as text; empty where it is not a valid escape. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

/** `#/fill/ODS_SXJCSJ/12/XH` and back. */
export function toHash(place: Place): string {
  const parts = [place.screen, place.what, place.row?.toString(), place.column, place.edition, place.part];
  while (parts.length > 1 && parts.at(-1) === undefined) parts.pop();
  return `#/${parts.map((part) => encodeURIComponent(part ?? "")).join("/")}`;
}

export function fromHash(hash: string): Place {
  const parts = hash.replace(/^#\/?/, "").split("/");
  const [screen, what, row, column, edition, part] = parts.map(decoded);
  const readable = parts.every((one) => one === "" || decoded(one) !== "");
  const known = (readable && SCREENS.find((name) => name === screen)) || "home";
  return {
    screen: known,
    what: what || undefined,
    row: Number(row) || undefined,
    column: column || undefined,
    edition: edition || undefined,
    part: part || undefined,
  };
}

let here = fromHash(location.hash);

export function go(place: Place) {
  const hash = toHash(place);
  if (hash === location.hash) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = hash;
}

function subscribe(changed: () => void): () => void {
  const onHashChange = () => {
    here = fromHash(location.hash);
    changed();
  };
  window.addEventListener("hashchange", onHashChange);
  return () => window.removeEventListener("hashchange", onHashChange);
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, () => here);
}
