/** Invented records on which a rule finds nothing, or something. */
import type { RuleCase, RuleKind } from "../../../ipc";
import { t } from "../../../text";
import { blocks, readable } from "./words";

export function RuleCases({ kind, cases, home }: { kind: RuleKind; cases: RuleCase[]; home: string }) {
  return (
    <>
      {blocks(kind, cases).map((block, i) => (
        <div className="rules-block" key={i}>
          {(block.today ?? block.period) && (
            <p className="sub small">
              {block.today && t("rules.today", { day: readable(block.today) })}{" "}
              {block.period && t("rules.period", { period: block.period })}
            </p>
          )}
          {block.tables.map((table) => (
            <div className="rules-rows" key={table.table}>
              <table>
                {(table.table !== home || block.tables.length > 1) && <caption>{table.title}</caption>}
                <thead>
                  <tr>
                    {table.columns.map(({ column, title }) => (
                      <th key={column} scope="col" title={column}>
                        {title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.rows.map((cells, i) => (
                    <tr key={i}>
                      {cells.map((value, at) => (
                        <td key={table.columns[at]?.column}>
                          {value ?? <span className="sub">{t("rules.empty")}</span>}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ))}
        </div>
      ))}
    </>
  );
}
