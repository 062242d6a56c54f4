/** Days and times in words, in national time (UTC+8), whatever time zone this PC is set to. */
import { knownNow } from "../state/clock";
import { inNationalTime } from "../state/national";
import { t } from "../text";

const two = (number: number) => number.toString().padStart(2, "0");

/** `YYYY-MM-DD` of a moment in national time. */
export function dayOf(moment: Date): string {
  const { year, month, date } = inNationalTime(moment);
  return `${year}-${two(month)}-${two(date)}`;
}

/** Whole days from one `YYYY-MM-DD` to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `YYYY-MM-DD` as 今天, 明天, 12 月 15 日, and with the year where it is another one. */
export function dayWords(day: string, today = dayOf(knownNow())): string {
  const away = daysBetween(today, day);
  if (away === 0) return t("part.today");
  if (away === 1) return t("part.tomorrow");
  if (away === -1) return t("part.yesterday");
  const [year, month, date] = day.split("-");
  if (year !== today.slice(0, 4)) return day;
  return t("date.month-day", { m: String(Number(month)), d: String(Number(date)) });
}

/** A moment (RFC 3339) as 今天 16:02, 昨天 16:40, 11-20 16:02, 2025-11-20 16:02. */
export function momentWords(text: string, now = knownNow()): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return text;
  const { year, month, date, hour, minute } = inNationalTime(moment);
  const clock = `${two(hour)}:${two(minute)}`;
  const away = daysBetween(dayOf(now), dayOf(moment));
  if (away === 0) return `${t("part.today")} ${clock}`;
  if (away === -1) return `${t("part.yesterday")} ${clock}`;
  const day = `${two(month)}-${two(date)} ${clock}`;
  return year === inNationalTime(now).year ? day : `${year}-${day}`;
}
