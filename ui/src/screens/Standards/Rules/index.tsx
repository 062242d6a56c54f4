/** The rules of a table. */
import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useDeferredValue, useState } from "react";

import { Empty, Shown } from "../../../parts";
import { useInSight } from "../../../parts/useInSight";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";
import { PrintRules } from "./PrintRules";
import { RuleCard } from "./RuleCard";
import "./Rules.css";

/** Up to this number of rules there is no search field. */
const FEW = 6;

export function Rules({
  edition,
  table,
  chosen,
}: {
  edition: string | undefined;
  table: string;
  chosen: string | undefined;
}) {
  const [find, setFind] = useState("");
  const answer = useCall("standard.rules", {
    edition: edition ?? null,
    table,
    find: useDeferredValue(find.trim()),
    offset: 0,
    limit: null,
  });
  const [many, setMany] = useState(false);
  const list = useInSight(answer.data && chosen);
  if (!many && answer.data && answer.data.total > FEW) setMany(true);
  return (
    <div className="rules scroll" ref={list} tabIndex={0} role="region" aria-label={t("standards.rules")}>
      <div className="rules-head">
        <p className="rules-honest">{t("rules.honest")}</p>
        <PrintRules edition={edition} table={table} />
      </div>
      {many && (
        <Input
          allowClear
          className="rules-find"
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("rules.find")}
          aria-label={t("rules.find")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
      )}
      <Shown answer={answer}>
        {({ rules }) =>
          rules.length === 0 ? (
            <Empty title={find.trim() ? t("part.no-match") : t("rules.none")}>
              {!find.trim() && t("rules.none-help")}
            </Empty>
          ) : (
            rules.map((rule) => <RuleCard key={rule.id} rule={rule} on={rule.id === chosen} />)
          )
        }
      </Shown>
    </div>
  );
}
