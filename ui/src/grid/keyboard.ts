/** What a command of the keyboard does in the grid: moves, texts and actions. Which key gives it: keyTable.ts. */
import type { KeyboardEvent } from "react";

import { knownNow } from "../state/clock";
import * as actions from "./actions";
import { copyLater, copyNow, type Copied, endCopying, type Show, toClipboard } from "./clipboard";
import { type Command, command } from "./keys";
import * as select from "./selection";
import type { Selection, Size } from "./selection";
import type { CellEditor } from "./useCellEditor";

/** What the keyboard needs to know of the grid, and what it calls. */
export interface KeyboardProps {
  editor: CellEditor;
  context: actions.GridContext;
  size: Size;
  /** Records, without the blank row. */
  records: number;
  /** Rows of one page. */
  page: number;
  /** The column that begins a screen to the right or to the left of the one in sight. */
  sideways(by: 1 | -1, from: number): number;
  /** `stay`: what is in sight stays in sight. */
  moveTo(next: Selection, stay?: boolean): void;
  /** The edge of the filled region in a column beyond the records that are here. */
  farEdge(from: select.Spot, by: 1 | -1): Promise<number | undefined>;
  /** Puts a text into the active cell. */
  write(text: string): void;
  /** Brings the active cell into sight. */
  show(): void;
  /** The text of a cell for other programs. */
  shown: Show;
  /** Called after something was put on the clipboard, or forgotten there. */
  onCopied(copied: Copied | undefined): void;
  /** Today, as the program counts it. */
  today: string | undefined;
  /** Forgets text that was refused in the active cell. */
  dismiss(): void;
  /** Does an action that F4 repeats. */
  act(action: (context: actions.GridContext) => Promise<unknown>): void;
  repeat(): void;
  /** Commands that the screen around the grid answers. */
  onCommand(command: Command): void;
}

/** Handles a key pressed in the field over the active cell. */
export function keyPressed(event: KeyboardEvent<HTMLTextAreaElement>, props: KeyboardProps) {
  // Keys of an input method are left to it (229 is its key code in browsers without another sign).
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  const { editor } = props;
  const key = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
  if (editor.mode === "edit" && editor.choosing && (key.key === "ArrowDown" || key.key === "ArrowUp")) {
    event.preventDefault();
    return editor.chooser.current?.move(key.key === "ArrowDown" ? 1 : -1);
  }
  const wanted = command(key, editor.mode);
  if (!wanted) return;
  // The frame of the screen handles these, wherever the focus is.
  if (wanted.do === "help" || wanted.do === "saved" || wanted.do === "next-area") return void editor.commit();
  if (wanted.do === "copy" || wanted.do === "cut") return copyKey(event, wanted.do === "cut", props);
  event.preventDefault();
  run(wanted, props);
}

/** Runs every command except copying, which needs the event of the key. */
export function run(wanted: Command, props: KeyboardProps) {
  const { editor, context, size, records, page, moveTo } = props;
  const { selection, columns } = context;
  const active = select.activeOf(selection);
  const commitAnd = (next: Selection) => {
    editor.commit();
    moveTo(next);
  };
  switch (wanted.do) {
    case "move":
      if (editor.choosing && editor.mode !== "ready" && wanted.rows !== 0)
        return editor.chooser.current?.move(wanted.rows);
      return commitAnd(select.move(selection, wanted.rows, wanted.cols, size, wanted.extend));
    case "region":
      return region(wanted, props);
    case "page":
      return moveTo(select.move(selection, wanted.by * page, 0, size, wanted.extend));
    case "side-page": {
      const from = wanted.extend ? selection.focus : active;
      return moveTo(
        select.to(selection, { row: from.row, col: props.sideways(wanted.by, from.col) }, size, wanted.extend),
      );
    }
    case "edge":
      return moveTo(select.toEdge(selection, wanted.edge, size, records, wanted.extend));
    case "commit":
      if (editor.mode !== "ready" && editor.take()) return;
      return commitAnd(
        wanted.tab ? select.step(selection, wanted.tab, size) : select.enter(selection, wanted.rows, size),
      );
    case "fill-block": {
      if (editor.mode !== "ready" && editor.take()) return;
      if (editor.mode === "ready" || select.isSingle(selection)) {
        if (editor.mode !== "ready") return void editor.commit();
        const text = textAt(props);
        return text === undefined ? undefined : props.act((now) => actions.fillBlock(now, text));
      }
      const text = editor.commit();
      return props.act((now) => actions.fillBlock(now, text));
    }
    case "edit":
      return editor.begin("edit", false);
    case "choose":
      if (!columns[active.col]?.field.code_list) return editor.begin("edit", false);
      return editor.mode === "ready" ? editor.begin("edit", true) : editor.chooser.current?.move(1);
    case "cancel":
      editor.cancel();
      endCopying();
      props.onCopied(undefined);
      return props.dismiss();
    case "newline":
      return void document.execCommand("insertText", false, "\n");
    case "erase":
      editor.begin("type", false);
      return editor.typed();
    case "clear":
      return props.act(actions.clear);
    case "fill-down":
      return props.act(actions.fillDown);
    case "fill-right":
      return props.act(actions.fillRight);
    case "today":
      return props.today === undefined ? undefined : props.write(props.today);
    case "now":
      return props.write(knownNow().toTimeString().slice(0, 8));
    case "above":
      return copyAbove(active, props);
    case "repeat":
      return props.repeat();
    case "select-all":
      return moveTo(select.everything(size, records), true);
    case "select-column":
      return moveTo(select.wholeColumns(selection, records), true);
    case "select-row":
      return moveTo(select.rowsOf(selection, size), true);
    case "collapse":
      return moveTo(select.at(active.row, active.col));
    case "next-corner":
      return moveTo(select.nextCorner(selection));
    case "show-active":
      return props.show();
    default:
      editor.commit();
      return props.onCommand(wanted);
  }
}

/** What a cell shows; undefined while its record is not here. */
function textOf({ context, records }: KeyboardProps, row: number, col: number): string | undefined {
  const column = context.columns[col]?.field.column ?? "";
  const record = context.sheet.at(row);
  if (!record) return row < records ? undefined : "";
  return context.sheet.typed(record.row)?.get(column)?.text ?? record.cells[column] ?? "";
}

function copyAbove({ row, col }: select.Spot, props: KeyboardProps) {
  const text = row > 0 ? textOf(props, row - 1, col) : undefined;
  if (text !== undefined) props.write(text);
}

function textAt(props: KeyboardProps): string | undefined {
  const { row, col } = select.activeOf(props.context.selection);
  return textOf(props, row, col);
}

/** Ctrl and an arrow: to the edge of the filled region. */
function region(wanted: Extract<Command, { do: "region" }>, props: KeyboardProps) {
  const { context, size, records, moveTo } = props;
  const { selection, sheet, columns } = context;
  const from = wanted.extend ? selection.focus : select.activeOf(selection);
  const by = wanted.rows + wanted.cols > 0 ? 1 : -1;
  const go = (spot: select.Spot) => moveTo(select.to(selection, spot, size, wanted.extend));
  if (wanted.cols !== 0) {
    const record = sheet.at(from.row);
    const filled = (col: number) => Boolean(textOf(props, from.row, col));
    const last = columns.length - 1;
    const col = record ? select.regionEdge(from.col, by, last, filled) : by > 0 ? last : 0;
    return go({ row: from.row, col: col ?? from.col });
  }
  const filled = (row: number) => (sheet.at(row) ? Boolean(textOf(props, row, from.col)) : undefined);
  const row = select.regionEdge(from.row, by, Math.max(0, records - 1), filled);
  if (row !== undefined) return go({ row, col: from.col });
  // Some records on the way are not loaded, so the program looks for the edge in the book.
  void props.farEdge(from, by).then((far) => far !== undefined && go({ row: far, col: from.col }));
}

/**
 * The browser's own copying is used, because it may put several kinds on the clipboard at once. It needs something
 * chosen in the field to begin.
 */
function copyKey(event: KeyboardEvent<HTMLTextAreaElement>, cut: boolean, props: KeyboardProps) {
  if (props.context.selection.more?.length) {
    event.preventDefault();
    return props.context.refuse("several-blocks");
  }
  const area = event.currentTarget;
  const copied = copyNow(props.context, props.shown, cut);
  if (copied) {
    const put = (happened: ClipboardEvent) => {
      happened.preventDefault();
      happened.stopPropagation();
      happened.clipboardData?.setData("text/plain", copied.text);
      happened.clipboardData?.setData("text/html", copied.html);
    };
    const kind = cut && event.key.toLowerCase() !== "c" ? "cut" : "copy";
    area.value = " ";
    area.select();
    area.addEventListener(kind, put, { once: true });
    setTimeout(() => {
      area.removeEventListener(kind, put);
      area.value = "";
    });
    return props.onCopied(copied);
  }
  event.preventDefault();
  void copyLater(props.context, props.shown, cut).then(async (later) => {
    if (!later) return;
    await toClipboard(later);
    props.onCopied(later);
  });
}
