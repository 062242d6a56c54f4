/**
 * The command of a key in the grid. Pure: it depends on key and mode alone, by the one table of keys. Keys of an input
 * method do not come here.
 */
import type { Command, Key, Mode } from "./command";
import { KEYS } from "./keyTable";

export type { Command, Key, Mode } from "./command";

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
