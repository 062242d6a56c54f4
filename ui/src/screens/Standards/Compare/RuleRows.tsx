/** Rules that are different. */
import { Button } from "antd";
import { useState } from "react";

import type { Comparison, RuleDifference } from "../../../ipc";
import { Level } from "../../../parts";
import { t } from "../../../text";
import { tableHash } from "../Browse/parts";
import { plain } from "../Rules/words";
import { Tag } from "./Tag";

const PAGE = 100;

export function RuleRows({ comparison, rules }: { comparison: Comparison; rules: RuleDifference[] }) {
  const [limit, setLimit] = useState(PAGE);
  return (
    <>
      <p className="compare-note sub">{t("compare.rules-help")}</p>
      <table className="facts">
        <thead>
          <tr>
            <th style={{ width: 78 }}>{t("compare.change")}</th>
            <th style={{ width: 76 }}>{t("compare.level")}</th>
            <th style={{ width: 200 }}>{t("standards.tables")}</th>
            <th>{t("standards.rules")}</th>
          </tr>
        </thead>
        <tbody>
          {rules.slice(0, limit).map((rule) => (
            <tr key={rule.id}>
              <td>
                <Tag change={rule.change} />
              </td>
              <td>
                <Level level={rule.level} />
              </td>
              <td className="sub">{rule.title}</td>
              <td>
                <a
                  href={tableHash(
                    rule.change === "removed" ? comparison.from : comparison.to,
                    rule.table,
                    rule.id,
                    "rules",
                  )}
                >
                  {plain(rule.message)}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rules.length > limit && (
        <Button type="link" onClick={() => setLimit(limit + PAGE)}>
          {t("part.more", { n: Math.min(PAGE, rules.length - limit) })}
        </Button>
      )}
    </>
  );
}
