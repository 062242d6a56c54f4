/** Which heading of a sheet stands for which field; the clerk can correct it. */
import { Button, Select } from "antd";

import type { ProposalSheet, TableSpec } from "../../ipc";
import { t } from "../../text";

/** Value of the chooser that leaves a sheet or a heading out. */
export const LEAVE_OUT = "";

export function SheetHeadings({
  sheet,
  spec,
  put,
}: {
  sheet: ProposalSheet;
  spec: TableSpec | undefined;
  put(columns: Record<string, string>): void;
}) {
  const fields = spec?.fields.filter((field) => !field.system) ?? [];
  const taken = new Set(sheet.columns.map((one) => one.column));
  return (
    <div className="scroll proposal-sheet-rows">
      <table className="facts">
        <thead>
          <tr>
            <th>{t("workbooks.heading")}</th>
            <th>{t("workbooks.read-as")}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.columns.map((one) => (
            <tr key={one.heading}>
              <td className={one.column ? "" : "warn"}>{one.heading.replaceAll("\n", " ")}</td>
              <td>
                <Select
                  size="small"
                  showSearch={{ optionFilterProp: "label" }}
                  style={{ width: 260 }}
                  aria-label={one.heading}
                  value={one.column ?? LEAVE_OUT}
                  onChange={(column) => put({ [one.heading]: column })}
                  options={[
                    { value: LEAVE_OUT, label: t("workbooks.leave-heading") },
                    ...fields.map((field) => ({
                      value: field.column,
                      label: `${field.required ? "* " : ""}${field.title}`,
                      disabled: taken.has(field.column) && field.column !== one.column,
                    })),
                  ]}
                />
                {one.proposed && one.column === null && (
                  <Button size="small" type="link" onClick={() => put({ [one.heading]: one.proposed ?? LEAVE_OUT })}>
                    {t("workbooks.is-it", {
                      title: fields.find((field) => field.column === one.proposed)?.title ?? one.proposed,
                    })}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
