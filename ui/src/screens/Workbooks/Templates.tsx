/** Writing templates for some tables or for a whole department. */
import { Button, Checkbox, Radio, Select } from "antd";
import { useState } from "react";

import { type BookHead, call, chooseSave, handOver, type WrittenTemplate } from "../../ipc";
import { WorkBar } from "../../parts";
import { baseName, WORKBOOK } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { useJob } from "../../state/jobs";
import { count, t } from "../../text";
import { TablePick } from "../../parts/TablePick";

type Scope = "department" | "tables" | "all";

/** The sheets that a department's template has. */
function Sheets({ tables }: { tables: string[] }) {
  const tree = useCall("standard.tree", { edition: null }).data;
  const mine = new Set(tables);
  const shown = tree?.subsets.flatMap((subset) => subset.tables).filter((table) => mine.has(table.table)) ?? [];
  return (
    <div className="table-pick-grid workbooks-sheets">
      {shown.map((table) => (
        <a key={table.table} className="cut" href={`#/fill/${table.table}`} title={table.table}>
          {table.title}
        </a>
      ))}
    </div>
  );
}

export function Templates({ head }: { head: BookHead }) {
  const say = useSay();
  const job = useJob();
  const departments = useCall("settings.get", {}).data?.departments ?? [];
  const [scope, setScope] = useState<Scope>(head.department ? "department" : "tables");
  const [department, setDepartment] = useState(head.department);
  const [tables, setTables] = useState<string[]>([]);
  const [withRows, setWithRows] = useState(false);
  const [written, setWritten] = useState<WrittenTemplate>();
  const able = scope === "all" || (scope === "department" ? department !== "" : tables.length > 0);

  async function write() {
    const name = scope === "department" ? department : t("workbooks.template-name");
    const path = await chooseSave(`${head.college.name}-${name}.xlsx`, [WORKBOOK]);
    if (!path) return;
    try {
      const answer = await job.run((number) =>
        call("workbook.template", {
          tables: scope === "tables" ? tables : [],
          department: scope === "department" ? department : null,
          all: scope === "all",
          with_rows: withRows,
          path,
          job: number,
        }),
      );
      handOver(path);
      setWritten(answer);
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="workbooks-two-planes">
      <section className="card workbooks-plane">
        <h2>{t("workbooks.which")}</h2>
        <Radio.Group
          value={scope}
          onChange={(event) => setScope(event.target.value as Scope)}
          options={[
            { value: "department", label: t("workbooks.by-department"), disabled: departments.length === 0 },
            { value: "tables", label: t("workbooks.by-tables") },
            { value: "all", label: t("workbooks.by-all") },
          ]}
        />
        <div className="workbooks-plane-body">
          {scope === "department" && (
            <Select
              style={{ width: 280 }}
              value={department || undefined}
              placeholder={t("workbooks.department")}
              aria-label={t("workbooks.department")}
              onChange={setDepartment}
              options={departments.map((one) => ({
                value: one.name,
                label: `${one.name}　${t("fill.tables", { n: one.tables.length })}`,
              }))}
            />
          )}
          {scope === "tables" && <TablePick chosen={tables} setChosen={setTables} />}
          {scope === "department" && (
            <Sheets tables={departments.find((one) => one.name === department)?.tables ?? []} />
          )}
          {scope === "all" && <p className="sub">{t("workbooks.all-help")}</p>}
        </div>
      </section>
      <section className="card workbooks-plane is-narrow">
        <h2>{t("workbooks.how")}</h2>
        <Checkbox checked={withRows} onChange={(event) => setWithRows(event.target.checked)}>
          {t("workbooks.with-rows")}
        </Checkbox>
        <p className="sub small">{t("workbooks.with-rows-help")}</p>
        <ul className="workbooks-notes">
          <li>{t("workbooks.note-drop")}</li>
          <li>{t("workbooks.note-red")}</li>
          <li>{t("workbooks.note-back")}</li>
        </ul>
        {job.running ? (
          <WorkBar job={job} />
        ) : (
          <Button type="primary" size="large" disabled={!able} onClick={() => void write()}>
            {t("workbooks.write")}
          </Button>
        )}
        {written && (
          <div className="workbooks-outcome">
            <b className="ok">{t("workbooks.written", { file: baseName(written.file) })}</b>
            <p className="sub small">
              {t("workbooks.written-sheets", {
                sheets: written.sheets.length,
                rows: count(written.sheets.reduce((sum, sheet) => sum + sheet.rows, 0)),
              })}
            </p>
          </div>
        )}
      </section>
    </div>
  );
}
