/** One record as a form that replaces the grid: for tables with one record, and where the clerk chooses it. */
import { TableOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useSyncExternalStore } from "react";

import type { RecordView, TableSpec } from "../../ipc";
import type { Sheet } from "../../grid/sheet";
import { Empty, Waiting } from "../../parts";
import { t } from "../../text";
import { RecordForm } from "./RecordForm";

interface FormPageProps {
  spec: TableSpec;
  record: RecordView | undefined;
  row: number;
  sheet: Sheet;
  active: string | undefined;
  goTo(row: number): void;
  onAdd(): void;
  onGrid(): void;
}

/** The number of records before and behind it that are also read. */
const NEAR = 5;

export function FormPage({ spec, record, row, sheet, active, goTo, onAdd, onGrid }: FormPageProps) {
  useSyncExternalStore(sheet.subscribe, sheet.version);
  useEffect(() => sheet.ensure(Math.max(0, row - NEAR), row + NEAR));
  const begin = (
    <Button type="primary" onClick={onAdd}>
      {t("fill.form-begin")}
    </Button>
  );
  return (
    <div className="fill-form scroll" role="region" aria-label={t("fill.form-page")}>
      <div className="fill-form-tools">
        <Button icon={<TableOutlined aria-hidden />} onClick={onGrid}>
          {t("fill.form-to-grid")}
        </Button>
        {!spec.single && sheet.total() > 0 && begin}
      </div>
      {record ? (
        <RecordForm spec={spec} record={record} row={row} sheet={sheet} active={active} goTo={goTo} wide />
      ) : sheet.known() ? (
        <Empty title={t("fill.form-empty")} action={begin}>
          {t("fill.form-empty-help")}
        </Empty>
      ) : (
        <Waiting />
      )}
    </div>
  );
}
