/** What of an edition is looked at, and the addresses of it. */
import { type Place, toHash } from "../../../state/route";

/** The word that stands in the address for code lists; any other word is a table. */
export const CODES = "codes";

export type Part = "tables" | "codes";

export function partOf(place: Place): Part {
  return place.what === CODES ? "codes" : "tables";
}

/** Address of a table, of one of its fields, or of one of its tabs. */
export function tableHash(edition: string | undefined, table: string, column?: string, part?: string): string {
  return toHash({ screen: "standards", what: table, column, edition, part });
}

/** Address of a code list, or of the codes under one of its codes. */
export function listHash(edition: string | undefined, list: string, code?: string): string {
  return toHash({ screen: "standards", what: CODES, column: list, edition, part: code });
}
