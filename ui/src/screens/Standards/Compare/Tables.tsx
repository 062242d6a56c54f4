/** Tables that are different, each down to its fields. */
import type { ChangeKind, Comparison, SuccessionView, TableDifference } from "../../../ipc";
import { tDynamic, t } from "../../../text";
import { tableHash } from "../Browse/parts";
import { Aspects } from "./Aspects";
import { Diff } from "./Diff";
import { tally } from "./filter";
import { Tag } from "./Tag";

interface Props {
  comparison: Comparison;
  tables: TableDifference[];
  open: ReadonlySet<string>;
  toggle(name: string): void;
}

export function Tables({ comparison, tables, open, toggle }: Props) {
  return (
    <>
      {tables.map((table) => (
        <Diff
          key={table.table}
          change={table.change}
          title={table.title}
          name={table.table}
          summary={summary(table)}
          address={tableHash(table.change === "removed" ? comparison.from : comparison.to, table.table)}
          open={open.has(table.table)}
          toggle={() => toggle(table.table)}
        >
          <Body table={table} comparison={comparison} />
        </Diff>
      ))}
    </>
  );
}

/** 教学管理 · 数据项：新增 1，修改 12. */
function summary(table: TableDifference): string {
  const numbers = tally(table.fields);
  const fields = ["added", "removed", "changed"]
    .filter((change) => numbers[change])
    .map((change) => `${tDynamic(`change.${change}`)} ${numbers[change]}`);
  const aspects = table.aspects.map(({ what }) => tDynamic(`compare.what-${what}`, {}, what));
  const taken = table.successions
    .filter(({ kind }) => kind !== "split-off" && table.change !== "changed")
    .map((one) => successionWords(one, table.change));
  const parts = [
    table.subset,
    fields.length > 0 && t("compare.fields-short", { what: fields.join("，") }),
    aspects.length > 0 && aspects.join("、"),
    ...taken,
  ];
  return parts.filter(Boolean).join(" · ");
}

function successionWords({ kind, title }: SuccessionView, change: ChangeKind): string {
  return tDynamic(`compare.${change === "removed" ? "became" : change === "added" ? "took" : "beside"}-${kind}`, {
    title: title ?? "",
  });
}

function Body({ table, comparison }: { table: TableDifference; comparison: Comparison }) {
  // The other table is of the other edition; a table named beside one that stays is in the new edition.
  const other = table.change === "added" ? comparison.from : comparison.to;
  return (
    <>
      {table.successions.map((one, i) => (
        <p key={i}>
          {one.table ? (
            <a href={tableHash(other, one.table)}>{successionWords(one, table.change)}</a>
          ) : (
            successionWords(one, table.change)
          )}
          <span className="sub">{one.note}</span>
          {one.judgement && <span className="pill">{t("compare.judgement")}</span>}
        </p>
      ))}
      {table.successions.length === 0 && table.aspects.length + table.fields.length === 0 && (
        <p className="sub">{tDynamic(`compare.whole-table-${table.change}`)}</p>
      )}
      {table.aspects.length > 0 && (
        <div className="compare-diff-aspects">
          <Aspects aspects={table.aspects} />
        </div>
      )}
      {table.fields.length > 0 && (
        <table className="facts">
          <thead>
            <tr>
              <th style={{ width: 78 }}>{t("compare.change")}</th>
              <th style={{ width: 230 }}>{t("standards.field")}</th>
              <th style={{ width: 150 }}>{t("standards.column")}</th>
              <th>{t("compare.before-after")}</th>
            </tr>
          </thead>
          <tbody>
            {table.fields.map((field) => (
              <tr key={field.column}>
                <td>
                  <Tag change={field.change} />
                </td>
                <td>
                  <a
                    href={tableHash(
                      field.change === "removed" ? comparison.from : comparison.to,
                      table.table,
                      field.column,
                    )}
                  >
                    {field.title}
                  </a>
                </td>
                <td className="sub">{field.column}</td>
                <td>
                  <Aspects aspects={field.aspects} />
                  {field.note && <span className="sub">{field.note}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
