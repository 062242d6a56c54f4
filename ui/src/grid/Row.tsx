/** One record: its number, the frozen cells, and the cells in sight. */
import { memo } from "react";

import type { RecordView } from "../ipc";
import { errorWords } from "../text";
import { type Column, NUMBERS } from "./columns";
import { mask } from "./mask";
import type { Typed } from "./sheet";

export interface RowProps {
  index: number;
  record: RecordView | undefined;
  typed: ReadonlyMap<string, Typed> | undefined;
  blank: boolean;
  top: number;
  height: number;
  width: number;
  columns: Column[];
  frozen: number;
  /** Columns in sight behind the frozen ones, both included. */
  from: number;
  to: number;
  /** Chosen columns of this row, both included. */
  left: number;
  right: number;
  active: number;
  masked: boolean;
}

export const Row = memo(function Row(props: RowProps) {
  const { index, record, columns, frozen, from, to, height, top, width, blank } = props;
  const cells = [];
  for (let col = Math.max(frozen, from); col <= to; col++) cells.push(cell(props, col));
  const heads = [];
  for (let col = 0; col < frozen; col++) heads.push(cell(props, col));
  const frozenWidth = NUMBERS + columns.slice(0, frozen).reduce((sum, column) => sum + column.width, 0);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`grid-row${record ? ` is-${record.state}` : ""}`}
      style={{ top, height, width }}
      data-row={record?.row}
    >
      <div className="grid-frozen" style={{ width: frozenWidth, height }}>
        <div
          role="rowheader"
          className={`grid-number${props.left >= 0 ? " is-on" : ""}`}
          style={{ width: NUMBERS, lineHeight: `${height - 1}px` }}
        >
          {blank ? "＋" : index + 1}
        </div>
        {heads}
      </div>
      {cells}
    </div>
  );
});

function cell(props: RowProps, col: number) {
  const { record, typed, columns, height, index, blank } = props;
  const column = columns[col];
  if (!column) return null;
  const { field } = column;
  const over = typed?.get(field.column);
  const level = over ? undefined : record?.levels[field.column];
  const chosen = col >= props.left && col <= props.right;
  const classes = ["grid-cell"];
  if (level) classes.push(`is-${level}`);
  if (over) classes.push(over.error ? "is-refused" : "is-saving");
  if (chosen && col !== props.active) classes.push("is-selected");
  if (field.kind === "integer" || field.kind === "decimal") classes.push("is-right");
  return (
    <div
      key={field.column}
      id={`cell-${index}-${col}`}
      role="gridcell"
      aria-colindex={col + 2}
      aria-selected={chosen}
      aria-invalid={level === "mandatory" || undefined}
      className={classes.join(" ")}
      style={{ left: NUMBERS + column.left, width: column.width, lineHeight: `${height - 1}px` }}
      title={over?.error ? errorWords(over.error) : undefined}
    >
      {!record && !blank && <i className="grid-waiting" />}
      <Content record={record} over={over} column={column} masked={props.masked} />
    </div>
  );
}

function Content({
  record,
  over,
  column,
  masked,
}: {
  record: RecordView | undefined;
  over: Typed | undefined;
  column: Column;
  masked: boolean;
}) {
  const { field } = column;
  const value = over?.text ?? record?.cells[field.column] ?? "";
  if (value === "") return null;
  if (masked && field.sensitivity !== "none") return <>{mask(field.sensitivity, value)}</>;
  const name = over ? over.name : record?.names[field.column];
  if (!name) return <>{value.replaceAll("\n", " ⏎ ")}</>;
  return (
    <>
      {name}
      <span className="part-code">{value}</span>
    </>
  );
}
