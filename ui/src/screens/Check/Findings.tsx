/** Findings in groups, corrected, explained and taken out together. */
import { PlayCircleOutlined } from "@ant-design/icons";
import { Button, Checkbox, Pagination, Segmented, Select } from "antd";
import { useState } from "react";

import { call, type Grouping, type LevelCounts, type Mended, type TableFindings } from "../../ipc";
import { Empty, Shown, WorkBar } from "../../parts";
import { useSay } from "../../parts/say";
import { Waiting } from "../../parts/Waiting";
import { useCall } from "../../state/calls";
import { useJob } from "../../state/jobs";
import { count, t } from "../../text";
import { Done } from "./Done";
import { Group } from "./Group";
import { Head } from "./Head";
import { GROUPINGS } from "./lines";
import { Reasons } from "./Reasons";

const SHADES = ["all", "mandatory", "confirm", "hint"] as const;
type Shade = (typeof SHADES)[number];

/** Groups of one page. */
const PAGE = 50;

/** `what`: a level or a table that only is shown at first. */
export function Findings({ what }: { what: string | undefined }) {
  const say = useSay();
  const job = useJob();
  const [level, setLevel] = useState<Shade>(() => SHADES.find((one) => one === what) ?? "all");
  const [by, setBy] = useState<Grouping>("cause");
  const [table, setTable] = useState<string | undefined>(() => (what?.startsWith("ODS_") ? what : undefined));
  const [open, setOpen] = useState(false);
  const [page, setPage] = useState(1);
  const [last, setLast] = useState<Mended>();
  // The own department is chosen at first; null means all departments.
  const [picked, setDepartment] = useState<string | null | undefined>(() =>
    what?.startsWith("ODS_") ? null : undefined,
  );
  const settings = useCall("settings.get", {}).data;
  const own = settings?.department || undefined;
  const department = picked === null ? undefined : (picked ?? own);
  const home = useCall("home.get", {}).data;
  const of = tablesOf(home?.tables ?? [], department);
  const tables = table === undefined ? (of ?? []) : [table];
  const ready = settings !== undefined && (department === undefined || of !== undefined);
  const within = {
    tables,
    column: null,
    rule: null,
    code: null,
    value: null,
    level: level === "all" ? null : level,
    step: null,
    open,
  };
  const query = { by, within, offset: (page - 1) * PAGE, limit: PAGE };
  const answer = useCall("check.groups", ready ? query : null);
  const isEmpty = home?.tables.every((one) => one.rows === 0) ?? false;
  const narrow = department !== undefined || table !== undefined || level !== "all" || open;

  /** Changes what is shown, from its first page on. */
  const from = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      setPage(1);
      set(value);
    };
  };

  async function run() {
    try {
      const summary = await job.run((number) => call("check.run", { tables: [], job: number }));
      answer.reload();
      say.done(t("check.done", { rows: summary.rows, tables: summary.tables, seconds: summary.seconds.toFixed(1) }));
    } catch (error) {
      say.failed(error);
    }
  }

  return (
    <div className="page">
      <header className="page-head">
        <Head view="findings" />
        <Reasons />
        {job.running ? (
          <div style={{ width: 360 }}>
            <WorkBar job={job} />
          </div>
        ) : (
          <Button type="primary" icon={<PlayCircleOutlined aria-hidden />} onClick={() => void run()}>
            {t("check.run")}
          </Button>
        )}
      </header>
      <Shown answer={answer}>
        {({ counts, total, groups, tables: found }) => (
          <div className="page-body check">
            <div className="row check-filters">
              <Segmented<Shade>
                value={level}
                onChange={from(setLevel)}
                options={SHADES.map((name) => ({ value: name, label: levelLabel(name, counts) }))}
              />
              <Select<Grouping>
                aria-label={t("check.by")}
                value={by}
                onChange={from(setBy)}
                options={GROUPINGS.map((name) => ({ value: name, label: t(`check.by-${name}`) }))}
                style={{ width: 132 }}
              />
              <Select
                allowClear
                showSearch={{ optionFilterProp: "label" }}
                placeholder={t("check.all-tables")}
                aria-label={t("check.all-tables")}
                value={table}
                onChange={from((value: string | undefined) => setTable(value))}
                options={choices(found, of, table)}
                popupMatchSelectWidth={280}
                style={{ width: 170 }}
              />
              <Select
                allowClear
                placeholder={t("check.all-departments")}
                aria-label={t("check.all-departments")}
                value={department}
                onChange={from((value: string | undefined) => setDepartment(value ?? null))}
                options={departmentsOf(home?.tables ?? [], own).map((name) => ({ value: name, label: name }))}
                popupMatchSelectWidth={200}
                style={{ width: 140 }}
              />
              <Checkbox checked={open} onChange={(event) => from(setOpen)(event.target.checked)}>
                {t("check.only-open")}
              </Checkbox>
              <span className="grow" />
              <Waiting />
              <span className="sub small">{t("check.groups", { n: total })}</span>
            </div>
            {last && <Done mended={last} forget={() => setLast(undefined)} />}
            <div className="card check-list scroll">
              {groups.length === 0 && total === 0 ? (
                <Empty
                  title={
                    !narrow
                      ? t("check.clean")
                      : department !== undefined && level === "all" && table === undefined && !open
                        ? t("check.clean-own", { department })
                        : t("part.no-match")
                  }
                  action={
                    department !== undefined && (
                      <Button onClick={() => setDepartment(null)}>{t("check.see-all")}</Button>
                    )
                  }
                >
                  {!narrow ? t(isEmpty ? "check.clean-empty" : "check.clean-help") : null}
                </Empty>
              ) : (
                groups.map((group) => (
                  <Group key={JSON.stringify(group.selection)} group={group} by={by} job={job} mended={setLast} />
                ))
              )}
              {groups.length === 0 && total > 0 && (
                <Empty
                  title={t("part.no-match")}
                  action={<Button onClick={() => setPage(1)}>{t("check.first")}</Button>}
                />
              )}
            </div>
            {total > PAGE && (
              <Pagination
                size="small"
                align="end"
                current={page}
                pageSize={PAGE}
                total={total}
                showSizeChanger={false}
                onChange={setPage}
              />
            )}
          </div>
        )}
      </Shown>
    </div>
  );
}

function levelLabel(level: Shade, counts: LevelCounts): string {
  if (level === "all") return t("check.all", { n: counts.mandatory + counts.confirm + counts.hint });
  return `${t(`level.${level}`)} ${count(counts[level])}`;
}

interface Owned {
  table: string;
  department: string;
}

/** The tables of a department; undefined for all departments. */
function tablesOf(tables: Owned[], department: string | undefined): string[] | undefined {
  if (department === undefined || tables.length === 0) return undefined;
  return tables.filter((one) => one.department === department).map((one) => one.table);
}

function departmentsOf(tables: Owned[], own: string | undefined): string[] {
  return [...new Set([...(own ? [own] : []), ...tables.map((one) => one.department).filter(Boolean)])];
}

/** Tables with findings, of the department; the chosen one stays although it has none any more. */
function choices(found: TableFindings[], of: string[] | undefined, chosen: string | undefined) {
  return found
    .filter((one) => of === undefined || of.includes(one.table) || one.table === chosen)
    .map((one) => ({ value: one.table, label: `${one.title}（${count(one.count)}）` }));
}
