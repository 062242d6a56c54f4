/**
 * The grid. It draws what is in sight and keeps one text field over the active cell. Records come from a {@link Sheet};
 * the program decides which values are valid. Scrolling, the pointer, the keyboard and the editing of a cell are in
 * files of their own.
 */
import { forwardRef, useCallback, useImperativeHandle, useSyncExternalStore } from "react";

import type { Filter, Sort } from "../ipc";
import { Waiting } from "../parts";
import { t, tDynamic } from "../text";
import * as actions from "./actions";
import { Cursor } from "./Cursor";
import { type Column, NUMBERS, totalWidth } from "./columns";
import { Header } from "./Header";
import { type KeyboardProps, keyPressed } from "./keyboard";
import type { Command } from "./keys";
import { mask } from "./mask";
import { Row } from "./Row";
import type { Selection } from "./selection";
import * as select from "./selection";
import type { FoundCode, Sheet } from "./sheet";
import { useCellEditor } from "./useCellEditor";
import { usePointer } from "./usePointer";
import { useScrolling } from "./useScrolling";
import { spaceHeight } from "./window";
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
  const records = sheet.total();
  const rows = records + (growing && sheet.known() ? 1 : 0);
  const size = { rows: Math.max(1, rows), cols: columns.length };
  const scrolling = useScrolling({ sheet, columns, frozen, rowHeight, rows, corner: selection.focus });
  const { scroller, sight, first, last, origin, from, to, headHeight, frozenWidth, scrollLeft } = scrolling;
  const width = NUMBERS + totalWidth(columns);

  const chosen = select.block(selection);
  const { row: activeRow, col: activeCol } = selection.anchor;
  const column = columns[activeCol];
  const record = sheet.at(activeRow);
  const typed = record && column ? sheet.typed(record.row)?.get(column.field.column) : undefined;
  const value = column ? (typed?.text ?? record?.cells[column.field.column] ?? "") : "";
  const editor = useCellEditor(column?.field, value, write);
  const context = { sheet, columns, selection, tooMany: props.tooMany };

  function write(text: string, name: string, code?: Promise<FoundCode | undefined>) {
    if (!column) return;
    if (record) void sheet.set(record, column.field.column, text, name, code);
    else if (growing && activeRow === records) void sheet.addRow(column.field.column, text, name, code);
  }

  const focus = useCallback(() => editor.area.current?.focus({ preventScroll: true }), [editor.area]);
  useImperativeHandle(ref, () => ({ focus }), [focus]);

  function moveTo(next: Selection, stay = false) {
    if (stay) scrolling.stay();
    onSelect(select.inside(next, size));
  }

  const keyboard: KeyboardProps = {
    editor,
    context,
    size,
    records,
    page: Math.max(1, Math.floor(sight.view / rowHeight) - 1),
    moveTo,
    dismiss: () => record && column && sheet.dismiss(record.row, column.field.column),
    onCommand: props.onCommand,
  };
  const layout = { sight, columns, headHeight, frozenWidth, scrollLeft };
  const onMouseDown = usePointer({ scroller, layout, selection, size, records, editor, moveTo, focus });

  const level = column && record?.levels[column.field.column];
  const shown = column && masked ? mask(column.field.sensitivity, value) : value;
  const words = column
    ? t("grid.spoken", {
        title: column.field.title,
        row: activeRow + 1,
        value: record?.names[column.field.column] || shown || t("grid.spoken-empty"),
        level: [level && tDynamic(`level.${level}`), props.problem].filter(Boolean).join("，"),
      })
    : "";

  const drawn = [];
  for (let index = first; index <= last; index++) {
    const row = sheet.at(index);
    const within = index >= chosen.top && index <= chosen.bottom;
    drawn.push(
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

  return (
    <div
      ref={scroller}
      className="grid"
      onScroll={scrolling.onScroll}
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
          {drawn}
        </div>
        {/* The field is there before the records are, so that a clerk can type as soon as the screen is open. */}
        {column && (
          <Cursor
            key="cursor"
            editor={editor}
            column={column}
            cell={`${activeRow} ${activeCol}`}
            top={headHeight + origin + activeRow * rowHeight}
            left={NUMBERS + column.left + (activeCol < frozen ? scrollLeft : 0)}
            height={rowHeight}
            viewWidth={scrolling.viewWidth}
            frozen={activeCol < frozen}
            empty={rows === 0}
            words={words}
            onKeyDown={(event) => keyPressed(event, keyboard)}
            onPaste={(text) => void actions.paste(context, text).then((next) => next && onSelect(next))}
          />
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
