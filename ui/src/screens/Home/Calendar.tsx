/** The month with its due days: how many tables are due on each day, which days are off, and what is late. */
import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useState } from "react";

import type { CalendarDay, Due } from "../../ipc";
import { Failed } from "../../parts";
import { dayWords } from "../../parts/dates";
import { useCall } from "../../state/calls";
import { count, t } from "../../text";

/** The month `YYYY-MM` that is `months` later. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const total = year * 12 + (number - 1) + months;
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, "0")}`;
}

/** Empty places before the first day: weeks begin on Monday. */
export function placesBefore(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function Calendar({
  today,
  chosen,
  choose,
}: {
  today: string;
  chosen: CalendarDay | null;
  choose: (day: CalendarDay | null) => void;
}) {
  const [month, setMonth] = useState(today.slice(0, 7));
  const answer = useCall("due.list", { tables: [], month });
  const [year, number] = month.split("-");
  const turn = (months: number) => {
    choose(null);
    setMonth(monthAfter(month, months));
  };
  return (
    <>
      <div className="home-month">
        <button type="button" aria-label={t("home.month-before")} onClick={() => turn(-1)}>
          <LeftOutlined aria-hidden />
        </button>
        <b>{t("home.month", { y: year ?? "", m: String(Number(number)) })}</b>
        <button type="button" aria-label={t("home.month-after")} onClick={() => turn(1)}>
          <RightOutlined aria-hidden />
        </button>
      </div>
      {answer.error !== undefined && answer.data === undefined ? (
        <Failed error={answer.error} retry={answer.reload} />
      ) : (
        <>
          <Days
            days={answer.data?.calendar ?? daysOf(month)}
            today={answer.data?.today ?? today}
            chosen={chosen}
            choose={choose}
          />
          {answer.data ? <Notes due={answer.data} year={Number(year)} /> : <p className="sub home-calendar-note" />}
        </>
      )}
    </>
  );
}

/** The days of a month `YYYY-MM` of which nothing is known yet, so that they have their place at once. */
export function daysOf(month: string): CalendarDay[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length }, (_, i) => ({
    day: `${month}-${String(i + 1).padStart(2, "0")}`,
    work: true,
    name: null,
    due: [],
    overdue: 0,
    done: 0,
  }));
}

function Days({
  days,
  today,
  chosen,
  choose,
}: {
  days: CalendarDay[];
  today: string;
  chosen: CalendarDay | null;
  choose: (day: CalendarDay | null) => void;
}) {
  const first = days[0];
  return (
    <div className="home-days">
      {["1", "2", "3", "4", "5", "6", "7"].map((day) => (
        <span key={day} className="sub">
          {t(`home.weekday-${day}` as "home.weekday-1")}
        </span>
      ))}
      {first && Array.from({ length: placesBefore(first.day) }, (_, place) => <i key={place} />)}
      {days.map((day) => (
        <Day
          key={day.day}
          day={day}
          today={today}
          chosen={chosen?.day === day.day}
          choose={() => choose(chosen?.day === day.day ? null : day)}
        />
      ))}
    </div>
  );
}

function Day({ day, today, chosen, choose }: { day: CalendarDay; today: string; chosen: boolean; choose: () => void }) {
  const n = day.due.length;
  const tone = day.overdue > 0 ? "is-bad" : day.day === today && n > 0 ? "is-warn" : n > 0 ? "is-due" : "";
  const words = [
    dayWords(day.day, today),
    day.name ?? (day.work ? "" : t("home.day-off")),
    n > 0 ? t("home.day-due", { n }) : "",
    day.overdue > 0 ? t("home.day-overdue", { n: day.overdue }) : "",
    day.done > 0 ? t("home.day-done", { n: day.done }) : "",
  ];
  const title = words.filter((part) => part !== "").join(t("home.joint"));
  return (
    <button
      type="button"
      className={`home-day ${day.work ? "" : "is-off"} ${day.day === today ? "is-today" : ""}`}
      title={title}
      aria-pressed={chosen}
      disabled={n === 0}
      onClick={choose}
    >
      <span>{Number(day.day.slice(8))}</span>
      <small className={tone}>{n > 0 ? count(n) : day.done > 0 ? "✓" : (day.name?.slice(0, 2) ?? "")}</small>
    </button>
  );
}

/** Notes on due days that depend on something uncertain, such as the first day of the term. */
function Notes({ due, year }: { due: Due; year: number }) {
  const known = due.holidays.find((one) => one.year === year)?.known;
  const notes = [
    known !== "official" ? t("home.holidays-unknown", { year: String(year) }) : "",
    due.term.end === null ? t("home.term-open") : "",
  ].filter((note) => note !== "");
  return (
    <p className="sub home-calendar-note" title={notes.join("\n")}>
      {notes[0] ?? ""}
    </p>
  );
}
