/** Writing records to a file: for others to read, or with red cells and reasons, to send back for correction. */
import { Button, Checkbox, Radio, Select } from "antd";
import { useState } from "react";

import { call, chooseSave, type Exported, handOver } from "../../ipc";
import { WorkBar } from "../../parts";
import { dayOf } from "../../parts/dates";
import { EXPORTS, ONE_TABLE } from "../../parts/files";
import { useSay } from "../../parts/say";
import { TablePick } from "../../parts/TablePick";
import { useCall } from "../../state/calls";
import { knownNow } from "../../state/clock";
import { useJob } from "../../state/jobs";
import { t } from "../../text";
import { tablesName } from "./names";
import { Outcome } from "./Outcome";

export function ExportTables() {
  const say = useSay();
  const job = useJob();
  const [tables, setTables] = useState<string[]>([]);
  const [what, setWhat] = useState<"rows" | "findings">("rows");
  const [values, setValues] = useState<"codes" | "names">("codes");
  const [form, setForm] = useState("xlsx");
  const [each, setEach] = useState(false);
  const [done, setDone] = useState<Exported>();
  const tree = useCall("standard.tree", { edition: null }).data;
  const ending = what === "findings" ? "xlsx" : form;
  // Some forms hold only one table; a package is one file for any number of tables.
  const mustPart = tables.length > 1 && ONE_TABLE.includes(ending);
  const mayPart = tables.length > 1 && ending !== "zip";
  const parts = mustPart || (mayPart && each);

  function name(): string {
    const kind = t(what === "findings" ? "workbooks.findings-name" : "workbooks.export-name");
    const day = dayOf(knownNow()).replaceAll("-", "");
    return parts ? `${kind}-${day}.${ending}` : `${tablesName(tree, tables)}-${kind}-${day}.${ending}`;
  }

  async function write() {
    const kind = EXPORTS.find((one) => one.extensions.includes(ending));
    const path = await chooseSave(name(), kind ? [kind] : []);
    if (!path) return;
    try {
      const answer = await job.run((number) =>
        call("workbook.export", {
          tables,
          path,
          findings: what === "findings",
          names: values === "names" && ending !== "zip",
          each: parts,
          form: null,
          job: number,
        }),
      );
      for (const file of answer.files) handOver(file);
      setDone(answer);
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="workbooks-two-planes">
      <section className="card workbooks-plane">
        <h2>{t("workbooks.which")}</h2>
        <div className="workbooks-plane-body">
          <TablePick chosen={tables} setChosen={setTables} />
        </div>
      </section>
      <section className="card workbooks-plane is-narrow">
        <h2>{t("workbooks.what")}</h2>
        <Radio.Group
          vertical
          value={what}
          onChange={(event) => setWhat(event.target.value as "rows" | "findings")}
          options={[
            { value: "rows", label: t("workbooks.rows") },
            { value: "findings", label: t("workbooks.findings") },
          ]}
        />
        {what === "findings" && <p className="sub small">{t("workbooks.findings-help")}</p>}
        <h2 className="workbooks-gap">{t("workbooks.values")}</h2>
        <Radio.Group
          vertical
          value={ending === "zip" ? "codes" : values}
          disabled={ending === "zip" || what === "findings"}
          onChange={(event) => setValues(event.target.value as "codes" | "names")}
          options={[
            { value: "codes", label: t("workbooks.codes") },
            { value: "names", label: t("workbooks.names") },
          ]}
        />
        <h2 className="workbooks-gap">{t("workbooks.form")}</h2>
        <Select
          style={{ width: 240 }}
          value={ending}
          disabled={what === "findings"}
          aria-label={t("workbooks.form")}
          onChange={setForm}
          options={EXPORTS.map((kind) => ({
            value: kind.extensions[0] ?? "",
            label: `${kind.name}　.${kind.extensions[0]}`,
          }))}
        />
        {tables.length > 1 && (
          <Checkbox
            className="workbooks-each"
            checked={parts}
            disabled={mustPart || !mayPart}
            onChange={(event) => setEach(event.target.checked)}
          >
            {t("workbooks.each-table")}
          </Checkbox>
        )}
        {what === "rows" && (ending === "csv" || ending === "zip") && (
          <p className="sub small">{t(ending === "csv" ? "workbooks.csv-help" : "workbooks.package-help")}</p>
        )}
        <div className="workbooks-gap">
          {job.running ? (
            <WorkBar job={job} />
          ) : (
            <Button type="primary" size="large" disabled={tables.length === 0} onClick={() => void write()}>
              {t("workbooks.export-now")}
            </Button>
          )}
        </div>
        {done && (
          <Outcome key={done.files.join()} files={done.files}>
            {t("part.rows", { n: done.rows })}
          </Outcome>
        )}
      </section>
    </div>
  );
}
