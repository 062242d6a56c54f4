/** The editions at hand, and which of them an address means. */
import type { EditionSummary } from "../../ipc";
import { useCall } from "../../state/calls";
import { t } from "../../text";

export interface Editions {
  /** That of the open book first, then the newest first. */
  all: EditionSummary[];
  /** Edition of the open book. */
  mine: string | undefined;
}

/** That of the open book first; the others by level as printed, the newest first. */
export function inOrder(editions: EditionSummary[], mine: string | undefined): EditionSummary[] {
  const first = (one: EditionSummary) => (one.id === mine ? 0 : 1);
  return [...editions].sort(
    (a, b) => first(a) - first(b) || b.issued.localeCompare(a.issued) || a.id.localeCompare(b.id),
  );
}

/** Undefined until both answers are there. */
export function useEditions(): Editions | undefined {
  const editions = useCall("standard.editions", {}).data;
  const head = useCall("book.head", {});
  if (!editions || head.waiting) return undefined;
  const mine = head.data?.edition;
  return { all: inOrder(editions, mine), mine };
}

/** The short name of an edition: 高职 2024-09. */
export function shortName(edition: EditionSummary): string {
  return t("standards.edition-short", { level: edition.level, issued: edition.issued });
}
