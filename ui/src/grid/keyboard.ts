/** What a command of the keyboard does in the grid: moves, texts and actions. Which key is which command: keys.ts. */
import type { KeyboardEvent } from "react";

import * as actions from "./actions";
import { type Command, command } from "./keys";
import * as select from "./selection";
import type { Selection, Size } from "./selection";
import type { CellEditor } from "./useCellEditor";

/** The grid as the keyboard needs it. */
export interface KeyboardProps {
  editor: CellEditor;
  context: actions.GridContext;
  size: Size;
  /** Records, without the blank row. */
  records: number;
  /** Rows of one page. */
  page: number;
  /** `stay`: what is in sight stays in sight. */
  moveTo(next: Selection, stay?: boolean): void;
  /** Forgets text that was refused in the active cell. */
  dismiss(): void;
  /** Commands that the screen around the grid answers. */
  onCommand(command: Command): void;
}

/** Answers a key pressed in the field over the active cell. */
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
  if (wanted.do === "copy" || wanted.do === "cut") return copy(event, wanted.do === "cut", props);
  event.preventDefault();
  run(wanted, props);
}

/** Runs every command except copying, which needs the event of the key. */
export function run(wanted: Command, props: KeyboardProps) {
  const { editor, context, size, records, page, moveTo } = props;
  const { selection, columns } = context;
  const commitAnd = (next: Selection) => {
    editor.commit();
    moveTo(next);
  };
  switch (wanted.do) {
    case "move":
      if (editor.choosing && editor.mode !== "ready" && wanted.rows !== 0)
        return editor.chooser.current?.move(wanted.rows);
      return commitAnd(select.move(selection, wanted.rows, wanted.cols, size, wanted.extend));
    case "page":
      return moveTo(select.move(selection, wanted.by * page, 0, size, wanted.extend));
    case "edge":
      return moveTo(select.toEdge(selection, wanted.edge, size, records, wanted.extend));
    case "commit":
      if (editor.mode !== "ready" && editor.take()) return;
      return commitAnd(
        wanted.tab ? select.step(selection, wanted.tab, size) : select.move(selection, wanted.rows, 0, size),
      );
    case "edit":
      return editor.begin("edit", false);
    case "choose":
      if (!columns[selection.anchor.col]?.field.code_list) return editor.begin("edit", false);
      return editor.mode === "ready" ? editor.begin("edit", true) : editor.chooser.current?.move(1);
    case "cancel":
      editor.cancel();
      return props.dismiss();
    case "newline":
      return void document.execCommand("insertText", false, "\n");
    case "erase":
      editor.begin("type", false);
      return editor.typed();
    case "clear":
      return void actions.clear(context);
    case "fill-down":
      return void actions.fillDown(context);
    case "select-all":
      return moveTo(select.everything(size, records), true);
    case "find":
    case "next-finding":
      editor.commit();
      return props.onCommand(wanted);
    default:
      return props.onCommand(wanted);
  }
}

/** The text is put into the field and chosen there, so that the browser's own copying takes it, in every browser. */
function copy(event: KeyboardEvent<HTMLTextAreaElement>, cut: boolean, { context }: KeyboardProps) {
  const area = event.currentTarget;
  const copied = actions.copyNow(context);
  if (copied) {
    area.value = copied.text;
    area.select();
    setTimeout(() => {
      area.value = "";
      if (cut) void actions.clear(context);
    });
    return;
  }
  event.preventDefault();
  void actions.copyLater(context).then(async (later) => {
    if (!later) return;
    await actions.toClipboard(later.text);
    if (cut) await actions.clear(context);
  });
}
