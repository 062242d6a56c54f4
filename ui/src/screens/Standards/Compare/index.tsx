/** What is different between two editions: numbers first, then tables down to fields, and lists down to codes. */
import { Empty, Shown as WhenThere } from "../../../parts";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";
import { useEditions } from "../editions";
import type { ViewProps } from "../view";
import { Differences } from "./Differences";
import { pairOf, SHOWN } from "./filter";
import "./Compare.css";

export default function Compare({ place }: ViewProps) {
  const editions = useEditions();
  const pair = editions && pairOf(place, editions.all, editions.mine);
  const answer = useCall("standard.compare", pair && pair.from !== pair.to ? pair : null);
  if (pair && pair.from === pair.to) return <Empty title={t("compare.same")}>{t("compare.same-help")}</Empty>;
  return (
    <WhenThere answer={answer}>
      {(comparison) => (
        <Differences
          key={`${comparison.from} ${comparison.to}`}
          comparison={comparison}
          shown={SHOWN.find((one) => one === place.part) ?? "tables"}
        />
      )}
    </WhenThere>
  );
}
