/** Writing templates for some tables or for a whole department. */
import { Button, Checkbox, Radio, Select } from "antd";
import { useState } from "react";

import { type BookHead, call, chooseSave, handOver, type WrittenTemplate } from "../../ipc";
import { WorkBar } from "../../parts";
import { dayOf } from "../../parts/dates";
import { WORKBOOK } from "../../parts/files";
import { useSay } from "../../parts/say";
import { TablePick } from "../../parts/TablePick";
import { useCall } from "../../state/calls";
import { knownNow } from "../../state/clock";
import { useJob } from "../../state/jobs";
import { count, t } from "../../text";
import { Outcome } from "./Outcome";
import { tablesName } from "./names";

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
  const [chosen, setChosen] = useState(head.department ? [head.department] : []);
  const [tables, setTables] = useState<string[]>([]);
  const [withRows, setWithRows] = useState(false);
  const [written, setWritten] = useState<WrittenTemplate>();
  const tree = useCall("standard.tree", { edition: null }).data;
  const able = scope === "all" || (scope === "department" ? chosen.length > 0 : tables.length > 0);
  const several = scope === "department" && chosen.length > 1;

  /** What the file is called, without the day; several files have their department before it. */
  function name(): string {
    const what = t("workbooks.template-name");
    if (scope === "tables") return `${tablesName(tree, tables)}-${what}`;
    return scope === "department" && !several
      ? `${head.college.name}-${chosen[0]}-${what}`
      : `${head.college.name}-${what}`;
  }

  async function write() {
    const path = await chooseSave(`${name()}-${dayOf(knownNow()).replaceAll("-", "")}.xlsx`, [WORKBOOK]);
    if (!path) return;
    try {
      const answer = await job.run((number) =>
        call("workbook.template", {
          tables: scope === "tables" ? tables : [],
          department: scope === "department" && !several ? (chosen[0] ?? null) : null,
          departments: several ? chosen : [],
          all: scope === "all",
          with_rows: withRows,
          path,
          job: number,
        }),
      );
      for (const file of answer.files) handOver(file);
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
              mode="multiple"
              style={{ width: "100%", maxWidth: 520 }}
              value={chosen}
              placeholder={t("workbooks.department")}
              aria-label={t("workbooks.department")}
              onChange={setChosen}
              options={departments.map((one) => ({
                value: one.name,
                label: `${one.name}　${t("fill.tables", { n: one.tables.length })}`,
              }))}
            />
          )}
          {scope === "tables" && <TablePick chosen={tables} setChosen={setTables} />}
          {several && <p className="sub small">{t("workbooks.each-department", { n: chosen.length })}</p>}
          {scope === "department" && (
            <Sheets tables={departments.filter((one) => chosen.includes(one.name)).flatMap((one) => one.tables)} />
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
          <li>{t("workbooks.note-guide")}</li>
          <li>{t("workbooks.note-drop")}</li>
          <li>{t("workbooks.note-region")}</li>
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
          <Outcome key={written.files.join()} files={written.files}>
            {t("workbooks.written-sheets", {
              sheets: written.sheets.length,
              rows: count(written.sheets.reduce((sum, sheet) => sum + sheet.rows, 0)),
            })}
          </Outcome>
        )}
      </section>
    </div>
  );
}
