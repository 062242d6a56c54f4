/**
 * The grid. It draws what is in sight and keeps one text field over the active cell. Records come from a {@link Sheet};
 * the program decides which values are valid. Scrolling, the pointer, the keyboard and the editing of a cell are in
 * files of their own.
 */
import { forwardRef, useCallback, useImperativeHandle, useMemo, useRef, useState, useSyncExternalStore } from "react";

import type { Filter, Sort } from "../ipc";
import { Waiting } from "../parts";
import { t, tDynamic } from "../text";
import type * as actions from "./actions";
import { type Copied, endCopying, type Show } from "./clipboard";
import { Cursor } from "./Cursor";
import { type Column, NUMBERS, totalWidth } from "./columns";
import { Header } from "./Header";
import { type KeyboardProps, keyPressed } from "./keyboard";
import type { Command } from "./keys";
import { mask } from "./mask";
import { Overlays } from "./Overlays";
import { chosenIn, Row } from "./Row";
import type { Block, Selection } from "./selection";
import * as select from "./selection";
import type { FoundCode, Sheet } from "./sheet";
import { useCellEditor, type Write } from "./useCellEditor";
import { usePointer } from "./usePointer";
import { useScrolling } from "./useScrolling";
import { spaceHeight } from "./window";
import "./grid.css";

export interface GridProps {
  sheet: Sheet;
  /** Book and table. */
  table: string;
  columns: Column[];
  /** How many of the first columns stay in sight. */
  frozen: number;
  rowHeight: number;
  label: string;
  selection: Selection;
  onSelect(selection: Selection): void;
  /** The record that the active cell belongs to; undefined on the blank row. */
  heldRow(): number | undefined;
  masked: boolean;
  /** What is wrong with the active cell, in words; may come a moment later than the cell. */
  problem: string;
  /** Text that is being looked for. */
  hit: string;
  today: string | undefined;
  sort: Sort[];
  filters: Filter[];
  /** Whether a blank row at the end takes new records. */
  growing: boolean;
  farEdge(from: select.Spot, by: 1 | -1): Promise<number | undefined>;
  onPaste(text: string): void;
  /** Does an action on the chosen cells, which F4 repeats. */
  act(action: (context: actions.GridContext) => Promise<unknown>): void;
  repeat(): void;
  fill(source: Block, target: Block, plain: boolean): void;
  onFillDown(): void;
  onHeaderMenu(column: Column, place: DOMRect): void;
  onCellMenu(x: number, y: number): void;
  /** The pointer rests on a cell with a finding, or leaves it. */
  onHover(cell: { row: number; column: string; box: DOMRect } | undefined): void;
  onResize(column: Column, width: number): void;
  onMoveColumn(column: Column, before: Column): void;
  /** Commands that the screen around the grid answers. */
  onCommand(command: Command): void;
  refuse(reason: actions.Refusal): void;
  tooMany(rows: number): void;
}

/** Rows that are drawn as one block. */
const BLOCK = 32;

export interface GridHandle {
  focus(): void;
  /** The active cell on screen. */
  place(): DOMRect | undefined;
  /** Whether something is being typed. */
  writing(): boolean;
}

export const Grid = forwardRef<GridHandle, GridProps>(function Grid(props, ref) {
  const { sheet, columns, frozen, rowHeight, selection, onSelect, masked, growing } = props;
  const version = useSyncExternalStore(sheet.subscribe, sheet.version);
  const records = sheet.total();
  const rows = records + (growing && sheet.known() ? 1 : 0);
  const size = { rows: Math.max(1, rows), cols: columns.length };
  const corner = selection.active ?? selection.focus;
  const scrolling = useScrolling({ sheet, columns, frozen, rowHeight, rows, corner });
  const { scroller, sight, first, last, origin, from, to, headHeight, frozenWidth, scrollLeft } = scrolling;
  const width = NUMBERS + totalWidth(columns);
  // The outline of the copied cells is removed when the clipboard changes.
  const [copied, setCopied] = useState<Block>();

  const chosen = select.blocks(selection);
  const block = select.block(selection);
  const { row: activeRow, col: activeCol } = select.activeOf(selection);
  const column = columns[activeCol];
  const record = sheet.at(activeRow);
  const typed = record && column ? sheet.typed(record.row)?.get(column.field.column) : undefined;
  const value = column ? (typed?.text ?? record?.cells[column.field.column] ?? "") : "";
  const waiting = !record && activeRow < records;
  const editor = useCellEditor(column?.field, waiting ? undefined : value, target);
  const { table, tooMany, refuse } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every version of the sheet shows other records
  const seen = useMemo(() => sheet.seen(), [sheet, version]);
  const context: actions.GridContext = { sheet, table, seen, columns, selection, tooMany, refuse };

  /** A function that writes into the cell that is active now, even if another one is active when it is called. */
  function target(): Write {
    const name = column?.field.column;
    const row = props.heldRow() ?? record?.row;
    const seen = row === undefined ? undefined : sheet.find(row);
    return (text: string, codeName: string, code?: Promise<FoundCode | undefined>) => {
      if (name === undefined) return;
      endCopying();
      setCopied(undefined);
      if (row !== undefined) void sheet.set(row, name, text, codeName, code, seen);
      else if (activeRow < records) void sheet.setAt(activeRow, name, text, codeName, code);
      else if (growing) sheet.addRow(name, text, codeName, code);
    };
  }

  const mode = useRef(editor.mode);
  mode.current = editor.mode;
  const focus = useCallback(() => editor.area.current?.focus({ preventScroll: true }), [editor.area]);
  useImperativeHandle(
    ref,
    () => ({
      focus,
      place: () => editor.area.current?.parentElement?.getBoundingClientRect(),
      writing: () => mode.current !== "ready",
    }),
    [focus, editor.area],
  );

  function moveTo(next: Selection, stay = false) {
    if (stay) scrolling.stay();
    onSelect(select.inside(next, size));
  }

  const shown: Show = (name, text, codeName) => {
    const field = columns.find((one) => one.field.column === name)?.field;
    return masked && field && field.sensitivity !== "none" ? mask(field.sensitivity, text) : codeName || text;
  };

  const keyboard: KeyboardProps = {
    editor,
    context,
    size,
    records,
    page: Math.max(1, Math.floor(sight.view / rowHeight) - 1),
    sideways: (by, col) => (by > 0 ? Math.max(col + 1, to - 1) : Math.min(col - 1, Math.max(0, col - (to - from) + 1))),
    moveTo,
    farEdge: props.farEdge,
    write: (text) => target()(text, ""),
    show: scrolling.show,
    shown,
    onCopied: (now: Copied | undefined) => setCopied(now?.block),
    today: props.today,
    dismiss: () => record && column && sheet.dismiss(record.row, column.field.column),
    act: props.act,
    repeat: props.repeat,
    onCommand: props.onCommand,
  };
  const layout = { sight, columns, headHeight, frozenWidth, scrollLeft };
  const pointer = usePointer({ scroller, layout, selection, size, records, editor, moveTo, fill: props.fill, focus });

  const level = column && record?.levels[column.field.column];
  const personal = column && masked ? mask(column.field.sensitivity, value) : value;
  const words = column
    ? t("grid.spoken", {
        title: column.field.title,
        row: String(sheet.place(activeRow)),
        value: waiting ? t("part.loading") : record?.names[column.field.column] || personal || t("grid.spoken-empty"),
        level: [level && tDynamic(`level.${level}`), props.problem].map((one) => (one ? `，${one}` : "")).join(""),
      })
    : "";

  // Rows are drawn in blocks, so that scrolling within a block draws no row again.
  const drawn = [];
  for (let number = Math.floor(first / BLOCK); number * BLOCK <= last; number++) {
    drawn.push(
      <div
        key={`block ${number}`}
        role="rowgroup"
        className="grid-block"
        style={{ top: headHeight + origin + number * BLOCK * rowHeight, width }}
      >
        {rowsOf(number)}
      </div>,
    );
  }

  function rowsOf(number: number) {
    const within = [];
    for (let i = 0; i < BLOCK; i++) {
      const index = number * BLOCK + i;
      if (index >= first && index <= last) within.push(rowAt(index, i * rowHeight));
    }
    return within;
  }

  function rowAt(index: number, top: number) {
    const row = sheet.at(index);
    return (
      <Row
        key={index}
        index={index}
        record={row}
        typed={row && sheet.typed(row.row)}
        blank={index >= records}
        top={top}
        height={rowHeight}
        width={width}
        columns={columns}
        frozen={frozen}
        from={from}
        to={to}
        chosen={chosenIn(chosen, index)}
        active={index === activeRow ? activeCol : -1}
        masked={masked}
        hit={props.hit}
      />
    );
  }

  return (
    <div
      ref={scroller}
      className="grid"
      data-chosen={chosen.map(({ top, left, bottom, right }) => `${top},${left},${bottom},${right}`).join(" ")}
      data-active={`${activeRow},${activeCol}`}
      onScroll={scrolling.onScroll}
      onMouseDown={pointer.onMouseDown}
      onPointerMove={({ target: over }) => props.onHover(hovered(over as Element))}
      onPointerLeave={() => props.onHover(undefined)}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onCellMenu(event.clientX, event.clientY);
      }}
    >
      <div className="grid-space" style={{ width, height: headHeight + spaceHeight(rows, rowHeight) }}>
        <div
          role="grid"
          aria-label={props.label}
          aria-rowcount={rows + 1}
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
            left={block.left}
            right={block.right}
            sheet={sheet}
            onMenu={props.onHeaderMenu}
            onResize={props.onResize}
            onMove={props.onMoveColumn}
          />
          {drawn}
          {/* The field is there before the records are, so that a clerk can type as soon as the screen is open. */}
          {column && (
            <Cursor
              key="cursor"
              editor={editor}
              column={column}
              row={activeRow}
              col={activeCol}
              top={headHeight + origin + activeRow * rowHeight}
              left={NUMBERS + column.left + (activeCol < frozen ? scrollLeft : 0)}
              height={rowHeight}
              view={{
                width: scrolling.viewWidth,
                height: headHeight + sight.view,
                scrollTop: sight.scrollTop,
                scrollLeft,
              }}
              frozen={activeCol < frozen}
              empty={rows === 0}
              words={words}
              invalid={level === "mandatory"}
              described={props.problem ? "fill-problem" : undefined}
              onKeyDown={(event) => keyPressed(event, keyboard)}
              onPaste={(text) => {
                props.onPaste(text);
                setCopied(undefined);
              }}
            />
          )}
        </div>
        <Overlays
          columns={columns}
          frozen={frozen}
          scrollLeft={scrollLeft}
          top={headHeight + origin}
          rowHeight={rowHeight}
          block={block}
          writing={editor.mode !== "ready" || rows === 0}
          copied={copied}
          filling={pointer.filling}
          onHandleDown={pointer.onHandleDown}
          onHandleDouble={props.onFillDown}
        />
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

/** The cell with a finding below the pointer. */
function hovered(over: Element) {
  const cell = over.closest<HTMLElement>(".grid-cell[data-column]");
  const row = Number(cell?.closest<HTMLElement>(".grid-row")?.dataset.row);
  return cell?.dataset.column && row
    ? { row, column: cell.dataset.column, box: cell.getBoundingClientRect() }
    : undefined;
}
