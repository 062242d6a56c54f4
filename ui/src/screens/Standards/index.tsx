/** The standard itself: tables with their fields, and code lists with where they are used. */
import { Segmented } from "antd";

import { useCall } from "../../state/calls";
import { go, type Place } from "../../state/route";
import { t } from "../../text";
import { CodeLists } from "./CodeLists";
import { Tables } from "./Tables";
import "./Standards.css";

/** `#/standards/codes/…` shows code lists; any other word is a table. */
const CODES = "codes";

export default function Standards({ place }: { place: Place }) {
  const editions = useCall("standard.editions", {}).data;
  const head = useCall("book.head", {}).data;
  const edition = editions?.find((one) => one.id === head?.edition);
  const part = place.what === CODES ? "codes" : "tables";
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav.standards")}</h1>
        <Segmented
          value={part}
          onChange={(next) => go({ screen: "standards", what: next === "codes" ? CODES : undefined })}
          options={[
            { value: "tables", label: t("standards.tables") },
            { value: "codes", label: t("standards.codes") },
          ]}
        />
        <p className="grow cut">
          {edition &&
            t("standards.edition", {
              title: edition.title,
              issued: edition.issued,
              tables: edition.tables,
              fields: edition.fields,
              lists: edition.code_lists,
              codes: edition.codes,
            })}
        </p>
      </header>
      {part === "codes" ? <CodeLists chosen={place.column} /> : <Tables table={place.what} column={place.column} />}
    </div>
  );
}
