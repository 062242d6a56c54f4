/** 代码对照: what the codes of a source become, column by column. */
import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useState } from "react";

import type { OwnCode, Source } from "../../ipc";
import { Empty } from "../../parts";
import { CodeSelect } from "../../parts/CodeSelect";
import { useCall } from "../../state/calls";
import { count as counted, t } from "../../text";
import { withCode } from "./source";

interface SourceCodesProps {
  source: Source;
  busy: boolean;
  set(codes: Source["codes"]): void;
  /** The codes that the source has in a column. */
  count(column: string): Promise<OwnCode[]>;
}

export function SourceCodes({ source, busy, set, count }: SourceCodesProps) {
  const spec = useCall("standard.table", source.table ? { edition: null, table: source.table } : null).data;
  const fields = spec?.fields.filter((field) => !field.system) ?? [];
  const coded = fields.filter((field) => field.code_list);
  const [chosen, setChosen] = useState<string>();
  const column = chosen ?? Object.keys(source.codes)[0] ?? coded[0]?.column;
  const field = fields.find((one) => one.column === column);
  const [found, setFound] = useState<Record<string, OwnCode[]>>({});
  const [own, setOwn] = useState("");

  if (!column || !field) return <Empty title={t("sources.no-codes")}>{t("sources.no-codes-help")}</Empty>;
  const entries = source.codes[column] ?? {};
  const seen = found[column] ?? [];
  const rows = [
    ...seen,
    ...Object.keys(entries)
      .filter((one) => !seen.some((code) => code.own === one))
      .map((one) => ({ own: one, rows: undefined, title: null })),
  ];

  return (
    <div>
      <div className="row">
        <Select
          showSearch={{ optionFilterProp: "label" }}
          style={{ width: 260 }}
          aria-label={t("sources.codes-of")}
          value={column}
          onChange={setChosen}
          options={coded.map((one) => ({
            value: one.column,
            label: source.codes[one.column] ? `${one.title} ✓` : one.title,
          }))}
        />
        <Button
          disabled={busy}
          onClick={() => void count(column).then((codes) => setFound((known) => ({ ...known, [column]: codes })))}
        >
          {t("sources.collect")}
        </Button>
        <span className="sub small">{t("sources.codes-help")}</span>
      </div>
      <table className="facts sources-code-table">
        <thead>
          <tr>
            <th style={{ width: 200 }}>{t("sources.own-code")}</th>
            <th className="num" style={{ width: 90 }}>
              {t("home.col-rows")}
            </th>
            <th>{t("sources.standard-code")}</th>
            <th style={{ width: 50 }}>
              <span className="unseen">{t("workbooks.forget")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.own}>
              <td>{row.own}</td>
              <td className="num">{row.rows === undefined ? "" : counted(row.rows)}</td>
              <td>
                <CodeSelect
                  list={field.code_list ?? ""}
                  label={t("sources.becomes", { own: row.own })}
                  placeholder={row.title ? t("sources.as-it-is", { title: row.title }) : t("sources.choose-code")}
                  status={entries[row.own] === undefined && !row.title ? "warning" : ""}
                  value={entries[row.own] ? [entries[row.own] as string] : []}
                  onChange={([code]) => set(withCode(source.codes, column, row.own, code))}
                />
              </td>
              <td>
                {entries[row.own] !== undefined && (
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={t("sources.forget-code", { own: row.own })}
                    onClick={() => set(withCode(source.codes, column, row.own, undefined))}
                  />
                )}
              </td>
            </tr>
          ))}
          <tr>
            <td>
              <Input
                aria-label={t("sources.own-code")}
                placeholder={t("sources.own-code")}
                value={own}
                onChange={(event) => setOwn(event.target.value)}
              />
            </td>
            <td />
            <td>
              <CodeSelect
                list={field.code_list ?? ""}
                label={t("sources.standard-code")}
                placeholder={t("sources.choose-code")}
                value={[]}
                onChange={([code]) => {
                  if (!code || own.trim() === "") return;
                  set(withCode(source.codes, column, own.trim(), code));
                  setOwn("");
                }}
              />
            </td>
            <td />
          </tr>
        </tbody>
      </table>
    </div>
  );
}
