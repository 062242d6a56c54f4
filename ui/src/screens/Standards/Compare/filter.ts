/** Which pair of editions is compared, and which of its differences are shown. */
import type {
  ChangeKind,
  Comparison,
  EditionSummary,
  ListDifference,
  RuleDifference,
  TableDifference,
} from "../../../ipc";
import type { Place } from "../../../state/route";

/** What the list shows. */
export const SHOWN = ["tables", "lists", "rules"] as const;
export type Shown = (typeof SHOWN)[number];

export const CHANGES: readonly ChangeKind[] = ["added", "removed", "moved", "changed"];

export interface Pair {
  from: string;
  to: string;
}

/** The pair of an address; without one, the open book's edition and the one before or after it of the same level. */
export function pairOf(
  place: Pick<Place, "column" | "edition">,
  editions: EditionSummary[],
  mine: string | undefined,
): Pair | undefined {
  const known = (id: string | undefined) => editions.find((one) => one.id === id);
  const [from, to] = [known(place.column), known(place.edition)];
  if (from && to) return { from: from.id, to: to.id };
  const home = known(mine) ?? editions[0];
  if (!home) return undefined;
  const peers = editions
    .filter((one) => one.level === home.level && one.id !== home.id)
    .sort((a, b) => a.issued.localeCompare(b.issued));
  const earlier = peers.filter((one) => one.issued <= home.issued).at(-1);
  if (earlier) return { from: earlier.id, to: home.id };
  const later = peers[0] ?? editions.find((one) => one.id !== home.id) ?? home;
  return { from: home.id, to: later.id };
}

export interface Filter {
  find: string;
  change: ChangeKind | undefined;
  /** Title of a subset; tables only. */
  subset: string | undefined;
}

/** A moved table is a changed one, too. */
function is(change: ChangeKind, wanted: ChangeKind | undefined): boolean {
  return wanted === undefined || change === wanted || (wanted === "changed" && change === "moved");
}

/** Tables that a filter leaves. */
export function tablesIn(tables: TableDifference[], { find, change, subset }: Filter): TableDifference[] {
  const query = find.trim().toLowerCase();
  return tables.filter(
    (one) =>
      is(one.change, change) &&
      (subset === undefined || one.subset === subset) &&
      (query === "" || one.search.includes(query)),
  );
}

export function listsIn(lists: ListDifference[], { find, change }: Filter): ListDifference[] {
  const query = find.trim().toLowerCase();
  return lists.filter((one) => is(one.change, change) && (query === "" || one.search.includes(query)));
}

export function rulesIn(rules: RuleDifference[], { find, change }: Filter): RuleDifference[] {
  const query = find.trim().toLowerCase();
  const words = (one: RuleDifference) => `${one.title} ${one.id} ${one.message}`.toLowerCase();
  return rules.filter((one) => is(one.change, change) && (query === "" || words(one).includes(query)));
}

/** How many of the fields were added, removed, changed. */
export function tally(changes: { change: string }[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { change } of changes) found[change] = (found[change] ?? 0) + 1;
  return found;
}

/** Subsets of the tables that differ, in their order, each with its number. */
export function subsetsOf(comparison: Comparison): { title: string; tables: number }[] {
  const found = new Map<string, number>();
  for (const { subset } of comparison.tables) found.set(subset, (found.get(subset) ?? 0) + 1);
  return [...found].map(([title, tables]) => ({ title, tables }));
}
