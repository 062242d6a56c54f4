/** Searches code lists. Answers are kept while the same book is open, because every key typed is a new search. */
import { call, type CodeView, on } from "../ipc";
import { kept } from "./kept";

const LIMIT = 60;
const MOST_REMEMBERED = 500;
/** How many recent choices of one list are kept and shown first. */
const RECENT = 5;

/** A code as it is offered. */
export interface OfferedCode extends CodeView {
  /** Chosen on this PC lately. */
  recent?: boolean;
}

export interface FoundCodes {
  codes: OfferedCode[];
  total: number;
}

const remembered = new Map<string, FoundCodes>();

// Another book, or the same one in another edition, has other lists.
on("changed", ({ what }) => (what === "book" || what === "everything") && remembered.clear());

/** Codes of a list of the open book's edition that a text finds; those of `level` first. */
export async function findCodes(list: string, find: string, level: number | null = null): Promise<FoundCodes> {
  const key = `${list} ${level} ${find}`;
  const known = remembered.get(key);
  const page =
    known ??
    (await call("standard.codes", { edition: null, list, find, level, parent: null, offset: 0, limit: LIMIT }));
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  remembered.set(key, page);
  // In a list of up to 12 codes the clerk remembers where each code is; recent choices at the top would move them.
  return find === "" && page.total > 12 ? recentFirst(list, page) : page;
}

const keptName = (list: string) => `codes.${list}`;

/** Remembers a choice. */
export function choose(list: string, code: string) {
  const before = kept.read<string[]>(keptName(list), []).filter((one) => one !== code);
  kept.write(keptName(list), [code, ...before].slice(0, RECENT));
}

async function recentFirst(list: string, page: FoundCodes): Promise<FoundCodes> {
  const wanted = kept.read<string[]>(keptName(list), []);
  const found = await Promise.all(
    wanted.map(async (code) => {
      const here = page.codes.find((one) => one.code === code);
      if (here) return here;
      const named = await call("standard.codes", {
        edition: null,
        list,
        find: code,
        level: null,
        parent: null,
        offset: 0,
        limit: 1,
      });
      return named.codes.find((one) => one.code === code);
    }),
  );
  const recent = found.filter((one) => one !== undefined).map((one) => ({ ...one, recent: true }));
  const others = page.codes.filter(({ code }) => !recent.some((one) => one.code === code));
  return { ...page, codes: [...recent, ...others] };
}
