/** The code lists that the fields of a table use, each with its first codes. */
import type { FieldSpec, TableSpec } from "../../../ipc";
import { Empty, Shown } from "../../../parts";
import { useCall } from "../../../state/calls";
import { count, t } from "../../../text";
import { listHash, tableHash } from "./parts";

/** Number of codes that are shown of a list before a click shows all. */
const FIRST = 12;

/** Lists with the fields that use them, in the order of the fields. */
export function usedLists(spec: TableSpec): { list: string; title: string; codes: number; fields: FieldSpec[] }[] {
  const found = new Map<string, { list: string; title: string; codes: number; fields: FieldSpec[] }>();
  for (const field of spec.fields) {
    if (!field.code_list) continue;
    const one = found.get(field.code_list);
    if (one) one.fields.push(field);
    else
      found.set(field.code_list, {
        list: field.code_list,
        title: field.code_list_title ?? field.code_list,
        codes: field.code_count ?? 0,
        fields: [field],
      });
  }
  return [...found.values()];
}

export function UsedLists({ spec, edition }: { spec: TableSpec; edition: string | undefined }) {
  const lists = usedLists(spec);
  if (lists.length === 0) return <Empty title={t("standards.no-lists")} />;
  return (
    <div className="browse-used-lists scroll" tabIndex={0} role="region" aria-label={t("standards.codes")}>
      {lists.map(({ list, title, codes, fields }) => (
        <article key={list}>
          <h2>
            <a href={listHash(edition, list)}>{title}</a>
            <span className="sub small">
              {list} · {t("grid.codes", { n: count(codes) })}
            </span>
          </h2>
          <p className="sub small">
            {t("standards.used-in")}
            {fields.map((field, i) => (
              <span key={field.column}>
                {i > 0 && "、"}
                <a href={tableHash(edition, spec.table, field.column)}>{field.title}</a>
              </span>
            ))}
          </p>
          <FirstCodes list={list} edition={edition} />
        </article>
      ))}
    </div>
  );
}

function FirstCodes({ list, edition }: { list: string; edition: string | undefined }) {
  const answer = useCall("standard.codes", {
    edition: edition ?? null,
    list,
    find: "",
    level: null,
    parent: "",
    offset: 0,
    limit: FIRST,
  });
  return (
    <Shown answer={answer}>
      {({ codes, total }) => (
        <p className="browse-first-codes">
          {codes.map((code) => (
            <span key={code.code}>
              <b>{code.code}</b>
              {code.name}
            </span>
          ))}
          {total > codes.length && (
            <a href={listHash(edition, list)}>{t("standards.more-codes", { n: total - codes.length })}</a>
          )}
        </p>
      )}
    </Shown>
  );
}
