/** At the right of the head: the edition whose rules are shown. */
import { Select } from "antd";

import { go } from "../../../state/route";
import { t } from "../../../text";
import { shortName, useEditions } from "../editions";
import type { ViewProps } from "../view";

export function QualityTools({ place }: ViewProps) {
  const editions = useEditions();
  if (!editions) return null;
  return (
    <Select
      aria-label={t("standards.edition-choice")}
      style={{ width: 210 }}
      value={place.edition ?? editions.mine ?? editions.all[0]?.id}
      onChange={(id) => go({ screen: "standards", what: "quality", edition: id === editions.mine ? undefined : id })}
      options={editions.all.map((edition) => ({
        value: edition.id,
        disabled: edition.problem !== null,
        label:
          edition.id === editions.mine ? t("standards.edition-mine", { name: shortName(edition) }) : shortName(edition),
      }))}
    />
  );
}
