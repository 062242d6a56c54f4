/** The field over the active cell, and the list of codes under it. */
import { type KeyboardEvent, useLayoutEffect, useState } from "react";

import { Chooser, ChooserAt, LIST_ID, optionId } from "./Chooser";
import type { Column } from "./columns";
import { type CellEditor, grow } from "./useCellEditor";

interface CursorProps {
  editor: CellEditor;
  column: Column;
  /** Place of the active cell, from 0. */
  row: number;
  col: number;
  /** Place and height of the cell inside the grid, in px. */
  top: number;
  left: number;
  height: number;
  /** The visible part of the grid in px; the field does not grow beyond it. */
  view: { width: number; height: number; scrollTop: number; scrollLeft: number };
  frozen: boolean;
  /** Whether the grid has no row. */
  empty: boolean;
  /** What a screen reader says about the cell. */
  words: string;
  invalid: boolean;
  /** Id of the element that says what is wrong with the cell. */
  described: string | undefined;
  onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void;
  onPaste(text: string): void;
}

export function Cursor(props: CursorProps) {
  const { editor, column, row, col, top, left, height, view, frozen, empty, words, onKeyDown, onPaste } = props;
  const [marked, setMarked] = useState<string>();
  const editing = editor.mode !== "ready";
  const listed = editor.choosing && editing;
  const coded = Boolean(column.field.code_list);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another size
  useLayoutEffect(() => {
    const right = view.width - (left - view.scrollLeft);
    const below = view.height - (top - view.scrollTop);
    grow(editor.area.current, editing, column.width, height, { right, below });
  }, [editor.draft, editing, column.width, height, view.width, view.height, editing && left, editing && top]);

  return (
    <>
      <div role="row" aria-rowindex={row + 2}>
        <div
          role="gridcell"
          aria-colindex={col + 2}
          aria-selected
          className={`grid-cursor${frozen ? " is-frozen" : ""}${empty ? " is-none" : ""}`}
          style={{ top, left, width: column.width, height, lineHeight: `${height - 1}px` }}
        >
          <textarea
            ref={editor.area}
            className={editing ? "is-typing" : "is-ready"}
            aria-label={words}
            aria-invalid={props.invalid || undefined}
            aria-describedby={props.described}
            {...(coded
              ? {
                  role: "combobox",
                  "aria-expanded": listed,
                  "aria-haspopup": "listbox" as const,
                  "aria-autocomplete": "list" as const,
                  ...(listed ? { "aria-controls": LIST_ID } : {}),
                  ...(listed && marked !== undefined ? { "aria-activedescendant": optionId(marked) } : {}),
                }
              : {})}
            data-testid="cell-editor"
            data-mode={editor.mode}
            rows={1}
            spellCheck={false}
            autoComplete="off"
            onKeyDown={onKeyDown}
            onInput={() => editor.typed()}
            onCompositionStart={() => editor.composing()}
            onCompositionEnd={() => editor.composed()}
            onBlur={() => editor.commit()}
            onPaste={(event) => {
              if (editing) return;
              event.preventDefault();
              onPaste(event.clipboardData.getData("text/plain"));
            }}
          />
        </div>
      </div>
      {listed && (
        <ChooserAt area={editor.area} key={`${row} ${col}`}>
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
              onMark={setMarked}
            />
          )}
        </ChooserAt>
      )}
    </>
  );
}
