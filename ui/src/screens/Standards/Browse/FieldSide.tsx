/** Everything the standard says about one field. */
import type { FieldSpec, TableSpec } from "../../../ipc";
import { tDynamic, t } from "../../../text";
import { fieldFacts, formatWords } from "../../../parts/fieldFacts";
import { listHash, tableHash } from "./parts";

export function FieldSide({
  field,
  spec,
  edition,
}: {
  field: FieldSpec;
  spec: TableSpec;
  edition: string | undefined;
}) {
  const lines: [string, string | null | undefined][] = [
    [t("standards.asks"), fieldFacts(field).join("　")],
    [t("standards.column"), field.column],
    [t("standards.item"), field.item_id],
    [t("standards.printed"), tDynamic(`standards.printed-${field.type}`, {}, field.type)],
    [t("standards.format"), formatWords(field.format)],
    [t("standards.key"), spec.natural_key.includes(field.column) ? t("standards.key-yes") : null],
    [
      t("standards.sensitivity"),
      field.sensitivity === "none" ? null : tDynamic(`standards.sensitivity-${field.sensitivity}`),
    ],
  ];
  return (
    <>
      <h2>{field.title}</h2>
      {field.own && <p className="hint">{t("standards.own-help")}</p>}
      {field.description && <p>{field.description}</p>}
      <dl>
        {lines.map(
          ([title, text]) =>
            text && (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
        {field.doubts.length > 0 && (
          <div>
            <dt>{t("standards.doubt")}</dt>
            {field.doubts.map((doubt) => (
              <dd key={doubt.kind + doubt.text}>
                <b>{tDynamic(`standards.doubt-${doubt.kind}`)}</b>：{doubt.text}{" "}
                <span className="hint">{tDynamic(`standards.doubt-${doubt.kind}-means`)}</span>
              </dd>
            ))}
          </div>
        )}
        {field.references.length > 0 && (
          <div>
            <dt>{t("standards.references")}</dt>
            {field.references.map((place) => {
              const [table = "", column = ""] = place.split(".");
              return (
                <dd key={place}>
                  <a href={tableHash(edition, table, column)}>{place}</a>
                </dd>
              );
            })}
          </div>
        )}
      </dl>
      {field.code_list && (
        <a href={listHash(edition, field.code_list)}>
          {t("standards.see-list", { title: field.code_list_title ?? field.code_list })}
        </a>
      )}
    </>
  );
}
