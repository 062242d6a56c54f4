/**
 * The command of a key in the grid. It depends only on the key and the mode, by the table of keys. Keys of an input
 * method are not passed to it.
 */
import type { Command, Key, Mode } from "./command";
import { KEYS } from "./keyTable";

export type { Command, Key, Mode } from "./command";

/** Names of signs: those of full width from a Chinese input method, and signs that share a key. */
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

/** The command of a key; undefined: the key is for the text field. */
export function command(key: Key, mode: Mode): Command | undefined {
  return COMMANDS.get(`${mode} ${nameOf(key)}`);
}
