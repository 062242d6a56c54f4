/** What becomes of the columns of a table, with some of the cells before and after. */
import type { MigrationColumn } from "../../../ipc";
import { count, errorWords, t } from "../../../text";
import { Kind } from "./Line";

export function Columns({ columns, kept }: { columns: MigrationColumn[]; kept: number }) {
  return (
    <>
      {columns.length > 0 && (
        <table className="facts">
          <thead>
            <tr>
              <th style={{ width: 84 }}>{t("migration.becomes")}</th>
              <th style={{ width: 220 }}>{t("standards.field")}</th>
              <th style={{ width: 90 }}>{t("migration.cells")}</th>
              <th>{t("migration.what")}</th>
              <th style={{ width: 260 }}>{t("migration.examples")}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column, i) => (
              <tr key={i}>
                <td>
                  <Kind kind={column.kind} />
                </td>
                <td>
                  {column.title} <span className="sub small">{column.column}</span>
                </td>
                <td className="is-number">{column.cells > 0 ? count(column.cells) : <span className="sub">—</span>}</td>
                <td>
                  {column.to && column.to !== column.column && (
                    <span className="migration-to">
                      {t(column.kind === "hand" ? "migration.becomes-column" : "migration.to-column", {
                        title: column.to_title ?? "",
                        column: column.to_table ? `${column.to_table}.${column.to}` : column.to,
                      })}
                    </span>
                  )}
                  {column.what && errorWords(column.what)}
                </td>
                <td>
                  {column.examples.map(({ before, after }) => (
                    <span key={before} className="migration-example">
                      <span>{before || t("rules.empty")}</span>
                      {after !== before && (
                        <>
                          <i role="img" aria-label={t("migration.turns-into")}>
                            →
                          </i>
                          <b>{after || t("migration.put-aside")}</b>
                        </>
                      )}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {kept > 0 && <p className="sub">{t("migration.others-kept", { n: count(kept) })}</p>}
      {columns.length === 0 && kept === 0 && <p className="sub">{t("migration.nothing-to-tell")}</p>}
    </>
  );
}
