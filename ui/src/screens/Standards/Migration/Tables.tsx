/** Table by table: where it goes, and what becomes of its columns. */
import { SearchOutlined } from "@ant-design/icons";
import { Input, Segmented } from "antd";
import { useDeferredValue, useState } from "react";

import type { MigrationTable } from "../../../ipc";
import { Empty } from "../../../parts";
import { count, said, t } from "../../../text";
import { Columns } from "./Columns";
import { concerns, INTERESTS, type Interest, tablesOf, tellingColumns } from "./filter";
import { Line } from "./Line";

export function Tables({ tables }: { tables: MigrationTable[] }) {
  const [interest, setInterest] = useState<Interest>("all");
  const [find, setFind] = useState("");
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const shown = tablesOf(tables, interest, useDeferredValue(find));

  function toggle(name: string) {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    setOpen(next);
  }

  return (
    <section className="migration-tables">
      <div className="migration-tools">
        <Segmented
          aria-label={t("migration.interest")}
          value={interest}
          onChange={setInterest}
          options={INTERESTS.map((one) => {
            const n = tables.filter((table) => concerns(table, one)).length;
            return { value: one, disabled: n === 0, label: `${t(`migration.interest-${one}`)} ${count(n)}` };
          })}
        />
        <Input allowClear prefix={<SearchOutlined />} placeholder={t("migration.find")} aria-label={t("migration.find")} value={find} onChange={(event) => setFind(event.target.value)} />
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label={t("migration.tables")}>
        {shown.length === 0 && <Empty title={t("part.no-match")} />}
        {shown.map((table) => (
          <Line key={table.table} kind={table.kind} title={table.title} name={table.table} summary={summary(table)} open={open.has(table.table)} toggle={() => toggle(table.table)}>
            {table.to && table.to !== table.table && <p>{t("migration.goes-to", { title: table.to_title ?? "", table: table.to })}</p>}
            {table.basis && <p className="sub">{table.basis}</p>}
            <Columns columns={tellingColumns(table, interest)} kept={table.counts.kept} />
          </Line>
        ))}
      </div>
    </section>
  );
}

/** 1,200 条记录 · 转换 40 · 留存 12. */
function summary({ kind, counts, to_title }: MigrationTable): string {
  if (kind === "new") return t("migration.new-table");
  const goes = kind === "replaced" || kind === "merged" ? [t("migration.into", { title: to_title ?? "" })] : [];
  if (counts.records === 0) return [...goes, t("migration.no-records")].join(" · ");
  const parts = (["hand", "converted", "moved", "aside"] as const).filter((part) => counts[part] > 0);
  const told = parts.map((part) => `${said(`migration.interest-${part}`)} ${count(counts[part])}`);
  return [...goes, t("migration.records", { n: count(counts.records) }), ...(told.length > 0 ? told : [t("migration.all-kept")])].join(" · ");
}
