/** What files are called: after their table, or after the first of several. */
import type { Tree } from "../../ipc";
import { t } from "../../text";

export function tablesName(tree: Tree | undefined, tables: string[]): string {
  const all = tree?.subsets.flatMap((subset) => subset.tables) ?? [];
  const first = all.find((one) => one.table === tables[0])?.title ?? tables[0] ?? "";
  return tables.length > 1 ? t("workbooks.name-many", { first, n: tables.length }) : first;
}
