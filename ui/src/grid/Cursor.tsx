/** The field over the active cell, and the list of codes under it. */
import { type KeyboardEvent, useLayoutEffect } from "react";

import { Chooser, ChooserAt } from "./Chooser";
import type { Column } from "./columns";
import { type CellEditor, grow } from "./useCellEditor";

interface CursorProps {
  editor: CellEditor;
  column: Column;
  /** Names the active cell: another cell opens another list of codes. */
  cell: string;
  /** Place and height of the cell inside the grid, in px. */
  top: number;
  left: number;
  height: number;
  /** Width of the part of the grid in sight: the field grows no wider. */
  viewWidth: number;
  frozen: boolean;
  /** Whether the grid has no row. */
  empty: boolean;
  /** The words of a screen reader for the cell. */
  words: string;
  onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void;
  onPaste(text: string): void;
}

export function Cursor(props: CursorProps) {
  const { editor, column, cell, top, left, height, viewWidth, frozen, empty, words, onKeyDown, onPaste } = props;
  const editing = editor.mode !== "ready";
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another size
  useLayoutEffect(
    () => grow(editor.area.current, editing, column.width, height, viewWidth),
    [editor.draft, editing, column.width, height, viewWidth],
  );

  return (
    <>
      <div
        className={`grid-cursor${frozen ? " is-frozen" : ""}${empty ? " is-none" : ""}`}
        style={{ top, left, width: column.width, height, lineHeight: `${height - 1}px` }}
      >
        <textarea
          ref={editor.area}
          className={editing ? "is-typing" : "is-ready"}
          aria-label={words}
          data-testid="cell-editor"
          data-mode={editor.mode}
          rows={1}
          spellCheck={false}
          autoComplete="off"
          onKeyDown={onKeyDown}
          onInput={() => editor.typed()}
          onCompositionStart={() => !editing && editor.begin("type", false)}
          onBlur={() => editor.commit()}
          onPaste={(event) => {
            if (editing) return;
            event.preventDefault();
            onPaste(event.clipboardData.getData("text/plain"));
          }}
        />
      </div>
      {editor.choosing && editing && (
        <ChooserAt area={editor.area} key={cell}>
          {(box) => (
            <Chooser
              ref={editor.chooser}
              field={column.field}
              find={editor.find}
              held={editor.held}
              place={box}
              onPick={(code) => {
                if (!editor.take(code)) editor.commit();
              }}
            />
          )}
        </ChooserAt>
      )}
    </>
  );
}
