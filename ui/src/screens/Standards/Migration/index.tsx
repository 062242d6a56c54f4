/** Moving the open book to another edition: what would become of every cell, the move, and taking it back. */
import { useState } from "react";

import { Empty, Shown } from "../../../parts";
import { useCall } from "../../../state/calls";
import { t } from "../../../text";
import type { ViewProps } from "../view";
import { Aside } from "./Aside";
import { Moved } from "./Moved";
import { Offer } from "./Offer";
import "./Migration.css";

export default function Migration(_: ViewProps) {
  const state = useCall("migration.state", {});
  const offers = useCall("migration.offers", {});
  const [looking, setLooking] = useState(false);
  return (
    <Shown answer={state}>
      {({ moved, aside }) => {
        if (looking && aside.cells > 0) return <Aside back={() => setLooking(false)} />;
        const offer = offers.data?.[0];
        return (
          <div className="migration">
            {moved && <Moved moved={moved} aside={aside} look={() => setLooking(true)} />}
            {offer && <Offer key={offer.to} offer={offer} />}
            {!moved && !offer && offers.data && <Empty title={t("migration.none")}>{t("migration.none-help")}</Empty>}
          </div>
        );
      }}
    </Shown>
  );
}
