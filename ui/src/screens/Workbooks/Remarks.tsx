/** What was noticed while a sheet was read. Long lists are folded, so that the rows stay in sight. */
import { Alert, Button } from "antd";
import { useState } from "react";

import type { ProposalSheet, TableSpec } from "../../ipc";
import { tDynamic, t } from "../../text";

/** Lines that are shown before the list is unfolded. */
const FOLDED = 2;

export function Remarks({ sheet, spec }: { sheet: ProposalSheet; spec: TableSpec | undefined }) {
  const [open, setOpen] = useState(false);
  const title = (column: string) => spec?.fields.find((field) => field.column === column)?.title ?? column;
  const lines = [
    ...sheet.remarks.map((remark) => remarkWords(remark.code, remark.params)),
    ...(sheet.unmapped_columns.length > 0
      ? [t("workbooks.unmapped", { names: sheet.unmapped_columns.join("、") })]
      : []),
    ...(sheet.missing_columns.length > 0
      ? [t("workbooks.missing", { names: sheet.missing_columns.map(title).join("、") })]
      : []),
    ...(sheet.findings > 0 ? [t("workbooks.would-find", { n: sheet.findings })] : []),
  ];
  if (lines.length === 0) return null;
  const shown = open ? lines : lines.slice(0, FOLDED);
  return (
    <Alert
      type="warning"
      showIcon
      className="proposal-remarks"
      title={
        <>
          {shown.map((line) => (
            <div key={line} className={open ? "" : "cut"} title={line}>
              {line}
            </div>
          ))}
          {lines.length > FOLDED && (
            <Button type="link" size="small" className="workbooks-take-in" onClick={() => setOpen(!open)}>
              {open ? t("workbooks.fewer-remarks") : t("workbooks.more-remarks", { n: lines.length - FOLDED })}
            </Button>
          )}
        </>
      }
    />
  );
}

/** The words of a remark; the reason for leaving rows out is a word of its own. */
export function remarkWords(code: string, params: Record<string, string>) {
  const reason = params.reason ? { reason: tDynamic(`import.left-out.${params.reason}`) } : {};
  return tDynamic(`import.${code}`, { ...params, ...reason }, code);
}
