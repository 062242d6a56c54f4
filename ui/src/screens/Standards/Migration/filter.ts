/** Which tables and columns of a preview are shown. */
import type { ColumnFate, MigrationColumn, MigrationTable } from "../../../ipc";

/** What can be shown: everything, or what a clerk has to do, is rewritten, goes elsewhere, is kept aside, is new. */
export const INTERESTS = ["all", "hand", "converted", "moved", "aside", "new"] as const;
export type Interest = (typeof INTERESTS)[number];

const KIND_OF: Partial<Record<Interest, ColumnFate>> = {
  hand: "hand",
  converted: "convert",
  moved: "moved",
  aside: "aside",
  new: "new",
};

/** The columns that are shown; those that stay as they are are left out. */
export function tellingColumns(table: MigrationTable, interest: Interest): MigrationColumn[] {
  const kind = KIND_OF[interest];
  if (kind) return table.columns.filter((column) => column.kind === kind);
  const byHand = new Set(
    table.columns
      .filter(({ kind: of, cells }) => of === "hand" && cells > 0)
      .map(({ column, what }) => `${column} ${what?.code}`),
  );
  // A column that is kept aside because the clerk must handle it is listed only once.
  return table.columns.filter(
    ({ column, kind: of, what }) => of !== "same" && !(of === "aside" && byHand.has(`${column} ${what?.code}`)),
  );
}

/** Whether a table is shown for an interest: it has cells of that kind; for `new`, the table itself is new. */
export function concerns(table: MigrationTable, interest: Interest): boolean {
  switch (interest) {
    case "all":
      return true;
    case "new":
      return table.kind === "new";
    default:
      return table.counts[interest] > 0;
  }
}

/** Tables of one interest whose title or name has the text; those that the clerk must handle come first. */
export function tablesOf(tables: MigrationTable[], interest: Interest, find: string): MigrationTable[] {
  const wanted = find.trim().toLowerCase();
  const found = ({ table, title, to, to_title }: MigrationTable) =>
    [table, title, to, to_title].some((text) => text?.toLowerCase().includes(wanted));
  const rank = (table: MigrationTable) => (table.counts.hand > 0 ? 0 : table.counts.records > 0 ? 1 : 2);
  return tables.filter((table) => concerns(table, interest) && found(table)).sort((a, b) => rank(a) - rank(b));
}
