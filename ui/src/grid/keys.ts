/**
 * The command of a key in the grid. Pure: it depends on key and mode alone, so the table in the test lists all keys.
 * Keys of an input method do not come here.
 */

import type { Edge } from "./selection";

/** `ready`: a cell is chosen. `type`: typed over, arrows leave the cell. `edit`: F2, arrows move in the text. */
export type Mode = "ready" | "type" | "edit";

export interface Key {
  key: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
}

export type Command =
  | { do: "move"; rows: number; cols: number; extend: boolean }
  | { do: "page"; by: 1 | -1; extend: boolean }
  | { do: "edge"; edge: Edge; extend: boolean }
  | { do: "commit"; rows: number; tab: 0 | 1 | -1 }
  | { do: "next-finding"; back: boolean }
  | {
      do:
        | "edit"
        | "cancel"
        | "newline"
        | "clear"
        | "erase"
        | "copy"
        | "cut"
        | "fill-down"
        | "undo"
        | "redo"
        | "find"
        | "insert-row"
        | "delete-rows"
        | "select-all"
        | "choose";
    };

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The command of a key, or nothing: then the key belongs to the text. */
export function command(key: Key, mode: Mode): Command | undefined {
  const arrow = ARROWS[key.key];
  if (key.alt) {
    if (key.key === "ArrowDown") return { do: "choose" };
    return key.key === "Enter" && mode !== "ready" ? { do: "newline" } : undefined;
  }
  switch (key.key) {
    case "Enter":
      return { do: "commit", rows: key.shift ? -1 : 1, tab: 0 };
    case "Tab":
      return { do: "commit", rows: 0, tab: key.shift ? -1 : 1 };
    case "F8":
      return { do: "next-finding", back: key.shift };
  }
  if (key.ctrl) {
    if (key.key.toLowerCase() === "f") return { do: "find" };
    if (mode !== "ready") return undefined;
    if (arrow) return edge(arrow, key.shift);
    return control(key);
  }
  if (mode !== "ready") {
    if (key.key === "Escape") return { do: "cancel" };
    if (mode === "type" && arrow && !key.shift) return { do: "move", rows: arrow[0], cols: arrow[1], extend: false };
    return undefined;
  }
  if (arrow) return { do: "move", rows: arrow[0], cols: arrow[1], extend: key.shift };
  switch (key.key) {
    case "F2":
      return { do: "edit" };
    case "Home":
      return { do: "edge", edge: "row-start", extend: key.shift };
    case "End":
      return { do: "edge", edge: "row-end", extend: key.shift };
    case "PageUp":
      return { do: "page", by: -1, extend: key.shift };
    case "PageDown":
      return { do: "page", by: 1, extend: key.shift };
    case "Delete":
      return { do: "clear" };
    case "Backspace":
      return { do: "erase" };
    case "Escape":
      return { do: "cancel" };
  }
  return undefined;
}

function edge([rows, cols]: [number, number], extend: boolean): Command {
  return { do: "edge", edge: rows < 0 ? "top" : rows > 0 ? "bottom" : cols < 0 ? "row-start" : "row-end", extend };
}

function control(key: Key): Command | undefined {
  switch (key.key.toLowerCase()) {
    case "home":
      return { do: "edge", edge: "start", extend: key.shift };
    case "end":
      return { do: "edge", edge: "end", extend: key.shift };
    case "a":
      return { do: "select-all" };
    case "c":
      return { do: "copy" };
    case "x":
      return { do: "cut" };
    case "d":
      return { do: "fill-down" };
    case "z":
      return { do: key.shift ? "redo" : "undo" };
    case "y":
      return { do: "redo" };
    case "+":
    case "=":
      return { do: "insert-row" };
    case "-":
      return { do: "delete-rows" };
  }
  return undefined;
}
