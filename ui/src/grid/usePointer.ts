/** The pointer in the grid: pressing, drawing over cells, and the double click that begins to edit. */
import { type MouseEvent, type RefObject, useEffect, useRef } from "react";

import { dragged, type Layout, type Part, pressed, spotAt } from "./pointer";
import { block, contains, isSingle, type Selection, type Size } from "./selection";
import type { CellEditor } from "./useCellEditor";

interface PointerProps {
  scroller: RefObject<HTMLDivElement | null>;
  layout: Layout;
  selection: Selection;
  size: Size;
  records: number;
  editor: CellEditor;
  /** `stay`: what is in sight stays in sight. */
  moveTo(next: Selection, stay: boolean): void;
  focus(): void;
}

/** Gives the handler of a press inside the grid. */
export function usePointer(props: PointerProps): (event: MouseEvent) => void {
  const { scroller, layout, selection, size, records, editor, moveTo, focus } = props;
  const dragging = useRef<Part | undefined>(undefined);

  const below = (event: { clientX: number; clientY: number }) => {
    const box = scroller.current?.getBoundingClientRect();
    return spotAt(layout, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0));
  };

  // Listens to the whole window: the button may be let go anywhere.
  useEffect(() => {
    const moved = (event: globalThis.MouseEvent) => {
      if (!dragging.current) return;
      const next = dragged(selection, dragging.current, below(event).spot, size, records);
      if (next.focus.row !== selection.focus.row || next.focus.col !== selection.focus.col)
        moveTo(next, dragging.current !== "cells");
    };
    const ended = () => {
      dragging.current = undefined;
    };
    window.addEventListener("mousemove", moved);
    window.addEventListener("mouseup", ended);
    return () => {
      window.removeEventListener("mousemove", moved);
      window.removeEventListener("mouseup", ended);
    };
  });

  return (event) => {
    // A click into the text that is being edited is left to the browser.
    if (event.target === editor.area.current) return;
    const box = scroller.current;
    if (!box || event.clientX > box.getBoundingClientRect().left + box.clientWidth) return;
    event.preventDefault();
    const found = below(event);
    // The right button inside the chosen cells opens their menu and leaves them chosen.
    if (event.button === 0 || !contains(block(selection), found.spot)) {
      editor.commit();
      moveTo(pressed(selection, found, event.shiftKey, size, records), found.part !== "cells");
      if (event.button === 0 && found.part !== "corner") dragging.current = found.part;
    }
    focus();
    if (event.button === 0 && event.detail === 2 && found.part === "cells" && isSingle(selection))
      editor.begin("edit", false);
  };
}
