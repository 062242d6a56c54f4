/** What the standard demands of a column, in a few lines. */
import type { FieldSpec } from "../../ipc";
import { fieldFacts } from "../../parts/fieldFacts";
import { t } from "../../text";

export function FieldHelp({ field }: { field: FieldSpec }) {
  return (
    <div className="side-help">
      <b>{field.title}</b> <span className="part-code">{field.column}</span>
      {field.own && <p className="hint">{t("standards.own-help")}</p>}
      {field.description && <p>{field.description}</p>}
      <p className="sub">{fieldFacts(field).join("　")}</p>
    </div>
  );
}
