/** Table by table: where it goes, and what becomes of its columns. */
import { SearchOutlined } from "@ant-design/icons";
import { Input, Segmented } from "antd";
import { Fragment, useDeferredValue, useState } from "react";

import type { MigrationTable } from "../../../ipc";
import { Empty } from "../../../parts";
import { count, t } from "../../../text";
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
        <Input
          allowClear
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("migration.find")}
          aria-label={t("migration.find")}
          value={find}
          onChange={(event) => setFind(event.target.value)}
        />
      </div>
      <div className="scroll" tabIndex={0} role="region" aria-label={t("migration.tables")}>
        {shown.length === 0 && <Empty title={t("part.no-match")} />}
        {shown.map((table) => (
          <Line
            key={table.table}
            kind={table.kind}
            title={table.title}
            name={table.table}
            summary={<Summary table={table} />}
            open={open.has(table.table)}
            toggle={() => toggle(table.table)}
          >
            {table.to && table.to !== table.table && (
              <p>{t("migration.goes-to", { title: table.to_title ?? "", table: table.to })}</p>
            )}
            {table.basis && <p className="sub">{table.basis}</p>}
            <Columns columns={tellingColumns(table, interest)} kept={table.counts.kept} />
          </Line>
        ))}
      </div>
    </section>
  );
}

/** 1,200 条记录 · 需处理 40 · 留存 12: the cells that the clerk must handle are highlighted. */
function Summary({ table: { kind, counts, to_title } }: { table: MigrationTable }) {
  if (kind === "new") return t("migration.new-table");
  const goes = kind === "replaced" || kind === "merged" ? `${t("migration.into", { title: to_title ?? "" })} · ` : "";
  if (counts.records === 0) return `${goes}${t("migration.no-records")}`;
  const parts = (["hand", "converted", "moved", "aside"] as const).filter((part) => counts[part] > 0);
  return (
    <>
      {goes}
      {t("migration.records", { n: count(counts.records) })}
      {parts.map((part) => (
        <Fragment key={part}>
          {" · "}
          <span
            className={part === "hand" ? "warn" : ""}
          >{`${t(`migration.interest-${part}`)} ${count(counts[part])}`}</span>
        </Fragment>
      ))}
      {parts.length === 0 && ` · ${t("migration.all-kept")}`}
    </>
  );
}
