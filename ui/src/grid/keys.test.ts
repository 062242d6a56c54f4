import { describe, expect, test } from "vitest";

import { type Command, command, type Key, type Mode } from "./keys";

/** `Ctrl+Shift+End` as a key. */
function key(words: string): Key {
  const parts = words === "Ctrl++" ? ["Ctrl", "+"] : words.split(/\+(?=.)/);
  return {
    key: parts.at(-1) ?? "",
    ctrl: parts.includes("Ctrl"),
    shift: parts.includes("Shift"),
    alt: parts.includes("Alt"),
  };
}

/**
 * Key, and what it does while a cell is chosen, while typing over it, and after F2. A dash: the key belongs to the
 * text.
 */
const TABLE: [string, string, string, string][] = [
  ["ArrowDown", "move 1 0", "move 1 0", "-"],
  ["ArrowUp", "move -1 0", "move -1 0", "-"],
  ["ArrowLeft", "move 0 -1", "move 0 -1", "-"],
  ["ArrowRight", "move 0 1", "move 0 1", "-"],
  ["Shift+ArrowRight", "move 0 1 extend", "-", "-"],
  ["Ctrl+ArrowDown", "edge bottom", "-", "-"],
  ["Ctrl+ArrowUp", "edge top", "-", "-"],
  ["Ctrl+ArrowLeft", "edge row-start", "-", "-"],
  ["Ctrl+Shift+ArrowRight", "edge row-end extend", "-", "-"],
  ["Home", "edge row-start", "-", "-"],
  ["End", "edge row-end", "-", "-"],
  ["Ctrl+Home", "edge start", "-", "-"],
  ["Ctrl+Shift+End", "edge end extend", "-", "-"],
  ["PageDown", "page 1", "-", "-"],
  ["Shift+PageUp", "page -1 extend", "-", "-"],
  ["Enter", "commit 1 0", "commit 1 0", "commit 1 0"],
  ["Shift+Enter", "commit -1 0", "commit -1 0", "commit -1 0"],
  ["Tab", "commit 0 1", "commit 0 1", "commit 0 1"],
  ["Shift+Tab", "commit 0 -1", "commit 0 -1", "commit 0 -1"],
  ["Alt+Enter", "-", "newline", "newline"],
  ["Alt+ArrowDown", "choose", "choose", "choose"],
  ["F2", "edit", "-", "-"],
  ["F8", "next-finding", "next-finding", "next-finding"],
  ["Shift+F8", "next-finding back", "next-finding back", "next-finding back"],
  ["Escape", "cancel", "cancel", "cancel"],
  ["Delete", "clear", "-", "-"],
  ["Backspace", "erase", "-", "-"],
  ["Ctrl+c", "copy", "-", "-"],
  ["Ctrl+C", "copy", "-", "-"],
  ["Ctrl+x", "cut", "-", "-"],
  ["Ctrl+v", "-", "-", "-"],
  ["Ctrl+d", "fill-down", "-", "-"],
  ["Ctrl+z", "undo", "-", "-"],
  ["Ctrl+Shift+Z", "redo", "-", "-"],
  ["Ctrl+y", "redo", "-", "-"],
  ["Ctrl+a", "select-all", "-", "-"],
  ["Ctrl+f", "find", "find", "find"],
  ["Ctrl++", "insert-row", "-", "-"],
  ["Ctrl+-", "delete-rows", "-", "-"],
  ["a", "-", "-", "-"],
  ["王", "-", "-", "-"],
  [" ", "-", "-", "-"],
];

function words(expected: Command | undefined): string {
  if (!expected) return "-";
  switch (expected.do) {
    case "move":
      return `move ${expected.rows} ${expected.cols}${expected.extend ? " extend" : ""}`;
    case "page":
      return `page ${expected.by}${expected.extend ? " extend" : ""}`;
    case "edge":
      return `edge ${expected.edge}${expected.extend ? " extend" : ""}`;
    case "commit":
      return `commit ${expected.rows} ${expected.tab}`;
    case "next-finding":
      return `next-finding${expected.back ? " back" : ""}`;
    default:
      return expected.do;
  }
}

describe.each(TABLE)("%s", (pressed, ready, type, edit) => {
  test.each<[Mode, string]>([
    ["ready", ready],
    ["type", type],
    ["edit", edit],
  ])("%s: %s", (mode, expected) => {
    expect(words(command(key(pressed), mode))).toBe(expected);
  });
});
