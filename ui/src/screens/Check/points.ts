/** Points in words. They are rounded down, so that 100.0 means that nothing is wrong. */
import { t } from "../../text";

export function pointWords(score: number | null): string {
  return score === null ? t("check.unmeasured") : (Math.floor(score * 10 + 1e-9) / 10).toFixed(1);
}
