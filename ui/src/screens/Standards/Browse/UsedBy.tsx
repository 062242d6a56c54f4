/** Where a code list is used, table by table, and where it comes from. */
import type { CodeListSummary, ListUse } from "../../../ipc";
import { t } from "../../../text";
import { tableHash } from "./parts";

export function UsedBy({ list, edition }: { list: CodeListSummary; edition: string | undefined }) {
  const tables = new Map<string, ListUse[]>();
  for (const use of list.used_by) tables.set(use.table, [...(tables.get(use.table) ?? []), use]);
  return (
    <>
      <h2>{t("standards.used-by", { n: list.used_by.length })}</h2>
      {list.used_by.length === 0 ? (
        <p className="sub">{t("standards.unused")}</p>
      ) : (
        <ul className="browse-used-by">
          {[...tables].map(([table, uses]) => (
            <li key={table}>
              <span className="sub">{uses[0]?.table_title}</span>
              {uses.map((use) => (
                <a key={use.column} href={tableHash(edition, use.table, use.column)}>
                  {use.title}
                </a>
              ))}
            </li>
          ))}
        </ul>
      )}
      <dl>
        <dt>{t("standards.about")}</dt>
        <dd>{list.source ?? t("standards.own-source")}</dd>
        {!list.complete && (
          <>
            <dt>{t("standards.incomplete")}</dt>
            <dd>{t("standards.incomplete-help")}</dd>
          </>
        )}
        {list.doubt && (
          <>
            <dt>{list.national ? t("standards.note") : t("standards.doubt")}</dt>
            <dd>{list.doubt}</dd>
          </>
        )}
      </dl>
    </>
  );
}
