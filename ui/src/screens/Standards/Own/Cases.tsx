/** Invented records on which a rule must find something, and on which it must not. */
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";

import type { FieldSpec, OwnRule } from "../../../ipc";
import { t } from "../../../text";
import { useProblemInSight } from "./Line";

type Case = OwnRule["pass"][number];

interface CasesProps {
  rule: OwnRule;
  fields: FieldSpec[];
  problem: string | undefined;
  change(part: Partial<OwnRule>): void;
}

interface Column {
  column: string;
  title: string;
  hint: string;
}

export function Cases({ rule, fields, problem, change }: CasesProps) {
  const columns: Column[] = rule.columns.map((column) => {
    const field = fields.find((one) => one.column === column);
    return {
      column,
      title: field?.title ?? column,
      hint: field?.example ?? (field?.format?.startsWith("^") ? "" : (field?.format ?? "")),
    };
  });
  const condition = rule.expect ?? "";
  // Rules that use the day or the period are tried with fixed ones, so that the result does not change.
  if (condition.includes("tb_today")) columns.push({ column: "_today", title: t("own.case-today"), hint: "20261101" });
  if (/tb_(period|school_year|term)/.test(condition))
    columns.push({ column: "_period", title: t("own.case-period"), hint: "2026-2027-1" });
  const section = useProblemInSight(problem);
  return (
    <section ref={section}>
      <h3>{t("own.cases")}</h3>
      <p className="sub small">{t("own.cases-help")}</p>
      {problem && (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      {rule.columns.length === 0 ? (
        <p className="sub">{t("own.cases-first")}</p>
      ) : (
        <div className="own-two">
          <Grid
            title={t("own.fail")}
            tone="bad"
            cases={rule.fail}
            columns={columns}
            change={(fail) => change({ fail })}
          />
          <Grid
            title={t("own.pass")}
            tone="ok"
            cases={rule.pass}
            columns={columns}
            change={(pass) => change({ pass })}
          />
        </div>
      )}
    </section>
  );
}

function Grid({
  title,
  tone,
  cases,
  columns,
  change,
}: {
  title: string;
  tone: string;
  cases: Case[];
  columns: Column[];
  change(cases: Case[]): void;
}) {
  const put = (row: number, column: string, value: string) =>
    change(cases.map((one, i) => (i === row ? { ...one, [column]: value } : one)));
  return (
    <div className="own-case">
      <h4 className={tone}>{title}</h4>
      <div className="own-case-rows">
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              {columns.map(({ column, title: name }) => (
                <th key={column} scope="col" title={column}>
                  {name}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {cases.map((one, row) => (
              <tr key={row}>
                <td className="sub">{row + 1}</td>
                {columns.map(({ column, title: name, hint }) => {
                  const value = one[column];
                  return (
                    <td key={column}>
                      <Input
                        variant="borderless"
                        aria-label={t("own.case-cell", { title, row: row + 1, name })}
                        placeholder={hint}
                        value={typeof value === "string" ? value : ""}
                        onChange={(event) => put(row, column, event.target.value)}
                      />
                    </td>
                  );
                })}
                <td>
                  <Button
                    type="text"
                    size="small"
                    disabled={cases.length === 1}
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t("own.case-remove", { title, row: row + 1 })}
                    onClick={() => change(cases.filter((_, i) => i !== row))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button type="link" size="small" icon={<PlusOutlined aria-hidden />} onClick={() => change([...cases, {}])}>
        {t("own.case-add")}
      </Button>
    </div>
  );
}
