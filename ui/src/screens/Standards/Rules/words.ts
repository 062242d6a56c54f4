/** The words of a rule cut at their placeholders, and its cases as small tables. */
import type { RuleCase, RuleColumn, RuleKind, RuleRow } from "../../../ipc";

/** A piece of a rule's words: plain text, or a placeholder for a value. */
export interface Piece {
  text: string;
  value: boolean;
}

/**
 * Cuts `实习结束日期“{value}”早于…` into pieces; `{value}` is the first column, `{COLUMN}` another one, `{n}` what a query
 * counts.
 */
export function pieces(message: string, columns: RuleColumn[]): Piece[] {
  const titles = new Map(columns.map(({ column, title }) => [column, title]));
  const title = (name: string) => (name === "value" ? columns[0]?.title : titles.get(name)) ?? "…";
  return message
    .split(/\{([^{}]*)\}/)
    .map((text, i) => (i % 2 === 0 ? { text, value: false } : { text: title(text), value: true }))
    .filter(({ text }) => text !== "");
}

/** The words in one line, for where there is no room to mark what stands for a value. */
export function plain(message: string, columns: RuleColumn[] = []): string {
  return pieces(message, columns)
    .map(({ text }) => text)
    .join("");
}

/** Records of one table under their columns. */
export interface CaseTable {
  table: string;
  title: string;
  columns: RuleColumn[];
  rows: (string | undefined)[][];
}

/** Cases that can stand together: those of one day and period, where each is one record; else one case by itself. */
export interface CaseBlock {
  today: string | null;
  period: string | null;
  tables: CaseTable[];
}

export function blocks(kind: RuleKind, cases: RuleCase[]): CaseBlock[] {
  const found: { today: string | null; period: string | null; rows: RuleRow[] }[] = [];
  for (const { today, period, rows } of cases) {
    const last = found.at(-1);
    if (kind === "row" && last && last.today === today && last.period === period) last.rows.push(...rows);
    else found.push({ today, period, rows: [...rows] });
  }
  return found.map(({ today, period, rows }) => ({ today, period, tables: tables(rows) }));
}

function tables(rows: RuleRow[]): CaseTable[] {
  const found = new Map<string, CaseTable>();
  for (const { table, table_title: title, cells } of rows) {
    const one = found.get(table) ?? { table, title, columns: [], rows: [] };
    found.set(table, one);
    for (const { column, title } of cells)
      if (!one.columns.some((known) => known.column === column)) one.columns.push({ column, title });
  }
  for (const { table, cells } of rows) {
    const one = found.get(table);
    one?.rows.push(one.columns.map(({ column }) => cells.find((cell) => cell.column === column)?.value));
  }
  return [...found.values()];
}

/** `20260301` as 2026-03-01. */
export function readable(day: string): string {
  return day.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
}
