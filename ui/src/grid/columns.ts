/** Columns as shown: their fields, widths and places. */
import type { FieldSpec } from "../ipc";
import type { Sheet } from "./sheet";

export interface Column {
  field: FieldSpec;
  width: number;
  /** Distance from the first column's left edge. */
  left: number;
}

/** How the columns of a table are shown on this PC. */
export interface ColumnSettings {
  hidden: string[];
  /** Widths that the clerk dragged, in px, by column. */
  widths: Record<string, number | undefined>;
  /** How many of the first columns stay in sight. */
  frozen: number;
  /** Columns in the order in which the clerk put them; those that are not named come in printed order. */
  order?: string[];
}

/** Width of the row numbers in px. */
export const NUMBERS = 48;

/** Width in px of the mark of an own field behind its title. */
const OWN = 44;

/** Width in px of a column that the clerk has not dragged: enough for its title and its usual content. */
export function usualWidth(field: FieldSpec, size: number): number {
  const title =
    [...field.title].reduce((sum, c) => sum + (c.charCodeAt(0) > 0xff ? 1 : 0.58), 0) * (size - 1) +
    44 +
    (field.own ? OWN : 0);
  return Math.round(Math.max(72, Math.min(220, Math.max(title, content(field) * (size - 1)))));
}

/** Number of characters that the usual content of a field needs. */
function content(field: FieldSpec): number {
  switch (field.kind) {
    case "date":
    case "yearrange":
      return 7.5;
    case "datetime":
      return 11;
    case "code":
      return 8.5;
    case "codes":
    case "longtext":
    case "url":
      return 14;
    case "text":
      return Math.min(9.5, (field.max_length ?? 12) * 0.4 + 3);
    default:
      return 6;
  }
}

/** The width in px that shows the values of the records in memory, within limits. */
export function fittingWidth({ field, width }: Column, sheet: Sheet, size = 13): number {
  const letters = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0xff ? 1 : 0.58), 0);
  let most = letters(field.title) + 2;
  for (let index = 0; index < Math.min(sheet.total(), SAMPLE); index++) {
    const record = sheet.at(index);
    const value = record?.cells[field.column] ?? "";
    const name = record?.names[field.column];
    most = Math.max(most, letters(value) + (name ? letters(name) + 1 : 0));
  }
  return sheet.total() === 0 ? width : Math.round(Math.max(56, Math.min(480, most * size + 24)));
}

/** The number of records that are read for a fitting width. */
const SAMPLE = 2000;

/** Fields in the order that the clerk chose. */
export function ordered(fields: FieldSpec[], order: string[] = []): FieldSpec[] {
  const place = new Map(order.map((column, i) => [column, i]));
  return fields.toSorted((a, b) => (place.get(a.column) ?? order.length) - (place.get(b.column) ?? order.length));
}

/** Columns with their widths and places; widths that the clerk did not drag are the usual ones. */
export function arrange(fields: FieldSpec[], widths: Record<string, number | undefined>, size: number): Column[] {
  let left = 0;
  return fields.map((field) => {
    const width = widths[field.column] ?? usualWidth(field, size);
    const column = { field, width, left };
    left += width;
    return column;
  });
}

export function totalWidth(columns: Column[]): number {
  const last = columns.at(-1);
  return last ? last.left + last.width : 0;
}

/** The column at a distance from the first one's left edge. */
export function columnAt(columns: Column[], x: number): number {
  const index = columns.findIndex((column) => x < column.left + column.width);
  return index < 0 ? columns.length - 1 : Math.max(0, index);
}
