/** The workbook screen: files in with a preview, templates and records out, and what was imported before. */
import { Segmented } from "antd";

import type { BookHead } from "../../ipc";
import { go, type Place } from "../../state/route";
import { t } from "../../text";
import { ExportTables } from "./ExportTables";
import { Import } from "./Import";
import { KnownHeadings } from "./KnownHeadings";
import { Sources } from "./Sources";
import { Templates } from "./Templates";
import "./Proposal.css";
import "./Workbooks.css";

const PARTS = ["import", "sources", "template", "export", "headings"] as const;
type Part = (typeof PARTS)[number];

export default function Workbooks({ place, head }: { place: Place; head: BookHead }) {
  const part = PARTS.find((name) => name === place.what) ?? "import";
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav.workbooks")}</h1>
        <Segmented<Part>
          value={part}
          onChange={(what) => go({ screen: "workbooks", what })}
          options={PARTS.map((name) => ({ value: name, label: t(`workbooks.${name}`) }))}
        />
        <p className="grow cut">{t(`workbooks.${part}-help`)}</p>
      </header>
      <div className="page-body workbooks">
        {part === "import" && <Import />}
        {part === "sources" && <Sources />}
        {part === "template" && <Templates head={head} />}
        {part === "export" && <ExportTables />}
        {part === "headings" && <KnownHeadings />}
      </div>
    </div>
  );
}
