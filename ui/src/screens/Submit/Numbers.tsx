/** What was sent, stored and rejected by day and table, as a chart that needs no colour, and as numbers. */
import { Button, Segmented } from "antd";
import { useState } from "react";

import { call, chooseSave, handOver, type RowsOfDay, type RowsOfTable } from "../../ipc";
import { Empty, Shown } from "../../parts";
import { PAGE, WORKBOOK } from "../../parts/files";
import { useSay } from "../../parts/say";
import { useCall } from "../../state/calls";
import { count, t } from "../../text";

/** Days that can be looked at. */
const SPANS = [14, 28, 90];

/** Units of the picture; its width follows the place that it gets. */
const WIDE = 360;
const HIGH = 120;

/** `connection`: the one that is chosen on the screen; null: the rehearsal, which has no numbers. */
export function Numbers({ connection }: { connection: string | null }) {
  const say = useSay();
  const [days, setDays] = useState(SPANS[0] ?? 14);
  const [by, setBy] = useState<"day" | "table">("day");
  const answer = useCall("submit.numbers", connection === null ? null : { connection, days });

  async function write() {
    const path = await chooseSave(t("submit.summary-name"), [WORKBOOK, PAGE]);
    if (!path) return;
    try {
      await call("submit.summary", { path, day: null, connection });
      handOver(path);
      say.done(t("submit.summary-written"));
    } catch (error) {
      say.failed(error);
    }
  }

  if (connection === null) return <p className="sub small">{t("submit.numbers-rehearsal")}</p>;
  return (
    <div data-testid="numbers">
      <div className="row submit-numbers-head">
        <Segmented
          size="small"
          value={by}
          onChange={setBy}
          options={[
            { value: "day", label: t("submit.by-day") },
            { value: "table", label: t("submit.by-table") },
          ]}
        />
        <Segmented
          size="small"
          value={days}
          onChange={setDays}
          options={SPANS.map((n) => ({ value: n, label: t("submit.span", { n }) }))}
        />
        <span className="grow" />
        <Button size="small" onClick={() => void write()}>
          {t("submit.summary")}
        </Button>
      </div>
      <Shown answer={answer}>
        {(sums) =>
          sums.tables.length === 0 ? (
            <Empty title={t("submit.numbers-none")} />
          ) : by === "day" ? (
            <Days days={sums.days} />
          ) : (
            <Tables tables={sums.tables} />
          )
        }
      </Shown>
    </div>
  );
}

/** Bars: stored plain, rejected hatched, without a result outlined; each has its numbers as a tooltip. */
function Days({ days }: { days: RowsOfDay[] }) {
  const most = Math.max(1, ...days.map((day) => day.sent));
  const step = WIDE / days.length;
  const height = (rows: number) => (rows / most) * (HIGH - 24);
  return (
    <>
      <svg
        className="submit-chart"
        viewBox={`0 0 ${WIDE} ${HIGH}`}
        role="img"
        aria-label={t("submit.chart", { n: days.length, most: count(most) })}
      >
        <defs>
          <pattern id="submit-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className="is-rejected-ground" />
            <line x1="0" y1="0" x2="0" y2="5" className="is-hatch" />
          </pattern>
        </defs>
        <text x="0" y="9" className="is-scale">
          {count(most)}
        </text>
        <line x1="0" x2={WIDE} y1={HIGH - 14} y2={HIGH - 14} className="is-base" />
        {days.map((day, i) => {
          const left = i * step + step * 0.15;
          const wide = step * 0.7;
          const open = Math.max(0, day.sent - day.stored - day.rejected);
          const stored = height(day.stored);
          const rejected = height(day.rejected);
          const foot = HIGH - 14;
          return (
            <g key={day.day}>
              <title>
                {t("home.day-tip", { day: day.day, sent: day.sent, stored: day.stored, rejected: day.rejected })}
              </title>
              <rect x={left} width={wide} y={foot - stored} height={stored} className="is-stored" />
              <rect x={left} width={wide} y={foot - stored - rejected} height={rejected} fill="url(#submit-hatch)" />
              <rect
                x={left}
                width={wide}
                y={foot - stored - rejected - height(open)}
                height={height(open)}
                className="is-open"
              />
              {(days.length <= 16 || i % 7 === 0) && (
                <text x={left + wide / 2} y={HIGH - 3} textAnchor="middle">
                  {Number(day.day.slice(8))}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p className="sub small submit-legend">
        <i className="is-stored" /> {t("submit.stored")} <i className="is-rejected" /> {t("submit.chart-rejected")}{" "}
        <i className="is-open" /> {t("submit.chart-open")}
      </p>
    </>
  );
}

function Tables({ tables }: { tables: RowsOfTable[] }) {
  const most = Math.max(1, ...tables.map((table) => table.sent));
  return (
    <table className="facts submit-numbers">
      <thead>
        <tr>
          <th>{t("home.col-table")}</th>
          <th className="num">{t("submit.chart-sent")}</th>
          <th className="num">{t("submit.stored")}</th>
          <th className="num">{t("submit.chart-rejected")}</th>
          <th aria-hidden />
        </tr>
      </thead>
      <tbody>
        {tables.map((table) => (
          <tr key={table.table}>
            <td className="cut" title={table.table}>
              {table.title}
            </td>
            <td className="num">{count(table.sent)}</td>
            <td className="num">{count(table.stored)}</td>
            <td className={`num ${table.rejected > 0 ? "bad" : ""}`}>{count(table.rejected)}</td>
            <td className="submit-bar" aria-hidden>
              <i className="is-stored" style={{ width: `${(table.stored / most) * 100}%` }} />
              <i className="is-rejected" style={{ width: `${(table.rejected / most) * 100}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
