/** National time (UTC+8, without summer time): the standard, the receivers and the program count in it. */

const AHEAD_MS = 8 * 3_600_000;

/** The parts of a moment on a clock of national time; months from 1. */
export function inNationalTime(moment: Date) {
  const shifted = new Date(moment.getTime() + AHEAD_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    date: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}
