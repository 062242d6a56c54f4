/** New parts as they begin, and the names by which parts are known. */
import type { Frequency, Kind, Level, Overlay, OwnColumn, OwnField, OwnRule, OwnTable, PeriodKind } from "../../../ipc";

/** Kinds that a clerk chooses from, the usual ones first. */
export const KINDS = [
  "text",
  "longtext",
  "integer",
  "decimal",
  "date",
  "datetime",
  "time",
  "year",
  "yearmonth",
  "yearrange",
  "code",
  "codes",
  "url",
] as const satisfies readonly Kind[];

export const PERIODS = ["term", "school-year", "calendar-year", "all"] as const satisfies readonly PeriodKind[];

export const FREQUENCIES = [
  "day",
  "week",
  "month",
  "term",
  "year",
  "once",
  "as-needed",
] as const satisfies readonly Frequency[];

export const LEVELS = ["mandatory", "confirm", "hint"] as const satisfies readonly Level[];

export function newColumn(): OwnColumn {
  return {
    column: "",
    title: "",
    kind: "text",
    max_length: null,
    precision: null,
    scale: null,
    required: false,
    code_list: null,
    values: [],
    unit: null,
    description: null,
    sensitivity: "none",
  };
}

export const newField = (): OwnField => ({ table: "", field: newColumn() });

export const newTable = (): OwnTable => ({
  name: "",
  title: "",
  natural_key: [],
  frequency: "term",
  period: "term",
  fields: [],
});

export function newRule(): OwnRule {
  return {
    id: "",
    level: "confirm",
    table: "",
    columns: [],
    expect: "",
    message: "",
    reason: "",
    pass: [{}],
    fail: [{}],
  };
}

/** A column of another kind keeps only what that kind can have. */
export function ofKind(column: OwnColumn, kind: Kind): OwnColumn {
  const coded = kind === "code" || kind === "codes";
  const number = kind === "integer" || kind === "decimal";
  const written = kind === "text" || kind === "longtext" || kind === "url";
  return {
    ...column,
    kind,
    code_list: coded ? column.code_list : null,
    max_length: written || kind === "integer" ? column.max_length : null,
    precision: kind === "decimal" ? column.precision : null,
    scale: kind === "decimal" ? column.scale : null,
    values: kind === "text" ? column.values : [],
    unit: number ? column.unit : null,
  };
}

/** The column without blanks around its texts; an empty unit or description becomes null. */
export function trimmed(column: OwnColumn): OwnColumn {
  return {
    ...column,
    column: column.column.trim(),
    title: column.title.trim(),
    unit: column.unit?.trim() || null,
    description: column.description?.trim() || null,
  };
}

/** A name for a rule of a table that no other has: `TABLE.own-3`. */
export function ruleName(table: string, rules: OwnRule[]): string {
  const names = new Set(rules.map(({ id }) => id));
  let number = 1;
  while (names.has(`${table}.own-${number}`)) number++;
  return `${table}.own-${number}`;
}

/** A rule as it is sent: cells that hold nothing are left out, and cases in which nothing was entered. */
export function settled(rule: OwnRule, rules: OwnRule[]): OwnRule {
  const cases = (all: OwnRule["pass"]) =>
    all
      .map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== "")))
      .filter((one) => Object.keys(one).length > 0);
  return {
    ...rule,
    id: rule.id || ruleName(rule.table, rules),
    expect: rule.expect?.trim() ?? null,
    message: rule.message.trim(),
    reason: rule.reason.trim(),
    pass: cases(rule.pass),
    fail: cases(rule.fail),
  };
}

/** Whether the form can show a rule: one condition, and cases that are single records. */
export function inForm(rule: OwnRule): boolean {
  return (
    typeof rule.expect === "string" &&
    [...rule.pass, ...rule.fail].every((one) => Object.values(one).every((value) => typeof value === "string"))
  );
}

/** The message of a rule as a heading: what changes from record to record is left open. */
export function heading({ message }: OwnRule): string {
  return message.replace(/[“"]?\{\w+\}[”"]?/g, "…");
}

/** Names of a field, a table and a rule, as refusals call them. */
export const nameOf = {
  field: ({ table, field }: OwnField) => `${table}.${field.column}`,
  table: ({ name }: OwnTable) => name,
  rule: ({ id }: OwnRule) => id,
};

/** Tables that have a frequency or a department of their own, in a steady order. */
export function tablesWithDuties({ frequencies, departments }: Overlay): string[] {
  return [...new Set([...Object.keys(frequencies), ...Object.keys(departments)])].sort();
}
