/** The fields of a table, and everything the standard says about the chosen one. */
import type { KeyboardEvent } from "react";

import type { FieldSpec, TableSpec } from "../../../ipc";
import { Empty } from "../../../parts";
import { Own } from "../../../parts/Own";
import { useInSight } from "../../../parts/useInSight";
import { go } from "../../../state/route";
import { tDynamic, t } from "../../../text";
import { FieldSide } from "./FieldSide";
import { listHash } from "./parts";

export function Fields({
  spec,
  column,
  edition,
}: {
  spec: TableSpec;
  column: string | undefined;
  edition: string | undefined;
}) {
  const chosen = spec.fields.find((field) => field.column === column) ?? spec.fields.find((field) => !field.system);
  const at = chosen ? spec.fields.indexOf(chosen) : -1;
  const body = useInSight(chosen?.column);

  function choose(field: FieldSpec | undefined) {
    if (field) go({ screen: "standards", what: spec.table, column: field.column, edition });
  }
  function step(event: KeyboardEvent) {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: spec.fields.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(spec.fields[to]);
  }

  return (
    <div className="browse-fields">
      <div
        className="scroll"
        ref={body}
        tabIndex={0}
        role="region"
        aria-label={t("standards.fields-of", { title: spec.title })}
        onKeyDown={step}
      >
        <table className="facts">
          <thead>
            <tr>
              <th className="num" style={{ width: 36 }}>
                #
              </th>
              <th>{t("standards.field")}</th>
              <th className="browse-column" style={{ width: 128 }}>
                {t("standards.column")}
              </th>
              <th style={{ width: 84 }}>{t("standards.kind")}</th>
              <th style={{ width: 58 }}>{t("standards.size")}</th>
              <th style={{ width: "26%" }}>{t("standards.list")}</th>
            </tr>
          </thead>
          <tbody>
            {spec.fields.map((field, i) => (
              <tr
                key={field.column}
                className={`is-clickable${field === chosen ? " is-on" : ""}`}
                aria-current={field === chosen ? "true" : undefined}
                onClick={() => choose(field)}
              >
                <td className="num sub">{i + 1}</td>
                <td className="cut" title={field.title}>
                  <span className="browse-star bad">{field.required ? "*" : ""}</span>
                  {field.title}
                  {field.own && <Own />}
                  {field.system && <span className="sub small">　{t("standards.system")}</span>}
                </td>
                <td className="sub cut browse-column" title={field.column}>
                  {field.column}
                </td>
                <td>{tDynamic(`kind.${field.kind}`, {}, field.kind)}</td>
                <td className="sub">{size(field)}</td>
                <td className="cut">
                  {field.code_list && (
                    <a
                      href={listHash(edition, field.code_list)}
                      title={field.code_list_title ?? field.code_list}
                      onClick={(event) => event.stopPropagation()}
                    >
                      {field.code_list_title ?? field.code_list}
                    </a>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <aside className="browse-side scroll" tabIndex={0} aria-label={t("standards.field")}>
        {chosen ? <FieldSide field={chosen} spec={spec} edition={edition} /> : <Empty title={t("part.no-match")} />}
      </aside>
    </div>
  );
}

export function size(field: FieldSpec): string {
  if (field.precision !== null) return `${field.precision},${field.scale ?? 0}`;
  return field.max_length?.toString() ?? "";
}
