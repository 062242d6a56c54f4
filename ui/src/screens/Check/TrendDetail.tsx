/** One table over time: its records by period, keys that came and went, and each column now and before. */
import { Table } from "antd";
import { useMemo } from "react";

import type { TrendColumn, TrendDetail as Detail, TrendTable } from "../../ipc";
import { Shown } from "../../parts";
import { useCall } from "../../state/calls";
import { toHash } from "../../state/route";
import { count, t } from "../../text";
import { TrendBars } from "./TrendBars";

/** Codes of a column that are shown: the most frequent. */
const CODES = 6;

export function TrendDetail({ table }: { table: TrendTable }) {
  const answer = useCall("trend.table", { table: table.table, job: 0 });
  const bars = useMemo(() => table.periods, [table]);
  return (
    <>
      <h2>
        {table.title} <span>{table.department}</span>
      </h2>
      <TrendBars periods={bars} expected={table.expected} />
      {table.jumps > 0 && (
        <p>
          <a href={toHash({ screen: "check", what: table.table })}>{t("check.trend-see")}</a>
        </p>
      )}
      <Shown answer={answer}>{(detail) => <Columns detail={detail} />}</Shown>
    </>
  );
}

function Columns({ detail }: { detail: Detail }) {
  const has = detail.periods.length > 1;
  const share = (cells: number | undefined, at: number) => {
    const rows = detail.rows[at] ?? 0;
    return cells === undefined || rows === 0 ? "—" : `${Math.round((cells / rows) * 100)}%`;
  };
  const pair = (now: string, before: string) => (
    <span className="num nowrap">
      {now}
      {has && <span className="sub"> ← {before}</span>}
    </span>
  );
  return (
    <>
      {detail.keys && <p className="small">{t("check.trend-keys", { ...detail.keys })}</p>}
      <Table
        size="small"
        pagination={false}
        rowKey="column"
        dataSource={detail.columns}
        columns={[
          {
            title: t("check.field"),
            render: (_, one) => (
              <>
                {one.title}
                <Figures column={one} detail={detail} share={share} />
              </>
            ),
          },
          {
            title: `${t("check.trend-filled")}${has ? ` ← ${t("check.trend-before")}` : ""}`,
            align: "right",
            width: 132,
            render: (_, one) => pair(share(one.filled[0], 0), share(one.filled[1], 1)),
          },
        ]}
      />
    </>
  );
}

/** What is in a column beside how much of it is filled: sum and median, span of dates, or its codes. */
function Figures({
  column,
  detail,
  share,
}: {
  column: TrendColumn;
  detail: Detail;
  share(cells: number | undefined, at: number): string;
}) {
  const before = detail.periods.length > 1;
  if (column.codes.length > 0)
    return (
      <div className="small sub">
        {column.codes.slice(0, CODES).map((one) => (
          <span key={one.code} className="check-trend-code">
            {one.name || one.code} <span className="num">{share(one.cells[0], 0)}</span>
            {before && <span className="num"> ← {share(one.cells[1], 1)}</span>}
          </span>
        ))}
        {column.codes.length > CODES && "…"}
      </div>
    );
  const [now, last] = column.spans;
  if (!now || now.length < 3) return null;
  const sums = column.sums;
  return (
    <div className="small sub num">
      {sums[0] !== undefined && (
        <span className="check-trend-code">
          {t("check.trend-sum")} {digits(sums[0])}
          {sums[1] !== undefined && ` ← ${digits(sums[1])}`}
        </span>
      )}
      <span className="check-trend-code">
        {t("check.trend-middle")} {digits(now[1] ?? "")}
        {last?.[1] && ` ← ${digits(last[1])}`}
      </span>
      <span className="check-trend-code">
        {t("check.trend-span")} {digits(now[0] ?? "")}–{digits(now[2] ?? "")}
        {last && last.length > 2 && ` ← ${digits(last[0] ?? "")}–${digits(last[2] ?? "")}`}
      </span>
    </div>
  );
}

/** A decimal as people write it; dates stay as they are. */
function digits(text: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(text) || /^(19|20)\d{6}$/.test(text)) return text;
  const [whole = "", part] = text.split(".");
  return (whole.length > 15 ? whole : count(Number(whole))) + (part ? `.${part}` : "");
}
