/** The table after or before one: among the clerk's tables, else in the order of the standard. */
import { call } from "../../ipc";
import { go } from "../../state/route";

export async function toTable(table: string, by: 1 | -1): Promise<void> {
  const [counts, tree, settings] = await Promise.all([
    call("home.counts", { tables: [] }),
    call("standard.tree", { edition: null }),
    call("settings.get", {}),
  ]);
  const all = tree.subsets.flatMap((subset) => subset.tables.map((one) => one.table));
  const mine = settings.department ? counts.map((one) => one.table) : [];
  const line = mine.includes(table) ? mine : all;
  const next = line[line.indexOf(table) + by];
  if (next) go({ screen: "fill", what: next });
}
