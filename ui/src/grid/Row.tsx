/** One record: its number, the frozen cells, and the cells in sight. */
import { memo } from "react";

import { count, errorWords } from "../text";
import { type Column, NUMBERS } from "./columns";
import { mask } from "./mask";
import type { Block } from "./selection";
import type { Placed, Typed } from "./sheet";

export interface RowProps {
  index: number;
  record: Placed | undefined;
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
  /** Chosen columns of this row, from and to, both included, as text: a row is drawn anew only when they change. */
  chosen: string;
  active: number;
  masked: boolean;
  /** Text that is being looked for; cells that show it are marked. */
  hit: string;
}

/** The chosen columns of a row. */
export function chosenIn(blocks: Block[], row: number): string {
  const within = blocks.filter(({ top, bottom }) => row >= top && row <= bottom);
  return within.map(({ left, right }) => `${left}-${right}`).join(" ");
}

const isIn = (chosen: string, col: number) =>
  chosen !== "" &&
  chosen.split(" ").some((one) => {
    const [left = 0, right = -1] = one.split("-").map(Number);
    return col >= left && col <= right;
  });

/** From this number on, a row's number is written smaller, so that it fits. */
const LONG = 100_000;

const LEVELS = ["mandatory", "confirm", "hint"] as const;

export const Row = memo(function Row(props: RowProps) {
  const { index, record, columns, frozen, from, to, height, top, width, blank } = props;
  const cells = [];
  for (let col = Math.max(frozen, from); col <= to; col++) cells.push(cell(props, col));
  const heads = [];
  for (let col = 0; col < frozen; col++) heads.push(cell(props, col));
  const levels = record && Object.values(record.levels);
  const place = record?.place ?? index + 1;
  const worst = levels && LEVELS.find((level) => levels.includes(level));
  const long = place >= LONG ? " is-long" : "";
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
          className={`grid-number${props.chosen ? " is-on" : ""}${worst ? ` is-${worst}` : ""}${long}`}
          style={{ width: NUMBERS, lineHeight: `${height - 1}px` }}
        >
          {blank ? "＋" : record && record.row < 0 ? "…" : count(place)}
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
  const chosen = isIn(props.chosen, col);
  const classes = ["grid-cell"];
  if (level) classes.push(`is-${level}`);
  if (over) classes.push(over.error ? "is-refused" : "is-saving");
  if (chosen && col !== props.active) classes.push("is-selected");
  if (props.hit !== "" && shows(props, column, props.hit)) classes.push("is-hit");
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
      data-column={level ? field.column : undefined}
      title={over?.error ? errorWords(over.error) : undefined}
    >
      {!record && !blank && <i className="grid-waiting" />}
      <Content record={record} over={over} column={column} masked={props.masked} />
    </div>
  );
}

/** Whether a cell shows a text, in its value or in the name of its code. */
function shows({ record, typed }: RowProps, { field }: Column, text: string): boolean {
  const over = typed?.get(field.column);
  const value = over?.text ?? record?.cells[field.column] ?? "";
  const name = over?.name ?? record?.names[field.column] ?? "";
  return `${value}\n${name}`.toLowerCase().includes(text.toLowerCase());
}

function Content({
  record,
  over,
  column,
  masked,
}: {
  record: Placed | undefined;
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
