/** Which edition is looked at. */
import { Select } from "antd";

import { go } from "../../state/route";
import { t } from "../../text";
import { shortName, useEditions } from "./editions";
import type { ViewProps } from "./views";

export function EditionTools({ place }: ViewProps) {
  const editions = useEditions();
  if (!editions) return null;
  const chosen = place.edition ?? editions.mine ?? editions.all[0]?.id;
  return (
    <Select
      aria-label={t("standards.edition-choice")}
      data-testid="edition-choice"
      style={{ width: 210 }}
      value={chosen}
      onChange={(id) => go({ screen: "standards", what: place.what, column: place.column, edition: id === editions.mine ? undefined : id })}
      options={editions.all.map((edition) => ({
        value: edition.id,
        label: edition.id === editions.mine ? t("standards.edition-mine", { name: shortName(edition) }) : shortName(edition),
      }))}
    />
  );
}
