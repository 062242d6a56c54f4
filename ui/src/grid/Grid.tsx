/**
 * The grid. It draws what is in sight, keeps one text field over the active cell, and turns keys and the pointer into
 * moves, texts and actions. Records come from a {@link Sheet}; what a value may be, only the program knows.
 */
import {
  forwardRef,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

import type { Filter, Sort } from "../ipc";
import { Waiting } from "../parts";
import { tDynamic, t } from "../text";
import * as actions from "./actions";
import { Chooser, ChooserAt } from "./Chooser";
import { type Column, columnAt, NUMBERS, totalWidth } from "./columns";
import { Header } from "./Header";
import { command, type Command } from "./keys";
import { mask } from "./mask";
import { Row } from "./Row";
import * as select from "./selection";
import type { Selection } from "./selection";
import type { FoundCode, Sheet } from "./sheet";
import { grow, useCellEditor } from "./useCellEditor";
import { rowAt, rowsInSight, scrollToRow, type Sight, spaceHeight } from "./window";
import "./grid.css";

export interface GridProps {
  sheet: Sheet;
  columns: Column[];
  /** How many of the first columns stay in sight. */
  frozen: number;
  rowHeight: number;
  label: string;
  selection: Selection;
  onSelect(selection: Selection): void;
  masked: boolean;
  /** What is wrong with the active cell, in words; may come a moment later than the cell. */
  problem: string;
  sort: Sort[];
  filters: Filter[];
  /** Whether a blank row at the end takes new records. */
  growing: boolean;
  onHeaderMenu(column: Column, place: DOMRect): void;
  onCellMenu(x: number, y: number): void;
  onResize(column: Column, width: number): void;
  /** Commands that the screen around the grid answers. */
  onCommand(command: Command): void;
  tooMany(rows: number): void;
}

export interface GridHandle {
  focus(): void;
}

export const Grid = forwardRef<GridHandle, GridProps>(function Grid(props, ref) {
  const { sheet, columns, frozen, rowHeight, selection, onSelect, masked, growing } = props;
  useSyncExternalStore(sheet.subscribe, sheet.version);
  const scroller = useRef<HTMLDivElement>(null);
  const [scroll, setScroll] = useState({ top: 0, left: 0 });
  const [view, setView] = useState({ width: 800, height: 500 });
  // Whole rows, columns and everything are chosen without leaving what is in sight.
  const keepScroll = useRef(false);
  const dragging = useRef<"cells" | "rows" | "columns" | undefined>(undefined);

  const records = sheet.total();
  const rows = records + (growing && sheet.known() ? 1 : 0);
  const size = { rows: Math.max(1, rows), cols: columns.length };
  const headHeight = rowHeight + 4;
  const frozenWidth = columns.slice(0, frozen).reduce((sum, column) => sum + column.width, 0);
  const width = NUMBERS + totalWidth(columns);
  const sight: Sight = { rows, rowHeight, view: Math.max(rowHeight, view.height - headHeight), scrollTop: scroll.top };
  const { first, last, origin } = rowsInSight(sight);
  const from = Math.max(0, columnAt(columns, scroll.left + frozenWidth) - 1);
  const to = Math.min(columns.length - 1, columnAt(columns, scroll.left + view.width - NUMBERS) + 1);

  const chosen = select.block(selection);
  const { row: activeRow, col: activeCol } = selection.anchor;
  const column = columns[activeCol];
  const record = sheet.at(activeRow);
  const over = record && column ? sheet.typed(record.row)?.get(column.field.column) : undefined;
  const value = column ? (over?.text ?? record?.cells[column.field.column] ?? "") : "";
  const editor = useCellEditor(column?.field, value, write);
  const context = { sheet, columns, selection, tooMany: props.tooMany };

  function write(text: string, name: string, code?: Promise<FoundCode | undefined>) {
    if (!column) return;
    if (record) void sheet.set(record, column.field.column, text, name, code);
    else if (growing && activeRow === records) void sheet.addRow(column.field.column, text, name, code);
  }

  const focus = useCallback(() => editor.area.current?.focus({ preventScroll: true }), [editor.area]);
  useImperativeHandle(ref, () => ({ focus }), [focus]);

  useEffect(() => sheet.ensure(first, last));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measured = new ResizeObserver(() => setView({ width: element.clientWidth, height: element.clientHeight }));
    measured.observe(element);
    return () => measured.disconnect();
  }, []);

  // Brings the moving corner into sight, with the least movement.
  const { row: toRow, col: toCol } = selection.focus;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move of the corner scrolls
  useLayoutEffect(() => {
    const element = scroller.current;
    const target = columns[toCol];
    if (!element || !target || keepScroll.current) return;
    const top = scrollToRow({ ...sight, scrollTop: element.scrollTop }, Math.min(toRow, rows - 1));
    if (top !== element.scrollTop && rows > 0) element.scrollTop = top;
    if (toCol < frozen) return;
    const space = element.clientWidth - NUMBERS - frozenWidth;
    const left = target.left - frozenWidth;
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (left + target.width > element.scrollLeft + space)
      element.scrollLeft = Math.min(left, left + target.width - space);
  }, [toRow, toCol, sheet]);
  useLayoutEffect(() => {
    keepScroll.current = false;
  });

  function moveTo(next: Selection, stay = false) {
    keepScroll.current = stay;
    onSelect(select.inside(next, size));
  }

  function commitAnd(next?: Selection) {
    editor.commit();
    if (next) moveTo(next);
  }

  function run(command_: Command, event: KeyboardEvent<HTMLTextAreaElement>) {
    const page = Math.max(1, Math.floor(sight.view / rowHeight) - 1);
    switch (command_.do) {
      case "move":
        if (editor.choosing && editor.mode !== "ready" && command_.rows !== 0)
          return editor.chooser.current?.move(command_.rows);
        return commitAnd(select.move(selection, command_.rows, command_.cols, size, command_.extend));
      case "page":
        return moveTo(select.move(selection, command_.by * page, 0, size, command_.extend));
      case "edge":
        return moveTo(select.toEdge(selection, command_.edge, size, records, command_.extend));
      case "commit":
        if (editor.mode !== "ready" && editor.take()) return;
        return commitAnd(
          command_.tab ? select.step(selection, command_.tab, size) : select.move(selection, command_.rows, 0, size),
        );
      case "edit":
        return editor.begin("edit", false);
      case "choose":
        if (column?.field.code_list)
          return editor.mode === "ready" ? editor.begin("edit", true) : editor.chooser.current?.move(1);
        return editor.begin("edit", false);
      case "cancel":
        editor.cancel();
        if (record && column) sheet.dismiss(record.row, column.field.column);
        return;
      case "newline":
        document.execCommand("insertText", false, "\n");
        return;
      case "erase":
        editor.begin("type", false);
        return editor.typed();
      case "clear":
        return void actions.clear(context);
      case "copy":
      case "cut":
        return copy(event, command_.do === "cut");
      case "fill-down":
        return void actions.fillDown(context);
      case "select-all":
        return moveTo(
          { anchor: { row: 0, col: 0 }, focus: { row: Math.max(0, records - 1), col: columns.length - 1 } },
          true,
        );
      case "find":
      case "next-finding":
        editor.commit();
        return props.onCommand(command_);
      default:
        return props.onCommand(command_);
    }
  }

  /** The text is put into the field and chosen there, so that the browser's own copying takes it, in every browser. */
  function copy(event: KeyboardEvent<HTMLTextAreaElement>, cut: boolean) {
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

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // What an input method is busy with is not ours (229 is its key in browsers that do not say so otherwise).
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const key = { key: event.key, ctrl: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey };
    if (editor.mode === "edit" && editor.choosing && (key.key === "ArrowDown" || key.key === "ArrowUp")) {
      event.preventDefault();
      return editor.chooser.current?.move(key.key === "ArrowDown" ? 1 : -1);
    }
    const command_ = command(key, editor.mode);
    if (!command_) return;
    if (command_.do !== "copy" && command_.do !== "cut") event.preventDefault();
    run(command_, event);
  }

  /** The cell under the pointer, whatever is drawn above it. */
  function spotAt(event: { clientX: number; clientY: number }): {
    spot: select.Spot;
    part: "cells" | "rows" | "columns" | "corner";
  } {
    const box = scroller.current?.getBoundingClientRect();
    const x = event.clientX - (box?.left ?? 0);
    const y = event.clientY - (box?.top ?? 0) - headHeight;
    const inner = x - NUMBERS < frozenWidth ? x - NUMBERS : x - NUMBERS + scroll.left;
    const spot = { row: rowAt(sight, Math.max(0, y)), col: columnAt(columns, Math.max(0, inner)) };
    const part = y < 0 ? (x < NUMBERS ? "corner" : "columns") : x < NUMBERS ? "rows" : "cells";
    return { spot, part };
  }

  function onMouseDown(event: MouseEvent) {
    // A click into the text being written belongs to the text.
    if (event.target === editor.area.current) return;
    const box = scroller.current;
    if (!box || event.clientX > box.getBoundingClientRect().left + box.clientWidth) return;
    event.preventDefault();
    const { spot, part } = spotAt(event);
    const inChosen =
      spot.row >= chosen.top && spot.row <= chosen.bottom && spot.col >= chosen.left && spot.col <= chosen.right;
    if (event.button === 0 || !inChosen) {
      editor.commit();
      const start = event.shiftKey ? selection.anchor : spot;
      if (part === "corner")
        moveTo({ anchor: { row: 0, col: 0 }, focus: { row: Math.max(0, records - 1), col: columns.length - 1 } }, true);
      else if (part === "columns")
        moveTo({ anchor: { row: 0, col: start.col }, focus: { row: Math.max(0, records - 1), col: spot.col } }, true);
      else if (part === "rows") moveTo(select.wholeRows(start.row, spot.row, size), true);
      else moveTo(event.shiftKey ? select.extendTo(selection, spot, size) : select.at(spot.row, spot.col));
      if (event.button === 0 && part !== "corner") dragging.current = part;
    }
    focus();
    if (event.button === 0 && event.detail === 2 && part === "cells" && select.isSingle(selection))
      editor.begin("edit", false);
  }

  useEffect(() => {
    const moved = (event: globalThis.MouseEvent) => {
      if (!dragging.current) return;
      const { spot } = spotAt(event);
      const { anchor } = selection;
      const focusSpot =
        dragging.current === "rows"
          ? { row: spot.row, col: columns.length - 1 }
          : dragging.current === "columns"
            ? { row: Math.max(0, records - 1), col: spot.col }
            : spot;
      if (focusSpot.row !== selection.focus.row || focusSpot.col !== selection.focus.col)
        moveTo({ anchor, focus: focusSpot }, dragging.current !== "cells");
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

  const isFrozen = activeCol < frozen;
  const place = {
    top: headHeight + origin + activeRow * rowHeight,
    left: NUMBERS + (column?.left ?? 0) + (isFrozen ? scroll.left : 0),
    width: column?.width ?? 0,
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text or place is another size
  useLayoutEffect(
    () => grow(editor.area.current, editor.mode !== "ready", place.width, rowHeight, view.width),
    [editor.draft, editor.mode, place.width],
  );

  const body = [];
  for (let index = first; index <= last; index++) {
    const row = sheet.at(index);
    const within = index >= chosen.top && index <= chosen.bottom;
    body.push(
      <Row
        key={index}
        index={index}
        record={row}
        typed={row && sheet.typed(row.row)}
        blank={index === records}
        top={headHeight + origin + index * rowHeight}
        height={rowHeight}
        width={width}
        columns={columns}
        frozen={frozen}
        from={from}
        to={to}
        left={within ? chosen.left : -1}
        right={within ? chosen.right : -1}
        active={index === activeRow ? activeCol : -1}
        masked={masked}
      />,
    );
  }

  const level = column && record?.levels[column.field.column];
  const spoken = column && masked ? mask(column.field.sensitivity, value) : value;
  const words = column
    ? t("grid.spoken", {
        title: column.field.title,
        row: activeRow + 1,
        value: (column && record?.names[column.field.column]) || spoken || t("grid.spoken-empty"),
        level: [level && tDynamic(`level.${level}`), props.problem].filter(Boolean).join("，"),
      })
    : "";

  return (
    <div
      ref={scroller}
      className="grid"
      onScroll={(event) => setScroll({ top: event.currentTarget.scrollTop, left: event.currentTarget.scrollLeft })}
      onMouseDown={onMouseDown}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onCellMenu(event.clientX, event.clientY);
      }}
    >
      <div className="grid-space" style={{ width, height: headHeight + spaceHeight(rows, rowHeight) }}>
        <div
          role="grid"
          aria-label={props.label}
          aria-rowcount={records + 1}
          aria-colcount={columns.length + 1}
          aria-multiselectable
        >
          <Header
            columns={columns}
            frozen={frozen}
            from={from}
            to={to}
            width={width}
            height={headHeight}
            sort={props.sort}
            filters={props.filters}
            left={chosen.left}
            right={chosen.right}
            onMenu={props.onHeaderMenu}
            onResize={props.onResize}
          />
          {body}
        </div>
        {/* The field is there before the records are: whoever comes to this screen can type at once. */}
        {column && (
          <div
            className={`grid-cursor${isFrozen ? " is-frozen" : ""}${rows === 0 ? " is-none" : ""}`}
            style={{ ...place, height: rowHeight, lineHeight: `${rowHeight - 1}px` }}
          >
            <textarea
              ref={editor.area}
              className={editor.mode === "ready" ? "is-ready" : "is-typing"}
              aria-label={words}
              data-testid="cell-editor"
              data-mode={editor.mode}
              rows={1}
              spellCheck={false}
              autoComplete="off"
              onKeyDown={onKeyDown}
              onInput={() => editor.typed()}
              onCompositionStart={() => editor.mode === "ready" && editor.begin("type", false)}
              onBlur={() => editor.commit()}
              onPaste={(event) => {
                if (editor.mode !== "ready") return;
                event.preventDefault();
                void actions
                  .paste(context, event.clipboardData.getData("text/plain"))
                  .then((next) => next && onSelect(next));
              }}
            />
          </div>
        )}
        {column && editor.choosing && editor.mode !== "ready" && (
          <ChooserAt area={editor.area} key={`${activeRow} ${activeCol}`}>
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
      </div>
      {!sheet.known() && (
        <div className="grid-unknown">
          <Waiting />
        </div>
      )}
      <div className="unseen" aria-live="polite">
        {words}
      </div>
    </div>
  );
});
