/** Parts that several screens share: for waiting, errors, empty content and progress, and small charts. */
import { Button, Progress as Line, Tooltip } from "antd";
import { type ReactNode, useEffect, useState } from "react";

import type { CallFailure, DayCount, Level as LevelOf, LevelCounts } from "../ipc";
import type { Answer } from "../state/calls";
import type { Job } from "../state/jobs";
import { count, errorWords, tDynamic, t } from "../text";
import { LevelMark } from "./icons";
import "./page.css";
import "./parts.css";

/** Shows nothing for the first 150 ms, so that quick answers do not flicker. */
export function Waiting() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="part-empty" role="status">
      {late && t("part.loading")}
    </div>
  );
}

/** Shown in place of content that is empty: why it is empty, and what to do next. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="part-empty">
      <b>{title}</b>
      {children && <span>{children}</span>}
      {action && <span className="row">{action}</span>}
    </div>
  );
}

export function Failed({ error, retry }: { error: CallFailure; retry?: () => void }) {
  return (
    <Empty title={t("part.load-failed")} action={retry && <Button onClick={retry}>{t("part.retry")}</Button>}>
      {errorWords(error)}
    </Empty>
  );
}

/** The answer of a call once it is there; until then, or if it failed, the words for that. */
export function Shown<T>({ answer, children }: { answer: Answer<T>; children: (data: T) => ReactNode }) {
  if (answer.data !== undefined) return children(answer.data);
  if (answer.error) return <Failed error={answer.error} retry={answer.reload} />;
  return <Waiting />;
}

/** Text that is cut off where there is no room; a tooltip shows all of it. */
export function Cut({ children, className = "" }: { children: string; className?: string }) {
  return (
    <span className={`cut ${className}`} title={children}>
      {children}
    </span>
  );
}

/** 3 强制　1 核实, or a green 无. */
export function Levels({ counts, rows }: { counts: LevelCounts; rows?: number }) {
  if (rows === 0) return <span className="sub">—</span>;
  const { mandatory, confirm, hint } = counts;
  if (mandatory + confirm + hint === 0) return <span className="ok">{t("part.none")}</span>;
  return (
    <span className="row" style={{ gap: 10, whiteSpace: "nowrap" }}>
      {mandatory > 0 && (
        <span className="bad">
          {count(mandatory)} {t("level.mandatory")}
        </span>
      )}
      {confirm > 0 && (
        <span className="warn">
          {count(confirm)} {t("level.confirm")}
        </span>
      )}
      {mandatory + confirm === 0 && (
        <span className="hint">
          {count(hint)} {t("level.hint")}
        </span>
      )}
    </span>
  );
}

export function Level({ level }: { level: LevelOf }) {
  return (
    <span className={level === "mandatory" ? "bad" : level === "confirm" ? "warn" : "hint"}>
      <LevelMark level={level} /> {t(`level.${level}`)}
    </span>
  );
}

/** How much of a table is filled. */
export function Meter({ share, rows }: { share: number; rows: number }) {
  // 99.6 % is not yet ready: round down.
  const percent = Math.floor(share * 100 + 1e-9);
  const words = rows === 0 ? t("part.unfilled") : percent >= 100 ? t("part.ready") : `${percent}%`;
  return (
    <>
      <span className={percent >= 100 && rows > 0 ? "part-meter is-full" : "part-meter"} aria-hidden>
        <i style={{ width: `${rows === 0 ? 0 : percent}%` }} />
      </span>
      <span className={rows === 0 ? "sub" : ""}>{words}</span>
    </>
  );
}

/** Rows stored (blue) and rejected (red), day by day. */
export function DayBars({ days }: { days: DayCount[] }) {
  const most = Math.max(1, ...days.map((day) => day.stored + day.rejected));
  const height = (rows: number) => (rows === 0 ? 0 : Math.max(2, Math.round((rows / most) * 74)));
  return (
    <div className="part-bars" role="img" aria-label={t("home.days")}>
      {days.map((day) => (
        <Tooltip
          key={day.day}
          title={t("home.day-tip", { day: day.day, sent: day.sent, stored: day.stored, rejected: day.rejected })}
        >
          <div>
            {day.rejected > 0 && <i className="is-rejected" style={{ height: height(day.rejected) }} />}
            {day.stored > 0 && <i style={{ height: height(day.stored) }} />}
            {day.rejected + day.stored === 0 && <i className="is-zero" />}
            <span>{Number(day.day.slice(8))}</span>
          </div>
        </Tooltip>
      ))}
    </div>
  );
}

/** Progress of a job, with a button that cancels it. */
export function WorkBar({ job }: { job: Pick<Job, "running" | "progress" | "cancel"> }) {
  const [stopping, setStopping] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next job has not been stopped
  useEffect(() => setStopping(false), [job.running]);
  if (!job.running) return null;
  const { step, done, total } = job.progress ?? { step: "", done: 0, total: 0 };
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  return (
    <div className="part-work-bar" role="status">
      <span className="small sub">
        {stopping ? t("part.cancelling") : tDynamic(`progress.${step}`, {}, t("part.loading"))}
      </span>
      <Line percent={percent} size="small" status="active" format={() => (total > 0 ? `${percent}%` : count(done))} />
      <Button
        size="small"
        disabled={stopping}
        onClick={() => {
          setStopping(true);
          job.cancel();
        }}
      >
        {t("part.cancel")}
      </Button>
    </div>
  );
}
