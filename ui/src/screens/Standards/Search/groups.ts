/** Answers of the search, kind by kind, and where each leads. */
import type { HitKind, SearchHit, SearchResult } from "../../../ipc";
import { codeHash, listHash, tableHash } from "../Browse/parts";

export interface Group {
  kind: HitKind;
  total: number;
  hits: SearchHit[];
}

/** In the order in which the program gives the kinds; `only` leaves one of them. */
export function groups(result: SearchResult, only: HitKind | undefined): Group[] {
  return result.kinds
    .filter(({ kind }) => only === undefined || kind === only)
    .map(({ kind, total }) => ({ kind, total, hits: result.hits.filter((hit) => hit.kind === kind) }));
}

/** The address of what was found. */
export function addressOf(hit: SearchHit, edition: string | undefined): string {
  if (hit.rule && hit.table) return tableHash(edition, hit.table, hit.rule, "rules");
  if (hit.table) return tableHash(edition, hit.table, hit.column ?? undefined);
  if (hit.list && hit.code) return codeHash(edition, hit.list, hit.code);
  return listHash(edition, hit.list ?? "");
}

/** The hit before or after the chosen one; after the last one comes the first. */
export function stepped(at: number, by: 1 | -1, all: number): number {
  return all === 0 ? -1 : at < 0 ? (by > 0 ? 0 : all - 1) : (at + by + all) % all;
}
