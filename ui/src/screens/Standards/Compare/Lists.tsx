/** Code lists that are different, each down to its codes. */
import type { CodeDifference, Comparison, ListDifference } from "../../../ipc";
import { tDynamic, t } from "../../../text";
import { listHash } from "../Browse/parts";
import { Aspects } from "./Aspects";
import { Diff } from "./Diff";
import { tally } from "./filter";
import { Tag } from "./Tag";

interface Props {
  comparison: Comparison;
  lists: ListDifference[];
  open: ReadonlySet<string>;
  toggle(id: string): void;
}

export function Lists({ comparison, lists, open, toggle }: Props) {
  return (
    <>
      {lists.map((list) => (
        <Diff
          key={list.id}
          change={list.change}
          title={list.title}
          name={list.id}
          summary={summary(list)}
          address={listHash(list.change === "removed" ? comparison.from : comparison.to, list.id)}
          open={open.has(list.id)}
          toggle={() => toggle(list.id)}
        >
          {list.note && <p>{list.note}</p>}
          {list.aspects.length > 0 && (
            <div className="compare-diff-aspects">
              <Aspects aspects={list.aspects} />
            </div>
          )}
          <Codes codes={list.codes} />
        </Diff>
      ))}
    </>
  );
}

function summary(list: ListDifference): string {
  if (list.change !== "changed") return t("grid.codes", { n: Math.max(list.before, list.after) });
  const numbers = tally(list.codes);
  const codes = ["added", "removed", "renamed", "moved"]
    .filter((change) => numbers[change])
    .map((change) => `${tDynamic(`change.${change}`)} ${numbers[change]}`);
  const aspects = list.aspects.map(({ what }) => tDynamic(`compare.what-${what}`, {}, what));
  return [codes.length > 0 && t("compare.codes-short", { what: codes.join("，") }), ...aspects]
    .filter(Boolean)
    .join(" · ");
}

function Codes({ codes }: { codes: CodeDifference[] }) {
  if (codes.length === 0) return null;
  return (
    <table className="facts">
      <thead>
        <tr>
          <th style={{ width: 78 }}>{t("compare.change")}</th>
          <th style={{ width: 120 }}>{t("standards.code")}</th>
          <th>{t("compare.before-after")}</th>
        </tr>
      </thead>
      <tbody>
        {codes.map((code) => (
          <tr key={`${code.code} ${code.change}`}>
            <td>
              <Tag change={code.change} />
            </td>
            <td className="sub browse-code">{code.code}</td>
            <td>
              {code.change === "renamed" || code.change === "moved" ? (
                <span className="compare-aspect">
                  {code.change === "moved" && <span className="sub">{t("standards.above")}</span>}
                  <span className="compare-aspect-before">{code.before ?? t("compare.none")}</span>
                  <span className="compare-aspect-arrow" role="img" aria-label={t("compare.becomes")}>
                    →
                  </span>
                  <b>{code.after ?? t("compare.none")}</b>
                </span>
              ) : (
                (code.after ?? code.before)
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
