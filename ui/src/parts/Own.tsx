/** The mark of what the college added itself. */
import { t } from "../text";

export function Own() {
  return (
    <span className="pill part-own" title={t("standards.own-help")}>
      {t("standards.own")}
    </span>
  );
}
