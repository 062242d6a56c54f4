/** An explanation in words, with who gave it and when. */
import type { FindingView } from "../ipc";
import { t } from "../text";
import { momentWords } from "./dates";

export function explanationWords(finding: Pick<FindingView, "explanation" | "explained_by" | "explained_at">): string {
  const { explanation: text, explained_by: who, explained_at: at } = finding;
  if (text === null) return "";
  if (at === null) return t("fill.explained", { text });
  return t("fill.explained-by", { text, who: who || t("bar.person-unset"), at: momentWords(at) });
}
