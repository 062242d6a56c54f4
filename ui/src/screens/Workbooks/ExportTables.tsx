/** Writing records to a file: for others to read, or with red cells and reasons to send back for mending. */
import { Button, Radio, Select } from "antd";
import { useState } from "react";

import { call, chooseSave, type Exported, handOver } from "../../ipc";
import { WorkBar } from "../../parts";
import { baseName, EXPORTS } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useJob } from "../../state/jobs";
import { t } from "../../text";
import { TablePick } from "../../parts/TablePick";

export function ExportTables() {
  const say = useSay();
  const job = useJob();
  const [tables, setTables] = useState<string[]>([]);
  const [what, setWhat] = useState<"rows" | "findings">("rows");
  const [values, setValues] = useState<"codes" | "names">("codes");
  const [form, setForm] = useState("xlsx");
  const [done, setDone] = useState<Exported>();
  const ending = what === "findings" ? "xlsx" : form;

  async function write() {
    const kind = EXPORTS.find((one) => one.extensions.includes(ending));
    const path = await chooseSave(
      `${t(what === "findings" ? "workbooks.findings-name" : "workbooks.export-name")}.${ending}`,
      kind ? [kind] : [],
    );
    if (!path) return;
    try {
      const answer = await job.run((number) =>
        call("workbook.export", {
          tables,
          path,
          findings: what === "findings",
          names: values === "names",
          job: number,
        }),
      );
      handOver(path);
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
          value={values}
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
          <div className="workbooks-outcome">
            <b className="ok">{t("workbooks.written", { file: baseName(done.file) })}</b>
            <p className="sub small">{t("part.rows", { n: done.rows })}</p>
          </div>
        )}
      </section>
    </div>
  );
}
