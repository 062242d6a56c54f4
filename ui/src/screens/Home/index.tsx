/** The home page: which tables are due and when, their findings, and what was sent. */
import { CloseOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";

import type { BookHead, CalendarDay, DueTable, Home as HomeData, HomeTable, Warning, WarningPlace } from "../../ipc";
import { Cut, DayBars, Empty, Levels, Meter, Shown } from "../../parts";
import { daysBetween, dayOf, dayWords, momentWords } from "../../parts/dates";
import { useCall } from "../../state/calls";
import { knownNow } from "../../state/clock";
import { FIRST_FINDING, go, type Place, toHash } from "../../state/route";
import { count, tDynamic, t } from "../../text";
import { Calendar } from "./Calendar";
import { lead, totals } from "./lead";
import "./Home.css";

export function Home({ head }: { head: BookHead }) {
  return <Shown answer={useCall("home.get", {})}>{(home) => <Page home={home} head={head} />}</Shown>;
}

function Page({ home, head }: { home: HomeData; head: BookHead }) {
  // The last day of the bars is today in national time, whatever the time zone of this PC is.
  const today = home.days.at(-1)?.day ?? dayOf(knownNow());
  const [side, setSide] = useState<"calendar" | "days">("calendar");
  // The day of the calendar whose tables are listed; null lists all.
  const [day, setDay] = useState<CalendarDay | null>(null);
  const due = useCall("due.list", { tables: [], month: null }).data;
  const standing = new Map(due?.tables.map((table) => [table.table, table]));
  const listed = day === null ? home.tables : home.tables.filter((table) => day.due.includes(table.table));
  return (
    <div className="home">
      <Lead home={home} today={today} />
      <section className="card home-tables">
        <h2>
          {t("home.tables")} <span>{head.department || t("home.all-tables")}</span>
          {day !== null && (
            <Button size="small" icon={<CloseOutlined aria-hidden />} iconPosition="end" onClick={() => setDay(null)}>
              {t("home.of-day", { day: dayWords(day.day, today), n: listed.length })}
            </Button>
          )}
        </h2>
        {home.tables.length === 0 ? (
          <Empty
            title={t("home.no-tables")}
            action={
              <Button onClick={() => go({ screen: "settings", what: "departments" })}>{t("home.give-tables")}</Button>
            }
          >
            {t("home.no-tables-help")}
          </Empty>
        ) : (
          <Tables tables={listed} standing={standing} today={today} />
        )}
      </section>
      <section className="card home-side">
        <Segmented
          size="small"
          value={side}
          onChange={setSide}
          options={[
            { value: "calendar", label: t("home.calendar") },
            { value: "days", label: t("home.days") },
          ]}
        />
        {side === "calendar" ? (
          <Calendar today={today} chosen={day} choose={setDay} />
        ) : (
          <>
            <p className="sub">{t("home.days-help")}</p>
            <DayBars days={home.days} />
          </>
        )}
      </section>
      <section className="card home-warnings">
        <h2>{t("home.warnings")}</h2>
        {home.warnings.length === 0 && <p className="sub">{t("home.no-warnings")}</p>}
        <div className="scroll">
          {home.warnings.map((warning, i) => (
            <WarningLine key={i} warning={warning} />
          ))}
        </div>
      </section>
    </div>
  );
}

function Lead({ home, today }: { home: HomeData; today: string }) {
  const sums = totals(home, today);
  const words = lead(sums, knownNow());
  return (
    <section className="card home-lead">
      <div className="grow">
        <h1>{words.greeting}</h1>
        <p title={words.detail}>{words.detail}</p>
      </div>
      <Figure value={count(sums.ready)} of={count(home.tables.length)} words={t("home.ready")} to="#/submit" />
      <Figure
        value={count(sums.mandatory)}
        className={sums.mandatory ? "bad" : ""}
        words={t("home.mandatory")}
        to="#/check/mandatory"
      />
      <Figure
        value={count(sums.confirm)}
        className={sums.confirm ? "warn" : ""}
        words={t("home.confirm")}
        to="#/check/confirm"
      />
      <Figure
        value={sums.rate === null ? "—" : `${sums.rate}%`}
        className={sums.rate === null ? "sub" : "ok"}
        words={t("home.rate")}
        to="#/submit"
      />
      {sums.next && (
        <Button type="primary" size="large" onClick={() => sums.next && go({ screen: "fill", what: sums.next.table })}>
          <span className="cut">{t(sums.next.rows > 0 ? "home.go-on" : "home.begin", { title: sums.next.title })}</span>
        </Button>
      )}
      {!sums.next && sums.toSend > 0 && (
        <Button type="primary" size="large" onClick={() => go({ screen: "submit" })}>
          {t("home.submit")}
        </Button>
      )}
      {sums.next && sums.dueToday.length > 0 && (
        <Button size="large" onClick={() => go({ screen: "submit" })}>
          {t("home.submit-today")}
        </Button>
      )}
    </section>
  );
}

function Figure({
  value,
  of,
  words,
  to,
  className = "",
}: {
  value: string;
  of?: string;
  words: string;
  /** Where what it counts is. */
  to: string;
  className?: string;
}) {
  return (
    <a className="home-figure" href={to}>
      <b className={className}>
        {value}
        {of && <small> / {of}</small>}
      </b>
      <span>{words}</span>
    </a>
  );
}

function Tables({ tables, standing, today }: { tables: HomeTable[]; standing: Map<string, DueTable>; today: string }) {
  return (
    <div className="scroll">
      <table className="facts">
        <thead>
          <tr>
            <th>{t("home.col-table")}</th>
            <th className="home-col-progress">{t("home.col-progress")}</th>
            <th className="num home-col-rows">{t("home.col-rows")}</th>
            <th className="home-col-findings">{t("home.col-findings")}</th>
            <th className="home-col-sent">{t("home.col-sent")}</th>
            <th className="home-col-due">{t("home.col-due")}</th>
          </tr>
        </thead>
        <tbody>
          {tables.map((table) => (
            <tr key={table.table} className="is-clickable" onClick={() => go({ screen: "fill", what: table.table })}>
              <td>
                <a className="cut home-title" href={`#/fill/${table.table}`} title={`${table.title}　${table.table}`}>
                  {table.title}
                </a>
              </td>
              <td className="nowrap">
                <Meter share={table.complete} rows={table.rows} />
              </td>
              <td className="num">{count(table.rows)}</td>
              <td>
                {table.findings.mandatory + table.findings.confirm > 0 ? (
                  <a
                    className="home-levels"
                    href={toHash({ screen: "fill", what: table.table, part: FIRST_FINDING })}
                    title={t("home.to-finding")}
                    onClick={(event) => event.stopPropagation()}
                  >
                    <Levels counts={table.findings} rows={table.rows} />
                  </a>
                ) : (
                  <Levels counts={table.findings} rows={table.rows} />
                )}
              </td>
              <td className="nowrap">
                <Sent table={table} standing={standing.get(table.table)} />
              </td>
              <td className="nowrap">
                <Due table={table} standing={standing.get(table.table)} today={today} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The outcome of the last submission; before one, whether the records can be sent, and why not. */
function Sent({ table, standing }: { table: HomeTable; standing: DueTable | undefined }) {
  // Without a connection no table can be sent; one warning says so, not every line.
  const reasons = standing?.reasons.filter((reason) => reason.code !== "no-connection") ?? [];
  const whyNot = reasons.map((reason) => tDynamic(`due.${reason.code}`, { n: reason.rows })).join(t("home.joint"));
  if (standing?.state === "nothing") return <span className="sub">{t("due.nothing")}</span>;
  if (standing?.state === "blocked" && whyNot !== "") return <Cut className="bad">{whyNot}</Cut>;
  if (table.waiting > 0 && !table.last_submitted)
    return <span className="warn">{t("submit.waiting", { n: table.waiting })}</span>;
  if (!table.last_submitted && standing?.state === "ready")
    return <span title={whyNot}>{t("due.ready", { n: standing.ready })}</span>;
  if (!table.last_submitted) return <span className="sub">{t("home.not-sent")}</span>;
  const state = table.last_shown ?? "";
  const warns = ["partly-stored", "unknown", "paused", "broken-off", "no-result"];
  const tone = state === "rejected" ? "bad" : warns.includes(state) ? "warn" : "";
  return (
    <span className={tone} title={whyNot}>
      {momentWords(table.last_submitted)} {tDynamic(`state.${state}`)}
    </span>
  );
}

function Due({ table, standing, today }: { table: HomeTable; standing: DueTable | undefined; today: string }) {
  if (!table.due) return <span className="sub">{tDynamic(`frequency.${table.frequency}`)}</span>;
  const away = daysBetween(today, table.due);
  if (table.overdue_days > 0)
    return (
      <span className="bad" title={dayWords(table.due, today)}>
        {t("part.overdue", { n: table.overdue_days })}
      </span>
    );
  if (table.to_send === 0 && table.rows > 0) return <span className="sub">{dayWords(table.due, today)}</span>;
  if (standing?.estimate)
    return (
      <span className="sub" title={t("home.estimate-help")}>
        {t("home.estimate", { day: dayWords(table.due, today) })}
      </span>
    );
  return <span className={away === 0 ? "bad" : away <= 30 ? "warn" : ""}>{dayWords(table.due, today)}</span>;
}

/** Where a warning leads: to where it is mended. */
function placeOf({ to, table }: Warning): Place | undefined {
  const places: Record<WarningPlace, Place> = {
    table: { screen: "fill", what: table ?? undefined },
    submit: { screen: "submit", what: table ?? undefined },
    reconcile: { screen: "submit", part: "reconcile" },
    imports: { screen: "workbooks" },
    college: { screen: "settings", what: "college" },
    due: { screen: "settings", what: "due" },
    connections: { screen: "settings", what: "connections" },
    submission: { screen: "settings", what: "submission" },
    schedule: { screen: "settings", what: "schedule" },
    backups: { screen: "settings", what: "security" },
  };
  return to === null ? undefined : places[to];
}

function WarningLine({ warning }: { warning: Warning }) {
  const body = (
    <>
      <i className={`home-dot is-${warning.level}`} />
      <span className="grow">
        <Cut className="home-warning">{tDynamic(`warning.${warning.code}`, warning.params, warning.code)}</Cut>
        <small>{tDynamic(`warning.${warning.code}.help`, warning.params)}</small>
      </span>
    </>
  );
  const place = placeOf(warning);
  if (place === undefined) return <div className="home-warning-line">{body}</div>;
  return (
    <a className="home-warning-line" href={toHash(place)} data-to={warning.to ?? "table"} data-code={warning.code}>
      {body}
    </a>
  );
}
