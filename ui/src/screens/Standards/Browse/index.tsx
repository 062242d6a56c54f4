/** Looking at one edition: its tables with their fields, and its code lists with where they are used. */
import { Segmented } from "antd";

import { go } from "../../../state/route";
import { t } from "../../../text";
import type { ViewProps } from "../views";
import { CodeLists } from "./CodeLists";
import { CODES, partOf } from "./parts";
import { Tables } from "./Tables";

export function Browse({ place }: ViewProps) {
  const part = partOf(place);
  return (
    <>
      <Segmented
        value={part}
        onChange={(next) => go({ screen: "standards", what: next === "codes" ? CODES : undefined, edition: place.edition })}
        options={[
          { value: "tables", label: t("standards.tables") },
          { value: "codes", label: t("standards.codes") },
        ]}
      />
      {part === "codes" ? <CodeLists chosen={place.column} edition={place.edition} /> : <Tables table={place.what} column={place.column} edition={place.edition} />}
    </>
  );
}
