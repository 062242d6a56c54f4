/** Says that rules run again after an edit, so that what they found before may be outdated for a moment. */
import { SyncOutlined } from "@ant-design/icons";
import { Tooltip } from "antd";

import { useCall } from "../state/calls";
import { t } from "../text";

/** Why a rule is checked that the program itself has for every table. */
function ownReason(rule: string): string {
  return t(rule === "reference" ? "check.reference-reason" : "check.cut-off-reason");
}

/** A short note with the rules in its tip; nothing while no rule of the table (absent: of any table) waits. */
export function Waiting({ table, n }: { table?: string; n?: number }) {
  const rules =
    useCall("check.waiting", n === 0 ? null : {}).data?.filter((one) => !table || one.table === table) ?? [];
  if (n === 0 || rules.length === 0) return null;
  const lines = rules.map((one) => `${one.table_title}：${one.reason ?? ownReason(one.rule)}`);
  const tip = [t("check.waiting-help"), ...lines].map((line) => <div key={line}>{line}</div>);
  return (
    <Tooltip title={tip}>
      <output className="warn" data-testid="waiting-rules">
        <SyncOutlined aria-hidden /> {t("check.waiting", { n: rules.length })}
      </output>
    </Tooltip>
  );
}
