import { describe, expect, test } from "vitest";

import keyWords from "../text/keys.json";
import { KEYS, NEVER_THE_BROWSERS } from "./keyTable";
import { type Command, command, type Key, type Mode, nameOf } from "./keys";

const MODES: Mode[] = ["ready", "type", "edit"];

/** `Ctrl+Shift+End` as a key. */
function key(words: string): Key {
  const parts = words.split(/\+(?=.)/);
  return {
    key: parts.at(-1) === "Space" ? " " : (parts.at(-1) ?? ""),
    ctrl: parts.includes("Ctrl"),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
  };
}

describe.each(KEYS.map((line) => [line.id, line] as const))("%s", (id, line) => {
  test.each(MODES)("%s", (mode) => {
    for (const name of line.keys) {
      expect(nameOf(key(name)), name).toBe(name);
      const here = line.modes.includes(mode);
      if (here) expect(command(key(name), mode), name).toEqual(line.command);
    }
  });

  test("has its words, and its reason where it is not as in Excel", () => {
    const words = keyWords as Record<string, { zh: string; en: string } | undefined>;
    expect(words[`keys.${id}`]?.zh).toBeTruthy();
    expect(Boolean(words[`keys.${id}.why`])).toBe(!line.excel);
    expect(Boolean(words[`keys.${id}.key`])).toBe(line.keys.length === 0 && line.group === "mouse");
  });
});

test("at least 90 lines, of which 95 of 100 are as in Excel, each named once", () => {
  expect(KEYS.length).toBeGreaterThanOrEqual(90);
  expect(KEYS.filter(({ excel }) => excel).length / KEYS.length).toBeGreaterThanOrEqual(0.95);
  expect(new Set(KEYS.map(({ id }) => id)).size).toBe(KEYS.length);
});

test("no key does two things in one place", () => {
  const places = KEYS.flatMap(({ keys, modes }) => keys.flatMap((name) => modes.map((mode) => `${mode} ${name}`)));
  expect(places.length).toBe(new Set(places).size);
});

test("what no line names belongs to the text", () => {
  for (const name of ["a", "王", "Space", "Ctrl+B", "Alt+A", "F9"])
    for (const mode of MODES) expect(command(key(name), mode)).toBeUndefined();
  const text: [string, Mode][] = [
    ["ArrowLeft", "edit"],
    ["Home", "type"],
    ["Ctrl+C", "edit"],
    ["Ctrl+Z", "type"],
    ["Delete", "edit"],
  ];
  for (const [name, mode] of text) expect(command(key(name), mode)).toBeUndefined();
});

test("signs of a Chinese keyboard count as those of the key, and Shift is part of a sign", () => {
  const today: Command = { do: "today" };
  expect(command({ key: "；", ctrl: true, shift: false, alt: false }, "ready")).toEqual(today);
  const insert: Command = { do: "insert-row" };
  for (const shift of [true, false])
    expect(command({ key: "+", ctrl: true, shift, alt: false }, "ready")).toEqual(insert);
  expect(command({ key: "=", ctrl: true, shift: false, alt: false }, "ready")).toEqual(insert);
});

test("printing, reloading and searching the page never reach the browser", () => {
  for (const name of ["F5", "Ctrl+R", "Ctrl+P", "Ctrl+H", "F7", "Ctrl+S", "Ctrl+F", "Ctrl+G", "F3", "F1", "Ctrl+D"])
    expect(NEVER_THE_BROWSERS.has(name), name).toBe(true);
});
