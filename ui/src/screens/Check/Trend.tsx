/** Tables over time: their records in this period, the last one and a year before, and what jumped. */
import { Segmented, Table } from "antd";
import { useState } from "react";

import type { Trend as Trends, TrendTable } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { LevelMark } from "../../parts/icons";
import { useCall } from "../../state/calls";
import { count, t } from "../../text";
import { Head } from "./Head";
import { TrendDetail } from "./TrendDetail";
import { TrendLimits } from "./TrendLimits";

const PARTS = ["all", "jumps", "less"] as const;
type Part = (typeof PARTS)[number];

export function Trend() {
  const answer = useCall("trend.list", {});
  return (
    <div className="page">
      <header className="page-head">
        <Head view="trend" />
        {answer.data && <TrendLimits limits={answer.data.limits} />}
      </header>
      <Shown answer={answer}>{(trend) => <Body trend={trend} />}</Shown>
    </div>
  );
}

const rows = (table: TrendTable, at: number) => table.periods[at]?.rows ?? null;
const isLess = (table: TrendTable) => table.expected !== null && (rows(table, 0) ?? 0) < table.expected;
const fits = (part: Part, table: TrendTable) => part === "all" || (part === "jumps" ? table.jumps > 0 : isLess(table));

function Body({ trend }: { trend: Trends }) {
  const [part, setPart] = useState<Part>("all");
  const [chosen, setChosen] = useState<string>();
  const number = (name: Part) => trend.tables.filter((one) => fits(name, one)).length;
  const shown = trend.tables
    .filter((one) => fits(part, one))
    .sort((a, b) => Number(b.jumps > 0 || isLess(b)) - Number(a.jumps > 0 || isLess(a)));
  const table = shown.find((one) => one.table === chosen) ?? shown[0];
  const earlier = trend.tables.some((one) => one.periods.length > 1);
  return (
    <div className="page-body check-trend">
      <section className="card check-trend-list">
        <Segmented<Part>
          value={part}
          onChange={setPart}
          options={PARTS.map((name) => ({ value: name, label: t(`check.trend-${name}`, { n: number(name) }) }))}
        />
        {!earlier && (
          <p className="small sub check-trend-none">
            <b>{t("check.trend-none")}</b> {t("check.trend-none-help")}
          </p>
        )}
        <div className="scroll check-trend-table" tabIndex={0} role="region" aria-label={t("check.tables")}>
          <Table
            size="small"
            pagination={false}
            rowKey="table"
            dataSource={shown}
            locale={{ emptyText: <Empty title={t("part.no-match")} /> }}
            rowClassName={(one) => (one === table ? "check-trend-on" : "")}
            onRow={(one) => ({ onClick: () => setChosen(one.table) })}
            columns={[
              {
                title: t("check.table"),
                render: (_, one) => (
                  <button type="button" className="check-trend-name" aria-pressed={one === table}>
                    {one.title}
                    {one.jumps > 0 && (
                      <span className="warn small">
                        <LevelMark level="confirm" /> {count(one.jumps)}
                      </span>
                    )}
                    {isLess(one) && (
                      <span className="warn small">
                        {t("check.expected-less", { n: (one.expected ?? 0) - (rows(one, 0) ?? 0) })}
                      </span>
                    )}
                  </button>
                ),
              },
              {
                title: t("check.trend-now"),
                align: "right",
                width: 84,
                render: (_, one) => <Rows n={rows(one, 0)} />,
              },
              {
                title: t("check.trend-before"),
                align: "right",
                width: 84,
                render: (_, one) => <Rows n={rows(one, 1)} />,
              },
              ...(trend.tables.some(({ year_before }) => year_before !== null)
                ? [
                    {
                      title: t("check.trend-year"),
                      align: "right" as const,
                      width: 84,
                      render: (_: unknown, one: TrendTable) => <Rows n={rows(one, one.year_before ?? 1)} />,
                    },
                  ]
                : []),
              {
                title: t("check.trend-change"),
                align: "right",
                width: 76,
                render: (_, one) => <span className="num">{change(rows(one, 0), rows(one, 1))}</span>,
              },
            ]}
          />
        </div>
      </section>
      <section className="card check-trend-detail scroll" tabIndex={0} aria-label={table?.title ?? t("check.table")}>
        {table ? <TrendDetail key={table.table} table={table} /> : <Empty title={t("check.trend-choose")} />}
      </section>
    </div>
  );
}

const Rows = ({ n }: { n: number | null }) => <span className="num">{n === null ? "—" : count(n)}</span>;

/** How much more or less, with its sign; in per cent where there was something before. */
function change(now: number | null, before: number | null): string {
  if (now === null || before === null) return "";
  if (now === before) return "0";
  const sign = now > before ? "+" : "−";
  const size = Math.abs(now - before);
  return before === 0 ? `${sign}${count(size)}` : `${sign}${Math.round((size / before) * 100)}%`;
}
