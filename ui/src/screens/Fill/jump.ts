/** Finding the place of a record, and the next cell that has a finding. */
import { call, type FindingView } from "../../ipc";
import type { Column } from "../../grid/columns";
import type { Spot } from "../../grid/selection";

/** Goes to a cell of a record; the position (from 1) of the record in its table saves looking it up. */
export type Jump = (row: number, column: string | null, position?: number | null) => Promise<void>;

const PAGE = 1000;

/** Position of a record in its table as entered, from 0. Its findings know it; else the table is read through. */
export async function locate(table: string, row: number): Promise<number | undefined> {
  const { findings } = await call("check.findings", query({ table, row, offset: 0, limit: 1 }));
  const position = findings[0]?.position;
  if (position) return position - 1;
  const view = { table, filters: [], sort: [], only_findings: false, find: "" };
  for (let offset = 0; ; offset += PAGE) {
    const page = await call("fill.page", { view, offset, limit: PAGE });
    const index = page.rows.findIndex((record) => record.row === row);
    if (index >= 0) return offset + index;
    if (offset + PAGE >= page.total) return undefined;
  }
}

/** The finding behind (or before) a cell, in reading order; from the end it begins anew. */
export async function nextFinding(
  table: string,
  columns: Column[],
  from: Spot,
  back: boolean,
): Promise<FindingView | undefined> {
  const place = new Map(columns.map((column, i) => [column.field.column, i]));
  const here = from.row * PAGE + from.col;
  const of = (finding: FindingView) => ((finding.position ?? 1) - 1) * PAGE + (place.get(finding.column ?? "") ?? 0);
  let outermost: FindingView | undefined;
  let nearest: FindingView | undefined;
  for (let offset = 0; ; offset += PAGE) {
    const page = await call("check.findings", query({ table, row: null, offset, limit: PAGE }));
    const inCells = page.findings.filter((finding) => finding.row !== null);
    inCells.sort((a, b) => of(a) - of(b));
    if (back) {
      nearest = inCells.filter((finding) => of(finding) < here).at(-1) ?? nearest;
      outermost = inCells.at(-1) ?? outermost;
      if (nearest && inCells.some((finding) => of(finding) >= here)) return nearest;
    } else {
      nearest = inCells.find((finding) => of(finding) > here);
      outermost ??= inCells[0];
      if (nearest) return nearest;
    }
    if (offset + PAGE >= page.total) return nearest ?? outermost;
  }
}

function query(part: { table: string; row: number | null; offset: number; limit: number }) {
  return { ...part, column: null, rule: null, level: null, value: null, masked: false };
}
