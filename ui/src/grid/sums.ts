/** Count, sum and mean of the chosen cells, as the status bar shows them. */
import type { Column } from "./columns";
import { blocks, isSingle, type Selection } from "./selection";
import type { Sheet } from "./sheet";

export interface Sums {
  /** Cells that are filled. */
  filled: number;
  /** Those of them that are numbers. */
  numbers: number;
  sum: string;
  mean: string;
}

/** The largest number of cells that are added up; a larger selection has no sums. */
const MOST = 200_000;

/** The sums; undefined for a single cell, for too many cells, and while records of the selection are not loaded. */
export function sums(sheet: Sheet, columns: Column[], selection: Selection): Sums | undefined {
  if (isSingle(selection)) return undefined;
  let [filled, numbers, sum, places, looked] = [0, 0, 0, 0, 0];
  for (const { top, bottom, left, right } of blocks(selection)) {
    const fields = columns.slice(left, right + 1).map(({ field }) => field);
    looked += (bottom - top + 1) * fields.length;
    if (looked > MOST) return undefined;
    for (let row = top; row <= Math.min(bottom, sheet.total() - 1); row++) {
      const record = sheet.at(row);
      if (!record) return undefined;
      for (const field of fields) {
        const value = sheet.typed(record.row)?.get(field.column)?.text ?? record.cells[field.column] ?? "";
        if (value === "") continue;
        filled += 1;
        if (field.kind !== "integer" && field.kind !== "decimal") continue;
        const number = Number(value);
        if (Number.isNaN(number)) continue;
        numbers += 1;
        sum += number;
        places = Math.max(places, value.split(".")[1]?.length ?? 0);
      }
    }
  }
  const words = (number: number, most: number) =>
    number.toLocaleString("zh-CN", { minimumFractionDigits: 0, maximumFractionDigits: most });
  return { filled, numbers, sum: words(sum, places), mean: words(numbers === 0 ? 0 : sum / numbers, places + 2) };
}
