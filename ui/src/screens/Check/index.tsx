/** The checking screen: equal findings in groups, corrected or explained together. */
import { PlayCircleOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";
import { useMemo, useState } from "react";

import { call, type FindingGroup, type LevelCounts } from "../../ipc";
import { Empty, Shown, WorkBar } from "../../parts";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { useJob } from "../../state/jobs";
import { count, t } from "../../text";
import { Group } from "./Group";
import "./Check.css";

const SHADES = ["all", "mandatory", "confirm", "hint"] as const;
type Shade = (typeof SHADES)[number];

export default function Check({ shade }: { shade: string | undefined }) {
  const say = useSay();
  const job = useJob();
  const answer = useCall("check.groups", {});
  const [level, setLevel] = useState<Shade>(() => SHADES.find((one) => one === shade) ?? "all");
  const [table, setTable] = useState<string>();
  // The own department is chosen at first; null means all departments.
  const [picked, setDepartment] = useState<string | null>();
  const own = useCall("settings.get", {}).data?.department || undefined;
  const department = picked === null ? undefined : (picked ?? own);
  const groups = useMemo(() => answer.data?.groups ?? [], [answer.data]);
  // Only where there are no findings: the page then says whether there are records to check at all.
  const home = useCall("home.get", answer.data && groups.length === 0 ? {} : null).data;
  const isEmpty = home?.tables.every((one) => one.rows === 0) ?? false;
  const shown = groups.filter(
    (group) =>
      (level === "all" || group.level === level) &&
      (!table || group.table === table) &&
      (!department || group.department === department),
  );

  const departments = [...new Set([...(own ? [own] : []), ...groups.map((group) => group.department).filter(Boolean)])];

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
        <h1>{t("nav.check")}</h1>
        <p className="grow cut">{t("check.help")}</p>
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
        {({ counts, total }) => (
          <div className="page-body check">
            <div className="row check-filters">
              <Segmented<Shade>
                value={level}
                onChange={setLevel}
                options={SHADES.map((name) => ({
                  value: name,
                  label: levelLabel(name, counts),
                }))}
              />
              <Select
                allowClear
                showSearch={{ optionFilterProp: "label" }}
                placeholder={t("check.all-tables")}
                aria-label={t("check.all-tables")}
                value={table}
                onChange={(value) => setTable(value)}
                options={choices(groups, (group) => [group.table, group.table_title])}
                style={{ width: 200 }}
              />
              <Select
                allowClear
                placeholder={t("check.all-departments")}
                aria-label={t("check.all-departments")}
                value={department}
                onChange={(value: string | undefined) => setDepartment(value ?? null)}
                options={departments.map((name) => ({ value: name, label: name }))}
                style={{ width: 160 }}
              />
              <span className="grow" />
              <span className="sub small">{t("check.groups", { n: total, shown: shown.length })}</span>
            </div>
            <div className="card check-list scroll">
              {shown.length === 0 && department && groups.length > 0 && level === "all" && !table ? (
                <Empty
                  title={t("check.clean-own", { department })}
                  action={<Button onClick={() => setDepartment(null)}>{t("check.see-all")}</Button>}
                >
                  {t("check.clean-help")}
                </Empty>
              ) : shown.length === 0 ? (
                <Empty title={groups.length === 0 ? t("check.clean") : t("part.no-match")}>
                  {groups.length === 0 ? t(isEmpty ? "check.clean-empty" : "check.clean-help") : null}
                </Empty>
              ) : (
                shown.map((group) => <Group key={keyOf(group)} group={group} />)
              )}
            </div>
          </div>
        )}
      </Shown>
    </div>
  );
}

const keyOf = (group: FindingGroup) =>
  JSON.stringify([group.table, group.column, group.rule, group.value, group.level]);

function levelLabel(level: Shade, counts: LevelCounts): string {
  if (level === "all") return t("check.all", { n: counts.mandatory + counts.confirm + counts.hint });
  return `${t(`level.${level}`)} ${count(counts[level])}`;
}

function choices(groups: FindingGroup[], of: (group: FindingGroup) => [string, string]) {
  return [...new Map(groups.map(of))].map(([value, label]) => ({ value, label }));
}
