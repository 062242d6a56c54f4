/**
 * Terms as periods: `2026-2027-1` is the first term of the school year 2026 to 2027. Days are those of national time.
 */
import { knownNow } from "./clock";
import { inNationalTime } from "./national";

/** The term that a day falls into: the first one from August to January. */
export function currentTerm(now = knownNow()): string {
  const { year, month } = inNationalTime(now);
  if (month >= 8) return `${year}-${year + 1}-1`;
  return month === 1 ? `${year - 1}-${year}-1` : `${year - 1}-${year}-2`;
}

/** School years to choose from around a day, newest first. */
export function schoolYears(now = knownNow()): string[] {
  const { year } = inNationalTime(now);
  return [1, 0, -1, -2, -3].map((away) => `${year + away}-${year + away + 1}`);
}

/** `2026-2027-1` in its two parts. */
export function splitTerm(period: string): { year: string; term: string } {
  const match = /^(\d{4}-\d{4})-([12])$/.exec(period);
  return { year: match?.[1] ?? "", term: match?.[2] ?? "" };
}
