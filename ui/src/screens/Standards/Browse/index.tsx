/** Looking at one edition: its tables with their fields and rules, and its code lists with where they are used. */
import { Segmented } from "antd";

import { go } from "../../../state/route";
import { t } from "../../../text";
import type { ViewProps } from "../view";
import { ListTree } from "./ListTree";
import { ListView } from "./ListView";
import { CODES, partOf } from "./parts";
import { TableTree } from "./TableTree";
import { TableView } from "./TableView";
import "../../../parts/tree.css";
import "./Browse.css";

export function Browse({ place }: ViewProps) {
  const part = partOf(place);
  const parts = (
    <div className="browse-parts">
      <Segmented
        block
        size="small"
        aria-label={t("standards.parts")}
        value={part}
        onChange={(next) =>
          go({ screen: "standards", what: next === "codes" ? CODES : undefined, edition: place.edition })
        }
        options={[
          { value: "tables", label: t("standards.tables") },
          { value: "codes", label: t("standards.codes") },
        ]}
      />
    </div>
  );
  return (
    <div className="browse">
      {part === "codes" ? (
        <>
          <ListTree place={place}>{parts}</ListTree>
          <ListView place={place} />
        </>
      ) : (
        <>
          <TableTree place={place}>{parts}</TableTree>
          <TableView place={place} />
        </>
      )}
    </div>
  );
}
