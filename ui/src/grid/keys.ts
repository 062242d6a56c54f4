/**
 * The command of a key in the grid. Pure: it depends on key and mode alone, by the one table of keys. Keys of an input
 * method do not come here.
 */
import { KEYS } from "./keyTable";
import type { Edge } from "./selection";

/** `ready`: a cell is chosen. `type`: typed over, arrows leave the cell. `edit`: F2, arrows move in the text. */
export type Mode = "ready" | "type" | "edit";

export interface Key {
  key: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
}

/** What a key does. Those named in the long list have no parts. */
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

/** Signs of full width, which a Chinese keyboard gives, and signs that stand on one key. */
const SIGNS: Record<string, string> = {
  " ": "Space",
  "；": ";",
  "：": ":",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "＋": "+",
  "=": "+",
  "－": "-",
  _: "-",
  "。": ".",
};

/** The name of a key as the table has it, such as `Ctrl+Shift+End`. Shift is part of a sign and not named with it. */
export function nameOf({ key, ctrl, shift, alt }: Key): string {
  const sign = SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const plain = sign.length > 1 || /[A-Z0-9]/.test(sign);
  return `${ctrl ? "Ctrl+" : ""}${alt ? "Alt+" : ""}${shift && plain ? "Shift+" : ""}${sign}`;
}

const COMMANDS = new Map(
  KEYS.flatMap(({ keys, modes, command }) =>
    command ? keys.flatMap((name) => modes.map((mode): [string, Command] => [`${mode} ${name}`, command])) : [],
  ),
);

/** The command of a key, or nothing: then the key belongs to the text. */
export function command(key: Key, mode: Mode): Command | undefined {
  return COMMANDS.get(`${mode} ${nameOf(key)}`);
}
