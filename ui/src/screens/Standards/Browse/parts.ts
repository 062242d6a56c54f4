/** Which part of an edition is shown, and its address. */
import { type Place, toHash } from "../../../state/route";

/** The word in the address for code lists; any other word is the name of a table. */
export const CODES = "codes";

export type Part = "tables" | "codes";

export function partOf(place: Place): Part {
  return place.what === CODES ? "codes" : "tables";
}

/** Tabs of a table; the address names none for the first. */
export const TABS = ["fields", "lists", "rules"] as const;
export type Tab = (typeof TABS)[number];

export function tabOf(place: Place): Tab {
  return TABS.find((tab) => tab === place.part) ?? "fields";
}

/** Address of a table, of one of its fields, or of one of its rules. */
export function tableHash(edition: string | undefined, table: string, column?: string, tab?: Tab): string {
  return toHash({ screen: "standards", what: table, column, edition, part: tab === "fields" ? undefined : tab });
}

/** Address of a code list, or of the codes under one of its codes. */
export function listHash(edition: string | undefined, list: string, above?: string): string {
  return toHash({ screen: "standards", what: CODES, column: list, edition, part: above });
}

/** Marks, in the address, a code that is looked for; without the mark the codes below that code are shown. */
const SOUGHT = "=";

/** Address of one code of a list. */
export function codeHash(edition: string | undefined, list: string, code: string): string {
  return listHash(edition, list, SOUGHT + code);
}

/** Which codes of a list an address shows: those under a code, or those that a code finds. */
export function codesOf(place: Place): { above: string | undefined; sought: string } {
  const part = place.part ?? "";
  return part.startsWith(SOUGHT)
    ? { above: undefined, sought: part.slice(SOUGHT.length) }
    : { above: part || undefined, sought: "" };
}
