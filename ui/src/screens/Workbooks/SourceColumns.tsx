/** The columns of a source over its first rows; each is read as a column of the table, or left out. */
import { Select } from "antd";

import type { Source, TriedSource } from "../../ipc";
import { Empty } from "../../parts";
import { useCall } from "../../state/calls";
import { t } from "../../text";
import { remarkWords } from "./Remarks";
import { withColumn } from "./source";

/** Value of the chooser that leaves a column out. */
const LEAVE_OUT = "";

interface SourceColumnsProps {
  source: Source;
  tried: TriedSource | undefined;
  set(columns: Source["columns"]): void;
}

export function SourceColumns({ source, tried, set }: SourceColumnsProps) {
  const spec = useCall("standard.table", source.table ? { edition: null, table: source.table } : null).data;
  if (!tried) return <Empty title={t("sources.not-tried")}>{t("sources.not-tried-help")}</Empty>;
  const fields = spec?.fields.filter((field) => !field.system) ?? [];
  const title = (column: string) => fields.find((field) => field.column === column)?.title ?? column;
  const options = [
    { value: LEAVE_OUT, label: t("workbooks.leave-heading") },
    ...fields.map((field) => ({ value: field.column, label: field.title })),
  ];
  return (
    <>
      <p className="sub small sources-note">
        {t("sources.first-rows", { file: tried.file, n: tried.rows.length })}
        {tried.missing_columns.length > 0 && (
          <span className="warn">{t("sources.missing", { columns: tried.missing_columns.map(title).join("、") })}</span>
        )}
      </p>
      {tried.remarks.map((remark) => {
        const words = remarkWords(remark.code, remark.params);
        return (
          <p key={words} className="warn small sources-note">
            {words}
          </p>
        );
      })}
      <div className="sources-first">
        <table className="facts">
          <thead>
            <tr>
              {tried.columns.map((column) => (
                <th key={column.heading}>
                  <span className="cut">{column.heading}</span>
                  <Select
                    size="small"
                    showSearch={{ optionFilterProp: "label" }}
                    style={{ width: "100%" }}
                    popupMatchSelectWidth={240}
                    aria-label={t("sources.read-as", { heading: column.heading })}
                    value={column.column ?? LEAVE_OUT}
                    status={column.column === null && column.proposed ? "warning" : ""}
                    onChange={(chosen) => set(withColumn(source.columns, column.heading, chosen))}
                    options={options}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tried.rows.map((row) => (
              <tr key={row.line}>
                {tried.columns.map((column, at) => {
                  const stands = row.cells[at] ?? "";
                  const becomes = column.column === null ? undefined : row.values[column.column];
                  return (
                    <td key={column.heading} className={column.column === null ? "sub" : ""}>
                      {stands}
                      {becomes !== undefined && becomes !== stands && (
                        <span className="sources-becomes">→ {becomes || t("sources.empty")}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
