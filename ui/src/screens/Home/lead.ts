/** The first line of the home page: which tables are due today, in one or two sentences. */
import type { Home, HomeTable } from "../../ipc";
import { inNationalTime } from "../../state/national";
import { isReady } from "../../state/ready";
import { t } from "../../text";

export interface Totals {
  tables: number;
  ready: number;
  mandatory: number;
  confirm: number;
  /** Stored share of what was sent in the days shown, one decimal; null when nothing came back yet. */
  rate: string | null;
  /** Records changed since they were accepted. */
  toSend: number;
  /** Due today or earlier, with something to send or nothing filled. */
  dueToday: HomeTable[];
  /** Those of them whose due day is over. */
  overdue: HomeTable[];
  /** The table to fill next: the most urgent one that is not ready. */
  next: HomeTable | undefined;
}

export function totals(home: Home, today: string): Totals {
  const sum = (of: (table: HomeTable) => number) => home.tables.reduce((total, table) => total + of(table), 0);
  const stored = home.days.reduce((total, day) => total + day.stored, 0);
  const rejected = home.days.reduce((total, day) => total + day.rejected, 0);
  const known = stored + rejected;
  // The college's own tables are not submitted, so they are never due.
  const owed = home.tables.filter((table) => !table.own);
  const dueToday = home.tables.filter(
    (table) => table.due !== null && table.due <= today && (table.to_send > 0 || table.rows === 0),
  );
  return {
    tables: owed.length,
    ready: owed.filter(isReady).length,
    mandatory: sum((table) => table.findings.mandatory),
    confirm: sum((table) => table.findings.confirm),
    rate: known === 0 ? null : String(Math.floor((stored / known) * 1000) / 10),
    toSend: sum((table) => table.to_send),
    dueToday,
    overdue: dueToday.filter((table) => table.due !== null && table.due < today),
    next: owed.find((table) => !isReady(table)),
  };
}

/** The first two titles, and how many there are. */
function named(tables: HomeTable[]): { names: string; n: number } {
  const names = tables.slice(0, 2).map((table) => `“${table.title}”`);
  return { names: names.join(""), n: tables.length };
}

/** Greeting and detail. */
export function lead(sums: Totals, now: Date): { greeting: string; detail: string } {
  const { hour } = inNationalTime(now);
  const hello = t(hour < 12 ? "home.hello-morning" : hour < 18 ? "home.hello-noon" : "home.hello-evening");
  const owed = sums.dueToday.length;
  if (sums.tables === 0) return { greeting: t("home.say-nothing", { hello }), detail: t("home.detail-free") };
  const greeting = owed > 0 ? t("home.say-owed", { hello, n: owed }) : t("home.say-free", { hello });
  const parts: string[] = [];
  const { overdue } = sums;
  const today = sums.dueToday.filter((table) => !overdue.includes(table));
  if (overdue.length > 0)
    parts.push(t(overdue.length > 2 ? "home.detail-overdue-more" : "home.detail-overdue", named(overdue)));
  if (today.length > 0) parts.push(t(today.length > 2 ? "home.detail-owed-more" : "home.detail-owed", named(today)));
  const { next } = sums;
  if (next && next.findings.mandatory > 0)
    parts.push(t("home.detail-wrong", { title: next.title, n: next.findings.mandatory }));
  else if (next && next.rows === 0) parts.push(t("home.detail-empty", { title: next.title }));
  else if (next) parts.push(t("home.detail-open", { title: next.title }));
  else parts.push(sums.toSend > 0 ? t("home.detail-ready", { n: sums.toSend }) : t("home.detail-done"));
  return { greeting, detail: parts.join(t("home.joint")) };
}
