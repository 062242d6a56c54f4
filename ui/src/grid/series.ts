/**
 * What the fill handle writes, by Excel's rules: one value is copied, two numbers give the step, dates continue by
 * days, a number at the end of a text is counted up. Codes are copied, because the next code means something else;
 * numbers with a check digit are refused, because counting does not give the next valid one.
 */
import type { FieldSpec } from "../ipc";

export type Series = { values: string[] } | { refused: "check-digit" };

/**
 * The values that continue `source`, the values of one column or row in order; with `back` those before it, the
 * nearest first. `plain`: copies, whatever the values are.
 */
export function goOn(
  field: FieldSpec | undefined,
  source: string[],
  count: number,
  back = false,
  plain = false,
): Series {
  const given = back ? source.toReversed() : source;
  const copied = { values: Array.from({ length: count }, (_, i) => given[i % given.length] ?? "") };
  const coded = field === undefined || Boolean(field.code_list) || field.kind === "code" || field.kind === "codes";
  if (plain || coded || source.length === 0 || source.every((value) => value === "")) return copied;
  // A copy of one identifier is as wrong as a counted one: it names the same person or firm again.
  if (field.check_digit) return { refused: "check-digit" };
  const next =
    dates(field, source, back) ??
    numbers(source, back) ??
    (field.kind === "longtext" ? undefined : texts(source, back));
  if (!next) return copied;
  return { values: Array.from({ length: count }, (_, i) => next(i + 1)) };
}

type Next = (step: number) => string;

const DATE = /^(\d{4})(\d{2})(\d{2})(.*)$/;
const DAY_MS = 86_400_000;

/** The day of a date in days since 1970; undefined for a text that is not a date. */
function dayOf(value: string): number | undefined {
  const parts = DATE.exec(value.replace(/^(\d{4})-(\d{2})-(\d{2})/, "$1$2$3"));
  if (!parts) return undefined;
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  const date = new Date(time);
  const same = date.getUTCMonth() + 1 === Number(parts[2]) && date.getUTCDate() === Number(parts[3]);
  return same ? time / DAY_MS : undefined;
}

function dates(field: FieldSpec, source: string[], back: boolean): Next | undefined {
  if (field.kind !== "date" && field.kind !== "datetime") return undefined;
  const days = source.map(dayOf);
  if (days.some((day) => day === undefined)) return undefined;
  const known = days as number[];
  const step = stepOf(known, 1);
  if (step === undefined) return undefined;
  const edge = back ? 0 : known.length - 1;
  const model = source[edge] ?? "";
  const [hyphens, rest] = [/^\d{4}-/.test(model), model.replace(/^\d{4}-?\d{2}-?\d{2}/, "")];
  return (n) => {
    const day = new Date(((known[edge] ?? 0) + (back ? -n : n) * step) * DAY_MS).toISOString().slice(0, 10);
    return (hyphens ? day : day.replaceAll("-", "")) + rest;
  };
}

/** The step between equally distant numbers; `single` if there is only one number. */
function stepOf(numbers: number[], single: number): number | undefined {
  const [first = 0, second] = numbers;
  if (second === undefined) return single;
  const step = second - first;
  return numbers.every((number, i) => Math.abs(number - first - i * step) < 1e-9) ? step : undefined;
}

const NUMBER = /^-?\d{1,15}(\.\d{1,9})?$/;

function numbers(source: string[], back: boolean): Next | undefined {
  if (source.length < 2 || !source.every((value) => NUMBER.test(value))) return undefined;
  // A number with leading zeros is an identifier, so it is handled as a text with a number at its end.
  if (source.some((value) => /^-?0\d/.test(value))) return undefined;
  const places = Math.max(...source.map((value) => value.split(".")[1]?.length ?? 0));
  const step = stepOf(source.map(Number), 0);
  if (step === undefined) return undefined;
  const edge = Number(source[back ? 0 : source.length - 1]);
  return (n) => (edge + (back ? -n : n) * step).toFixed(places);
}

const NUMBERED = /^(.*?)(\d+)(\D*)$/s;

/** Texts with the same words and a number behind them; the number keeps its leading zeros. */
function texts(source: string[], back: boolean): Next | undefined {
  const parts = source.map((value) => NUMBERED.exec(value));
  const [first] = parts;
  if (!first || parts.some((one) => one?.[1] !== first[1] || one?.[3] !== first[3])) return undefined;
  // Excel copies a single number. One of many digits or with leading zeros is an identifier and is counted up.
  const plain = first[1] === "" && first[3] === "";
  if (plain && source.length === 1 && NUMBER.test(source[0] ?? "") && !/^0\d/.test(source[0] ?? "")) return undefined;
  const values = parts.map((one) => BigInt(one?.[2] ?? "0"));
  const step = values.length > 1 ? (values[1] ?? 0n) - (values[0] ?? 0n) : 1n;
  if (values.some((value, i) => value !== (values[0] ?? 0n) + BigInt(i) * step)) return undefined;
  const edge = values[back ? 0 : values.length - 1] ?? 0n;
  const width = parts[back ? 0 : parts.length - 1]?.[2]?.length ?? 0;
  return (n) => {
    const value = edge + BigInt(back ? -n : n) * step;
    // Counting back ends at 0, where Excel goes on with the sign left out.
    const digits = (value < 0n ? -value : value).toString().padStart(width, "0");
    return first[1] + digits + first[3];
  };
}
