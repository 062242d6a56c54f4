/** The pointer in the grid: pressing, dragging over cells, the fill handle, and double click to edit. */
import { type MouseEvent, type RefObject, useEffect, useRef, useState } from "react";

import { NUMBERS } from "./columns";
import { dragged, handleTarget, type Layout, type Part, pressed, pushed, spotAt } from "./pointer";
import { type Block, block, blocks, contains, isSingle, type Selection, type Size } from "./selection";
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
  /** Called when the fill handle is released over a block; with `plain` (Ctrl) values are copied. */
  fill(source: Block, target: Block, plain: boolean): void;
  focus(): void;
}

/** The time in ms between two scroll steps while the pointer is dragged past the edge. */
const PUSH_MS = 40;

export interface Pointer {
  onMouseDown(event: MouseEvent): void;
  onHandleDown(event: MouseEvent): void;
  /** The block that the fill handle would fill now. */
  filling: Block | undefined;
}

export function usePointer(props: PointerProps): Pointer {
  const { scroller, layout, selection, size, records, editor, moveTo, focus } = props;
  const dragging = useRef<Part | "handle" | undefined>(undefined);
  const last = useRef({ clientX: 0, clientY: 0 });
  const [filling, setFilling] = useState<Block>();
  const target = useRef<Block | undefined>(undefined);

  const below = (event: { clientX: number; clientY: number }) => {
    const element = scroller.current;
    const box = element?.getBoundingClientRect();
    const now = element ? { ...layout, scrollLeft: element.scrollLeft } : layout;
    const sight = element ? { ...layout.sight, scrollTop: element.scrollTop } : layout.sight;
    return spotAt({ ...now, sight }, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0));
  };

  function drawn() {
    const part = dragging.current;
    if (!part) return;
    const { spot } = below(last.current);
    if (part === "handle") {
      target.current = handleTarget(block(selection), spot, size.rows);
      return setFilling(target.current);
    }
    const next = dragged(selection, part, spot, size, records);
    // The view is scrolled by the pointer here; the corner must not scroll it back.
    if (next.focus.row !== selection.focus.row || next.focus.col !== selection.focus.col) moveTo(next, true);
  }

  /** Scrolls the view while the pointer is dragged past its edge. */
  function push() {
    const element = scroller.current;
    const part = dragging.current;
    if (!element || !part) return;
    const box = element.getBoundingClientRect();
    const { clientX, clientY } = last.current;
    const left = box.left + NUMBERS + layout.frozenWidth;
    const across = part === "rows" ? 0 : pushed(clientX, left, box.left + element.clientWidth);
    const down = part === "columns" ? 0 : pushed(clientY, box.top + layout.headHeight, box.top + element.clientHeight);

    if (across !== 0) element.scrollLeft += across;
    if (down !== 0) element.scrollTop += down;
    if (across !== 0 || down !== 0) drawn();
  }
  const latest = useRef({ drawn, push, props });
  latest.current = { drawn, push, props };

  // Listens to the whole window, because the button may be released anywhere.
  useEffect(() => {
    const moved = (event: globalThis.MouseEvent) => {
      last.current = { clientX: event.clientX, clientY: event.clientY };
      latest.current.drawn();
    };
    const ended = (event: globalThis.MouseEvent) => {
      const { selection: chosen, fill } = latest.current.props;
      if (dragging.current === "handle" && target.current) fill(block(chosen), target.current, event.ctrlKey);
      dragging.current = undefined;
      target.current = undefined;
      setFilling(undefined);
    };
    const timer = setInterval(() => latest.current.push(), PUSH_MS);
    window.addEventListener("mousemove", moved);
    window.addEventListener("mouseup", ended);
    return () => {
      clearInterval(timer);
      window.removeEventListener("mousemove", moved);
      window.removeEventListener("mouseup", ended);
    };
  }, []);

  return {
    filling,
    onHandleDown(event) {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      editor.commit();
      dragging.current = "handle";
    },
    onMouseDown(event) {
      // A click into the text that is being edited is left to the browser.
      if (event.target === editor.area.current) return;
      const box = scroller.current;
      if (!box?.contains(event.target as Node)) return;
      const edges = box.getBoundingClientRect();
      if (event.clientX > edges.left + box.clientWidth || event.clientY > edges.top + box.clientHeight) return;
      event.preventDefault();
      const found = below(event);
      last.current = { clientX: event.clientX, clientY: event.clientY };
      // The right button inside the chosen cells opens their menu and leaves them chosen.
      const chosen = blocks(selection).some((one) => contains(one, found.spot));
      if (event.button === 0 || !chosen) {
        editor.commit();
        const held = { extend: event.shiftKey, add: event.button === 0 && (event.ctrlKey || event.metaKey) };
        moveTo(pressed(selection, found, held, size, records), found.part !== "cells");
        if (event.button === 0 && found.part !== "corner") dragging.current = found.part;
      }
      focus();
      if (event.button === 0 && event.detail === 2 && found.part === "cells" && isSingle(selection))
        editor.begin("edit", false);
    },
  };
}
