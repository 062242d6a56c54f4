/** The records of the chosen blocks, and where the blocks are once records have come, gone or moved. */
import { activeOf, type Block, blocks, isSingle, type Selection } from "./selection";
import type { Sheet } from "./sheet";

/** Most rows of a block that are followed one by one; of a larger one the active cell is. */
const MOST = 2_000;

type Places = Pick<Sheet, "at" | "total" | "indexOf" | "real">;

/** Numbers of the records of each block; undefined where there are too many, or not all of them are here. */
export function chosenRows(sheet: Places, selection: Selection): (number[] | undefined)[] {
  if (isSingle(selection)) return [undefined];
  return blocks(selection).map(({ top, bottom }) => {
    const last = Math.min(bottom, sheet.total() - 1);
    if (last - top + 1 > MOST) return undefined;
    const rows: number[] = [];
    for (let index = top; index <= last; index++) {
      const row = sheet.at(index)?.row;
      if (row === undefined) return undefined;
      rows.push(row);
    }
    return rows;
  });
}

/** Where a block of these records is now: the same block where nothing moved, undefined where it cannot be told. */
function blockOf(sheet: Places, was: Block, rows: number[] | undefined): Block | undefined {
  if (!rows || rows.length === 0) return undefined;
  let moved = false;
  for (const [i, row] of rows.entries()) {
    const here = sheet.at(was.top + i)?.row;
    // Its page has been let go: nothing is known of it.
    if (here === undefined && was.top + i < sheet.total()) return undefined;
    if (here !== sheet.real(row)) moved = true;
  }
  if (!moved) return was;
  const place = (row: number) => sheet.indexOf(row);
  const top = rows.map(place).find((found) => found !== undefined);
  const bottom = rows
    .toReversed()
    .map(place)
    .find((found) => found !== undefined);
  return top === undefined || bottom === undefined || bottom < top ? undefined : { ...was, top, bottom };
}

/**
 * The selection on the same records, after others were put between them or taken away; undefined where none has moved,
 * or where that cannot be told. `held`: the record of the active cell.
 */
export function followed(
  sheet: Places,
  selection: Selection,
  rows: (number[] | undefined)[],
  held: number | undefined,
): Selection | undefined {
  if (isSingle(selection)) return undefined;
  const before = blocks(selection);
  const after = before.map((one, i) => blockOf(sheet, one, rows[i]));
  if (after.every((one, i) => one === before[i]) || !after.every((one) => one !== undefined)) return undefined;
  const last = after.at(-1);
  if (!last) return undefined;
  const { anchor, focus, active, more, ...others } = selection;
  const downwards = anchor.row <= focus.row;
  const heldAt = held === undefined ? undefined : sheet.indexOf(held);
  const { row, col } = activeOf(selection);
  return {
    ...others,
    anchor: { row: downwards ? last.top : last.bottom, col: anchor.col },
    focus: { row: downwards ? last.bottom : last.top, col: focus.col },
    ...(active ? { active: { row: heldAt ?? Math.max(last.top, Math.min(row, last.bottom)), col } } : {}),
    ...(more ? { more: after.slice(0, -1) } : {}),
  };
}
