/** What the headings of the college's own workbooks mean, as the clerk confirmed them: view, change, remove, export. */
import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useState } from "react";

import { call, chooseFiles, chooseSave, handOver, type KnownHeadingView } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { HEADINGS } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { t } from "../../text";

/** Value of the chooser that leaves a heading out. */
const LEAVE_OUT = "";

export function KnownHeadings() {
  const say = useSay();
  const answer = useCall("workbook.headings", {});
  const [read, setRead] = useState<string>();

  async function set(table: string, heading: string, column: string | null) {
    try {
      await call("workbook.set_heading", { table, heading, column });
      return true;
    } catch (error) {
      say.failed(error);
      return false;
    }
  }

  async function save() {
    const path = await chooseSave(`${t("workbooks.headings")}.json`, [HEADINGS]);
    if (!path) return;
    try {
      await call("workbook.export_headings", { path });
      handOver(path);
    } catch (error) {
      say.failed(error);
    }
  }

  async function take() {
    const [path] = await chooseFiles([HEADINGS]);
    if (!path) return;
    try {
      const { taken, passed_over } = await call("workbook.import_headings", { path });
      const left = passed_over.length > 0 ? t("workbooks.headings-passed-over", { n: passed_over.length }) : "";
      setRead(t("workbooks.headings-taken", { n: taken }) + left);
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <section className="card workbooks-plane" aria-label={t("workbooks.headings")}>
      <div className="row">
        <h2 className="grow">{t("workbooks.headings")}</h2>
        <Button onClick={() => void take()}>{t("workbooks.headings-import")}</Button>
        <Button onClick={() => void save()}>{t("workbooks.headings-export")}</Button>
      </div>
      {read && <p className="ok small">{read}</p>}
      <AddHeading set={set} />
      <Shown answer={answer}>
        {({ headings }) =>
          headings.length === 0 ? (
            <Empty title={t("workbooks.no-headings")}>{t("workbooks.no-headings-help")}</Empty>
          ) : (
            <div className="scroll workbooks-plane-body">
              <table className="facts">
                <thead>
                  <tr>
                    <th>{t("workbooks.col-tables")}</th>
                    <th>{t("workbooks.heading")}</th>
                    <th>{t("workbooks.read-as")}</th>
                    <th style={{ width: 60 }}>
                      <span className="unseen">{t("workbooks.forget")}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {headings.map((one) => (
                    <Known key={`${one.table} ${one.heading}`} known={one} set={set} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Shown>
    </section>
  );
}

type SetHeading = (table: string, heading: string, column: string | null) => Promise<boolean>;

function Known({ known, set }: { known: KnownHeadingView; set: SetHeading }) {
  const { table, heading, column } = known;
  return (
    <tr>
      <td title={table}>{known.table_title ?? table}</td>
      <td>{heading}</td>
      <td>
        <ColumnChooser
          table={table}
          label={heading}
          value={column}
          choose={(chosen) => void set(table, heading, chosen)}
        />
      </td>
      <td>
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={`${t("workbooks.forget")} ${heading}`}
          title={t("workbooks.forget")}
          onClick={() => void set(table, heading, null)}
        />
      </td>
    </tr>
  );
}

function AddHeading({ set }: { set: SetHeading }) {
  const tree = useCall("standard.tree", { edition: null }).data;
  const [table, setTable] = useState<string>();
  const [heading, setHeading] = useState("");
  const [column, setColumn] = useState<string>();
  const tables = tree?.subsets.flatMap((subset) => subset.tables) ?? [];
  const ready = table !== undefined && column !== undefined && heading.trim() !== "";

  async function add() {
    if (!ready || !(await set(table, heading, column))) return;
    setHeading("");
    setColumn(undefined);
  }

  return (
    <div className="row workbooks-gap">
      <Select
        showSearch={{ filterOption: (find, option) => String(option?.search ?? "").includes(find.toLowerCase()) }}
        style={{ width: 240 }}
        placeholder={t("workbooks.col-tables")}
        aria-label={t("workbooks.col-tables")}
        value={table}
        onChange={(chosen) => {
          setTable(chosen);
          setColumn(undefined);
        }}
        options={tables.map((one) => ({
          value: one.table,
          label: one.title,
          title: one.table,
          search: `${one.search} ${one.table.toLowerCase()}`,
        }))}
      />
      <Input
        style={{ width: 200 }}
        placeholder={t("workbooks.heading")}
        aria-label={t("workbooks.heading")}
        value={heading}
        onChange={(event) => setHeading(event.target.value)}
      />
      <ColumnChooser table={table} label={t("workbooks.read-as")} value={column} choose={setColumn} />
      <Button type="primary" disabled={!ready} onClick={() => void add()}>
        {t("workbooks.remember")}
      </Button>
    </div>
  );
}

interface ColumnChooserProps {
  table: string | undefined;
  label: string;
  value: string | undefined;
  choose(column: string): void;
}

function ColumnChooser({ table, label, value, choose }: ColumnChooserProps) {
  const spec = useCall("standard.table", table ? { edition: null, table } : null).data;
  const fields = spec?.fields.filter((field) => !field.system) ?? [];
  return (
    <Select
      showSearch={{ optionFilterProp: "label" }}
      style={{ width: 260 }}
      placeholder={t("workbooks.read-as")}
      aria-label={label}
      disabled={!table}
      value={value}
      onChange={choose}
      options={[
        { value: LEAVE_OUT, label: t("workbooks.leave-heading") },
        ...fields.map((field) => ({ value: field.column, label: field.title })),
      ]}
    />
  );
}
