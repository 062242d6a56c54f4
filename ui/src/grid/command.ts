/** What keys do in the grid, and where: types for the table of keys, its handler and the grid. */
import type { Edge } from "./selection";

/** `ready`: a cell is chosen. `type`: typed over, arrows leave the cell. `edit`: F2, arrows move in the text. */
export type Mode = "ready" | "type" | "edit";

export interface Key {
  key: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
}

/** What a key does. The commands of the long list have no parameters. */
export type Command =
  | { do: "move"; rows: number; cols: number; extend: boolean }
  /** To the edge of the filled region. */
  | { do: "region"; rows: number; cols: number; extend: boolean }
  | { do: "page"; by: 1 | -1; extend: boolean }
  | { do: "side-page"; by: 1 | -1; extend: boolean }
  | { do: "table"; by: 1 | -1 }
  | { do: "edge"; edge: Edge; extend: boolean }
  | { do: "commit"; rows: number; tab: 0 | 1 | -1 }
  | { do: "next-finding" | "find-next" | "next-area"; back: boolean }
  | {
      do:
        | "edit"
        | "cancel"
        | "newline"
        | "fill-block"
        | "clear"
        | "erase"
        | "copy"
        | "cut"
        | "fill-down"
        | "fill-right"
        | "today"
        | "now"
        | "above"
        | "undo"
        | "redo"
        | "repeat"
        | "find"
        | "replace"
        | "go-to"
        | "filter"
        | "insert-row"
        | "delete-rows"
        | "duplicate"
        | "hide-column"
        | "select-all"
        | "select-column"
        | "select-row"
        | "collapse"
        | "next-corner"
        | "show-active"
        | "choose"
        | "menu"
        | "help"
        | "saved";
    };
