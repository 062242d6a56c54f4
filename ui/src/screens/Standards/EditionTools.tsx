/** At the right of the head: finding anything, and which edition is looked at. */
import { Select } from "antd";

import { go } from "../../state/route";
import { t } from "../../text";
import { CODES } from "./Browse/parts";
import { shortName, useEditions } from "./editions";
import { Search } from "./Search";
import type { ViewProps } from "./view";

export function EditionTools({ place }: ViewProps) {
  const editions = useEditions();
  if (!editions) return null;
  const chosen = place.edition ?? editions.mine ?? editions.all[0]?.id;
  return (
    <>
      <Search key={chosen} edition={place.edition} />
      <Select
        aria-label={t("standards.edition-choice")}
        data-testid="edition-choice"
        style={{ width: 210 }}
        value={chosen}
        // Another edition may not have the table or the list that is looked at.
        onChange={(id) =>
          go({
            screen: "standards",
            what: place.what === CODES ? CODES : undefined,
            edition: id === editions.mine ? undefined : id,
          })
        }
        options={editions.all.map((edition) => ({
          value: edition.id,
          disabled: edition.problem !== null,
          label:
            edition.id === editions.mine
              ? t("standards.edition-mine", { name: shortName(edition) })
              : shortName(edition),
        }))}
      />
    </>
  );
}
