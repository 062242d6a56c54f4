/** The heading row: titles, a menu for order and filter, and edges to drag. */
import { CaretDownOutlined, FilterFilled, SortAscendingOutlined, SortDescendingOutlined } from "@ant-design/icons";
import { memo, type MouseEvent as Press, type PointerEvent, useRef } from "react";

import type { Filter, Sort } from "../ipc";
import { Own } from "../parts/Own";
import { t } from "../text";
import { type Column, fittingWidth, NUMBERS } from "./columns";
import type { Sheet } from "./sheet";

export interface HeaderProps {
  columns: Column[];
  frozen: number;
  from: number;
  to: number;
  width: number;
  height: number;
  sort: Sort[];
  filters: Filter[];
  /** Columns chosen, both included. */
  left: number;
  right: number;
  onMenu(column: Column, place: DOMRect): void;
  onResize(column: Column, width: number): void;
  /** Called when a title was dragged with Alt onto another one. */
  onMove(column: Column, before: Column): void;
  sheet: Sheet;
}

export const Header = memo(function Header(props: HeaderProps) {
  const { columns, frozen, from, to, width, height } = props;
  const cells = [];
  for (let col = Math.max(frozen, from); col <= to; col++) cells.push(<Head key={col} col={col} {...props} />);
  const heads = [];
  for (let col = 0; col < frozen; col++) heads.push(<Head key={col} col={col} {...props} />);
  const frozenWidth = NUMBERS + columns.slice(0, frozen).reduce((sum, column) => sum + column.width, 0);
  return (
    <div role="row" aria-rowindex={1} className="grid-head" style={{ width, height }}>
      <div className="grid-frozen" style={{ width: frozenWidth, height }}>
        <div className="grid-corner" style={{ width: NUMBERS }} title={t("grid.select-all")} />
        {heads}
      </div>
      {cells}
    </div>
  );
});

function Head(props: HeaderProps & { col: number }) {
  const { col, columns, height, sort, filters, left, right, onMenu, onResize } = props;
  const column = columns[col];
  if (!column) return null;
  const { field } = column;
  const order = sort.find((one) => one.column === field.column);
  const filtered = filters.some((one) => one.column === field.column);
  return (
    <div
      role="columnheader"
      aria-colindex={col + 2}
      aria-sort={order ? (order.descending ? "descending" : "ascending") : undefined}
      className={`grid-title${col >= left && col <= right ? " is-on" : ""}`}
      style={{ left: NUMBERS + column.left, width: column.width, lineHeight: `${height - 1}px` }}
      onMouseDown={(event) => event.altKey && moveHead(event, props, column)}
      title={`${field.title}　${field.column}${field.description ? `\n${field.description}` : ""}`}
    >
      {field.required && <em title={t("rule.required")}>*</em>}
      <span className="cut">{field.title}</span>
      {field.own && <Own />}
      {order && (order.descending ? <SortDescendingOutlined aria-hidden /> : <SortAscendingOutlined aria-hidden />)}
      {filtered && <FilterFilled aria-hidden />}
      <button
        type="button"
        tabIndex={-1}
        className="grid-menu"
        aria-label={t("grid.menu-of", { title: field.title })}
        onMouseDown={(event) => event.stopPropagation()}
        onClick={(event) => onMenu(column, event.currentTarget.getBoundingClientRect())}
      >
        <CaretDownOutlined aria-hidden />
      </button>
      <Edge column={column} onResize={onResize} fit={() => onResize(column, fittingWidth(column, props.sheet))} />
    </div>
  );
}

/** Drags a title with Alt: its column is moved before the one where the button is released. */
function moveHead(event: Press, { columns, onMove }: HeaderProps, column: Column) {
  event.preventDefault();
  event.stopPropagation();
  const ended = (up: MouseEvent) => {
    const head = document.elementFromPoint(up.clientX, up.clientY)?.closest<HTMLElement>(".grid-title");
    const index = Number(head?.getAttribute("aria-colindex")) - 2;
    const before = columns[index];
    if (before && before !== column) onMove(column, before);
  };
  window.addEventListener("mouseup", ended, { once: true });
}

interface EdgeProps {
  column: Column;
  onResize(column: Column, width: number): void;
  fit(): void;
}

function Edge({ column, onResize, fit }: EdgeProps) {
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  function moved(event: PointerEvent) {
    if (from.current) onResize(column, Math.max(48, from.current.width + event.clientX - from.current.x));
  }
  return (
    <span
      className="grid-edge"
      onMouseDown={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: column.width };
      }}
      onDoubleClick={fit}
      onPointerMove={moved}
      onPointerUp={(event) => {
        moved(event);
        from.current = undefined;
      }}
    />
  );
}
