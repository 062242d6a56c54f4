/** At the right of the head: which two editions are compared. */
import { SwapOutlined } from "@ant-design/icons";
import { Button, Select, Tooltip } from "antd";

import { go } from "../../../state/route";
import { t } from "../../../text";
import { type Editions, shortName, useEditions } from "../editions";
import type { ViewProps } from "../view";
import { type Pair, pairOf } from "./filter";

export function CompareTools({ place }: ViewProps) {
  const editions = useEditions();
  const pair = editions && pairOf(place, editions.all, editions.mine);
  if (!editions || !pair) return null;
  const show = ({ from, to }: Pair) =>
    go({ screen: "standards", what: "compare", column: from, edition: to, part: place.part });
  return (
    <div className="row">
      <Choice
        label={t("compare.from")}
        editions={editions}
        value={pair.from}
        choose={(from) => show({ ...pair, from })}
      />
      <Tooltip title={t("compare.swap")}>
        <Button
          icon={<SwapOutlined aria-hidden />}
          aria-label={t("compare.swap")}
          onClick={() => show({ from: pair.to, to: pair.from })}
        />
      </Tooltip>
      <Choice label={t("compare.to")} editions={editions} value={pair.to} choose={(to) => show({ ...pair, to })} />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  editions: Editions;
  value: string;
  choose(id: string): void;
}

function Choice({ label, editions, value, choose }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      prefix={<span className="sub small">{label}</span>}
      style={{ width: 250 }}
      value={value}
      onChange={choose}
      options={editions.all.map((edition) => ({
        value: edition.id,
        disabled: edition.problem !== null,
        label:
          edition.id === editions.mine ? t("standards.edition-mine", { name: shortName(edition) }) : shortName(edition),
      }))}
    />
  );
}
