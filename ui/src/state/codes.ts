/** Codes as clerks look for them, remembered while the same book is open: every key of a search asks again. */
import { call, type CodeView, on } from "../ipc";

const LIMIT = 60;
const MOST_REMEMBERED = 500;

export interface FoundCodes {
  codes: CodeView[];
  total: number;
}

const remembered = new Map<string, FoundCodes>();

// Another book, or the same one in another edition, has other lists.
on("changed", ({ what }) => (what === "book" || what === "everything") && remembered.clear());

/** Codes of a list of the open book's edition that a text finds. */
export async function findCodes(list: string, find: string): Promise<FoundCodes> {
  const key = `${list} ${find}`;
  const known = remembered.get(key);
  if (known) return known;
  const page = await call("standard.codes", { edition: null, list, find, parent: null, offset: 0, limit: LIMIT });
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  remembered.set(key, page);
  return page;
}
