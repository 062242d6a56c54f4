/**
 * The one table of keys: what each does where, and whether Excel and WPS do the same. The handler (keys.ts), its tests,
 * the test in the browser and the help page are made from it. The words of a line are `keys.ID` in text/keys.json, the
 * reason why a line is not as in Excel is `keys.ID.why`.
 */
import type { Command, Mode } from "./command";

export interface KeyLine {
  id: string;
  group: "move" | "choose" | "write" | "block" | "find" | "screen" | "mouse";
  /** Names of the keys, each of which does it; none where it is done with the mouse, which `keys.ID.key` names. */
  keys: string[];
  modes: Mode[];
  /** Absent where the key belongs to the text, and for the mouse. */
  command: Command | undefined;
  excel: boolean;
  wps: boolean;
}

const READY: Mode[] = ["ready"];
const TYPE: Mode[] = ["type"];
const WRITING: Mode[] = ["type", "edit"];
const ALL: Mode[] = ["ready", "type", "edit"];

type Group = KeyLine["group"];

/** A line as in Excel and WPS. */
const line = (group: Group, id: string, keys: string, modes: Mode[], command?: Command): KeyLine => ({
  id,
  group,
  keys: keys.split(" ").filter(Boolean),
  modes,
  command,
  excel: true,
  wps: true,
});

const EDIT: Mode[] = ["edit"];

/** A line of the mouse. */
const mouse = (id: string): KeyLine => line("mouse", id, "", READY);

/** A line that differs from Excel; the reason is `keys.ID.why`. */
const own = (...parts: Parameters<typeof line>): KeyLine => ({ ...line(...parts), excel: false, wps: false });

const move = (rows: number, cols: number, extend = false): Command => ({ do: "move", rows, cols, extend });
const region = (rows: number, cols: number, extend = false): Command => ({ do: "region", rows, cols, extend });

export const KEYS: readonly KeyLine[] = [
  line("move", "down", "ArrowDown", READY, move(1, 0)),
  line("move", "up", "ArrowUp", READY, move(-1, 0)),
  line("move", "left", "ArrowLeft", READY, move(0, -1)),
  line("move", "right", "ArrowRight", READY, move(0, 1)),
  line("move", "enter", "Enter", READY, { do: "commit", rows: 1, tab: 0 }),
  line("move", "enter-up", "Shift+Enter", READY, { do: "commit", rows: -1, tab: 0 }),
  line("move", "tab", "Tab", READY, { do: "commit", rows: 0, tab: 1 }),
  line("move", "tab-back", "Shift+Tab", READY, { do: "commit", rows: 0, tab: -1 }),
  line("move", "region-down", "Ctrl+ArrowDown", READY, region(1, 0)),
  line("move", "region-up", "Ctrl+ArrowUp", READY, region(-1, 0)),
  line("move", "region-left", "Ctrl+ArrowLeft", READY, region(0, -1)),
  line("move", "region-right", "Ctrl+ArrowRight", READY, region(0, 1)),
  line("move", "home", "Home", READY, { do: "edge", edge: "row-start", extend: false }),
  own("move", "end", "End", READY, { do: "edge", edge: "row-end", extend: false }),
  line("move", "first", "Ctrl+Home", READY, { do: "edge", edge: "start", extend: false }),
  line("move", "last", "Ctrl+End", READY, { do: "edge", edge: "end", extend: false }),
  line("move", "page-down", "PageDown", READY, { do: "page", by: 1, extend: false }),
  line("move", "page-up", "PageUp", READY, { do: "page", by: -1, extend: false }),
  line("move", "page-right", "Alt+PageDown", READY, { do: "side-page", by: 1, extend: false }),
  line("move", "page-left", "Alt+PageUp", READY, { do: "side-page", by: -1, extend: false }),
  line("move", "next-table", "Ctrl+PageDown", ALL, { do: "table", by: 1 }),
  line("move", "previous-table", "Ctrl+PageUp", ALL, { do: "table", by: -1 }),
  line("move", "show-active", "Ctrl+Backspace", READY, { do: "show-active" }),

  line("choose", "extend-down", "Shift+ArrowDown", READY, move(1, 0, true)),
  line("choose", "extend-up", "Shift+ArrowUp", READY, move(-1, 0, true)),
  line("choose", "extend-left", "Shift+ArrowLeft", READY, move(0, -1, true)),
  line("choose", "extend-right", "Shift+ArrowRight", READY, move(0, 1, true)),
  line("choose", "extend-region-down", "Ctrl+Shift+ArrowDown", READY, region(1, 0, true)),
  line("choose", "extend-region-up", "Ctrl+Shift+ArrowUp", READY, region(-1, 0, true)),
  line("choose", "extend-region-left", "Ctrl+Shift+ArrowLeft", READY, region(0, -1, true)),
  line("choose", "extend-region-right", "Ctrl+Shift+ArrowRight", READY, region(0, 1, true)),
  line("choose", "extend-home", "Shift+Home", READY, { do: "edge", edge: "row-start", extend: true }),
  own("choose", "extend-end", "Shift+End", READY, { do: "edge", edge: "row-end", extend: true }),
  line("choose", "extend-first", "Ctrl+Shift+Home", READY, { do: "edge", edge: "start", extend: true }),
  line("choose", "extend-last", "Ctrl+Shift+End", READY, { do: "edge", edge: "end", extend: true }),
  line("choose", "extend-page-down", "Shift+PageDown", READY, { do: "page", by: 1, extend: true }),
  line("choose", "extend-page-up", "Shift+PageUp", READY, { do: "page", by: -1, extend: true }),
  line("choose", "extend-page-right", "Alt+Shift+PageDown", READY, { do: "side-page", by: 1, extend: true }),
  line("choose", "extend-page-left", "Alt+Shift+PageUp", READY, { do: "side-page", by: -1, extend: true }),
  line("choose", "column", "Ctrl+Space", READY, { do: "select-column" }),
  line("choose", "row", "Shift+Space", READY, { do: "select-row" }),
  line("choose", "all", "Ctrl+A", READY, { do: "select-all" }),
  line("choose", "all-space", "Ctrl+Shift+Space", READY, { do: "select-all" }),
  line("choose", "all-region", "Ctrl+*", READY, { do: "select-all" }),
  line("choose", "collapse", "Shift+Backspace", READY, { do: "collapse" }),
  line("choose", "next-corner", "Ctrl+.", READY, { do: "next-corner" }),

  line("write", "edit", "F2", READY, { do: "edit" }),
  line("write", "edit-typed", "F2", TYPE, { do: "edit" }),
  line("write", "edit-again", "F2", ["edit"], { do: "edit" }),
  line("write", "commit", "Enter", WRITING, { do: "commit", rows: 1, tab: 0 }),
  line("write", "commit-up", "Shift+Enter", WRITING, { do: "commit", rows: -1, tab: 0 }),
  line("write", "commit-right", "Tab", WRITING, { do: "commit", rows: 0, tab: 1 }),
  line("write", "commit-left", "Shift+Tab", WRITING, { do: "commit", rows: 0, tab: -1 }),
  line("write", "commit-arrow-down", "ArrowDown", TYPE, move(1, 0)),
  line("write", "commit-arrow-up", "ArrowUp", TYPE, move(-1, 0)),
  line("write", "commit-arrow-left", "ArrowLeft", TYPE, move(0, -1)),
  line("write", "commit-arrow-right", "ArrowRight", TYPE, move(0, 1)),
  line("write", "fill-typed", "Ctrl+Enter", WRITING, { do: "fill-block" }),
  line("write", "newline", "Alt+Enter", WRITING, { do: "newline" }),
  line("write", "restore", "Escape", WRITING, { do: "cancel" }),
  line("write", "cancel-cut", "Escape", READY, { do: "cancel" }),
  line("write", "erase", "Backspace", READY, { do: "erase" }),
  line("write", "clear", "Delete", READY, { do: "clear" }),
  line("write", "list", "Alt+ArrowDown", ALL, { do: "choose" }),
  line("write", "today", "Ctrl+;", READY, { do: "today" }),
  line("write", "now", "Ctrl+:", READY, { do: "now" }),
  line("write", "above", `Ctrl+' Ctrl+"`, READY, { do: "above" }),

  line("block", "fill-active", "Ctrl+Enter", READY, { do: "fill-block" }),
  line("block", "fill-down", "Ctrl+D", READY, { do: "fill-down" }),
  line("block", "fill-right", "Ctrl+R", READY, { do: "fill-right" }),
  line("block", "copy", "Ctrl+C Ctrl+Insert", READY, { do: "copy" }),
  line("block", "cut", "Ctrl+X Shift+Delete", READY, { do: "cut" }),
  line("block", "paste", "Ctrl+V Shift+Insert Ctrl+Shift+V", READY),
  line("block", "insert", "Ctrl++", READY, { do: "insert-row" }),
  line("block", "delete", "Ctrl+-", READY, { do: "delete-rows" }),
  own("block", "duplicate", "Ctrl+Shift+D", READY, { do: "duplicate" }),
  line("block", "hide", "Ctrl+0", READY, { do: "hide-column" }),
  line("block", "undo", "Ctrl+Z Alt+Backspace", READY, { do: "undo" }),
  line("block", "redo", "Ctrl+Y", READY, { do: "redo" }),
  line("block", "repeat", "F4", READY, { do: "repeat" }),

  line("find", "find", "Ctrl+F", ALL, { do: "find" }),
  line("find", "find-next", "Shift+F4", READY, { do: "find-next", back: false }),
  line("find", "find-back", "Ctrl+Shift+F4", READY, { do: "find-next", back: true }),
  own("find", "find-next-f3", "F3", READY, { do: "find-next", back: false }),
  own("find", "find-back-f3", "Shift+F3", READY, { do: "find-next", back: true }),
  line("find", "replace", "Ctrl+H", ALL, { do: "replace" }),
  line("find", "go-to", "Ctrl+G F5", ALL, { do: "go-to" }),
  line("find", "filter", "Ctrl+Shift+L", READY, { do: "filter" }),
  own("find", "next-finding", "F8", ALL, { do: "next-finding", back: false }),
  own("find", "previous-finding", "Shift+F8", ALL, { do: "next-finding", back: true }),

  line("screen", "menu", "Shift+F10 ContextMenu", READY, { do: "menu" }),
  line("screen", "area", "F6", ALL, { do: "next-area", back: false }),
  line("screen", "area-back", "Shift+F6", ALL, { do: "next-area", back: true }),
  line("screen", "save", "Ctrl+S Shift+F12", ALL, { do: "saved" }),
  line("screen", "help", "F1", ALL, { do: "help" }),

  line("write", "type-over", "", READY),
  line("write", "text-left", "ArrowLeft", EDIT),
  line("write", "text-right", "ArrowRight", EDIT),
  line("write", "text-up", "ArrowUp", EDIT),
  line("write", "text-down", "ArrowDown", EDIT),
  line("write", "text-home", "Home", WRITING),
  line("write", "text-end", "End", WRITING),
  line("write", "text-word-left", "Ctrl+ArrowLeft", EDIT),
  line("write", "text-word-right", "Ctrl+ArrowRight", EDIT),
  line("write", "text-extend", "Shift+ArrowLeft Shift+ArrowRight Shift+Home Shift+End", EDIT),
  line("write", "text-delete", "Delete", WRITING),
  line("write", "text-backspace", "Backspace", WRITING),
  line("write", "text-copy", "Ctrl+C Ctrl+Insert", WRITING),
  line("write", "text-cut", "Ctrl+X Shift+Delete", WRITING),
  line("write", "text-paste", "Ctrl+V Shift+Insert", WRITING),
  line("write", "text-undo", "Ctrl+Z", WRITING),
  line("write", "text-all", "Ctrl+A", EDIT),
  line("write", "text-extend-word", "Ctrl+Shift+ArrowLeft Ctrl+Shift+ArrowRight", EDIT),

  ...[
    "click",
    "double-click",
    "drag",
    "drag-past-edge",
    "shift-click",
    "ctrl-click",
    "ctrl-drag",
    "column-head",
    "column-heads",
    "row-number",
    "row-numbers",
    "ctrl-column-head",
    "ctrl-row-number",
    "corner",
    "right-click",
    "handle-one",
    "handle-two",
    "handle-date",
    "handle-text",
    "handle-block",
    "handle-back",
    "handle-double",
    "edge-drag",
    "edge-double",
    "click-in-text",
    "click-elsewhere",
    "wheel",
  ].map(mouse),
];

/** Keys that a browser uses itself (print, reload, search): the page keeps them from it. */
export const NEVER_THE_BROWSERS: ReadonlySet<string> = new Set([
  ...KEYS.filter(({ group }) => group === "find" || group === "screen").flatMap(({ keys }) => keys),
  ..."Ctrl+R Ctrl+Shift+R Ctrl+F5 Shift+F5 Ctrl+P Ctrl+D Ctrl+E Ctrl+U Ctrl+J F7 Ctrl+0".split(" "),
]);
